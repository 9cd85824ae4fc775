/** Door of the simulators. For tests and for the demonstration; the product itself never imports it. */
export { startSimulators, type SignOptions, type SimulatorOptions, type Simulators } from './simulators.ts';
export {
  ncalayerModes,
  type DemoSigner,
  type NcalayerMode,
  type PendingRequest,
} from './ncalayer/ncalayer-server.ts';
export { egovMobileModes, type EgovMobileMode, type PhoneRequest } from './egov-mobile/egov-mobile.ts';
export {
  createChain,
  createResponder,
  DevelopmentAuthority,
  type IssuedCredential,
  type IssueRequest,
  type Subject,
} from './pki/authority.ts';
export {
  createCertificate,
  toPem,
  type CertificateRole,
  type CertificateTemplate,
  type Credential,
} from './pki/certificates.ts';
export type { KeyAlgorithm } from './pki/keys.ts';
export { ocspFaults, type CrlFault, type OcspFault } from './pki/revocation-service.ts';
export { signCms, type CmsOptions } from './pki/sign-cms.ts';
export {
  emptyRegistryData,
  RegistryAttachment,
  RegistryConsent,
  RegistryQuestionnaires,
  StoredFile,
  RegistryChange,
  RegistryData,
  RegistryGuardianship,
  RegistryPerson,
  RegistryPhone,
} from './registries/registry-data.ts';
export {
  registryFaults,
  registryNames,
  type RegistryFault,
  type RegistryName,
} from './registries/registries.ts';
export {
  receiverFaults,
  receiverNames,
  type ReceivedMessage,
  type ReceiverFault,
  type ReceiverName,
} from './receivers/receivers.ts';
export type { InboxMessage, PartState } from './smsc/message-store.ts';
export { defaultSmscSettings, type Breakage, type SmscSettings } from './smsc/smsc.ts';

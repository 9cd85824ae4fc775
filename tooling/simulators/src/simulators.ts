/** All simulators in one process: one HTTP port, one SMPP port, one NCALayer port. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { egovMobileSimulator, type EgovMobileSimulator } from './egov-mobile/egov-mobile.ts';
import { startNcalayer, type DemoSigner, type NcalayerSimulator } from './ncalayer/ncalayer-server.ts';
import { createChain, DevelopmentAuthority, type Subject } from './pki/authority.ts';
import type { KeyAlgorithm } from './pki/keys.ts';
import { revocationService, type RevocationService } from './pki/revocation-service.ts';
import { signCms } from './pki/sign-cms.ts';
import type { Candidate } from './candidates/candidate-data.ts';
import { candidatesSimulator, type CandidatesSimulator } from './candidates/candidates.ts';
import { skillsSimulator, type SkillsSimulator } from './candidates/skills.ts';
import {
  digitalDocumentsSimulator,
  type DigitalDocumentsSimulator,
} from './digital-documents/digital-documents.ts';
import { emptyRegistryData, type RegistryData } from './registries/registry-data.ts';
import { type Callback, receiversSimulator, type ReceiversSimulator } from './receivers/receivers.ts';
import { registriesSimulator, type RegistriesSimulator } from './registries/registries.ts';
import { startSmsc, type SmscSimulator } from './smsc/smsc.ts';
import { createApp, type Parts } from './web/app.ts';

export interface SimulatorOptions {
  /** Ports; 0 or none takes a free one. */
  httpPort?: number;
  smppPort?: number;
  ncalayerPort?: number;
  /** Address to listen on. Default 127.0.0.1. */
  host?: string;
  /** wss with a self-signed certificate, as the real program; default: ws, which any browser takes. */
  ncalayerTls?: boolean;
  /** Folder of the certificate authority; null or none keeps it in memory. */
  dataDir?: string | null;
  registries?: RegistryData;
  /** What the systems know of candidates for the register of experts. */
  candidates?: readonly Candidate[];
  /** Shared with the product for signatures of the test platform. */
  skillsSecret?: string;
  /** Bearer token of the registries. Default 'registries'. */
  registriesToken?: string;
  /** Bearer token of the receiving systems. Default 'receivers'. */
  receiversToken?: string;
  /** Where programme systems report what they carry out; none: they say nothing. */
  executions?: Callback | null;
  signers?: readonly DemoSigner[];
  smppSystemId?: string;
  smppPassword?: string;
  /** Messages kept in the inbox. Default 20 000. */
  maxMessages?: number;
}

export interface SignOptions {
  purpose?: 'sign' | 'auth';
  algorithm?: KeyAlgorithm;
  attached?: boolean;
}

export interface Simulators {
  httpUrl: string;
  /** With name and password, as SMPP_URL wants it. */
  smppUrl: string;
  ncalayerUrl: string;
  registriesUrl: string;
  registriesToken: string;
  trustAnchorsPem: string;
  authority: DevelopmentAuthority;
  revocation: RevocationService;
  ncalayer: NcalayerSimulator;
  egovMobile: EgovMobileSimulator;
  /** As MOBILE_SIGNING_URL wants it. */
  egovMobileUrl: string;
  smsc: SmscSimulator;
  registries: RegistriesSimulator;
  candidates: CandidatesSimulator;
  /** As CANDIDATE_REGISTRIES_URL wants it. */
  candidatesUrl: string;
  skills: SkillsSimulator;
  skillsUrl: string;
  digitalDocuments: DigitalDocumentsSimulator;
  /** As DIGITAL_DOCUMENTS_URL wants it; the token is that of the registries. */
  digitalDocumentsUrl: string;
  receivers: ReceiversSimulator;
  receiversUrl: string;
  receiversToken: string;
  /** Signs bytes with the lasting certificate of a person; DER of the CMS. Default: detached, signing key, RSA. */
  sign(subject: Subject, content: Uint8Array, options?: SignOptions): Promise<Buffer>;
  close(): Promise<void>;
}

/** Who signs digital documents: an official of the operator. */
const SERVICE: Subject = {
  iin: '800101350010',
  surname: 'ЦИФРЛЫҚ',
  name: 'ҚҰЖАТТАР',
  patronymic: null,
  bin: '000740000728',
  organization: 'ҰЛТТЫҚ АҚПАРАТТЫҚ ТЕХНОЛОГИЯЛАР',
};

/** Starts everything; rejects when a port is taken. */
export async function startSimulators(options: SimulatorOptions = {}): Promise<Simulators> {
  const host = options.host ?? '127.0.0.1';
  let parts: Parts | null = null;
  const app = createApp(() => {
    if (parts === null) throw new Error('The simulators are still starting');
    return parts;
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await listen(server, options.httpPort ?? 0, host);
  const httpUrl = `http://${host}:${(server.address() as AddressInfo).port}`;
  const started: { close(): Promise<void> | void }[] = [{ close: () => closeServer(server) }];

  try {
    const authority = await DevelopmentAuthority.open(options.dataDir ?? null, httpUrl);
    let foreigner: ReturnType<typeof createChain> | null = null;
    const revocation = revocationService(authority, () => (foreigner ??= createChain('rsa', ' БӨТЕН')));
    const smsc = await startSmsc({
      host,
      port: options.smppPort ?? 0,
      systemId: options.smppSystemId ?? 'saraptama',
      password: options.smppPassword ?? 'secret',
      maxMessages: options.maxMessages ?? 20_000,
    });
    started.push(smsc);
    const ncalayer = await startNcalayer({
      host,
      port: options.ncalayerPort ?? 0,
      tls: options.ncalayerTls ?? false,
      signers: options.signers ?? [],
      authority,
    });
    started.push(ncalayer);
    const registriesToken = options.registriesToken ?? 'registries';
    const registries = registriesSimulator(options.registries ?? emptyRegistryData, registriesToken);
    started.push(registries);
    const candidates = candidatesSimulator(options.candidates ?? [], registriesToken);
    started.push(candidates);
    const skills = skillsSimulator(options.skillsSecret ?? 'demo-skills-demo-skills-demo-skills');
    const receiversToken = options.receiversToken ?? 'receivers';
    const receivers = receiversSimulator(receiversToken, options.executions ?? null);
    started.push(receivers);
    const digitalDocuments = digitalDocumentsSimulator({
      token: registriesToken,
      registries,
      sign: async (content) =>
        signCms(await authority.credentialOf(SERVICE, 'sign', 'rsa'), content, { attached: false }),
    });
    const egovMobileUrl = `${httpUrl}/egov-mobile`;
    const egovMobile = egovMobileSimulator({
      address: egovMobileUrl,
      signers: options.signers ?? [],
      authority,
    });
    started.push(egovMobile);
    parts = {
      authority,
      revocation,
      ncalayer,
      egovMobile,
      smsc,
      registries,
      receivers,
      candidates,
      skills,
      digitalDocuments,
    };
    return {
      httpUrl,
      smppUrl: smsc.url,
      ncalayerUrl: ncalayer.url,
      registriesUrl: `${httpUrl}/registries`,
      registriesToken,
      trustAnchorsPem: authority.trustAnchorsPem,
      authority,
      revocation,
      ncalayer,
      egovMobile,
      egovMobileUrl,
      smsc,
      registries,
      candidates,
      candidatesUrl: `${httpUrl}/candidates`,
      skills,
      skillsUrl: `${httpUrl}/skills`,
      digitalDocuments,
      digitalDocumentsUrl: `${httpUrl}/digital-documents`,
      receivers,
      receiversUrl: `${httpUrl}/receivers`,
      receiversToken,
      async sign(subject, content, { purpose = 'sign', algorithm = 'rsa', attached = false } = {}) {
        return signCms(await authority.credentialOf(subject, purpose, algorithm), content, { attached });
      },
      close: () => closeAll(started),
    };
  } catch (error) {
    await closeAll(started);
    throw error;
  }
}

async function closeAll(started: readonly { close(): Promise<void> | void }[]): Promise<void> {
  for (const each of [...started].reverse()) await each.close();
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

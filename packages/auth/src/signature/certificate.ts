/** What is read out of one certificate: names, purposes, addresses. No trust is decided here. */
import { BitString, fromBER } from 'asn1js';
import {
  BasicConstraints,
  Certificate,
  CertificatePolicies,
  CRLDistributionPoints,
  ExtKeyUsage,
  GeneralName,
  InfoAccess,
  type Extension,
} from 'pkijs';
import { isSignedBy, keyAlgorithm, oid, sameBytes, wholeBytes } from './algorithms.ts';
import type { SignaturePurpose, SignerIdentity, SignerRole } from './signature-verifier.ts';

const nameAttribute = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  // G (given name) holds the patronymic in certificates of the national authority.
  patronymic: '2.5.4.42',
} as const;

const INDIVIDUAL = '1.2.398.3.3.4.1.1';
const ORGANIZATION = '1.2.398.3.3.4.1.2';
const rolesByOid: Record<string, SignerRole> = {
  '1.2.398.3.3.4.1.2.1': 'head',
  '1.2.398.3.3.4.1.2.2': 'right-to-sign',
  '1.2.398.3.3.4.1.2.3': 'finance',
  '1.2.398.3.3.4.1.2.4': 'human-resources',
  '1.2.398.3.3.4.1.2.5': 'employee',
};

const keyUsageBit = {
  digitalSignature: 0x80,
  nonRepudiation: 0x40,
  keyCertSign: 0x04,
  crlSign: 0x02,
} as const;
type KeyUsage = keyof typeof keyUsageBit;

/** Certificate policies that allow each purpose. */
export type PurposePolicies = Record<SignaturePurpose, readonly string[]>;

/** Policies of the national authority: organisation and person, signing and signing in. */
export const nationalPolicies: PurposePolicies = {
  signing: ['1.2.398.3.3.2.1', '1.2.398.3.3.2.3'],
  authentication: ['1.2.398.3.3.2.2', '1.2.398.3.3.2.4'],
};

const understoodCriticalExtensions = new Set<string>([
  oid.basicConstraints,
  oid.keyUsage,
  oid.extendedKeyUsage,
  oid.certificatePolicies,
  oid.subjectAltName,
]);

function extension(certificate: Certificate, id: string): Extension | undefined {
  return certificate.extensions?.find((each) => each.extnID === id);
}

/** True if no extension is critical and unknown to us; X.509 forbids trusting such a certificate. */
export function hasOnlyUnderstoodCriticalExtensions(certificate: Certificate): boolean {
  return (certificate.extensions ?? []).every(
    (each) => !each.critical || understoodCriticalExtensions.has(each.extnID),
  );
}

/** True if the key may be used so. A certificate without the extension allows nothing: we are strict. */
export function allowsKeyUsage(certificate: Certificate, usage: KeyUsage): boolean {
  const found = extension(certificate, oid.keyUsage);
  if (found === undefined) return false;
  const bits = fromBER(found.extnValue.valueBlock.valueHexView).result;
  if (!(bits instanceof BitString)) return false;
  return ((bits.valueBlock.valueHexView[0] ?? 0) & keyUsageBit[usage]) !== 0;
}

/** Extended key usages, empty when the extension is absent. */
export function extendedKeyUsages(certificate: Certificate): readonly string[] {
  const parsed: unknown = extension(certificate, oid.extendedKeyUsage)?.parsedValue;
  return parsed instanceof ExtKeyUsage ? parsed.keyPurposes : [];
}

/** Path length allowed below a certificate authority (Infinity when unlimited), or null for a non-authority. */
export function authorityPathLength(certificate: Certificate): number | null {
  const parsed: unknown = extension(certificate, oid.basicConstraints)?.parsedValue;
  if (!(parsed instanceof BasicConstraints) || !parsed.cA) return null;
  const length: unknown = parsed.pathLenConstraint;
  return typeof length === 'number' ? length : Infinity;
}

function policies(certificate: Certificate): readonly string[] {
  const parsed: unknown = extension(certificate, oid.certificatePolicies)?.parsedValue;
  return parsed instanceof CertificatePolicies
    ? parsed.certificatePolicies.map((each) => each.policyIdentifier)
    : [];
}

/** True if the certificate itself was signed by the holder of `issuer`. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  const inner = new Uint8Array(certificate.signature.toSchema().toBER());
  const outer = new Uint8Array(certificate.signatureAlgorithm.toSchema().toBER());
  const signature = wholeBytes(certificate.signatureValue);
  if (signature === null || !sameBytes(inner, outer)) return false;
  return isSignedBy(
    issuer.subjectPublicKeyInfo,
    certificate.signatureAlgorithm.algorithmId,
    certificate.tbsView,
    signature,
  );
}

/** DER of the subject's name. */
export function subjectBytes(certificate: Certificate): Uint8Array {
  return new Uint8Array(certificate.subject.toSchema().toBER());
}

/** DER of the issuer's name. */
export function issuerBytes(certificate: Certificate): Uint8Array {
  return new Uint8Array(certificate.issuer.toSchema().toBER());
}

/** Serial number as lower-case hexadecimal without leading zeros. */
export function serialHex(serialNumber: Certificate['serialNumber']): string {
  return Buffer.from(serialNumber.valueBlock.valueHexView)
    .toString('hex')
    .replace(/^0+(?=.)/, '');
}

/** Address of the OCSP service named in the certificate, or null. */
export function ocspAddress(certificate: Certificate): string | null {
  const parsed: unknown = extension(certificate, oid.authorityInfoAccess)?.parsedValue;
  if (!(parsed instanceof InfoAccess)) return null;
  const found = parsed.accessDescriptions.find((each) => each.accessMethod === oid.ocsp);
  return found === undefined ? null : httpAddress(found.accessLocation);
}

/** First address of a revocation list named in the certificate, or null. */
export function crlAddress(certificate: Certificate): string | null {
  const parsed: unknown = extension(certificate, oid.crlDistributionPoints)?.parsedValue;
  if (!(parsed instanceof CRLDistributionPoints)) return null;
  for (const point of parsed.distributionPoints) {
    if (!Array.isArray(point.distributionPoint)) continue;
    for (const name of point.distributionPoint) {
      const address = httpAddress(name);
      if (address !== null) return address;
    }
  }
  return null;
}

const URI_NAME = 6;

function httpAddress(name: GeneralName): string | null {
  const value: unknown = name.type === URI_NAME ? name.value : null;
  return typeof value === 'string' && /^https?:\/\//i.test(value) ? value : null;
}

/** The only value of a name attribute; null when it is absent, repeated or not text. */
function onlyValue(certificate: Certificate, type: string): string | null {
  const values = certificate.subject.typesAndValues.filter((each) => each.type === type);
  const value: unknown = values.length === 1 ? values[0]?.value.valueBlock.value : null;
  return typeof value === 'string' ? value : null;
}

/**
 * True if the certificate of a person may be used for the purpose: right extended key usage, right key usage,
 * right policy, and not an authority.
 */
export function servesPurpose(
  certificate: Certificate,
  purpose: SignaturePurpose,
  allowedPolicies: PurposePolicies,
): boolean {
  if (authorityPathLength(certificate) !== null) return false;
  const wanted = purpose === 'signing' ? oid.emailProtection : oid.clientAuthentication;
  if (!extendedKeyUsages(certificate).includes(wanted)) return false;
  if (!allowsKeyUsage(certificate, 'digitalSignature')) return false;
  if (purpose === 'signing' && !allowsKeyUsage(certificate, 'nonRepudiation')) return false;
  return policies(certificate).some((each) => allowedPolicies[purpose].includes(each));
}

/** Reads the person out of a certificate. 'wrong-purpose' when it is neither clearly personal nor clearly an organisation's. */
export function readIdentity(
  certificate: Certificate,
  statedSigningTime: Date | null,
): { ok: true; value: SignerIdentity } | { ok: false; refusal: 'no-iin' | 'wrong-purpose' } {
  const algorithm = keyAlgorithm(certificate.subjectPublicKeyInfo);
  const iin = /^IIN(\d{12})$/.exec(onlyValue(certificate, nameAttribute.serialNumber) ?? '')?.[1];
  if (iin === undefined) return { ok: false, refusal: 'no-iin' };

  const usages = extendedKeyUsages(certificate);
  const isIndividual = usages.includes(INDIVIDUAL);
  const isOrganization = usages.some((each) => each === ORGANIZATION || each.startsWith(`${ORGANIZATION}.`));
  const bin =
    /^BIN(\d{12})$/.exec(onlyValue(certificate, nameAttribute.organizationalUnit) ?? '')?.[1] ?? null;
  const isClear = isIndividual !== isOrganization && isOrganization === (bin !== null);
  if (!isClear || algorithm === null) return { ok: false, refusal: 'wrong-purpose' };

  const commonName = onlyValue(certificate, nameAttribute.commonName);
  const surname = onlyValue(certificate, nameAttribute.surname);
  return {
    ok: true,
    value: {
      iin,
      bin,
      organization: isOrganization ? onlyValue(certificate, nameAttribute.organization) : null,
      commonName,
      surname,
      givenName: givenNameOf(commonName, surname),
      patronymic: onlyValue(certificate, nameAttribute.patronymic),
      kind: isOrganization ? 'organization' : 'individual',
      roles: usages.flatMap((each) => rolesByOid[each] ?? []),
      certificateSerial: serialHex(certificate.serialNumber),
      notBefore: certificate.notBefore.value,
      notAfter: certificate.notAfter.value,
      algorithm,
      statedSigningTime,
    },
  };
}

function givenNameOf(commonName: string | null, surname: string | null): string | null {
  if (commonName === null) return null;
  const prefix = surname === null ? '' : `${surname} `;
  const rest = (commonName.startsWith(prefix) ? commonName.slice(prefix.length) : commonName).trim();
  return rest === '' ? null : rest;
}

/** Why a certificate is not valid at an instant; null when it is. Both ends belong to the term. */
export function validityRefusal(
  certificate: Certificate,
  at: Date,
): 'certificate-expired' | 'certificate-not-yet-valid' | null {
  if (certificate.notAfter.value < at) return 'certificate-expired';
  if (certificate.notBefore.value > at) return 'certificate-not-yet-valid';
  return null;
}

/**
 * The port through which the product asks "who signed these bytes?".
 * Two adapters stand behind it: `builtinVerifier` (X.509 and CMS in this process) and `ncanodeVerifier`
 * (the HTTP service around the certified KalkanCrypt library).
 */

/** What the signer's key has to be made for: entering the cabinet, or signing a document. */
export type SignaturePurpose = 'authentication' | 'signing';

export interface SignatureToVerify {
  /** CMS SignedData as DER/BER bytes, as base64, or as PEM text around base64. Detached or attached. */
  cms: Uint8Array | string;
  /** The bytes that must have been signed. Never taken from the CMS itself. */
  content: Uint8Array;
  /** The instant at which the certificates must be valid. */
  at: Date;
  purpose: SignaturePurpose;
}

/** Every way a signature can fail to count. Closed list: screens and integrations answer each of them. */
export const signatureRefusals = [
  'malformed',
  'too-large',
  'not-one-signer',
  'content-differs',
  'bad-signature',
  'untrusted-chain',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-revoked',
  'revocation-unknown',
  'wrong-purpose',
  'no-iin',
] as const;

export type SignatureRefusal = (typeof signatureRefusals)[number];

/** Right of the person inside the organisation, as the certificate states it. */
export type SignerRole = 'head' | 'right-to-sign' | 'finance' | 'human-resources' | 'employee';

export interface SignerIdentity {
  /** ИИН of the person who holds the key, 12 digits. For an organisation it is still the person. */
  iin: string;
  /** БИН of the organisation, 12 digits; null for a personal key. */
  bin: string | null;
  organization: string | null;
  commonName: string | null;
  surname: string | null;
  /** First name: the common name without the surname. */
  givenName: string | null;
  /** The national authority writes the patronymic into the attribute G. */
  patronymic: string | null;
  kind: 'individual' | 'organization';
  roles: SignerRole[];
  /** Serial number of the certificate, lower-case hexadecimal without leading zeros. */
  certificateSerial: string;
  notBefore: Date;
  notAfter: Date;
  /**
   * When the signer's computer says it signed; part of what was signed, but only that computer's word. Null when it says
   * nothing. Validity and revocation are never judged by it.
   */
  statedSigningTime: Date | null;
  algorithm: SignatureAlgorithm;
}

export type SignatureAlgorithm = 'rsa' | 'gost-2015-512';

export type SignatureVerdict = { ok: true; value: SignerIdentity } | { ok: false; refusal: SignatureRefusal };

export interface SignatureVerifier {
  /**
   * Says who signed `content`, or why the signature does not count. Expected refusals are values; a throw is
   * a bug. Everything that cannot be established (a silent revocation service, say) is a refusal.
   */
  verify(input: SignatureToVerify): Promise<SignatureVerdict>;
}

/** A verdict of refusal. */
export function refuse(refusal: SignatureRefusal): { ok: false; refusal: SignatureRefusal } {
  return { ok: false, refusal };
}

/** Reads a CMS SignedData with exactly one signer and checks everything that needs no trust and no network. */
import { fromBER, GeneralizedTime, ObjectIdentifier, OctetString, UTCTime } from 'asn1js';
import { Certificate, ContentInfo, IssuerAndSerialNumber, SignedData, type SignerInfo } from 'pkijs';
import { cmsSignatureAlgorithm, digest, hasNoParameters, isSignedBy, oid, sameBytes } from './algorithms.ts';
import { issuerBytes, serialHex } from './certificate.ts';
import { refuse, type SignatureRefusal } from './signature-verifier.ts';

export interface CmsLimits {
  /** Largest CMS read, in bytes after base64. */
  maxCmsBytes: number;
  /** Largest content verified, in bytes. Streebog does about 5 MB/s, and it blocks. */
  maxContentBytes: number;
}

export const defaultCmsLimits: CmsLimits = { maxCmsBytes: 1_500_000, maxContentBytes: 1_000_000 };

export interface SignedCms {
  der: Uint8Array;
  signer: Certificate;
  signerInfo: SignerInfo;
  /** The signer's own word; null when the signed attributes name no time. */
  statedSigningTime: Date | null;
}

type Read = { ok: true; value: SignedCms } | { ok: false; refusal: SignatureRefusal };

/**
 * Opens a CMS and makes sure that it speaks about exactly `content`. The signature itself is checked by
 * `isCmsSignatureValid`. Refuses: too-large, malformed, not-one-signer, content-differs.
 */
export function readCms(cms: Uint8Array | string, content: Uint8Array, limits: CmsLimits): Read {
  // Four base64 characters carry three bytes; some room for line ends and PEM lines.
  const tooLong = typeof cms === 'string' && cms.length > limits.maxCmsBytes * 1.5 + 200;
  if (tooLong || content.length > limits.maxContentBytes) return refuse('too-large');
  const der = typeof cms === 'string' ? fromBase64(cms) : cms;
  if (der === null || der.length === 0) return refuse('malformed');
  if (der.length > limits.maxCmsBytes) return refuse('too-large');

  const signedData = parseSignedData(der, limits);
  if (signedData === null) return refuse('malformed');
  if (signedData.signerInfos.length !== 1) return refuse('not-one-signer');
  const signerInfo = signedData.signerInfos[0];
  if (signerInfo === undefined || signerInfo.version !== 1) return refuse('malformed');
  const signer = findSigner(signedData, signerInfo);
  if (signer === null) return refuse('malformed');

  const { eContentType, eContent } = signedData.encapContentInfo;
  if (eContentType !== oid.data) return refuse('malformed');
  // A signature over nothing would prove nothing.
  if (content.length === 0) return refuse('content-differs');
  if (eContent !== undefined) {
    // The trap: a library that finds content inside verifies that one and forgets the expected one.
    if (!(eContent instanceof OctetString)) return refuse('malformed');
    if (!sameBytes(new Uint8Array(eContent.getValue()), content)) return refuse('content-differs');
  }
  const attributes = readSignedAttributes(signerInfo);
  if (attributes === null || attributes.contentType !== eContentType) return refuse('malformed');
  if (!hasNoParameters(signerInfo.digestAlgorithm) || !hasNoParameters(signerInfo.signatureAlgorithm))
    return refuse('malformed');
  const contentDigest = digest(signerInfo.digestAlgorithm.algorithmId, content);
  if (contentDigest === null) return refuse('bad-signature');
  if (!sameBytes(contentDigest, attributes.messageDigest)) return refuse('content-differs');
  return { ok: true, value: { der, signer, signerInfo, statedSigningTime: attributes.signingTime } };
}

/** True if the signed attributes were signed with the key of the signer's certificate. */
export function isCmsSignatureValid({ signer, signerInfo }: SignedCms): boolean {
  const algorithm = cmsSignatureAlgorithm(
    signerInfo.signatureAlgorithm.algorithmId,
    signerInfo.digestAlgorithm.algorithmId,
  );
  if (algorithm === null || signerInfo.signedAttrs === undefined) return false;
  return isSignedBy(
    signer.subjectPublicKeyInfo,
    algorithm,
    // The bytes as they came, with the tag of a SET: that is what a signer signs.
    new Uint8Array(signerInfo.signedAttrs.encodedValue),
    signerInfo.signature.valueBlock.valueHexView,
  );
}

function fromBase64(text: string): Uint8Array | null {
  const body = text.replace(/-----(BEGIN|END) [A-Z0-9 ]{1,20}-----/g, '').replace(/\s+/g, '');
  if (body.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return null;
  return Buffer.from(body, 'base64');
}

function parseSignedData(der: Uint8Array, limits: CmsLimits): SignedData | null {
  try {
    const parsed = fromBER(Uint8Array.from(der), {
      maxDepth: 40,
      maxNodes: 20_000,
      maxContentLength: limits.maxCmsBytes,
    });
    if (parsed.offset !== der.length) return null;
    const info = new ContentInfo({ schema: parsed.result });
    if (info.contentType !== oid.signedData) return null;
    const signedData = new SignedData({ schema: info.content });
    return signedData.version === 1 || signedData.version === 3 ? signedData : null;
  } catch {
    // pkijs throws on any shape it does not know; for us that is simply not a CMS.
    return null;
  }
}

function findSigner(signedData: SignedData, signerInfo: SignerInfo): Certificate | null {
  const sid: unknown = signerInfo.sid;
  if (!(sid instanceof IssuerAndSerialNumber)) return null;
  const issuer = new Uint8Array(sid.issuer.toSchema().toBER());
  const serial = serialHex(sid.serialNumber);
  const found = (signedData.certificates ?? []).filter(
    (each): each is Certificate =>
      each instanceof Certificate &&
      serialHex(each.serialNumber) === serial &&
      sameBytes(issuerBytes(each), issuer),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

function readSignedAttributes(
  signerInfo: SignerInfo,
): { contentType: string; messageDigest: Uint8Array; signingTime: Date | null } | null {
  const attributes = signerInfo.signedAttrs?.attributes ?? [];
  const only = (type: string): unknown => {
    const found = attributes.filter((each) => each.type === type);
    const values: unknown[] = found[0]?.values ?? [];
    return found.length === 1 && values.length === 1 ? values[0] : null;
  };
  const contentType = only(oid.contentTypeAttribute);
  const messageDigest = only(oid.messageDigestAttribute);
  const time = only(oid.signingTimeAttribute);
  if (!(contentType instanceof ObjectIdentifier) || !(messageDigest instanceof OctetString)) return null;
  return {
    contentType: contentType.getValue(),
    messageDigest: new Uint8Array(messageDigest.getValue()),
    signingTime: time instanceof UTCTime || time instanceof GeneralizedTime ? time.toDate() : null,
  };
}

/** Online status of one certificate (RFC 6960): builds the question, judges the answer. */
import { createHash } from 'node:crypto';
import { fromBER, Integer, Null, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  BasicOCSPResponse,
  CertID,
  Certificate,
  Extension,
  OCSPRequest,
  OCSPResponse,
  Request,
  type SingleResponse,
} from 'pkijs';
import { isSignedBy, oid, sameBytes, wholeBytes } from './algorithms.ts';
import {
  allowsKeyUsage,
  authorityPathLength,
  extendedKeyUsages,
  isIssuedBy,
  issuerBytes,
  serialHex,
  subjectBytes,
  validityRefusal,
} from './certificate.ts';

export type RevocationStatus = 'good' | 'revoked' | 'unknown';

const SHA256 = '2.16.840.1.101.3.4.2.1';
const hashNames: Record<string, string> = { [SHA256]: 'sha256', '1.3.14.3.2.26': 'sha1' };

/** DER of the question about `certificate`, issued by `issuer`, with a nonce against replayed answers. */
export function buildOcspRequest(
  certificate: Certificate,
  issuer: Certificate,
  nonce: Uint8Array,
): Uint8Array {
  const request = new OCSPRequest();
  request.tbsRequest.requestList = [
    new Request({
      reqCert: new CertID({
        hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new Null() }),
        issuerNameHash: octets(hash('sha256', subjectBytes(issuer))),
        issuerKeyHash: octets(hash('sha256', keyBits(issuer))),
        serialNumber: new Integer({
          valueHex: Uint8Array.from(certificate.serialNumber.valueBlock.valueHexView).buffer,
        }),
      }),
    }),
  ];
  request.tbsRequest.requestExtensions = [
    new Extension({ extnID: oid.ocspNonce, extnValue: octets(nonce).toBER() }),
  ];
  return new Uint8Array(request.toSchema(true).toBER());
}

export interface OcspQuestion {
  certificate: Certificate;
  issuer: Certificate;
  nonce: Uint8Array;
  /** Present time of the outside world. */
  now: Date;
  /** How old an answer may be, by its own dates. */
  maxAgeMs: number;
  /** How far the responder's clock may run ahead of ours. */
  clockSkewMs: number;
}

/**
 * Status stated by an OCSP answer. 'unknown' unless the answer is well formed, signed by the issuer or by a
 * responder the issuer appointed, about this very certificate, fresh, and with our nonce (when it has one).
 */
export function readOcspResponse(der: Uint8Array, question: OcspQuestion): RevocationStatus {
  try {
    const basic = parseBasicResponse(der);
    if (basic === null || !isNonceOurs(basic, question.nonce) || !isSignedByResponder(basic, question))
      return 'unknown';
    const { producedAt } = basic.tbsResponseData;
    if (!isFresh(producedAt, question)) return 'unknown';
    const own = basic.tbsResponseData.responses.filter((each) => isAbout(each.certID, question));
    const single = own[0];
    if (single === undefined || own.length !== 1 || !isCurrent(single, question)) return 'unknown';
    return statusOf(single);
  } catch {
    // pkijs throws on shapes it does not know; such an answer says nothing.
    return 'unknown';
  }
}

function parseBasicResponse(der: Uint8Array): BasicOCSPResponse | null {
  const parsed = fromBER(Uint8Array.from(der));
  if (parsed.offset !== der.length) return null;
  const response = new OCSPResponse({ schema: parsed.result });
  if (response.responseStatus.valueBlock.valueDec !== 0) return null;
  if (response.responseBytes?.responseType !== oid.ocspBasic) return null;
  return BasicOCSPResponse.fromBER(Uint8Array.from(response.responseBytes.response.valueBlock.valueHexView));
}

function isNonceOurs(basic: BasicOCSPResponse, nonce: Uint8Array): boolean {
  const found = basic.tbsResponseData.responseExtensions?.find((each) => each.extnID === oid.ocspNonce);
  // A responder may leave the nonce out (RFC 6960, 4.4.1); then only the dates protect.
  if (found === undefined) return true;
  const value = found.extnValue.valueBlock.valueHexView;
  return sameBytes(value, new Uint8Array(octets(nonce).toBER())) || sameBytes(value, nonce);
}

function isSignedByResponder(basic: BasicOCSPResponse, question: OcspQuestion): boolean {
  const signature = wholeBytes(basic.signature);
  if (signature === null) return false;
  return [question.issuer, ...(basic.certs ?? [])].some(
    (responder) =>
      mayAnswerFor(responder, question) &&
      isSignedBy(
        responder.subjectPublicKeyInfo,
        basic.signatureAlgorithm.algorithmId,
        basic.tbsResponseData.tbsView,
        signature,
      ),
  );
}

/** The issuer itself, or one whom the issuer certified for answering. */
function mayAnswerFor(responder: Certificate, { issuer, now }: OcspQuestion): boolean {
  if (responder === issuer) return true;
  return (
    authorityPathLength(responder) === null &&
    extendedKeyUsages(responder).includes(oid.ocspSigning) &&
    // Older responders of the national authority carry no key usage at all, which forbids nothing.
    (!hasKeyUsage(responder) || allowsKeyUsage(responder, 'digitalSignature')) &&
    sameBytes(issuerBytes(responder), subjectBytes(issuer)) &&
    validityRefusal(responder, now) === null &&
    isIssuedBy(responder, issuer)
  );
}

function hasKeyUsage(certificate: Certificate): boolean {
  return (certificate.extensions ?? []).some((each) => each.extnID === oid.keyUsage);
}

function isAbout(id: CertID, { certificate, issuer }: OcspQuestion): boolean {
  const hashName = hashNames[id.hashAlgorithm.algorithmId];
  if (hashName === undefined) return false;
  return (
    serialHex(id.serialNumber) === serialHex(certificate.serialNumber) &&
    sameBytes(id.issuerNameHash.valueBlock.valueHexView, hash(hashName, subjectBytes(issuer))) &&
    sameBytes(id.issuerKeyHash.valueBlock.valueHexView, hash(hashName, keyBits(issuer)))
  );
}

function isFresh(moment: Date, { now, maxAgeMs, clockSkewMs }: OcspQuestion): boolean {
  const age = now.getTime() - moment.getTime();
  return age >= -clockSkewMs && age <= maxAgeMs + clockSkewMs;
}

function isCurrent(single: SingleResponse, { now, clockSkewMs, ...rest }: OcspQuestion): boolean {
  if (single.thisUpdate.getTime() > now.getTime() + clockSkewMs) return false;
  if (single.nextUpdate !== undefined) return single.nextUpdate.getTime() >= now.getTime() - clockSkewMs;
  return isFresh(single.thisUpdate, { now, clockSkewMs, ...rest });
}

const CONTEXT_CLASS = 3;

function statusOf(single: SingleResponse): RevocationStatus {
  const block = single.certStatus.idBlock;
  if (block.tagClass !== CONTEXT_CLASS) return 'unknown';
  if (block.tagNumber === 0) return 'good';
  return block.tagNumber === 1 ? 'revoked' : 'unknown';
}

function hash(name: string, bytes: Uint8Array): Uint8Array {
  return createHash(name).update(bytes).digest();
}

function keyBits(certificate: Certificate): Uint8Array {
  return certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView;
}

function octets(bytes: Uint8Array): OctetString {
  return new OctetString({ valueHex: Uint8Array.from(bytes).buffer });
}

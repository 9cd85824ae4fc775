/** Signed statements about revocation: OCSP answers and lists. */
import {
  BitString,
  Constructed,
  Enumerated,
  fromBER,
  GeneralizedTime,
  Integer,
  OctetString,
  Primitive,
} from 'asn1js';
import {
  BasicOCSPResponse,
  CertificateRevocationList,
  Extensions,
  OCSPRequest,
  OCSPResponse,
  ResponseBytes,
  ResponseData,
  RevokedCertificate,
  SingleResponse,
  Time,
  type CertID,
  type Extension,
} from 'pkijs';
import { extension, type Credential } from './certificates.ts';
import { buffer, signatureAlgorithm, signWith } from './keys.ts';

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const NONCE = '1.3.6.1.5.5.7.48.1.2';

export interface OcspQuestion {
  id: CertID;
  nonce: Extension | null;
}

/** Reads the (first) question of an OCSP request; null when it is not a request. */
export function readOcspRequest(der: Uint8Array): OcspQuestion | null {
  try {
    const { result, offset } = fromBER(Uint8Array.from(der));
    if (offset !== der.length) return null;
    const request = new OCSPRequest({ schema: result });
    const first = request.tbsRequest.requestList[0];
    if (first === undefined) return null;
    const nonce = request.tbsRequest.requestExtensions?.find((each) => each.extnID === NONCE) ?? null;
    return { id: first.reqCert, nonce };
  } catch {
    return null;
  }
}

export type CertificateStatus = { kind: 'good' } | { kind: 'unknown' } | { kind: 'revoked'; at: Date };

export interface OcspAnswer {
  responder: Credential;
  id: CertID;
  status: CertificateStatus;
  producedAt: Date;
  thisUpdate: Date;
  nextUpdate?: Date;
  nonce: Extension | null;
  /** Carry the responder's certificate along. Default: yes. */
  withCertificate?: boolean;
}

/** DER of a successful OCSP answer about one certificate. */
export function createOcspAnswer(answer: OcspAnswer): Buffer {
  const { responder } = answer;
  const data = new ResponseData({
    responderID: responder.certificate.subject,
    producedAt: answer.producedAt,
    responses: [
      new SingleResponse({
        certID: answer.id,
        certStatus: statusBlock(answer.status),
        thisUpdate: answer.thisUpdate,
        ...(answer.nextUpdate === undefined ? {} : { nextUpdate: answer.nextUpdate }),
      }),
    ],
    ...(answer.nonce === null ? {} : { responseExtensions: [answer.nonce] }),
  });
  const signed = new Uint8Array(data.toSchema(true).toBER());
  data.tbsView = signed;
  const basic = new BasicOCSPResponse({
    tbsResponseData: data,
    signatureAlgorithm: signatureAlgorithm(responder.key),
    signature: new BitString({ valueHex: buffer(signWith(responder.key, signed)) }),
    ...(answer.withCertificate === false ? {} : { certs: [responder.certificate] }),
  });
  const response = new OCSPResponse({
    responseStatus: new Enumerated({ value: 0 }),
    responseBytes: new ResponseBytes({
      responseType: BASIC_RESPONSE,
      response: new OctetString({ valueHex: basic.toSchema().toBER() }),
    }),
  });
  return Buffer.from(response.toSchema().toBER());
}

/** DER of an OCSP refusal: 1 malformed request, 2 internal error, 3 try later, 6 unauthorised. */
export function createOcspRefusal(status: 1 | 2 | 3 | 6): Buffer {
  const response = new OCSPResponse({ responseStatus: new Enumerated({ value: status }) });
  return Buffer.from(response.toSchema().toBER());
}

/** A nonce extension with the given bytes. */
export function nonceExtension(bytes: Uint8Array): Extension {
  return extension(NONCE, new OctetString({ valueHex: buffer(bytes) }));
}

function statusBlock(status: CertificateStatus): Primitive | Constructed {
  const tag = (tagNumber: number): { tagClass: 3; tagNumber: number } => ({ tagClass: 3, tagNumber });
  if (status.kind === 'good') return new Primitive({ idBlock: tag(0) });
  if (status.kind === 'unknown') return new Primitive({ idBlock: tag(2) });
  return new Constructed({ idBlock: tag(1), value: [new GeneralizedTime({ valueDate: status.at })] });
}

export interface RevocationListContent {
  issuer: Credential;
  thisUpdate: Date;
  nextUpdate: Date;
  revoked: readonly { serial: string; at: Date }[];
}

/** DER of a full revocation list. */
export function createRevocationList(content: RevocationListContent): Buffer {
  const { key, certificate } = content.issuer;
  const list = new CertificateRevocationList({
    version: 1,
    signature: signatureAlgorithm(key),
    issuer: certificate.subject,
    thisUpdate: new Time({ type: 0, value: content.thisUpdate }),
    nextUpdate: new Time({ type: 0, value: content.nextUpdate }),
    crlExtensions: new Extensions({
      extensions: [
        extension('2.5.29.20', new Integer({ value: Math.floor(content.thisUpdate.getTime() / 1000) })),
      ],
    }),
    ...(content.revoked.length === 0
      ? {}
      : {
          revokedCertificates: content.revoked.map(
            (each) =>
              new RevokedCertificate({
                userCertificate: new Integer({
                  valueHex: buffer(Buffer.from(each.serial.padStart(40, '0'), 'hex')),
                }),
                revocationDate: new Time({ type: 0, value: each.at }),
              }),
          ),
        }),
  });
  list.signatureAlgorithm = signatureAlgorithm(key);
  const toBeSigned = list.toSchema(true).valueBlock.value[0];
  if (toBeSigned === undefined) throw new Error('A revocation list without a body');
  const signed = new Uint8Array(toBeSigned.toBER());
  list.signatureValue = new BitString({ valueHex: buffer(signWith(key, signed)) });
  return Buffer.from(list.toSchema(true).toBER());
}

/** Seals of the service itself: a detached CMS signature over bytes, made with the organisation's own key. */
import { ObjectIdentifier, OctetString, Set as AsnSet, UTCTime, Null, fromBER } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { createHash, createPrivateKey, createPublicKey, sign, X509Certificate } from 'node:crypto';
import { oid } from './algorithms.ts';
import { serialHex } from './certificate.ts';

const SHA256 = '2.16.840.1.101.3.4.2.1';
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';

export interface Seal {
  /** DER of the CMS. */
  cms: Buffer;
  /** Serial number of the certificate, lower-case hexadecimal. */
  serial: string;
}

/**
 * A maker of seals from one PEM text with the certificate and its RSA key (PKCS#8). Throws when the two do not belong together or
 * the certificate is over: a key that makes worthless seals must not be taken into use.
 */
export function sealerOf(pem: string): (content: Uint8Array, at: Date) => Seal {
  const x509 = new X509Certificate(pem);
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'rsa') throw new Error('The sealing key must be an RSA key');
  if (!x509.checkPrivateKey(key)) throw new Error('The sealing key does not belong to its certificate');
  if (createPublicKey(key).asymmetricKeyDetails?.modulusLength === undefined)
    throw new Error('The sealing key is unreadable');
  const certificate = new Certificate({ schema: fromBER(Uint8Array.from(x509.raw)).result });
  const serial = serialHex(certificate.serialNumber);
  const sha256 = () => new AlgorithmIdentifier({ algorithmId: SHA256 });

  return (content, at) => {
    const attributes = [
      new Attribute({ type: oid.contentTypeAttribute, values: [new ObjectIdentifier({ value: oid.data })] }),
      new Attribute({ type: oid.signingTimeAttribute, values: [new UTCTime({ valueDate: at })] }),
      new Attribute({
        type: oid.messageDigestAttribute,
        values: [
          new OctetString({
            valueHex: Uint8Array.from(createHash('sha256').update(content).digest()).buffer,
          }),
        ],
      }),
    ];
    const toSign = Buffer.from(new AsnSet({ value: attributes.map((each) => each.toSchema()) }).toBER());
    const info = new SignerInfo({
      version: 1,
      sid: new IssuerAndSerialNumber({
        issuer: certificate.issuer,
        serialNumber: certificate.serialNumber,
      }),
      digestAlgorithm: sha256(),
      signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
      signatureAlgorithm: new AlgorithmIdentifier({
        algorithmId: SHA256_WITH_RSA,
        algorithmParams: new Null(),
      }),
      signature: new OctetString({ valueHex: Uint8Array.from(sign('sha256', toSign, key)).buffer }),
    });
    const signed = new SignedData({
      version: 1,
      digestAlgorithms: [sha256()],
      encapContentInfo: new EncapsulatedContentInfo({ eContentType: oid.data }),
      signerInfos: [info],
      certificates: [certificate],
    });
    const cms = new ContentInfo({ contentType: oid.signedData, content: signed.toSchema(true) });
    return { cms: Buffer.from(cms.toSchema().toBER()), serial };
  };
}

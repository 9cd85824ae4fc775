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
import { ok, refuse, type Result } from '@mse/domain/shared';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  X509Certificate,
} from 'node:crypto';
import { oid } from './algorithms.ts';
import { serialHex } from './certificate.ts';

const SHA256 = '2.16.840.1.101.3.4.2.1';
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const SHA256_WITH_ECDSA = '1.2.840.10045.4.3.2';

export interface Seal {
  /** DER of the CMS. */
  cms: Buffer;
  /** Serial number of the certificate, lower-case hexadecimal. */
  serial: string;
}

/** Makes a seal over bytes, with the time it says. */
export type Sealer = (content: Uint8Array, at: Date) => Seal;

/**
 * Why a key is not taken into use. `gost`: keys of ГОСТ 34.10-2015 are verified here but not used for sealing, as we know of no library that signs
 * with them; they need a device or a service behind the same port.
 */
export const SEALING_KEY_REFUSALS = [
  'unreadable',
  'gost',
  'unsupported',
  'weak',
  'other-certificate',
] as const;
export type SealingKeyRefusal = (typeof SEALING_KEY_REFUSALS)[number];

const MINIMUM_RSA_BITS = 2048;
const CURVES: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);
/** Everything the root authority of Kazakhstan names for ГОСТ begins so. */
const NATIONAL = '1.2.398.3.10.';

/**
 * A maker of seals from one PEM text with the certificate and its key (PKCS#8): RSA of 2,048 bits or more, or an elliptic curve of NIST.
 * A key that makes worthless seals is refused: it must not be taken into use.
 */
export function sealerOf(pem: string): Result<Sealer, SealingKeyRefusal> {
  let raw: Buffer;
  try {
    raw = new X509Certificate(pem).raw;
  } catch {
    return refuse('unreadable');
  }
  const certificate = new Certificate({ schema: fromBER(Uint8Array.from(raw)).result });
  if (certificate.subjectPublicKeyInfo.algorithm.algorithmId.startsWith(NATIONAL)) return refuse('gost');
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return refuse('unreadable');
  }
  const algorithm = algorithmOf(key);
  if (!algorithm.ok) return algorithm;
  if (!new X509Certificate(raw).checkPrivateKey(key)) return refuse('other-certificate');
  return ok(sealer(certificate, key, algorithm.value));
}

/** How a key signs SHA-256; a refusal for a key that is too weak or of a kind that no reader of documents knows. */
function algorithmOf(key: KeyObject): Result<AlgorithmIdentifier, SealingKeyRefusal> {
  const details = createPublicKey(key).asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'rsa')
    return (details?.modulusLength ?? 0) < MINIMUM_RSA_BITS
      ? refuse('weak')
      : ok(new AlgorithmIdentifier({ algorithmId: SHA256_WITH_RSA, algorithmParams: new Null() }));
  if (key.asymmetricKeyType === 'ec')
    return CURVES.has(details?.namedCurve ?? '')
      ? ok(new AlgorithmIdentifier({ algorithmId: SHA256_WITH_ECDSA }))
      : refuse('unsupported');
  return refuse('unsupported');
}

function sealer(certificate: Certificate, key: KeyObject, signatureAlgorithm: AlgorithmIdentifier): Sealer {
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
      signatureAlgorithm,
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

/** CMS signatures as NCALayer makes them, and, for tests, as it never would. */
import { ObjectIdentifier, OctetString, Set as AsnSet, UTCTime } from 'asn1js';
import {
  Attribute,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  type Certificate,
} from 'pkijs';
import type { Credential } from './certificates.ts';
import { buffer, digestAlgorithm, digestFor, signatureAlgorithm, signWith } from './keys.ts';

const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';

export interface CmsOptions {
  /** Put the content inside. Default: detached. */
  attached?: boolean;
  /** Time the signer's computer claims. Default: now. */
  signingTime?: Date;
  /** The content is already a digest (NCALayer's "digested"). */
  isDigest?: boolean;
  /** Below: ways to be wrong, for tests of verifiers. */
  /** Content put inside instead of the signed one. */
  attachedInstead?: Uint8Array;
  /** Value of the content-type attribute. */
  contentTypeAttribute?: string;
  /** Leave signed attributes out of the signature altogether. */
  withoutAttributes?: boolean;
  /** Leave out one of the mandatory attributes. */
  omitAttribute?: 'contentType' | 'messageDigest';
  /** Repeat the message digest attribute, this one first. */
  secondDigest?: Uint8Array;
  /** Certificates carried along; default: those of the signers. */
  certificates?: readonly Certificate[];
  eContentType?: string;
}

/** DER of a CMS SignedData over `content` by one signer or several (or none). */
export function signCms(
  signers: Credential | readonly Credential[],
  content: Uint8Array,
  options: CmsOptions = {},
): Buffer {
  const list: readonly Credential[] = 'key' in signers ? [signers] : signers;
  const inside = options.attachedInstead ?? (options.attached === true ? content : undefined);
  const signedData = new SignedData({
    version: 1,
    digestAlgorithms: list.map((each) => digestAlgorithm(each.key)),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: options.eContentType ?? DATA,
      ...(inside === undefined ? {} : { eContent: new OctetString({ valueHex: buffer(inside) }) }),
    }),
    signerInfos: list.map((each) => signerInfo(each, content, options)),
    certificates: [...(options.certificates ?? list.map((each) => each.certificate))],
  });
  const info = new ContentInfo({ contentType: SIGNED_DATA, content: signedData.toSchema(true) });
  return Buffer.from(info.toSchema().toBER());
}

function signerInfo({ certificate, key }: Credential, content: Uint8Array, options: CmsOptions): SignerInfo {
  const info = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    digestAlgorithm: digestAlgorithm(key),
    signatureAlgorithm: signatureAlgorithm(key),
  });
  let toSign = content;
  if (options.withoutAttributes !== true) {
    const attributes = signedAttributes(
      options.isDigest === true ? content : digestFor(key, content),
      options,
    );
    info.signedAttrs = new SignedAndUnsignedAttributes({ type: 0, attributes });
    toSign = new Uint8Array(new AsnSet({ value: attributes.map((each) => each.toSchema()) }).toBER());
  }
  info.signature = new OctetString({ valueHex: buffer(signWith(key, toSign)) });
  return info;
}

function signedAttributes(digest: Uint8Array, options: CmsOptions): Attribute[] {
  const digests = options.secondDigest === undefined ? [digest] : [options.secondDigest, digest];
  return [
    ...(options.omitAttribute === 'contentType'
      ? []
      : [
          new Attribute({
            type: '1.2.840.113549.1.9.3',
            values: [
              new ObjectIdentifier({ value: options.contentTypeAttribute ?? options.eContentType ?? DATA }),
            ],
          }),
        ]),
    new Attribute({
      type: '1.2.840.113549.1.9.5',
      values: [new UTCTime({ valueDate: options.signingTime ?? new Date() })],
    }),
    ...(options.omitAttribute === 'messageDigest'
      ? []
      : digests.map(
          (each) =>
            new Attribute({
              type: '1.2.840.113549.1.9.4',
              values: [new OctetString({ valueHex: buffer(each) })],
            }),
        )),
  ];
}

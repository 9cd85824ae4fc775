/** Certificates shaped as the national authority shapes them. */
import {
  BitString,
  fromBER,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  PrintableString,
  Sequence,
  Set as AsnSet,
  Utf8String,
} from 'asn1js';
import {
  AccessDescription,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  CertificatePolicies,
  CRLDistributionPoints,
  DistributionPoint,
  Extension,
  ExtKeyUsage,
  GeneralName,
  InfoAccess,
  PolicyInformation,
  RelativeDistinguishedNames,
} from 'pkijs';
import {
  buffer,
  keyIdentifier,
  publicKeyInfo,
  signatureAlgorithm,
  signWith,
  type SigningKey,
} from './keys.ts';

/** A certificate with its private key. */
export interface Credential {
  certificate: Certificate;
  key: SigningKey;
}

export type KeyUsageName =
  'digitalSignature' | 'nonRepudiation' | 'keyEncipherment' | 'keyCertSign' | 'crlSign';

const keyUsageBits: Record<KeyUsageName, number> = {
  digitalSignature: 0x80,
  nonRepudiation: 0x40,
  keyEncipherment: 0x20,
  keyCertSign: 0x04,
  crlSign: 0x02,
};

export const purposeOid = {
  clientAuthentication: '1.3.6.1.5.5.7.3.2',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  individual: '1.2.398.3.3.4.1.1',
  organization: '1.2.398.3.3.4.1.2',
} as const;

export const roleOid = {
  head: '1.2.398.3.3.4.1.2.1',
  'right-to-sign': '1.2.398.3.3.4.1.2.2',
  finance: '1.2.398.3.3.4.1.2.3',
  'human-resources': '1.2.398.3.3.4.1.2.4',
  employee: '1.2.398.3.3.4.1.2.5',
} as const;

export type CertificateRole = keyof typeof roleOid;

const nameOid = {
  CN: '2.5.4.3',
  SURNAME: '2.5.4.4',
  SERIALNUMBER: '2.5.4.5',
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  G: '2.5.4.42',
} as const;

export type NamePart = readonly [keyof typeof nameOid, string];

/** A distinguished name; country and serial number are printable strings, the rest UTF-8. */
export function distinguishedName(parts: readonly NamePart[]): RelativeDistinguishedNames {
  // One SET per attribute, as everybody writes it. pkijs would put all of them into one SET, so the name is
  // built here and read back.
  const name = new Sequence({
    value: parts.map(([type, value]) => {
      const text =
        type === 'C' || type === 'SERIALNUMBER' ? new PrintableString({ value }) : new Utf8String({ value });
      return new AsnSet({
        value: [new Sequence({ value: [new ObjectIdentifier({ value: nameOid[type] }), text] })],
      });
    }),
  });
  return new RelativeDistinguishedNames({ schema: fromBER(name.toBER()).result });
}

export interface CertificateTemplate {
  subject: readonly NamePart[];
  key: SigningKey;
  /** Null makes the certificate self-signed. */
  issuer: Credential | null;
  notBefore: Date;
  notAfter: Date;
  keyUsage: readonly KeyUsageName[];
  extendedKeyUsage?: readonly string[];
  policies?: readonly string[];
  /** Path length allowed below; makes the certificate an authority. */
  authorityPathLength?: number;
  ocspUrl?: string;
  crlUrl?: string;
  /** "The responder's own certificate needs no revocation check." */
  ocspNoCheck?: boolean;
  /** Extensions added as they are, for wrong certificates in tests. */
  extra?: readonly Extension[];
}

/** Builds and signs a certificate. */
export function createCertificate(template: CertificateTemplate): Certificate {
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new Integer({ valueHex: buffer(newSerial()) });
  certificate.subject = distinguishedName(template.subject);
  certificate.issuer = template.issuer?.certificate.subject ?? certificate.subject;
  certificate.notBefore.value = template.notBefore;
  certificate.notAfter.value = template.notAfter;
  certificate.subjectPublicKeyInfo = publicKeyInfo(template.key);
  certificate.extensions = extensionsOf(template, certificate);

  const signer = template.issuer?.key ?? template.key;
  certificate.signature = signatureAlgorithm(signer);
  certificate.signatureAlgorithm = signatureAlgorithm(signer);
  const signed = new Uint8Array(certificate.encodeTBS().toBER());
  certificate.signatureValue = new BitString({ valueHex: buffer(signWith(signer, signed)) });
  // Read back, so that everything carries the bytes as a stranger would see them.
  return Certificate.fromBER(certificate.toSchema(true).toBER());
}

function newSerial(): Uint8Array {
  const serial = crypto.getRandomValues(new Uint8Array(20));
  // Positive and without a leading zero, so that the number is written in 20 bytes exactly.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x10;
  return serial;
}

function extensionsOf(template: CertificateTemplate, certificate: Certificate): Extension[] {
  const issuerKey = template.issuer?.certificate.subjectPublicKeyInfo ?? certificate.subjectPublicKeyInfo;
  const extensions = [
    extension('2.5.29.15', keyUsage(template.keyUsage), true),
    extension(
      '2.5.29.14',
      new OctetString({ valueHex: buffer(keyIdentifier(certificate.subjectPublicKeyInfo)) }),
    ),
    extension(
      '2.5.29.35',
      new AuthorityKeyIdentifier({
        keyIdentifier: new OctetString({ valueHex: buffer(keyIdentifier(issuerKey)) }),
      }).toSchema(),
    ),
  ];
  if (template.authorityPathLength !== undefined)
    extensions.push(
      extension(
        '2.5.29.19',
        new BasicConstraints({ cA: true, pathLenConstraint: template.authorityPathLength }).toSchema(),
        true,
      ),
    );
  if (template.extendedKeyUsage !== undefined)
    extensions.push(
      extension('2.5.29.37', new ExtKeyUsage({ keyPurposes: [...template.extendedKeyUsage] }).toSchema()),
    );
  if (template.policies !== undefined)
    extensions.push(
      extension(
        '2.5.29.32',
        new CertificatePolicies({
          certificatePolicies: template.policies.map(
            (each) => new PolicyInformation({ policyIdentifier: each }),
          ),
        }).toSchema(),
      ),
    );
  if (template.crlUrl !== undefined)
    extensions.push(
      extension(
        '2.5.29.31',
        new CRLDistributionPoints({
          distributionPoints: [new DistributionPoint({ distributionPoint: [uri(template.crlUrl)] })],
        }).toSchema(),
      ),
    );
  if (template.ocspUrl !== undefined)
    extensions.push(
      extension(
        '1.3.6.1.5.5.7.1.1',
        new InfoAccess({
          accessDescriptions: [
            new AccessDescription({
              accessMethod: '1.3.6.1.5.5.7.48.1',
              accessLocation: uri(template.ocspUrl),
            }),
          ],
        }).toSchema(),
      ),
    );
  if (template.ocspNoCheck === true) extensions.push(extension('1.3.6.1.5.5.7.48.1.5', new Null()));
  return [...extensions, ...(template.extra ?? [])];
}

interface Encodable {
  toBER(): ArrayBuffer;
}

/** An extension around any encodable value. */
export function extension(extnID: string, value: Encodable, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER() });
}

function keyUsage(names: readonly KeyUsageName[]): BitString {
  const bits = names.reduce((sum, each) => sum | keyUsageBits[each], 0);
  let unusedBits = 0;
  while (unusedBits < 7 && ((bits >> unusedBits) & 1) === 0) unusedBits += 1;
  return new BitString({ valueHex: Uint8Array.from([bits]).buffer, unusedBits });
}

function uri(value: string): GeneralName {
  return new GeneralName({ type: 6, value });
}

/** PEM text of a certificate, with a line end. */
export function toPem(certificate: Certificate): string {
  const lines =
    Buffer.from(certificate.toSchema().toBER())
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** Serial number as lower-case hexadecimal without leading zeros. */
export function serialHex(serialNumber: Integer): string {
  return Buffer.from(serialNumber.valueBlock.valueHexView)
    .toString('hex')
    .replace(/^0+(?=.)/, '');
}

/** The self-signed certificate with which NCALayer serves 127.0.0.1. */
import { OctetString, Sequence } from 'asn1js';
import { createCertificate, extension, toPem } from '../pki/certificates.ts';
import { newKey, storeKey } from '../pki/keys.ts';

/** New certificate and key for 127.0.0.1, as PEM. */
export async function createLoopbackCertificate(): Promise<{ cert: string; key: string }> {
  const key = await newKey('rsa');
  const ipAddress = new OctetString({
    valueHex: Uint8Array.from([127, 0, 0, 1]).buffer,
    idBlock: { tagClass: 3, tagNumber: 7 },
  });
  const certificate = createCertificate({
    subject: [['CN', '127.0.0.1']],
    key,
    issuer: null,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 365 * 86_400_000),
    keyUsage: ['digitalSignature', 'keyEncipherment'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    extra: [extension('2.5.29.17', new Sequence({ value: [ipAddress] }))],
  });
  return { cert: toPem(certificate), key: storeKey(key) };
}

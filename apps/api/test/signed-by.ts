import type { SignatureVerifier } from '@mse/auth/signature';
import { createHash } from 'node:crypto';

/** A stand-in for a key: what it "signs" says who, over which bytes. Real keys are tried where signing itself is. */
export function signedBy(person: { iin: string }, text: string): string {
  const hash = createHash('sha256').update(text, 'utf8').digest('hex');
  return Buffer.from(JSON.stringify({ iin: person.iin, hash })).toString('base64');
}

/** Verifies what `signedBy` made: the content must be the same, the signer is who it says. */
export const signedByVerifier: SignatureVerifier = {
  verify({ cms, content }) {
    const { iin, hash } = JSON.parse(Buffer.from(cms as Uint8Array).toString()) as {
      iin: string;
      hash: string;
    };
    if (createHash('sha256').update(content).digest('hex') !== hash)
      return Promise.resolve({ ok: false, refusal: 'content-differs' });
    return Promise.resolve({
      ok: true,
      value: {
        iin,
        bin: null,
        organization: null,
        commonName: null,
        surname: null,
        givenName: null,
        patronymic: null,
        kind: 'individual',
        roles: [],
        certificateSerial: 'a1',
        notBefore: new Date(0),
        notAfter: new Date(8.64e15),
        statedSigningTime: null,
        algorithm: 'rsa',
      },
    });
  },
};

import { type Seal, type SealingKeyRefusal, sealerOf } from '@mse/auth/signature';
import { readFileSync } from 'node:fs';

/** The service's own signature under the documents it issues. A device or a service that keeps the key can stand behind it. */
export interface DocumentSealer {
  /** A detached signature over exactly these bytes; null while the service has no key, and then nothing is issued. */
  seal(content: Uint8Array, at: Date): Promise<Seal | null>;
}

/**
 * PX-53: seals with the key of `SEALING_KEY_FILE`. Without the setting there is no key: documents wait, and their jobs stand among the
 * dead letters until somebody sets it. A key that cannot be used ends the process with its reason at once.
 */
export function documentSealer(keyFile: string | undefined): DocumentSealer {
  if (keyFile === undefined) return { seal: () => Promise.resolve(null) };
  let pem: string;
  try {
    pem = readFileSync(keyFile, 'utf8');
  } catch (error) {
    throw new Error('Setting SEALING_KEY_FILE: the file cannot be read', { cause: error });
  }
  const sealer = sealerOf(pem);
  if (!sealer.ok) throw new Error(`Setting SEALING_KEY_FILE: ${WHY[sealer.refusal]}`);
  return { seal: (content, at) => Promise.resolve(sealer.value(content, at)) };
}

/** What whoever starts the service reads. */
const WHY: Record<SealingKeyRefusal, string> = {
  unreadable: 'it does not hold a certificate and its private key (PKCS#8) in PEM',
  gost: 'keys of ГОСТ 34.10-2015 do not seal here; use an RSA or EC key of the organisation',
  unsupported: 'the key must be RSA or of the curve P-256, P-384 or P-521',
  weak: 'an RSA key must have 2048 bits or more',
  'other-certificate': 'the key does not belong to the certificate',
};

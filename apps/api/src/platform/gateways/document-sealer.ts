import { type Seal, sealerOf } from '@mse/auth/signature';
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
  let seal: ReturnType<typeof sealerOf>;
  try {
    seal = sealerOf(readFileSync(keyFile, 'utf8'));
  } catch (error) {
    throw new Error(`Setting SEALING_KEY_FILE: ${error instanceof Error ? error.message : 'unusable'}`, {
      cause: error,
    });
  }
  return { seal: (content, at) => Promise.resolve(seal(content, at)) };
}

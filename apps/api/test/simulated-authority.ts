import { builtinVerifier, type SignatureVerifier } from '@mse/auth/signature';
import { toBusinessTime } from '@mse/domain/shared';
import type { Simulators } from '@mse/simulators';

/** Checks signatures against the simulated authority. Its certificates live in the machine's time, whatever time the world has. */
export function simulatedVerifier(
  simulators: Simulators,
  options: { ocspCacheMs?: number; timeoutMs?: number } = {},
): SignatureVerifier {
  return builtinVerifier({
    trustAnchorsPem: simulators.trustAnchorsPem,
    revocation: 'ocsp',
    clock: { now: () => new Date() },
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    ...options,
  });
}

/** The machine's moment as the `now` of a world, for worlds whose signers have to be valid. */
export function machineNow(): `${string}T${string}` {
  const { date, time } = toBusinessTime(new Date());
  return `${date}T${time}`;
}

/** Door of electronic signatures: the port, its two adapters and the types they speak. */
export { builtinVerifier, type BuiltinVerifierOptions } from './builtin-verifier.ts';
export { ncanodeVerifier, type NcanodeVerifierOptions } from './ncanode-verifier.ts';
export { type Seal, SEALING_KEY_REFUSALS, type Sealer, type SealingKeyRefusal, sealerOf } from './seal.ts';
export type { RevocationMode } from './revocation.ts';
export {
  signatureRefusals,
  type SignatureAlgorithm,
  type SignaturePurpose,
  type SignatureRefusal,
  type SignatureToVerify,
  type SignatureVerdict,
  type SignatureVerifier,
  type SignerIdentity,
  type SignerRole,
} from './signature-verifier.ts';

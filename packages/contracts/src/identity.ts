import { ROLES } from '@mse/domain/access';
import { z } from 'zod';
import {
  CodeTyped,
  Id,
  IinTyped,
  Instant,
  LanguageChoice,
  PhoneTyped,
  refused,
  TrustLevelName,
} from './common.ts';

export const Audience = z.enum(['citizen', 'staff']);

export const RequestCodeInput = z.strictObject({
  iin: IinTyped,
  phone: PhoneTyped,
  language: LanguageChoice,
});
/** The answer is the same whether or not the person exists and the number fits (T10). */
export const RequestCodeOutput = z.union([
  z.object({ ok: z.literal(true), challengeId: z.uuid(), resendAfterSeconds: z.int(), lifeMinutes: z.int() }),
  z.object({ ok: z.literal(false), refusal: z.enum(['too-many']), retryAfterSeconds: z.int() }),
]);

export const SIGN_IN_CODE_REFUSALS = ['wrong', 'expired', 'used', 'too-many-tries'] as const;
export const VerifyCodeInput = z.strictObject({
  challengeId: Id,
  code: CodeTyped,
  device: z.string().max(300).default(''),
});
export const SignedIn = z.object({ ok: z.literal(true), token: z.string(), endsAt: Instant });
export const VerifyCodeOutput = z.union([
  SignedIn,
  z.object({ ok: z.literal(false), refusal: z.enum(SIGN_IN_CODE_REFUSALS), triesLeft: z.int() }),
]);

/** `host` is the host name the person sees; it stands in the signed text, so a text signed elsewhere does not serve here. */
export const StartSignatureInput = z.strictObject({
  audience: Audience,
  host: z.string().max(200),
  language: LanguageChoice,
});
export const StartSignatureOutput = z.object({
  challengeId: z.uuid(),
  text: z.string(),
  lifeMinutes: z.int(),
});

export const SIGN_IN_SIGNATURE_REFUSALS = [
  'malformed',
  'too-large',
  'not-one-signer',
  'content-differs',
  'bad-signature',
  'untrusted-chain',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-revoked',
  'revocation-unknown',
  'wrong-purpose',
  'no-iin',
  'challenge-expired',
  'challenge-used',
  'not-staff',
  'person-unknown',
  'registry-silent',
] as const;
export const FinishSignatureInput = z.strictObject({
  challengeId: Id,
  cms: z.string().min(1, { error: 'required' }).max(200_000, { error: 'too-long' }),
  device: z.string().max(300).default(''),
});
export const FinishSignatureOutput = z.union([SignedIn, refused(SIGN_IN_SIGNATURE_REFUSALS)]);

/** C05: a signature by eGov Mobile is for citizens; staff sit at computers. `host` as in `StartSignatureInput`. */
export const StartMobileSignatureInput = StartSignatureInput.omit({ audience: true });
/** `signingKey` is known to the browser that began and to nobody else; the phone never sees it. */
export const StartMobileSignatureOutput = z.union([
  z.object({
    ok: z.literal(true),
    signingKey: z.string(),
    text: z.string(),
    compareCode: z.string(),
    /** Opens the program on the phone; the QR holds the same. */
    link: z.url({ protocol: /^https?$/ }),
    endsAt: Instant,
    lifeMinutes: z.int(),
  }),
  refused(['unavailable']),
]);

/** `waiting`: the phone has not opened it; `opened`: it has; `declined`: the person pressed "refuse" there. */
export const MOBILE_SIGNATURE_REFUSALS = [
  ...SIGN_IN_SIGNATURE_REFUSALS,
  'waiting',
  'opened',
  'declined',
] as const;
export const FinishMobileSignatureInput = z.strictObject({
  signingKey: z.string().min(1, { error: 'required' }).max(100, { error: 'too-long' }),
  device: z.string().max(300).default(''),
});
export const FinishMobileSignatureOutput = z.union([SignedIn, refused(MOBILE_SIGNATURE_REFUSALS)]);

export const WhoAmIOutput = z.object({
  personId: z.uuid(),
  name: z.string(),
  initials: z.string(),
  roles: z.array(z.enum(ROLES)),
  departmentId: z.uuid().nullable(),
  trust: TrustLevelName,
  audience: Audience,
  messageLanguage: LanguageChoice,
  phoneMasked: z.string().nullable(),
  sessionEndsAt: Instant,
});

export const SessionView = z.object({
  id: z.string(),
  startedAt: Instant,
  lastUsedAt: Instant,
  trust: TrustLevelName,
  audience: Audience,
  device: z.string(),
  current: z.boolean(),
});
export const ListSessionsOutput = z.array(SessionView);
export const EndSessionInput = z.strictObject({ id: z.string().max(100) });
export const SetLanguageInput = z.strictObject({ language: LanguageChoice });
export const Done = z.object({ ok: z.literal(true) });

export const DemoPerson = z.object({
  key: z.string(),
  role: z.string(),
  name: z.string(),
  iin: z.string(),
  phone: z.string().nullable(),
  note: z.object({ kk: z.string(), ru: z.string(), en: z.string() }),
});
export const DemoPeopleOutput = z.array(DemoPerson);

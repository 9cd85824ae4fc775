import type { Done } from '@mse/contracts/identity';
import type {
  FinishPhoneChangeInput,
  FinishPhoneChangeOutput,
  StartPhoneChangeInput,
  StartPhoneChangeOutput,
} from '@mse/contracts/profile';
import type { Transaction } from '@mse/db';
import { messages, persons, phoneChanges } from '@mse/db/schema';
import { CODE_POLICY } from '@mse/domain/identity';
import { MESSAGE_LIFE_MINUTES } from '@mse/domain/notifications';
import { decidePhoneChange, PHONE_CHANGE_POLICY, secondsUntilNextChange } from '@mse/domain/profile';
import { addMinutes, maskPhone } from '@mse/domain/shared';
import { and, eq, gt } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { recordOwnAct } from '../identity/own-act.ts';
import { getPerson, type Person } from '../identity/people.ts';
import { hashCode, hashSubject, sameHash, sealCode } from '../identity/sealed-code.ts';

const DAY_MINUTES = 24 * 60;

/** The number that is asked whether it may be replaced: the confirmed one, else that of the base of mobile citizens. */
function oldNumber(person: Person): string | null {
  return person.contactPhone ?? person.phone;
}

/**
 * C27, T13: begins a change of the contact number: a code to the number the person has now and another one to the new one. The
 * number in the base of mobile citizens is the state's and stays; the contact number gets copies.
 */
export async function startPhoneChange(
  call: CallContext,
  input: z.output<typeof StartPhoneChangeInput>,
): Promise<z.input<typeof StartPhoneChangeOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const person = await getPerson(deps.db, personId);
  const newPhone: string = input.phone;
  if (newPhone === person.contactPhone || newPhone === person.phone)
    return { ok: false, refusal: 'same-phone', retryAfterSeconds: 0 };

  const wait = await secondsToWait(call, newPhone);
  if (wait > 0) return { ok: false, refusal: 'too-many', retryAfterSeconds: wait };
  const changeId = deps.random.id(at);
  const old = oldNumber(person);
  const code = () => String(deps.random.below(10 ** CODE_POLICY.digits)).padStart(CODE_POLICY.digits, '0');
  const [oldCode, newCode] = [code(), code()];
  const refused = await deps.db.transaction(async (tx) => {
    // One change after the other, so that the count of the day holds.
    await tx.select({ id: persons.id }).from(persons).where(eq(persons.id, personId)).for('update');
    const begun = await tx
      .select({ createdAt: phoneChanges.createdAt })
      .from(phoneChanges)
      .where(
        and(eq(phoneChanges.personId, personId), gt(phoneChanges.createdAt, addMinutes(at, -DAY_MINUTES))),
      );
    const seconds = secondsUntilNextChange(
      begun.map((each) => each.createdAt),
      at,
    );
    if (seconds > 0) return seconds;
    await tx.insert(phoneChanges).values({
      id: changeId,
      personId,
      newPhone,
      oldCodeHash: old === null ? null : hashCode(deps.settings.SECRET_KEY, `${changeId}:old`, oldCode),
      newCodeHash: hashCode(deps.settings.SECRET_KEY, `${changeId}:new`, newCode),
      createdAt: at,
      expiresAt: addMinutes(at, PHONE_CHANGE_POLICY.lifeMinutes),
    });
    if (old !== null) await sendCode(call, tx, person, old, oldCode, `code:phone-change:${changeId}:old`);
    await sendCode(call, tx, person, newPhone, newCode, `code:phone-change:${changeId}:new`);
    await recordOwnAct(tx, call, 'profile.startPhoneChange', { subject: `phone-change:${changeId}` });
    return 0;
  });
  if (refused > 0) return { ok: false, refusal: 'too-many', retryAfterSeconds: refused };
  return {
    ok: true,
    changeId,
    oldPhoneMasked: old === null ? null : maskPhone(old),
    newPhoneMasked: maskPhone(newPhone),
    lifeMinutes: PHONE_CHANGE_POLICY.lifeMinutes,
  };
}

/** Budgets of the new number (it may be a stranger's), the network and the service (T11). */
async function secondsToWait(call: CallContext, newPhone: string): Promise<number> {
  const { limits, settings } = call.deps;
  const phoneKey = hashSubject(settings.SECRET_KEY, 'phone', newPhone);
  for (const [limit, key] of [
    ['code-network-hour', call.network],
    ['code-phone-hour', phoneKey],
    ['code-phone-day', phoneKey],
    ['code-service-minute', 'all'],
  ] as const) {
    const taken = await limits.take(limit, key);
    if (!taken.ok) return taken.retryAfterSeconds;
  }
  return 0;
}

async function sendCode(
  { deps, at }: CallContext,
  tx: Transaction,
  person: Person,
  phone: string,
  code: string,
  onceKey: string,
): Promise<void> {
  await tx.insert(messages).values({
    id: deps.random.id(at),
    personId: person.id,
    template: 'code',
    language: person.messageLanguage,
    phone,
    params: { sealed: sealCode(deps.settings.SECRET_KEY, code, deps.random) },
    onceKey,
    state: 'queued',
    createdAt: at,
    dueAt: at,
    expiresAt: addMinutes(at, PHONE_CHANGE_POLICY.lifeMinutes),
    stateAt: at,
  });
}

/**
 * C27, T13: both codes right: the number is changed and the old number is told. Anything else changes nothing and uses up a try;
 * which of the two codes was wrong is not said.
 */
export async function finishPhoneChange(
  call: CallContext,
  input: z.output<typeof FinishPhoneChangeInput>,
): Promise<z.input<typeof FinishPhoneChangeOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const secret = deps.settings.SECRET_KEY;
  return deps.db.transaction(async (tx) => {
    const isThis = and(eq(phoneChanges.id, input.changeId), eq(phoneChanges.personId, personId));
    const [change] = await tx.select().from(phoneChanges).where(isThis).for('update');
    if (!change) throw notFound();
    const fits = (code: string | undefined, which: 'old' | 'new', hash: string) =>
      sameHash(hashCode(secret, `${change.id}:${which}`, code ?? ''), hash);
    const decision = decidePhoneChange(
      change,
      {
        old: change.oldCodeHash === null ? null : fits(input.oldCode, 'old', change.oldCodeHash),
        new: fits(input.newCode, 'new', change.newCodeHash),
      },
      at,
    );
    if (!decision.ok) {
      const wrong = decision.refusal === 'wrong' ? 1 : 0;
      if (wrong)
        await tx
          .update(phoneChanges)
          .set({ tries: change.tries + 1 })
          .where(isThis);
      const left = PHONE_CHANGE_POLICY.triesPerChange - change.tries - wrong;
      return { ok: false as const, refusal: decision.refusal, triesLeft: wrong ? Math.max(0, left) : 0 };
    }
    const [person] = await tx.select().from(persons).where(eq(persons.id, personId)).for('update');
    if (!person) throw new Error('No such person');
    await tx.update(phoneChanges).set({ doneAt: at }).where(isThis);
    await tx.update(persons).set({ contactPhone: change.newPhone }).where(eq(persons.id, personId));
    await tellOldNumber(call, tx, person, change.newPhone, change.id);
    await recordOwnAct(tx, call, 'profile.finishPhoneChange', { subject: `phone-change:${change.id}` });
    return { ok: true as const };
  });
}

/** C27: gives the contact number up; it is told so. Without one nothing happens. */
export async function removePhone(call: CallContext): Promise<z.input<typeof Done>> {
  const { deps } = call;
  const { personId } = signedIn(call);
  await deps.db.transaction(async (tx) => {
    const [person] = await tx.select().from(persons).where(eq(persons.id, personId)).for('update');
    if (!person?.contactPhone) return;
    await tx.update(persons).set({ contactPhone: null }).where(eq(persons.id, personId));
    await tellOldNumber(call, tx, person, null, deps.random.id(call.at));
    await recordOwnAct(tx, call, 'profile.removePhone');
  });
  return { ok: true };
}

/** Whoever holds the number from before hears of the change, in case it was not theirs to make. */
async function tellOldNumber(
  { deps, at }: CallContext,
  tx: Transaction,
  person: Person,
  newPhone: string | null,
  changeId: string,
): Promise<void> {
  const old = oldNumber(person);
  if (old === null) return;
  await tx.insert(messages).values({
    id: deps.random.id(at),
    personId: person.id,
    template: 'phone-changed',
    language: person.messageLanguage,
    phone: old,
    params: { newPhone: newPhone === null ? '–' : maskPhone(newPhone) },
    onceKey: `phone-changed:${changeId}`,
    state: 'queued',
    createdAt: at,
    dueAt: at,
    expiresAt: addMinutes(at, MESSAGE_LIFE_MINUTES['phone-changed'] ?? 0),
    stateAt: at,
  });
}

import type {
  ChangeExpertInput,
  ChangeExpertOutput,
  IssueModemInput,
  ModemOutput,
  RecordTrainingInput,
  RecordTrainingOutput,
  ReturnModemInput,
} from '@mse/contracts/expert-register';
import type { Executor } from '@mse/db';
import {
  expertChanges,
  expertModems,
  expertNosologies,
  experts,
  expertSetups,
  nosologyGroups,
  regions,
} from '@mse/db/schema';
import { addDays, toBusinessDate } from '@mse/domain/shared';
import { and, eq, gte, inArray, isNull, lte, or } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { auditStep } from './register-audit.ts';

async function lockExpert(tx: Executor, id: string) {
  const [row] = await tx.select().from(experts).where(eq(experts.id, id)).for('update');
  return row;
}

/** R05: changes forms, region or daily cap of an expert; the history keeps before and after. Forms change by dates: what counted on a past day stays known. */
export async function changeExpert(
  call: CallContext,
  input: z.output<typeof ChangeExpertInput>,
): Promise<z.input<typeof ChangeExpertOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  const wanted = [...new Set(input.groups)].sort();
  return deps.db.transaction(async (tx): Promise<z.input<typeof ChangeExpertOutput>> => {
    const expert = await lockExpert(tx, input.id);
    if (!expert) return { ok: false, refusal: 'not-found' };
    if (expert.excludedOn) return { ok: false, refusal: 'expert-excluded' };
    const known = await tx
      .select({ code: nosologyGroups.code })
      .from(nosologyGroups)
      .where(inArray(nosologyGroups.code, wanted));
    if (known.length !== wanted.length) return { ok: false, refusal: 'group-unknown' };
    const [region] = await tx.select().from(regions).where(eq(regions.code, input.regionCode));
    if (!region) return { ok: false, refusal: 'region-unknown' };
    const current = await tx
      .select()
      .from(expertNosologies)
      .where(
        and(
          eq(expertNosologies.expertId, expert.id),
          lte(expertNosologies.validFrom, today),
          or(isNull(expertNosologies.validUntil), gte(expertNosologies.validUntil, today)),
        ),
      );
    const now = current.map(({ groupCode }) => groupCode).sort();
    const before = { groups: now, regionCode: expert.regionCode, dailyCap: expert.dailyCap };
    const after = { groups: wanted, regionCode: input.regionCode, dailyCap: input.dailyCap };
    if (JSON.stringify(before) === JSON.stringify(after)) return { ok: false, refusal: 'same-as-now' };
    for (const row of current.filter(({ groupCode }) => !wanted.includes(groupCode))) {
      await tx
        .update(expertNosologies)
        // What began today ends before it began: it never counted.
        .set({ validUntil: addDays(today, -1) })
        .where(
          and(
            eq(expertNosologies.expertId, expert.id),
            eq(expertNosologies.groupCode, row.groupCode),
            eq(expertNosologies.validFrom, row.validFrom),
          ),
        );
    }
    const added = wanted.filter((code) => !now.includes(code));
    if (added.length > 0)
      await tx
        .insert(expertNosologies)
        .values(added.map((groupCode) => ({ expertId: expert.id, groupCode, validFrom: today })))
        .onConflictDoUpdate({
          target: [expertNosologies.expertId, expertNosologies.groupCode, expertNosologies.validFrom],
          set: { validUntil: null },
        });
    await tx
      .update(experts)
      .set({ regionCode: input.regionCode, dailyCap: input.dailyCap })
      .where(eq(experts.id, expert.id));
    await tx
      .insert(expertChanges)
      .values({ expertId: expert.id, at, actor: personId, change: 'changed', before, after });
    await auditStep(call, tx, {
      action: 'expertRegister.changeExpert',
      personId: expert.personId,
      subject: `expert:${expert.id}`,
    });
    return { ok: true };
  });
}

/** RG-23: records that the expert was trained to work in the bank. */
export async function recordTraining(
  call: CallContext,
  { id, trainedOn }: z.output<typeof RecordTrainingInput>,
): Promise<z.input<typeof RecordTrainingOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof RecordTrainingOutput>> => {
    const expert = await lockExpert(tx, id);
    if (!expert) return { ok: false, refusal: 'not-found' };
    if (expert.excludedOn) return { ok: false, refusal: 'expert-excluded' };
    const [setup] = await tx.select().from(expertSetups).where(eq(expertSetups.expertId, id));
    if (setup?.trainedOn) return { ok: false, refusal: 'trained-already' };
    if (trainedOn < expert.enteredOn || trainedOn > toBusinessDate(at))
      return { ok: false, refusal: 'day-not-fitting' };
    await tx
      .insert(expertSetups)
      .values({ expertId: id, trainedOn })
      .onConflictDoUpdate({ target: expertSetups.expertId, set: { trainedOn } });
    await tx.insert(expertChanges).values({
      expertId: id,
      at,
      actor: personId,
      change: 'trained',
      before: { trainedOn: null },
      after: { trainedOn },
    });
    await auditStep(call, tx, {
      action: 'expertRegister.recordTraining',
      personId: expert.personId,
      subject: `expert:${id}`,
      detail: { trainedOn },
    });
    return { ok: true };
  });
}

/** RG-24: gives a modem for temporary use, by an act. An expert holds one, and a modem is with one expert. */
export async function issueModem(
  call: CallContext,
  { id, number, issuedOn, act }: z.output<typeof IssueModemInput>,
): Promise<z.input<typeof ModemOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof ModemOutput>> => {
    const expert = await lockExpert(tx, id);
    if (!expert) return { ok: false, refusal: 'not-found' };
    if (expert.excludedOn) return { ok: false, refusal: 'expert-excluded' };
    if (issuedOn < expert.enteredOn || issuedOn > toBusinessDate(at))
      return { ok: false, refusal: 'day-not-fitting' };
    const [own] = await tx
      .select({ id: expertModems.id })
      .from(expertModems)
      .where(and(eq(expertModems.expertId, id), isNull(expertModems.returnedOn)));
    if (own) return { ok: false, refusal: 'modem-with-expert' };
    const [kept] = await tx
      .insert(expertModems)
      .values({ id: deps.random.id(at), expertId: id, number, issuedOn, issueAct: act })
      .onConflictDoNothing()
      .returning({ id: expertModems.id });
    if (!kept) return { ok: false, refusal: 'modem-with-another' };
    await tx.insert(expertChanges).values({
      expertId: id,
      at,
      actor: personId,
      change: 'modem-issued',
      before: null,
      after: { number, issuedOn, act },
    });
    await auditStep(call, tx, {
      action: 'expertRegister.issueModem',
      personId: expert.personId,
      subject: `expert:${id}`,
      detail: { act },
    });
    return { ok: true };
  });
}

/** RG-24: takes the modem back, by an act; after an exclusion too. */
export async function returnModem(
  call: CallContext,
  { id, returnedOn, act }: z.output<typeof ReturnModemInput>,
): Promise<z.input<typeof ModemOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof ModemOutput>> => {
    const expert = await lockExpert(tx, id);
    if (!expert) return { ok: false, refusal: 'not-found' };
    const [modem] = await tx
      .select()
      .from(expertModems)
      .where(and(eq(expertModems.expertId, id), isNull(expertModems.returnedOn)))
      .for('update');
    if (!modem) return { ok: false, refusal: 'no-modem' };
    if (returnedOn < modem.issuedOn || returnedOn > toBusinessDate(at))
      return { ok: false, refusal: 'day-not-fitting' };
    await tx.update(expertModems).set({ returnedOn, returnAct: act }).where(eq(expertModems.id, modem.id));
    await tx.insert(expertChanges).values({
      expertId: id,
      at,
      actor: personId,
      change: 'modem-returned',
      before: { number: modem.number, issuedOn: modem.issuedOn, act: modem.issueAct },
      after: { number: modem.number, returnedOn, act },
    });
    await auditStep(call, tx, {
      action: 'expertRegister.returnModem',
      personId: expert.personId,
      subject: `expert:${id}`,
      detail: { act },
    });
    return { ok: true };
  });
}

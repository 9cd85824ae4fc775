import type {
  FailureActInput,
  FailureActOutput,
  TechnicalFailuresOutput,
} from '@mse/contracts/technical-failures';
import {
  cases,
  failureSignatories,
  persons,
  technicalFailures,
  technicalFailureSignatures,
} from '@mse/db/schema';
import { FAILURE_OFFICES } from '@mse/domain/intake';
import { fullName, toBusinessDate } from '@mse/domain/shared';
import { asc, count, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';

const LIMIT = 200;

/** PX-42: acts of technical failure, the newest first, with their signers; and who may sign for each office. */
export async function listFailures(call: CallContext): Promise<z.input<typeof TechnicalFailuresOutput>> {
  const { db, reference } = call.deps;
  const me = signedIn(call).personId;
  const systems = reference.nosology().medicalSystems;
  const systemName = (code: string) =>
    systems.find((system) => system.code === code)?.name ?? { kk: code, ru: code, en: code };
  const { act: _act, actSha256: _hash, ...columns } = technicalFailures;
  const shown = {
    id: columns.id,
    systemCode: columns.systemCode,
    from: columns.from,
    until: columns.until,
    actNumber: columns.actNumber,
    actDay: columns.actDay,
    state: columns.state,
    proposedBy: columns.proposedBy,
    proposedAt: columns.proposedAt,
    decidedBy: columns.decidedBy,
    decidedAt: columns.decidedAt,
  };
  const rows = await db
    .select(shown)
    .from(technicalFailures)
    .orderBy(desc(technicalFailures.proposedAt))
    .limit(LIMIT);
  const ids = rows.map(({ id }) => id);
  const people = [...new Set(rows.flatMap((row) => [row.proposedBy, row.decidedBy ?? row.proposedBy]))];
  const [signatures, accepted, names, signatories] = await Promise.all([
    ids.length === 0
      ? []
      : db
          .select()
          .from(technicalFailureSignatures)
          .where(inArray(technicalFailureSignatures.failureId, ids)),
    db
      .select({ failureId: cases.failureId, count: count() })
      .from(cases)
      .where(isNotNull(cases.failureId))
      .groupBy(cases.failureId),
    people.length === 0 ? [] : db.select().from(persons).where(inArray(persons.id, people)),
    db
      .select()
      .from(failureSignatories)
      .orderBy(asc(failureSignatories.office), desc(failureSignatories.validFrom)),
  ]);
  const nameOf = (id: string) => {
    const person = names.find((each) => each.id === id);
    return person ? fullName(person) : '';
  };
  call.seen(null, 'technical-failures');
  return {
    today: toBusinessDate(call.at),
    systems: systems.map(({ code, name }) => ({ code, name })),
    failures: rows.map(
      ({ systemCode, from, until, proposedBy, proposedAt, decidedBy, decidedAt, ...row }) => ({
        ...row,
        system: systemName(systemCode),
        from: from.toISOString(),
        until: until.toISOString(),
        counts: row.state === 'open' && from <= call.at && call.at < until,
        proposedBy: nameOf(proposedBy),
        proposedByMe: proposedBy === me,
        proposedAt: proposedAt.toISOString(),
        decidedBy: decidedBy === null ? null : nameOf(decidedBy),
        decidedAt: decidedAt?.toISOString() ?? null,
        signers: FAILURE_OFFICES.flatMap((office) =>
          signatures
            .filter((signature) => signature.failureId === row.id && signature.office === office)
            .map(({ signerName }) => ({ office, name: signerName })),
        ),
        cases: accepted.find(({ failureId }) => failureId === row.id)?.count ?? 0,
      }),
    ),
    signatories: signatories.map((row) => ({
      id: row.id,
      office: row.office,
      system: row.systemCode === null ? null : systemName(row.systemCode),
      name: fullName(row),
      validFrom: row.validFrom,
      validUntil: row.validUntil,
    })),
  };
}

/** The file of an act, to be read before the mode is opened. */
export async function failureAct(
  call: CallContext,
  input: z.output<typeof FailureActInput>,
): Promise<z.input<typeof FailureActOutput>> {
  const [row] = await call.deps.db
    .select({ actNumber: technicalFailures.actNumber, act: technicalFailures.act })
    .from(technicalFailures)
    .where(eq(technicalFailures.id, input.id));
  call.seen(null, `technical-failure:${input.id}`);
  if (!row) return { ok: false, refusal: 'not-found' };
  return { ok: true, actNumber: row.actNumber, content: row.act.toString('base64') };
}

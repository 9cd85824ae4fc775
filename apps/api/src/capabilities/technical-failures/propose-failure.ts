import type { ProposeFailureInput, ProposeFailureOutput } from '@mse/contracts/technical-failures';
import { failureSignatories, technicalFailures, technicalFailureSignatures } from '@mse/db/schema';
import { decideFailureAct, FAILURE_OFFICES, type FailureOffice } from '@mse/domain/intake';
import { fullName, toBusinessDate, toInstant } from '@mse/domain/shared';
import { ne, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { inspectFile } from '../intake/inspect-file.ts';

type Signed = { iin: string; serial: string; name: string };

/**
 * PX-42: enters an act of technical failure: its file, its period, and the four signatures over the file, each verified and by the
 * person who held the office on the day of the act. It changes nothing until another administrator opens it.
 */
export async function proposeFailure(
  call: CallContext,
  input: z.output<typeof ProposeFailureInput>,
): Promise<z.input<typeof ProposeFailureOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const act = Buffer.from(input.act, 'base64');
  if (!deps.reference.nosology().medicalSystems.some(({ code }) => code === input.systemCode))
    return { ok: false, refusal: 'unknown-system', office: null };
  if (!inspectFile(act, 'application/pdf').ok) return { ok: false, refusal: 'act-not-taken', office: null };

  const signed = await verifyAll(deps, act, input.signatures, at);
  if (!signed.ok) return { ok: false, refusal: 'revocation-unknown', office: signed.office };
  const draft = {
    systemCode: input.systemCode,
    from: toInstant(input.fromDay, input.fromTime),
    until: toInstant(input.untilDay, input.untilTime),
    actDay: input.actDay,
  };

  return deps.db.transaction(async (tx): Promise<z.input<typeof ProposeFailureOutput>> => {
    // Two acts entered at the same moment are judged one after the other.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:technical-failures'))`);
    const [others, signatories] = await Promise.all([
      tx
        .select({
          systemCode: technicalFailures.systemCode,
          from: technicalFailures.from,
          until: technicalFailures.until,
        })
        .from(technicalFailures)
        .where(ne(technicalFailures.state, 'withdrawn')),
      tx.select().from(failureSignatories),
    ]);
    const signers = Object.fromEntries(
      FAILURE_OFFICES.map((office) => [office, signed.value[office]?.iin ?? 'wrong']),
    ) as Record<FailureOffice, string>;
    const decision = decideFailureAct(draft, others, signatories, signers, toBusinessDate(at), input.fromDay);
    if (!decision.ok) return decision;
    const id = deps.random.id(at);
    await tx.insert(technicalFailures).values({
      id,
      ...draft,
      actNumber: input.actNumber,
      act,
      actSha256: createHash('sha256').update(act).digest('hex'),
      state: 'proposed',
      proposedBy: caller.personId,
      proposedAt: at,
    });
    await tx.insert(technicalFailureSignatures).values(
      FAILURE_OFFICES.map((office) => ({
        failureId: id,
        office,
        signerIin: signed.value[office]?.iin ?? '',
        signerName: signed.value[office]?.name ?? '',
        signerSerial: signed.value[office]?.serial ?? '',
        signature: Buffer.from(input.signatures[office], 'base64'),
      })),
    );
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('technicalFailures.propose', caller),
      action: 'technicalFailures.propose',
      outcome: 'done',
      personId: null,
      subject: `technical-failure:${id}`,
      requestId: call.requestId,
      detail: { system: draft.systemCode, from: draft.from.toISOString(), until: draft.until.toISOString() },
    });
    return { ok: true, id };
  });
}

/** Who signed the file for each office; null where the signature does not hold. A silent revocation service proves nothing. */
async function verifyAll(
  deps: Deps,
  act: Buffer,
  signatures: Record<FailureOffice, string>,
  at: Date,
): Promise<{ ok: true; value: Record<FailureOffice, Signed | null> } | { ok: false; office: FailureOffice }> {
  const value: Partial<Record<FailureOffice, Signed | null>> = {};
  for (const office of FAILURE_OFFICES) {
    const verdict = await deps.signatures.verify({
      cms: Buffer.from(signatures[office], 'base64'),
      content: act,
      at,
      purpose: 'signing',
    });
    if (!verdict.ok && verdict.refusal === 'revocation-unknown') return { ok: false, office };
    if (!verdict.ok) {
      value[office] = null;
      continue;
    }
    const { iin, certificateSerial, surname, givenName, patronymic } = verdict.value;
    const name = fullName({ surname: surname ?? '', name: givenName ?? '', patronymic });
    value[office] = { iin, serial: certificateSerial, name };
  }
  return { ok: true, value: value as Record<FailureOffice, Signed | null> };
}

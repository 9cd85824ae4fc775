import type { EnterInput, EnterOutput } from '@mse/contracts/expert-register';
import {
  expertChanges,
  expertContracts,
  expertNosologies,
  experts,
  expertSetups,
  regions,
  staffRoles,
} from '@mse/db/schema';
import { trainingDueOn } from '@mse/domain/experts';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { isBarred } from './bars.ts';
import { endRole } from './end-role.ts';
import { findEntry } from './own-entry.ts';
import { auditStep } from './register-audit.ts';
import { registerPolicies } from './register-policies.ts';
import { lockApplication, stepApplication } from './step-application.ts';
import { tellCandidate } from './tell-candidate.ts';

/**
 * RG-21, RG-22, RG-23: enters the expert in the register: row, nosological forms, role, planned indicator and the term of the training, with the
 * change in the register's history. Refuses somebody who was barred or entered meanwhile.
 */
export async function enterExpert(
  call: CallContext,
  { id, regionCode }: z.output<typeof EnterInput>,
): Promise<z.input<typeof EnterOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  return deps.db.transaction(async (tx): Promise<z.input<typeof EnterOutput>> => {
    const application = await lockApplication(tx, id);
    if (!application) return { ok: false, refusal: 'not-found' };
    if (application.state !== 'contract-signed') return { ok: false, refusal: 'changed-meanwhile' };
    const [region] = await tx.select().from(regions).where(eq(regions.code, regionCode));
    if (!region) return { ok: false, refusal: 'region-unknown' };
    if (await isBarred(tx, application.personId)) return { ok: false, refusal: 'barred' };
    const present = await findEntry(tx, application.personId);
    if (present) return { ok: false, refusal: 'expert-already' };
    const [contract] = await tx
      .select()
      .from(expertContracts)
      .where(and(eq(expertContracts.applicationId, id), isNull(expertContracts.endedAt)));
    if (!contract?.signedAt) throw new Error('A signed application without a signed contract');

    const [next] = await tx.execute<{ number: string }>(
      sql`select nextval('expert_code_seq')::text as number`,
    );
    const code = `E-${(next?.number ?? '0').padStart(5, '0')}`;
    const expertId = deps.random.id(at);
    const groups = application.fields.groups ?? [];
    const { contract: terms } = registerPolicies(deps, today);
    await tx.insert(experts).values({
      id: expertId,
      personId: application.personId,
      code,
      kind: 'independent',
      regionCode,
      enteredOn: today,
      createdAt: at,
    });
    await tx
      .insert(expertNosologies)
      .values(groups.map((groupCode) => ({ expertId, groupCode, validFrom: today })));
    await tx.insert(expertSetups).values({
      expertId,
      contractId: contract.id,
      indicator: contract.indicator,
      trainingDueOn: trainingDueOn(today, terms),
    });
    // Whoever comes back signs the earlier months as an expert again.
    await endRole(tx, application.personId, 'former-expert', today);
    await tx.insert(staffRoles).values({
      id: deps.random.id(at),
      personId: application.personId,
      role: 'expert',
      departmentId: null,
      validFrom: today,
    });
    await tx.insert(expertChanges).values({
      expertId,
      at,
      actor: personId,
      change: 'entered',
      before: null,
      after: { code, regionCode, groups, contract: contract.number, indicator: contract.indicator },
    });
    const stepped = await stepApplication(
      tx,
      application,
      { event: 'enter', actor: personId, detail: { code }, set: { dueOn: null, expertId } },
      at,
    );
    if (!stepped.ok) throw new Error('A signed application could not be entered');
    await tellCandidate(
      deps,
      tx,
      {
        personId: application.personId,
        template: 'register-entered',
        onceKey: `register-entered:${expertId}`,
        phone: application.fields.phone ?? '',
      },
      at,
    );
    await auditStep(call, tx, {
      action: 'expertRegister.enter',
      personId: application.personId,
      subject: `expert:${expertId}`,
      detail: { code },
    });
    return { ok: true, expertId, code };
  });
}

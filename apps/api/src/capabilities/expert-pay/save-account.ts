import type { SaveAccountInput, SaveAccountOutput } from '@mse/contracts/expert-pay';
import { expertAccounts } from '@mse/db/schema';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { ownEntries } from './own-entry.ts';

/** PY-03: keeps where the caller is paid; older accounts stay as history. */
export async function saveAccount(
  call: CallContext,
  input: z.output<typeof SaveAccountInput>,
): Promise<z.input<typeof SaveAccountOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx) => {
    const [entry] = await ownEntries(call, tx);
    if (!entry) throw notFound();
    await tx
      .insert(expertAccounts)
      .values({ id: deps.random.id(at), expertId: entry.id, ...input, createdAt: at });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('expertPay.saveAccount', caller),
      action: 'expertPay.saveAccount',
      outcome: 'done',
      personId: caller.personId,
      subject: `expert:${entry.id}`,
      requestId: call.requestId,
    });
    return { ok: true as const };
  });
}

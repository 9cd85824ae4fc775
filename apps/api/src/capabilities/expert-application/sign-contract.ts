import type {
  OpenOwnContractOutput,
  OwnApplicationInput,
  SignContractInput,
  SignContractOutput,
} from '@mse/contracts/expert-application';
import type { Executor } from '@mse/db';
import { expertContracts } from '@mse/db/schema';
import { decideSignContract, entryDueOn } from '@mse/domain/experts';
import { ok, refuse, type Result, toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { auditStep } from '../expert-register/register-audit.ts';
import { registerPolicies } from '../expert-register/register-policies.ts';
import { stepApplication } from '../expert-register/step-application.ts';
import { openSigning } from '../signing/open-signing.ts';
import { useSignature, verifySignature } from '../signing/take-signature.ts';
import { ownApplication } from './own-application.ts';

type Contract = typeof expertContracts.$inferSelect;

/** The contract that waits for the caller, if it can still be signed today. */
async function waitingContract(
  call: CallContext,
  executor: Executor,
  id: string,
  lock = false,
): Promise<
  Result<
    { contract: Contract; application: Awaited<ReturnType<typeof ownApplication>> },
    'not-sent' | 'too-late'
  >
> {
  const application = await ownApplication(call, executor, id, lock);
  const decision = decideSignContract(application, toBusinessDate(call.at));
  if (!decision.ok) return decision;
  const [contract] = await executor
    .select()
    .from(expertContracts)
    .where(and(eq(expertContracts.applicationId, id), isNull(expertContracts.endedAt)));
  return contract ? ok({ contract, application }) : refuse('not-sent');
}

/** RG-20: the contract, signed by the Committee, for the candidate to read and sign. */
export async function openOwnContract(
  call: CallContext,
  { id }: z.output<typeof OwnApplicationInput>,
): Promise<z.input<typeof OpenOwnContractOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof OpenOwnContractOutput>> => {
    const waiting = await waitingContract(call, tx, id);
    if (!waiting.ok) return waiting;
    const { contract } = waiting.value;
    const signing = await openSigning(
      deps,
      tx,
      {
        personId,
        purpose: 'register-contract',
        subject: `expert-contract:${contract.id}`,
        text: contract.text,
      },
      at,
    );
    await auditStep(call, tx, {
      action: 'expertApplication.openContract',
      personId,
      subject: `expert-contract:${contract.id}`,
    });
    return { ok: true, signingId: signing.signingId, text: signing.text, hash: signing.hash };
  });
}

/** RG-20, RG-21: the candidate signs, with the own key and in time; from now on three working days run to enter them. Another person's key is refused. */
export async function signContract(
  call: CallContext,
  { id, signingId, cms }: z.output<typeof SignContractInput>,
): Promise<z.input<typeof SignContractOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  const before = await waitingContract(call, deps.db, id);
  if (!before.ok) return before;
  const contractId = before.value.contract.id;
  const verified = await verifySignature(
    deps,
    deps.db,
    { signingId, cms, personId, subject: `expert-contract:${contractId}` },
    at,
  );
  if (!verified.ok) {
    await auditStep(call, deps.db, {
      action: 'expertApplication.signContract',
      outcome: 'refused',
      personId,
      subject: `expert-contract:${contractId}`,
      detail: { refusal: verified.refusal },
    });
    return verified;
  }
  return deps.db.transaction(async (tx): Promise<z.input<typeof SignContractOutput>> => {
    const waiting = await waitingContract(call, tx, id, true);
    if (!waiting.ok) return waiting;
    const { contract, application } = waiting.value;
    if (contract.id !== contractId) return { ok: false, refusal: 'not-sent' };
    const signed = await useSignature(tx, verified.value, at);
    if (!signed.ok) return signed;
    await tx
      .update(expertContracts)
      .set({ signature: signed.value.signature, signerSerial: signed.value.signerSerial, signedAt: at })
      .where(eq(expertContracts.id, contractId));
    const dueOn = entryDueOn(deps.reference.calendar(), today, registerPolicies(deps, today).contract);
    const stepped = await stepApplication(
      tx,
      application,
      { event: 'sign-contract', actor: personId, detail: { number: contract.number }, set: { dueOn } },
      at,
    );
    if (!stepped.ok) throw new Error('A contract that may be signed could not be signed');
    await auditStep(call, tx, {
      action: 'expertApplication.signContract',
      personId,
      subject: `expert-contract:${contractId}`,
      detail: { certificate: signed.value.signerSerial },
    });
    return { ok: true };
  });
}

import type {
  OpenContractInput,
  OpenContractOutput,
  SendContractInput,
  SendContractOutput,
} from '@mse/contracts/expert-register';
import type { Executor } from '@mse/db';
import { announcements, expertContracts, nosologyGroups, persons } from '@mse/db/schema';
import { contractDueOn, decideSendContract } from '@mse/domain/experts';
import { ok, type Result, toBusinessDate } from '@mse/domain/shared';
import { formatDate } from '@mse/i18n/format';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { openSigning } from '../signing/open-signing.ts';
import { useSignature, verifySignature } from '../signing/take-signature.ts';
import { contractText } from './contract-text.ts';
import { placesTaken } from './get-application.ts';
import { auditStep } from './register-audit.ts';
import { registerPolicies } from './register-policies.ts';
import { type Application, lockApplication, stepApplication } from './step-application.ts';
import { tellCandidate } from './tell-candidate.ts';

/** The Committee signs one contract with one indicator; another indicator is another text. */
const subjectOf = (id: string, indicator: number) => `expert-contract:${id}:${indicator}`;

type Refusal = Extract<z.input<typeof OpenContractOutput>, { ok: false }>['refusal'];

/** Whether a contract may be sent now. The row of the announcement is locked: the last place is given once. */
async function mayBeSent(
  tx: Executor,
  application: Application | undefined,
  indicator: number,
): Promise<Result<Application, Refusal>> {
  if (!application) return { ok: false, refusal: 'not-found' };
  const [announcement] = await tx
    .select({ places: announcements.places })
    .from(announcements)
    .where(eq(announcements.id, application.announcementId))
    .for('update');
  const taken = await placesTaken(tx, application.announcementId);
  const decision = decideSendContract(application, { total: announcement?.places ?? 0, taken }, indicator);
  return decision.ok ? ok(application) : decision;
}

/** RG-20: makes the contract's text for the Committee's signature. Nothing is sent yet. */
export async function openContract(
  call: CallContext,
  { id, indicator }: z.output<typeof OpenContractInput>,
): Promise<z.input<typeof OpenContractOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  return deps.db.transaction(async (tx): Promise<z.input<typeof OpenContractOutput>> => {
    const may = await mayBeSent(tx, await lockApplication(tx, id), indicator);
    if (!may.ok) return may;
    const application = may.value;
    const [person] = await tx.select().from(persons).where(eq(persons.id, application.personId));
    if (!person) throw new Error('The candidate is not there');
    const groups = await tx
      .select()
      .from(nosologyGroups)
      .where(inArray(nosologyGroups.code, application.fields.groups ?? []))
      .orderBy(asc(nosologyGroups.code));
    const [next] = await tx.execute<{ number: string }>(
      sql`select nextval('expert_contract_seq')::text as number`,
    );
    const policies = registerPolicies(deps, today);
    const text = contractText({
      number: `${today.slice(0, 4)}-${(next?.number ?? '0').padStart(5, '0')}`,
      day: today,
      person,
      address: application.fields.address ?? '',
      groups: groups.map(({ name }) => name),
      indicator,
      failuresBorne: policies.indicator.failuresBorne,
      signDays: policies.contract.signDays,
    });
    const signing = await openSigning(
      deps,
      tx,
      { personId, purpose: 'register-decision', subject: subjectOf(id, indicator), text },
      at,
    );
    await auditStep(call, tx, {
      action: 'expertRegister.openContract',
      personId: application.personId,
      subject: `expert-application:${id}`,
    });
    return { ok: true, signingId: signing.signingId, text: signing.text, hash: signing.hash };
  });
}

const NUMBER = /№ (\d{4}-\d{5,})/;

/** RG-20: the Committee has signed: the contract is sent, by SMS and in the cabinet, and three working days run. */
export async function sendContract(
  call: CallContext,
  { id, indicator, signingId, cms }: z.output<typeof SendContractInput>,
): Promise<z.input<typeof SendContractOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  // Asks the outside world, so before the transaction.
  const verified = await verifySignature(
    deps,
    deps.db,
    { signingId, cms, personId, subject: subjectOf(id, indicator) },
    at,
  );
  if (!verified.ok) return verified;
  return deps.db.transaction(async (tx): Promise<z.input<typeof SendContractOutput>> => {
    const may = await mayBeSent(tx, await lockApplication(tx, id), indicator);
    if (!may.ok) return may;
    const application = may.value;
    const signed = await useSignature(tx, verified.value, at);
    if (!signed.ok) return signed;
    const { text, signature, signerSerial } = signed.value;
    const number = NUMBER.exec(text)?.[1];
    if (!number) throw new Error('A contract without its number was signed');
    const dueOn = contractDueOn(deps.reference.calendar(), today, registerPolicies(deps, today).contract);
    await tx.insert(expertContracts).values({
      id: deps.random.id(at),
      applicationId: id,
      number,
      indicator,
      text,
      committeeSignature: signature,
      committeeSerial: signerSerial,
      committeeBy: personId,
      sentAt: at,
      dueOn,
    });
    const stepped = await stepApplication(
      tx,
      application,
      { event: 'send-contract', actor: personId, detail: { number, indicator }, set: { dueOn } },
      at,
    );
    if (!stepped.ok) throw new Error('A contract that may be sent could not be sent');
    await tellCandidate(
      deps,
      tx,
      {
        personId: application.personId,
        template: 'register-contract',
        onceKey: `register-contract:${number}`,
        params: { due: formatDate(dueOn) },
        phone: application.fields.phone ?? '',
      },
      at,
    );
    await auditStep(call, tx, {
      action: 'expertRegister.sendContract',
      personId: application.personId,
      subject: `expert-application:${id}`,
      detail: { number, indicator },
    });
    return { ok: true };
  });
}

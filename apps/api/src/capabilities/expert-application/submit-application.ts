import type {
  OpenSubmitOutput,
  OwnApplicationInput,
  SubmitApplicationInput,
  SubmitApplicationOutput,
} from '@mse/contracts/expert-application';
import type { Executor } from '@mse/db';
import { announcements, expertApplicationFiles, nosologyGroups, persons } from '@mse/db/schema';
import { type ApplicationFields, applicationConsentOn, missingFields } from '@mse/domain/experts';
import { addDays, ok, type Result, toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { findingsOf } from '../expert-register/document-facts.ts';
import { FILE_COLUMNS } from '../expert-register/get-application.ts';
import { auditStep } from '../expert-register/register-audit.ts';
import { registerPolicies } from '../expert-register/register-policies.ts';
import { type Application, stepApplication } from '../expert-register/step-application.ts';
import { openSigning } from '../signing/open-signing.ts';
import { useSignature, verifySignature } from '../signing/take-signature.ts';
import { applicationText } from './application-text.ts';
import { mayApply } from './may-apply.ts';
import { ownApplication } from './own-application.ts';

type Refusal = Extract<z.input<typeof OpenSubmitOutput>, { ok: false }>['refusal'];

/** The text that would be signed now, without its time and one-time number; or why nothing can be sent. */
async function readyText(
  call: CallContext,
  executor: Executor,
  application: Application,
): Promise<Result<string, Refusal>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  if (application.state !== 'draft') return { ok: false, refusal: 'changed-meanwhile' };
  const [announcement] = await executor
    .select()
    .from(announcements)
    .where(eq(announcements.id, application.announcementId));
  if (!announcement) throw new Error('An application without its announcement');
  const may = await mayApply(executor, personId, announcement, today, application.id);
  if (!may.ok) return may;
  if (missingFields(application.fields).length > 0) return { ok: false, refusal: 'fields-missing' };
  if (!application.facts) return { ok: false, refusal: 'systems-not-asked' };
  const [[person], groups, files] = await Promise.all([
    executor.select().from(persons).where(eq(persons.id, personId)),
    executor
      .select()
      .from(nosologyGroups)
      .where(inArray(nosologyGroups.code, application.fields.groups ?? []))
      .orderBy(asc(nosologyGroups.code)),
    executor
      .select(FILE_COLUMNS)
      .from(expertApplicationFiles)
      .where(
        and(
          eq(expertApplicationFiles.applicationId, application.id),
          isNull(expertApplicationFiles.removedAt),
        ),
      )
      .orderBy(asc(expertApplicationFiles.uploadedAt), asc(expertApplicationFiles.id)),
  ]);
  if (!person) throw new Error('No such person');
  return ok(
    applicationText({
      person,
      fields: application.fields as ApplicationFields,
      groups: groups.map(({ name }) => name),
      consentVersion: applicationConsentOn(today),
      findings: findingsOf(application.facts, files, registerPolicies(deps, today).check, today),
      files,
    }),
  );
}

/** The signature belongs to one content of the draft: what is changed after the text was shown needs another one. */
function subjectOf(id: string, text: string): string {
  return `expert-application:${id}:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

/** C38, RG-09: the whole application as text to read and sign. */
export async function openSubmit(
  call: CallContext,
  { id }: z.output<typeof OwnApplicationInput>,
): Promise<z.input<typeof OpenSubmitOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof OpenSubmitOutput>> => {
    const application = await ownApplication(call, tx, id, true);
    const text = await readyText(call, tx, application);
    if (!text.ok) return text;
    const signing = await openSigning(
      deps,
      tx,
      { personId, purpose: 'register-application', subject: subjectOf(id, text.value), text: text.value },
      at,
    );
    await auditStep(call, tx, {
      action: 'expertApplication.openSubmit',
      personId,
      subject: `expert-application:${id}`,
    });
    return { ok: true, signingId: signing.signingId, text: signing.text, hash: signing.hash };
  });
}

/**
 * RG-06, RG-08, RG-09: sends the signed application: it gets its number, the wording of the consent of the day, and the Committee's days to check run.
 * Refuses outside intake, during a bar, twice, with something missing, or when the draft was changed since the text was shown.
 */
export async function submitApplication(
  call: CallContext,
  { id, signingId, cms }: z.output<typeof SubmitApplicationInput>,
): Promise<z.input<typeof SubmitApplicationOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  const before = await readyText(call, deps.db, await ownApplication(call, deps.db, id));
  if (!before.ok) return before;
  const subject = subjectOf(id, before.value);
  const verified = await verifySignature(deps, deps.db, { signingId, cms, personId, subject }, at);
  if (!verified.ok) return verified;
  return deps.db.transaction(async (tx): Promise<z.input<typeof SubmitApplicationOutput>> => {
    const application = await ownApplication(call, tx, id, true);
    const text = await readyText(call, tx, application);
    if (!text.ok) return text;
    if (subjectOf(id, text.value) !== subject) return { ok: false, refusal: 'changed-meanwhile' };
    const signed = await useSignature(tx, verified.value, at);
    if (!signed.ok) return signed;
    const [next] = await tx.execute<{ number: string }>(
      sql`select nextval('expert_application_seq')::text as number`,
    );
    const number = `A-${(next?.number ?? '0').padStart(6, '0')}`;
    const stepped = await stepApplication(
      tx,
      application,
      {
        event: 'submit',
        actor: personId,
        detail: { number },
        set: {
          number,
          submittedAt: at,
          consentVersion: applicationConsentOn(today),
          text: signed.value.text,
          signature: signed.value.signature,
          signerSerial: signed.value.signerSerial,
          dueOn: addDays(today, registerPolicies(deps, today).checkDays),
        },
      },
      at,
    );
    if (!stepped.ok) throw new Error('A draft that may be sent could not be sent');
    await auditStep(call, tx, {
      action: 'expertApplication.submit',
      personId,
      subject: `expert-application:${id}`,
      detail: { number, certificate: signed.value.signerSerial },
    });
    return { ok: true, number };
  });
}

/** Takes the own application back, until the contract is signed; another one may be sent while intake is open. */
export async function withdrawApplication(
  call: CallContext,
  { id }: z.output<typeof OwnApplicationInput>,
): Promise<{ ok: true } | { ok: false; refusal: 'changed-meanwhile' }> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx) => {
    const application = await ownApplication(call, tx, id, true);
    const stepped = await stepApplication(
      tx,
      application,
      { event: 'withdraw', actor: personId, set: { dueOn: null } },
      at,
    );
    if (!stepped.ok) return stepped;
    await auditStep(call, tx, {
      action: 'expertApplication.withdraw',
      personId,
      subject: `expert-application:${id}`,
    });
    return { ok: true as const };
  });
}

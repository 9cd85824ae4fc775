import { dispensaries, technicalFailures } from '@mse/db/schema';
import {
  defectsOf,
  failureAt,
  holdsOn,
  type RegistryAnswer,
  type RemoteFacts,
  type SubmittedForm,
} from '@mse/domain/intake';
import { policyOn } from '@mse/domain/policies';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { type CollectedFiles, collectFiles } from './collect-files.ts';

/** What registries and our own dated data say of a remote form, asked once for everything that follows. */
export interface RemoteAsked {
  consent: RegistryAnswer<{ patientIin: string; responder: string }> | null;
  attachment: RegistryAnswer<{ organizationBin: string }>;
  dispensary: boolean;
  questionnaires: RegistryAnswer<readonly string[]> | null;
  files: CollectedFiles;
  /** PX-42: the act in whose mode the form came. */
  failureId: string | null;
}

/** IN-07: asks everything the remote track needs at the same time. A registry that is not needed is not asked. */
export async function askRemote(deps: Deps, form: SubmittedForm, receivedAt: Date): Promise<RemoteAsked> {
  const { registries } = deps;
  const iin = form.patient.iin;
  const consentId = form.consent?.messageId?.trim();
  const [consent, attachment, questionnaires, files, dispensary, failureId] = await Promise.all([
    consentId ? registries.consent(consentId) : null,
    iin ? registries.attachment(iin) : { kind: 'not-found' as const },
    iin && defectsOf(form).length > 0 ? registries.questionnaires(iin) : null,
    collectFiles(registries, form.attachments ?? []),
    isDispensary(deps, form.organizationBin?.trim(), receivedAt),
    openFailure(deps, form.sender?.system, receivedAt),
  ]);
  return { consent, attachment, dispensary, questionnaires, files, failureId };
}

/** The facts of the rules, with the law of the day. */
export function remoteFacts(deps: Deps, form: SubmittedForm, asked: RemoteAsked, at: Date): RemoteFacts {
  const { consent, attachment, dispensary, questionnaires, files, failureId } = asked;
  const { codes, examinations } = deps.reference.nosology();
  return {
    consent,
    attachment,
    dispensary,
    questionnaires,
    files: files.findings,
    law: {
      nosology: codes,
      examinations,
      barredPurposes: policyOn(deps.reference.policies(), 'intake.barred-purposes', toBusinessDate(at)),
      expirySuspended: failureId !== null,
    },
  };
}

/** F009: whether an organisation is a dispensary on the day of receipt. */
async function isDispensary(deps: Deps, bin: string | undefined, receivedAt: Date): Promise<boolean> {
  if (!bin) return false;
  const rows = await deps.db.select().from(dispensaries).where(eq(dispensaries.bin, bin));
  return rows.some((row) => holdsOn(row, toBusinessDate(receivedAt)));
}

/** PX-42: the open act of the sending system that covers the moment of receipt. */
async function openFailure(deps: Deps, system: string | undefined, receivedAt: Date): Promise<string | null> {
  const code = system?.trim().toLowerCase();
  if (!code) return null;
  const { id, systemCode, from, until, state } = technicalFailures;
  const rows = await deps.db
    .select({ id, systemCode, from, until, state })
    .from(technicalFailures)
    .where(and(eq(systemCode, code), eq(state, 'open')));
  return failureAt(rows, code, receivedAt)?.id ?? null;
}

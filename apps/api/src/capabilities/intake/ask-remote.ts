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
  const [consent, attachment, questionnaires, files] = await Promise.all([
    consentId ? registries.consent(consentId) : null,
    iin ? registries.attachment(iin) : { kind: 'not-found' as const },
    iin && defectsOf(form).length > 0 ? registries.questionnaires(iin) : null,
    collectFiles(registries, form.attachments ?? []),
  ]);
  const { dispensaries, failures } = deps.reference.intake();
  const day = toBusinessDate(receivedAt);
  const bin = form.organizationBin?.trim();
  return {
    consent,
    attachment,
    // F009, PX-42: by the day, and by the moment, of receipt.
    dispensary: dispensaries.some((row) => row.bin === bin && holdsOn(row, day)),
    questionnaires,
    files,
    failureId: failureAt(failures, form.sender?.system, receivedAt)?.id ?? null,
  };
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

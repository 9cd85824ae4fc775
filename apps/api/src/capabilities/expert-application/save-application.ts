import type {
  RemoveFileInput,
  RemoveFileOutput,
  SaveApplicationInput,
  SaveApplicationOutput,
} from '@mse/contracts/expert-application';
import { expertApplicationFiles, expertApplications, nosologyGroups } from '@mse/db/schema';
import { missingFields } from '@mse/domain/experts';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { auditStep } from '../expert-register/register-audit.ts';
import { ownApplication } from './own-application.ts';

/** C38: keeps what was filled in so far, complete or not; a draft survives everything until it is sent. */
export async function saveApplication(
  call: CallContext,
  { id, ...fields }: z.output<typeof SaveApplicationInput>,
): Promise<z.input<typeof SaveApplicationOutput>> {
  const { deps, at } = call;
  const groups = [...new Set(fields.groups)].sort();
  return deps.db.transaction(async (tx): Promise<z.input<typeof SaveApplicationOutput>> => {
    const application = await ownApplication(call, tx, id, true);
    if (application.state !== 'draft') return { ok: false, refusal: 'changed-meanwhile' };
    const known =
      groups.length === 0
        ? []
        : await tx
            .select({ code: nosologyGroups.code })
            .from(nosologyGroups)
            .where(inArray(nosologyGroups.code, groups));
    if (known.length !== groups.length) return { ok: false, refusal: 'group-unknown' };
    const kept = { ...fields, groups };
    await tx
      .update(expertApplications)
      .set({ fields: kept, savedAt: at, language: call.language })
      .where(eq(expertApplications.id, id));
    await auditStep(call, tx, {
      action: 'expertApplication.save',
      personId: signedIn(call).personId,
      subject: `expert-application:${id}`,
    });
    return { ok: true, missing: missingFields(kept) };
  });
}

/** RG-07: takes an uploaded copy back while the application is a draft; its row stays, its content goes. */
export async function removeFile(
  call: CallContext,
  { id, fileId }: z.output<typeof RemoveFileInput>,
): Promise<z.input<typeof RemoveFileOutput>> {
  const { deps, at } = call;
  return deps.db.transaction(async (tx): Promise<z.input<typeof RemoveFileOutput>> => {
    const application = await ownApplication(call, tx, id, true);
    if (application.state !== 'draft') return { ok: false, refusal: 'changed-meanwhile' };
    await tx
      .update(expertApplicationFiles)
      .set({ removedAt: at, content: null })
      .where(
        and(
          eq(expertApplicationFiles.id, fileId),
          eq(expertApplicationFiles.applicationId, id),
          isNull(expertApplicationFiles.removedAt),
        ),
      );
    await auditStep(call, tx, {
      action: 'expertApplication.removeFile',
      personId: signedIn(call).personId,
      subject: `expert-application:${id}`,
    });
    return { ok: true };
  });
}

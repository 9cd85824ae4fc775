import type {
  AnnouncementInput,
  PublishAnnouncementOutput,
  SaveAnnouncementInput,
  SaveAnnouncementOutput,
  WithdrawAnnouncementInput,
  WithdrawAnnouncementOutput,
} from '@mse/contracts/expert-register';
import type { Executor } from '@mse/db';
import { announcements } from '@mse/db/schema';
import { decidePublication } from '@mse/domain/experts';
import { toBusinessDate } from '@mse/domain/shared';
import { eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { auditStep } from './register-audit.ts';
import { registerPolicies } from './register-policies.ts';

async function lock(tx: Executor, id: string) {
  const [row] = await tx.select().from(announcements).where(eq(announcements.id, id)).for('update');
  return row;
}

/** R10: keeps a draft of an announcement; what was published is not changed any more. */
export async function saveAnnouncement(
  call: CallContext,
  input: z.output<typeof SaveAnnouncementInput>,
): Promise<z.input<typeof SaveAnnouncementOutput>> {
  const { deps, at } = call;
  const { content, places, intakeFrom, intakeUntil } = input;
  return deps.db.transaction(async (tx): Promise<z.input<typeof SaveAnnouncementOutput>> => {
    const known = input.id === null ? null : await lock(tx, input.id);
    if (known === undefined) return { ok: false, refusal: 'not-found' };
    if (known?.publishedOn || known?.withdrawnAt) return { ok: false, refusal: 'published-already' };
    const id = known?.id ?? deps.random.id(at);
    const values = { content, places, intakeFrom, intakeUntil };
    if (known) await tx.update(announcements).set(values).where(eq(announcements.id, id));
    else
      await tx
        .insert(announcements)
        .values({ id, ...values, createdBy: signedIn(call).personId, createdAt: at });
    await auditStep(call, tx, {
      action: 'expertRegister.saveAnnouncement',
      personId: null,
      subject: `announcement:${id}`,
      detail: { places, intakeFrom, intakeUntil },
    });
    return { ok: true, id };
  });
}

/** RG-01, RG-02: publishes an announcement: it stands on the public page at once, and intake opens by its date. Refuses an intake that would open too early. */
export async function publishAnnouncement(
  call: CallContext,
  { id }: z.output<typeof AnnouncementInput>,
): Promise<z.input<typeof PublishAnnouncementOutput>> {
  const { deps, at } = call;
  const today = toBusinessDate(at);
  return deps.db.transaction(async (tx): Promise<z.input<typeof PublishAnnouncementOutput>> => {
    // Numbers of a year follow each other without gaps.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:announcements'))`);
    const row = await lock(tx, id);
    if (!row) return { ok: false, refusal: 'not-found' };
    const { announcementDays } = registerPolicies(deps, today);
    const decision = decidePublication(
      { ...row, withdrawn: row.withdrawnAt !== null },
      deps.reference.calendar(),
      today,
      announcementDays,
    );
    if (!decision.ok) return decision;
    const year = today.slice(0, 4);
    const before = await tx.$count(announcements, sql`${announcements.number} like ${`${year}-%`}`);
    const number = `${year}-${before + 1}`;
    await tx
      .update(announcements)
      .set({ publishedOn: today, publishedBy: signedIn(call).personId, number })
      .where(eq(announcements.id, id));
    await auditStep(call, tx, {
      action: 'expertRegister.publishAnnouncement',
      personId: null,
      subject: `announcement:${id}`,
      detail: { number, intakeFrom: row.intakeFrom, workingDays: announcementDays },
    });
    return { ok: true };
  });
}

/** R10: takes back an announcement; it stays on the public page as withdrawn, with its reason. Applications that were sent go on. */
export async function withdrawAnnouncement(
  call: CallContext,
  { id, reason }: z.output<typeof WithdrawAnnouncementInput>,
): Promise<z.input<typeof WithdrawAnnouncementOutput>> {
  const { deps, at } = call;
  return deps.db.transaction(async (tx): Promise<z.input<typeof WithdrawAnnouncementOutput>> => {
    const row = await lock(tx, id);
    if (!row) return { ok: false, refusal: 'not-found' };
    if (row.withdrawnAt) return { ok: false, refusal: 'withdrawn-already' };
    if (!row.publishedOn) return { ok: false, refusal: 'not-published' };
    await tx
      .update(announcements)
      .set({ withdrawnAt: at, withdrawnBy: signedIn(call).personId, withdrawnReason: reason })
      .where(eq(announcements.id, id));
    await auditStep(call, tx, {
      action: 'expertRegister.withdrawAnnouncement',
      personId: null,
      subject: `announcement:${id}`,
      detail: { number: row.number },
    });
    return { ok: true };
  });
}

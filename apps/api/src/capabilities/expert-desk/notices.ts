import type { MarkNoticesSeenInput, MarkNoticesSeenOutput, NoticeView } from '@mse/contracts/expert-desk';
import { expertNotices } from '@mse/db/schema';
import { and, desc, eq, isNull, lte } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { ownExpert } from './own-part.ts';

/** Most notices shown at once; the newest say enough. */
const MOST_SHOWN = 5;

/** X01, PX-25: what the expert was told by SMS and has not marked as seen here, newest first. */
export async function unseenNotices(
  call: CallContext,
  expertId: string,
): Promise<z.input<typeof NoticeView>[]> {
  const rows = await call.deps.db
    .select()
    .from(expertNotices)
    .where(and(eq(expertNotices.expertId, expertId), isNull(expertNotices.seenAt)))
    .orderBy(desc(expertNotices.at))
    .limit(MOST_SHOWN);
  return rows.map(({ id, at, dealt, soon, overdue, firstDueAt }) => ({
    id,
    at: at.toISOString(),
    dealt,
    soon,
    overdue,
    firstDueAt: firstDueAt.toISOString(),
  }));
}

/** X01: takes the notices up to a moment off the expert's desk; those that came since stay. */
export async function markNoticesSeen(
  call: CallContext,
  { until }: z.output<typeof MarkNoticesSeenInput>,
): Promise<z.input<typeof MarkNoticesSeenOutput>> {
  const { deps, at, requestId } = call;
  const caller = signedIn(call);
  const expert = await ownExpert(call);
  return deps.db.transaction(async (tx) => {
    const seen = await tx
      .update(expertNotices)
      .set({ seenAt: at })
      .where(
        and(
          eq(expertNotices.expertId, expert.id),
          isNull(expertNotices.seenAt),
          lte(expertNotices.at, new Date(until)),
        ),
      )
      .returning({ id: expertNotices.id });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('expertDesk.markNoticesSeen', caller),
      action: 'expertDesk.markNoticesSeen',
      outcome: 'done',
      personId: null,
      subject: `expert:${expert.id}`,
      requestId,
      detail: { notices: seen.length },
    });
    return { seen: seen.length };
  });
}

import type { StartApplicationInput, StartApplicationOutput } from '@mse/contracts/expert-application';
import { announcements, expertApplications } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { auditStep } from '../expert-register/register-audit.ts';
import { refreshPerson, getPerson } from '../identity/people.ts';
import { mayApply } from './may-apply.ts';

/** C38, RG-09: begins a draft, prefilled with what is known of the person. One application is under way at a time: of two begun at once one is refused. */
export async function startApplication(
  call: CallContext,
  { announcementId }: z.output<typeof StartApplicationInput>,
): Promise<z.input<typeof StartApplicationOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  const person = await refreshPerson(deps, await getPerson(deps.db, personId));
  return deps.db.transaction(async (tx): Promise<z.input<typeof StartApplicationOutput>> => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`expert-application:${personId}`}, 0))`,
    );
    const [announcement] = await tx
      .select()
      .from(announcements)
      .where(and(eq(announcements.id, announcementId), isNotNull(announcements.publishedOn)));
    if (!announcement) return { ok: false, refusal: 'not-found' };
    const may = await mayApply(tx, personId, announcement, today);
    if (!may.ok) return may;
    const id = deps.random.id(at);
    await tx.insert(expertApplications).values({
      id,
      announcementId,
      personId,
      state: 'draft',
      stateAt: at,
      createdAt: at,
      fields: {
        address: person.address?.[call.language === 'kk' ? 'kk' : 'ru'] ?? '',
        email: person.email ?? '',
        phone: person.phone ?? person.contactPhone ?? '',
      },
      savedAt: at,
      language: call.language,
    });
    await auditStep(call, tx, {
      action: 'expertApplication.start',
      personId,
      subject: `expert-application:${id}`,
    });
    return { ok: true, id };
  });
}

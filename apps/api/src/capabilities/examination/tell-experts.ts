import type { Transaction } from '@mse/db';
import { assignments, expertNotices, experts, messages, persons } from '@mse/db/schema';
import { digestOf, type ExpertDigest, isNight, isTimeToTell, NOTICE_LEVELS } from '@mse/domain/examination';
import { MESSAGE_LIFE_MINUTES } from '@mse/domain/notifications';
import { policyOn } from '@mse/domain/policies';
import { addMinutes, toBusinessDate } from '@mse/domain/shared';
import { formatDateTime } from '@mse/i18n/format';
import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';

/** Experts of one transaction. */
const CHUNK = 200;

/** What there is to tell of a part, as `noticeLevel` of the domain has it; the words of the index that holds parts with news. */
const LEVEL = sql<number>`(case when ${assignments.overdueAt} is not null then 4 when ${assignments.warnedAgainAt} is not null then 3
  when ${assignments.warnedAt} is not null then 2 else 1 end)`;

/**
 * PX-17, PX-25: tells experts by one SMS each, and by a notice on their desk, what is new: cases that came to them, terms that near and
 * terms that have passed. Counts and the nearest term only, nothing of any case. By an index that holds only parts with news; one worker
 * at a time, so that nobody gets two messages about the same. Answers how many experts were told.
 */
export async function tellExperts(deps: Deps, at: Date): Promise<number> {
  if (isNight(at)) return 0;
  let told = 0;
  let after: string | null = null;
  do {
    const round: { told: number; last: string | null } = await deps.db.transaction((tx) =>
      tellSome(deps, tx, after, at),
    );
    told += round.told;
    after = round.last;
  } while (after !== null);
  return told;
}

async function tellSome(
  deps: Deps,
  tx: Transaction,
  after: string | null,
  at: Date,
): Promise<{ told: number; last: string | null }> {
  const [lock] = await tx.execute<{ got: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('saraptama:expert-notices')) as got`,
  );
  if (!lock?.got) return { told: 0, last: null };
  const policy = policyOn(deps.reference.policies(), 'terms.notices', toBusinessDate(at));
  const reached = addMinutes(at, -policy.pauseMinutes).toISOString();
  const receivers = await tx.execute<{ id: string; last: string | null }>(sql`
    select news.expert_id as id, heard.at as last
      from (select ${assignments.expertId} as expert_id, max(${LEVEL}) as level from ${assignments}
             where ${assignments.state} = 'open' and ${assignments.told} < ${LEVEL} group by ${assignments.expertId}) news
      left join lateral (select n.at from expert_notice n where n.expert_id = news.expert_id order by n.at desc limit 1) heard on true
     where (${after}::uuid is null or news.expert_id > ${after}::uuid)
       and (news.level > ${NOTICE_LEVELS.dealt} or heard.at is null or heard.at <= ${reached}::timestamptz)
     order by news.expert_id limit ${CHUNK}`);
  if (receivers.length === 0) return { told: 0, last: null };
  const parts = await tx
    .select({
      id: assignments.id,
      expertId: assignments.expertId,
      told: assignments.told,
      warnedAt: assignments.warnedAt,
      warnedAgainAt: assignments.warnedAgainAt,
      overdueAt: assignments.overdueAt,
      dueAt: assignments.dueAt,
    })
    .from(assignments)
    .where(
      and(
        inArray(
          assignments.expertId,
          receivers.map(({ id }) => id),
        ),
        sql`${assignments.state} = 'open'`,
        lt(assignments.told, LEVEL),
      ),
    )
    // Whoever signs or loses a part in this moment is not waited for.
    .for('update', { skipLocked: true });
  const byExpert = Map.groupBy(parts, ({ expertId }) => expertId);
  const told = receivers.flatMap(({ id, last }) => {
    const own = byExpert.get(id) ?? [];
    const digest = digestOf(own);
    return digest && isTimeToTell(digest, last === null ? null : new Date(last), policy, at)
      ? [{ expertId: id, digest, own }]
      : [];
  });
  if (told.length > 0) {
    await writeNotices(deps, tx, told, at);
    await tx
      .update(assignments)
      .set({ told: LEVEL })
      .where(
        inArray(
          assignments.id,
          told.flatMap(({ own }) => own.map(({ id }) => id)),
        ),
      );
  }
  return { told: told.length, last: receivers.length === CHUNK ? (receivers.at(-1)?.id ?? null) : null };
}

/** The notice of each expert's desk and the SMS that says the same; without a number the message stays as evidence. */
async function writeNotices(
  deps: Deps,
  tx: Transaction,
  told: readonly { expertId: string; digest: ExpertDigest }[],
  at: Date,
): Promise<void> {
  const people = await tx
    .select({
      expertId: experts.id,
      personId: persons.id,
      phone: sql<string | null>`coalesce(${persons.phone}, ${persons.contactPhone})`,
      language: persons.messageLanguage,
    })
    .from(experts)
    .innerJoin(persons, eq(persons.id, experts.personId))
    .where(
      inArray(
        experts.id,
        told.map(({ expertId }) => expertId),
      ),
    );
  const known = new Map(people.map((person) => [person.expertId, person]));
  const life = MESSAGE_LIFE_MINUTES['expert-digest'];
  const rows = told.map(({ expertId, digest }) => {
    const person = known.get(expertId);
    if (!person) throw new Error('A part belongs to an expert who is not in the register');
    return { id: deps.random.id(at), expertId, at, ...digest, messageId: deps.random.id(at), person };
  });
  await tx.insert(messages).values(
    rows.map(({ id, messageId, person, ...digest }) => ({
      id: messageId,
      personId: person.personId,
      template: 'expert-digest' as const,
      language: person.language,
      phone: person.phone,
      params: {
        dealt: String(digest.dealt),
        soon: String(digest.soon),
        overdue: String(digest.overdue),
        due: formatDateTime(digest.firstDueAt),
      },
      onceKey: `expert-digest:${id}`,
      state: person.phone === null ? ('dead' as const) : ('queued' as const),
      failure: person.phone === null ? 'no-number' : null,
      createdAt: at,
      dueAt: at,
      expiresAt: life === null ? null : addMinutes(at, life),
      stateAt: at,
    })),
  );
  await tx.insert(expertNotices).values(rows.map(({ person: _person, ...row }) => row));
}

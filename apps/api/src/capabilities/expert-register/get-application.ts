import type { ApplicationInput, ApplicationOutput } from '@mse/contracts/expert-register';
import type { Executor } from '@mse/db';
import {
  announcements,
  expertApplicationEvents,
  expertApplicationFiles,
  expertApplications,
  expertContracts,
  persons,
  testResults,
} from '@mse/db/schema';
import { mayInvite, reasonsFor } from '@mse/domain/experts';
import { daysBetween, toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, inArray, ne, or, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { documentFacts, filesShown, findingsOf, testsShown } from './document-facts.ts';
import { namesOfRegister } from './list-experts.ts';
import { registerPolicies } from './register-policies.ts';

/** Columns of a file without its content. */
export const FILE_COLUMNS = {
  id: expertApplicationFiles.id,
  applicationId: expertApplicationFiles.applicationId,
  item: expertApplicationFiles.item,
  name: expertApplicationFiles.name,
  kind: expertApplicationFiles.kind,
  bytes: expertApplicationFiles.bytes,
  sha256: expertApplicationFiles.sha256,
  uploadedAt: expertApplicationFiles.uploadedAt,
  removedAt: expertApplicationFiles.removedAt,
};

/**
 * RG-02(5): places of an announcement that are taken by contracts that were sent, signed or led to an entry that stands. Whoever is excluded
 * makes a place free again: a candidate who has passed the test can take it.
 */
export function placesTaken(executor: Executor, announcementId: string): Promise<number> {
  return executor.$count(
    expertApplications,
    and(
      eq(expertApplications.announcementId, announcementId),
      or(
        inArray(expertApplications.state, ['contract-sent', 'contract-signed']),
        and(
          eq(expertApplications.state, 'entered'),
          sql`exists (select from expert e where e.id = ${expertApplications.expertId} and e.excluded_on is null)`,
        ),
      ),
    ),
  );
}

/** R02, R03, R04: one application with what the systems said, its tests, contracts and history, and what the caller may do with it now. */
export async function getApplication(
  call: CallContext,
  { id }: z.output<typeof ApplicationInput>,
): Promise<z.input<typeof ApplicationOutput>> {
  const { deps, at, language } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  const [row] = await deps.db
    .select({ application: expertApplications, announcement: announcements, person: persons })
    .from(expertApplications)
    .innerJoin(persons, eq(persons.id, expertApplications.personId))
    .innerJoin(announcements, eq(announcements.id, expertApplications.announcementId))
    .where(
      and(
        eq(expertApplications.id, id),
        ne(expertApplications.state, 'draft'),
        sql`${expertApplications.number} is not null`,
      ),
    );
  if (!row) throw notFound();
  const { application, announcement, person } = row;
  const [files, tests, contracts, events, taken] = await Promise.all([
    deps.db
      .select(FILE_COLUMNS)
      .from(expertApplicationFiles)
      .where(eq(expertApplicationFiles.applicationId, id)),
    deps.db
      .select()
      .from(testResults)
      .where(eq(testResults.applicationId, id))
      .orderBy(asc(testResults.receivedAt)),
    deps.db
      .select()
      .from(expertContracts)
      .where(eq(expertContracts.applicationId, id))
      .orderBy(asc(expertContracts.sentAt)),
    deps.db
      .select()
      .from(expertApplicationEvents)
      .where(eq(expertApplicationEvents.applicationId, id))
      .orderBy(asc(expertApplicationEvents.id)),
    placesTaken(deps.db, announcement.id),
  ]);
  call.seen(person.id, `expert-application:${id}`);
  const policies = registerPolicies(deps, today);
  const findings = findingsOf(application.facts, files, policies.check, today);
  const { state } = application;
  const invitable = mayInvite(findings);
  return {
    today,
    application: {
      id,
      number: application.number,
      announcement: announcement.number,
      person: { surname: person.surname, name: person.name, patronymic: person.patronymic },
      state,
      stateAt: application.stateAt.toISOString(),
      submittedAt: application.submittedAt?.toISOString() ?? null,
      dueOn: application.dueOn,
      daysLeft: application.dueOn === null ? null : daysBetween(today, application.dueOn),
      groups: application.fields.groups ?? [],
      iin: person.iin,
      birthDate: person.birthDate,
      address: application.fields.address ?? '',
      email: application.fields.email ?? '',
      phone: application.fields.phone ?? '',
      region: person.unitCode === null ? null : deps.reference.regionOfUnit(person.unitCode),
      factsAt: application.factsAt?.toISOString() ?? null,
      consentVersion: application.consentVersion,
      reasons: application.reasons,
      note: application.note,
      reviewText: application.reviewText,
      refusedFrom: application.refusedFrom,
      attempt: application.attempt,
      expertId: application.expertId,
    },
    facts: documentFacts(application.facts, findings, language),
    suggested: reasonsFor(findings),
    mayInvite: invitable,
    files: filesShown(files),
    tests: testsShown(tests),
    contracts: contracts.map((contract) => ({
      id: contract.id,
      number: contract.number,
      indicator: contract.indicator,
      sentAt: contract.sentAt.toISOString(),
      dueOn: contract.dueOn,
      signedAt: contract.signedAt?.toISOString() ?? null,
      ended: contract.endedAt !== null,
    })),
    events: events.map((event) => ({
      event: event.event,
      to: event.to,
      at: event.at.toISOString(),
      actor:
        event.actor === person.id
          ? ('candidate' as const)
          : event.actor === personId
            ? ('self' as const)
            : event.actor.startsWith('system:')
              ? ('system' as const)
              : ('colleague' as const),
    })),
    may: {
      invite: state === 'checking' && invitable,
      proposeRefusal: state === 'checking',
      decideRefusal: state === 'refusal-proposed' && application.proposedBy !== personId,
      recordFailure: state === 'invited' || state === 'retake',
      sendContract: state === 'passed' && taken < announcement.places,
      enter: state === 'contract-signed',
      decideReview: state === 'review' && !refusedBy(events, personId),
    },
    indicatorProposed: policies.indicator.perMonth,
    placesLeft: Math.max(0, announcement.places - taken),
    names: namesOfRegister(deps),
  };
}

/** GV-08: whether somebody took part in the refusals of an application; such a person does not review them. */
export function refusedBy(events: readonly { event: string; actor: string }[], personId: string): boolean {
  return events.some(
    ({ event, actor }) => actor === personId && (event === 'propose-refusal' || event === 'confirm-refusal'),
  );
}

import type { OwnApplicationInput, OwnApplicationOutput } from '@mse/contracts/expert-application';
import {
  announcements,
  expertApplicationEvents,
  expertApplicationFiles,
  expertContracts,
  nosologyGroups,
  testResults,
} from '@mse/db/schema';
import { applicationConsentOn, missingFields, uploadsOpen } from '@mse/domain/experts';
import { toBusinessDate } from '@mse/domain/shared';
import { asc, desc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { documentFacts, filesShown, findingsOf, testsShown } from '../expert-register/document-facts.ts';
import { FILE_COLUMNS } from '../expert-register/get-application.ts';
import { registerPolicies } from '../expert-register/register-policies.ts';
import { getPerson } from '../identity/people.ts';
import { ownApplication } from './own-application.ts';

/** C38, RG-15: the caller's own application as it stands: what the systems said, what is missing, tests, contract, reasons of a refusal. */
export async function getOwnApplication(
  call: CallContext,
  { id }: z.output<typeof OwnApplicationInput>,
): Promise<z.input<typeof OwnApplicationOutput>> {
  const { deps, at, language } = call;
  const { db } = deps;
  const today = toBusinessDate(at);
  const application = await ownApplication(call, db, id);
  const [person, [announcement], files, tests, [contract], events, groups] = await Promise.all([
    getPerson(db, signedIn(call).personId),
    db
      .select({ number: announcements.number })
      .from(announcements)
      .where(eq(announcements.id, application.announcementId)),
    db.select(FILE_COLUMNS).from(expertApplicationFiles).where(eq(expertApplicationFiles.applicationId, id)),
    db
      .select()
      .from(testResults)
      .where(eq(testResults.applicationId, id))
      .orderBy(asc(testResults.receivedAt)),
    db
      .select()
      .from(expertContracts)
      .where(eq(expertContracts.applicationId, id))
      .orderBy(desc(expertContracts.sentAt))
      .limit(1),
    db
      .select({ to: expertApplicationEvents.to, at: expertApplicationEvents.at })
      .from(expertApplicationEvents)
      .where(eq(expertApplicationEvents.applicationId, id))
      .orderBy(asc(expertApplicationEvents.id)),
    db
      .select({ code: nosologyGroups.code, name: nosologyGroups.name })
      .from(nosologyGroups)
      .orderBy(asc(nosologyGroups.code)),
  ]);
  const policy = registerPolicies(deps, today).check;
  const findings = findingsOf(application.facts, files, policy, today);
  const { fields, state } = application;
  const testing = state === 'invited' || state === 'retake';
  // A proposal to refuse is the Committee's own until a second person has confirmed it.
  const shown = state === 'refusal-proposed' ? 'checking' : state;
  const told = state === 'refused' || state === 'review' || state === 'retake';
  return {
    today,
    application: {
      id,
      number: application.number,
      announcement: announcement?.number ?? '',
      state: shown,
      stateAt: application.stateAt.toISOString(),
      dueOn: application.dueOn,
      fields: {
        groups: fields.groups ?? [],
        address: fields.address ?? '',
        email: fields.email ?? '',
        phone: fields.phone ?? '',
        consent: fields.consent ?? false,
        warned: fields.warned ?? false,
        computer: fields.computer ?? false,
        modem: fields.modem ?? false,
        tariffs: fields.tariffs ?? false,
        informed: fields.informed ?? false,
      },
      person: { surname: person.surname, name: person.name, patronymic: person.patronymic, iin: person.iin },
      consentVersion: application.consentVersion ?? applicationConsentOn(today),
      factsAt: application.factsAt?.toISOString() ?? null,
      savedAt: application.savedAt.toISOString(),
      submittedAt: application.submittedAt?.toISOString() ?? null,
      reasons: told ? application.reasons : [],
      note: told ? application.note : null,
      reviewed: application.reviews > 0,
      attempt: application.attempt,
      testLink:
        testing && application.testCode
          ? `${deps.settings.SKILLS_PAGE_URL.replace(/\/+$/, '')}/?c=${application.testCode}`
          : null,
    },
    facts: documentFacts(application.facts, findings, language),
    uploadsOpen: state === 'draft' && application.facts ? uploadsOpen(application.facts, policy, today) : [],
    missingFields: missingFields(fields),
    files: filesShown(files),
    tests: testsShown(tests),
    contract: contract
      ? {
          id: contract.id,
          number: contract.number,
          indicator: contract.indicator,
          sentAt: contract.sentAt.toISOString(),
          dueOn: contract.dueOn,
          signedAt: contract.signedAt?.toISOString() ?? null,
          ended: contract.endedAt !== null,
        }
      : null,
    events: events
      .filter(
        ({ to }, index) =>
          (to !== 'refusal-proposed' && events[index - 1]?.to !== 'refusal-proposed') || to === 'refused',
      )
      .map((event) => ({ to: event.to, at: event.at.toISOString() })),
    groups,
  };
}

import type { Executor } from '@mse/db';
import { fieldPlaces, fieldSessions, type forms, placeRequests } from '@mse/db/schema';
import {
  type ApplicationCheck,
  checkApplication,
  type DocumentNeeds,
  isOfWorkingAge,
} from '@mse/domain/in-person';
import type { AbsenceGround, ExaminationPlace } from '@mse/domain/field-sessions';
import { ageOn } from '@mse/domain/intake';
import { policyOn } from '@mse/domain/policies';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { conclusionOf } from '../field-sessions/put-facts.ts';
import { whereOf } from '../field-sessions/tell-person.ts';
import { getPerson, type Person, refreshPerson } from '../identity/people.ts';
import type { Application } from './own-application.ts';

type Form = typeof forms.$inferSelect;

/** Hours after which what the registry of persons said is no longer held against somebody. */
const FRESH_HOURS = 24;

export interface ApplicationJudgement {
  person: Person;
  needs: DocumentNeeds;
  registeredHere: boolean | null;
  check: ApplicationCheck;
  place: ApplicationPlace;
}

/** FF-03: where an application's person is examined, with what stands behind it. */
export interface ApplicationPlace {
  kind: ExaminationPlace;
  sessionId: string | null;
  institution: string;
  address: string;
  /** Institution or address in the words they were entered with; empty at the department. */
  words: string;
  ground: AbsenceGround | null;
  conclusion: Awaited<ReturnType<typeof conclusionOf>> | null;
}

/** The place of an application, from its session and its request. */
export async function applicationPlace(
  executor: Executor,
  application: Pick<Application, 'place' | 'fieldPlaceId'>,
): Promise<ApplicationPlace> {
  const [found] =
    application.fieldPlaceId === null
      ? []
      : await executor
          .select({ session: fieldSessions, request: placeRequests })
          .from(fieldPlaces)
          .leftJoin(fieldSessions, eq(fieldSessions.id, fieldPlaces.sessionId))
          .leftJoin(placeRequests, eq(placeRequests.id, fieldPlaces.requestId))
          .where(eq(fieldPlaces.id, application.fieldPlaceId));
  const { session = null, request = null } = found ?? {};
  return {
    kind: application.place,
    sessionId: session?.id ?? null,
    institution: session?.institution ?? request?.institution ?? '',
    address: request?.address || (session?.address ?? ''),
    words: session
      ? whereOf(session, request)
      : [request?.institution ?? '', request?.address ?? ''].filter((part) => part !== '').join(', '),
    ground: request?.ground ?? null,
    conclusion: request && (await conclusionOf(executor, request)),
  };
}

/** FF-04, FF-10: what the check of an application says now. The registry of persons is asked; its silence is no ground. */
export async function judgeApplication(
  deps: Deps,
  executor: Executor,
  application: Application,
  form: Form,
  at: Date,
): Promise<ApplicationJudgement> {
  const today = toBusinessDate(at);
  const person = await refreshPerson(deps, await getPerson(executor, application.personId));
  const ageYears = ageOn(person.birthDate, today);
  const needs: DocumentNeeds = {
    purpose: form.purpose,
    workingAge: isOfWorkingAge(
      policyOn(deps.reference.policies(), 'in-person.working-age', today),
      person.sex,
      ageYears,
    ),
    working: application.working,
    first: application.first,
    injury: application.injury,
    representative: application.byRepresentative,
  };
  const known = at.getTime() - person.personsAsOf.getTime() < FRESH_HOURS * 3_600_000;
  const registeredHere =
    person.unitCode !== null &&
    deps.reference.departmentOfUnit(person.unitCode, today) === application.departmentId
      ? true
      : known
        ? false
        : null;
  const place = await applicationPlace(executor, application);
  const check = checkApplication(
    {
      needs,
      documents: application.documents,
      formValidUntil: form.validUntil,
      registeredHere,
      consented: application.consented,
      place: { ...place, place: place.kind, consented: application.placeConsented },
    },
    today,
  );
  // PX-34: who was invited came because the department called; the form's month may have run out meanwhile.
  if (application.caseId !== null) {
    check.expired = check.expired.filter((document) => document !== 'referral');
    if (check.expired.length === 0)
      check.grounds = check.grounds.filter((ground) => ground !== 'documents-expired');
  }
  return { person, needs, registeredHere, check, place };
}

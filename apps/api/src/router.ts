import { boardsRouter } from './capabilities/boards/boards.router.ts';
import { calendarRouter } from './capabilities/calendar/calendar.router.ts';
import { cabinetRouter } from './capabilities/cabinet/cabinet.router.ts';
import { closuresRouter } from './capabilities/closures/closures.router.ts';
import { consentRouter } from './capabilities/consent/consent.router.ts';
import { controlRouter } from './capabilities/control/control.router.ts';
import { deskRouter } from './capabilities/desk/desk.router.ts';
import { dossiersRouter } from './capabilities/dossiers/dossiers.router.ts';
import { expertDeskRouter } from './capabilities/expert-desk/expert-desk.router.ts';
import { expertApplicationRouter } from './capabilities/expert-application/expert-application.router.ts';
import { expertPresenceRouter } from './capabilities/expert-presence/expert-presence.router.ts';
import { expertRegisterRouter } from './capabilities/expert-register/expert-register.router.ts';
import { expertMonitoringRouter } from './capabilities/expert-monitoring/expert-monitoring.router.ts';
import { expertPayRouter } from './capabilities/expert-pay/expert-pay.router.ts';
import { faultReportsRouter } from './capabilities/fault-reports/fault-reports.router.ts';
import {
  fieldSessionsRouter,
  placeRequestsRouter,
} from './capabilities/field-sessions/field-sessions.router.ts';
import { identityRouter } from './capabilities/identity/identity.router.ts';
import { inPersonRouter } from './capabilities/in-person/in-person.router.ts';
import { massMoveRouter } from './capabilities/mass-move/mass-move.router.ts';
import { nosologyRouter } from './capabilities/nosology/nosology.router.ts';
import { operationsRouter } from './capabilities/operations/operations.router.ts';
import { pilotsRouter } from './capabilities/pilots/pilots.router.ts';
import { problemsRouter } from './capabilities/problems/problems.router.ts';
import { profileRouter } from './capabilities/profile/profile.router.ts';
import { redistributionRouter } from './capabilities/redistribution/redistribution.router.ts';
import { queueRouter } from './capabilities/queue/queue.router.ts';
import { referenceRouter } from './capabilities/reference/reference.router.ts';
import { journalsRouter } from './capabilities/journals/journals.router.ts';
import { resultsRouter } from './capabilities/results/results.router.ts';
import { reportingRouter } from './capabilities/reporting/reporting.router.ts';
import { scheduleRouter } from './capabilities/schedule/schedule.router.ts';
import { signingRouter } from './capabilities/signing/signing.router.ts';
import { technicalFailuresRouter } from './capabilities/technical-failures/technical-failures.router.ts';
import { termsRouter } from './capabilities/terms/terms.router.ts';
import { territoryRouter } from './capabilities/territory/territory.router.ts';
import { waitListRouter } from './capabilities/wait-list/wait-list.router.ts';
import { wordingsRouter } from './capabilities/wordings/wordings.router.ts';
import { router } from './trpc.ts';

/** Everything the front ends can call; each line of it stands in the access table. */
export const appRouter = router({
  identity: identityRouter,
  consent: consentRouter,
  cabinet: cabinetRouter,
  redistribution: redistributionRouter,
  queue: queueRouter,
  waitList: waitListRouter,
  profile: profileRouter,
  control: controlRouter,
  desk: deskRouter,
  boards: boardsRouter,
  reference: referenceRouter,
  schedule: scheduleRouter,
  calendar: calendarRouter,
  territory: territoryRouter,
  wordings: wordingsRouter,
  terms: termsRouter,
  pilots: pilotsRouter,
  operations: operationsRouter,
  technicalFailures: technicalFailuresRouter,
  nosology: nosologyRouter,
  closures: closuresRouter,
  expertMonitoring: expertMonitoringRouter,
  expertPay: expertPayRouter,
  inPerson: inPersonRouter,
  fieldSessions: fieldSessionsRouter,
  placeRequests: placeRequestsRouter,
  massMove: massMoveRouter,
  faultReports: faultReportsRouter,
  expertRegister: expertRegisterRouter,
  expertApplication: expertApplicationRouter,
  expertPresence: expertPresenceRouter,
  reporting: reportingRouter,
  problems: problemsRouter,
  signing: signingRouter,
  dossiers: dossiersRouter,
  expertDesk: expertDeskRouter,
  results: resultsRouter,
  journals: journalsRouter,
});

export type AppRouter = typeof appRouter;

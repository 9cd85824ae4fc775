import { mayCall, type Action, type Role } from '@mse/domain/access';
import { SESSION_POLICY, type TrustLevel } from '@mse/domain/identity';
import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';

/** Minutes before the end of a session at which the page asks whether to go on (WCAG 2.2.1). */
const WARN_MINUTES = 5;

/** Words of the frame around every page. */
export function shellWords(language: Language) {
  const t = translator(language);
  return {
    name: t('staff:app.name'),
    place: t('staff:app.place'),
    skip: t('staff:app.skip'),
    demo: t('staff:app.demo'),
    languages: t('staff:app.language'),
    footer: t('staff:app.footer'),
    sections: t('staff:nav.label'),
    menu: t('staff:nav.menu'),
    close: t('staff:nav.close'),
    sessions: t('staff:nav.sessions'),
    signOut: t('staff:nav.signOut'),
    account: t('staff:nav.account'),
  };
}
export type ShellWords = ReturnType<typeof shellWords>;

/** Pages of the staff app, each with the call it stands on: who may not make the call does not see the page. */
const SECTIONS = [
  { path: 'day', word: 'staff:nav.day', action: 'desk.day' },
  { path: 'arrival', word: 'staff:nav.arrival', action: 'desk.findForArrival' },
  { path: 'missed', word: 'staff:nav.missed', action: 'desk.missed' },
  { path: 'live-queue', word: 'staff:nav.liveQueue', action: 'desk.liveQueue' },
  { path: 'cases', word: 'expert-desk:nav', action: 'expertDesk.list' },
  { path: 'phrases', word: 'expert-desk:phrase.nav', action: 'expertDesk.phrases' },
  { path: 'common-phrases', word: 'expert-desk:phrase.cnav', action: 'expertDesk.commonPhrases' },
  { path: 'invited', word: 'in-person:nav.invited', action: 'inPerson.invited' },
  { path: 'field-sessions', word: 'field-sessions:nav', action: 'fieldSessions.list' },
  { path: 'held-papers', word: 'dossiers:held.nav', action: 'dossiers.held' },
  { path: 'control', word: 'control:nav', action: 'control.list' },
  { path: 'consultations', word: 'in-person:nav.consultations', action: 'inPerson.consultations' },
  { path: 'journals', word: 'journals:nav', action: 'journals.month' },
  { path: 'journals/military', word: 'journals:military.nav', action: 'journals.military' },
  { path: 'executions', word: 'results:execution.nav', action: 'results.executions' },
  { path: 'my-months', word: 'expert-pay:nav.mine', action: 'expertPay.myMonths' },
  { path: 'experts-work', word: 'expert-monitoring:nav', action: 'expertMonitoring.month' },
  { path: 'pay', word: 'expert-pay:nav.month', action: 'expertPay.month' },
  { path: 'redistribution', word: 'redistribution:nav', action: 'redistribution.overview' },
  { path: 'boards', word: 'staff:nav.boards', action: 'boards.list' },
  { path: 'closures', word: 'staff:nav.closures', action: 'closures.week' },
  { path: 'mass-move', word: 'staff:nav.massMove', action: 'massMove.list' },
  { path: 'fault-reports', word: 'fault-reports:staff.nav', action: 'faultReports.open' },
  { path: 'operations', word: 'staff:nav.health', action: 'operations.health' },
  { path: 'operations/dead-letters', word: 'staff:nav.letters', action: 'operations.deadLetters' },
  { path: 'reports', word: 'reporting:nav', action: 'reporting.report' },
  { path: 'schedule', word: 'schedule:nav.year', action: 'schedule.year' },
  { path: 'schedule/departments', word: 'schedule:nav.departments', action: 'schedule.departments' },
  { path: 'schedule/start-times', word: 'schedule:nav.startTimes', action: 'schedule.startTimes' },
  { path: 'calendar', word: 'calendar:nav', action: 'calendar.year' },
  { path: 'territory', word: 'territory:nav', action: 'territory.map' },
  { path: 'wordings', word: 'wordings:nav', action: 'wordings.list' },
  { path: 'terms', word: 'terms:nav', action: 'terms.list' },
  { path: 'pilots', word: 'pilots:nav', action: 'pilots.list' },
  { path: 'technical-failures', word: 'technical-failures:nav', action: 'technicalFailures.list' },
  { path: 'nosology', word: 'nosology:nav', action: 'nosology.list' },
  { path: 'dispensaries', word: 'nosology:dispensary.nav', action: 'nosology.dispensaries' },
  { path: 'problems', word: 'problems:nav', action: 'problems.list' },
  { path: 'register', word: 'expert-register:nav.dashboard', action: 'expertRegister.dashboard' },
  {
    path: 'register/applications',
    word: 'expert-register:nav.applications',
    action: 'expertRegister.applications',
  },
  { path: 'register/experts', word: 'expert-register:nav.experts', action: 'expertRegister.experts' },
  {
    path: 'register/announcements',
    word: 'expert-register:nav.announcements',
    action: 'expertRegister.announcements',
  },
  {
    path: 'register/exclusions',
    word: 'expert-register:nav.exclusions',
    action: 'expertRegister.exclusions',
  },
  { path: 'register/settings', word: 'expert-register:nav.settings', action: 'expertRegister.settings' },
  { path: 'absence', word: 'expert-register:nav.absence', action: 'expertPresence.mine' },
] as const satisfies readonly { path: string; word: string; action: Action }[];

/** A page a person can go to. */
export interface Section {
  href: string;
  text: string;
}

/** The pages open to these roles, in the order of work. */
export function sectionsFor(
  language: Language,
  caller: { roles: readonly Role[]; trust: TrustLevel },
): Section[] {
  const t = translator(language);
  return SECTIONS.filter((section) => mayCall(section.action, caller)).map((section) => ({
    href: `/${language}/${section.path}`,
    text: t(section.word),
  }));
}

/** What the page needs to ask in time whether the session should go on. */
export function sessionWatch(language: Language) {
  const t = translator(language);
  return {
    idleMinutes: SESSION_POLICY.staff.idleMinutes,
    warnMinutes: WARN_MINUTES,
    title: t('staff:session.warningTitle'),
    text: t('staff:session.warning', { minutes: WARN_MINUTES }),
    keep: t('staff:session.continue'),
    end: t('staff:nav.signOut'),
  };
}
export type SessionWatch = ReturnType<typeof sessionWatch>;

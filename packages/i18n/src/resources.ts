import kkBoards from '../locales/kk/boards.json' with { type: 'json' };
import kkCabinet from '../locales/kk/cabinet.json' with { type: 'json' };
import kkCalendar from '../locales/kk/calendar.json' with { type: 'json' };
import kkClosures from '../locales/kk/closures.json' with { type: 'json' };
import kkCommon from '../locales/kk/common.json' with { type: 'json' };
import kkConsent from '../locales/kk/consent.json' with { type: 'json' };
import kkControl from '../locales/kk/control.json' with { type: 'json' };
import kkDecisions from '../locales/kk/decisions.json' with { type: 'json' };
import kkDesk from '../locales/kk/desk.json' with { type: 'json' };
import kkDisplay from '../locales/kk/display.json' with { type: 'json' };
import kkDocuments from '../locales/kk/documents.json' with { type: 'json' };
import kkDossiers from '../locales/kk/dossiers.json' with { type: 'json' };
import kkExamination from '../locales/kk/examination.json' with { type: 'json' };
import kkErrors from '../locales/kk/errors.json' with { type: 'json' };
import kkExpertApplication from '../locales/kk/expert-application.json' with { type: 'json' };
import kkExpertPresence from '../locales/kk/expert-presence.json' with { type: 'json' };
import kkExpertRegister from '../locales/kk/expert-register.json' with { type: 'json' };
import kkExpertMonitoring from '../locales/kk/expert-monitoring.json' with { type: 'json' };
import kkExpertPay from '../locales/kk/expert-pay.json' with { type: 'json' };
import kkFieldSessions from '../locales/kk/field-sessions.json' with { type: 'json' };
import kkFaultReports from '../locales/kk/fault-reports.json' with { type: 'json' };
import kkIdentity from '../locales/kk/identity.json' with { type: 'json' };
import kkInPerson from '../locales/kk/in-person.json' with { type: 'json' };
import kkIntake from '../locales/kk/intake.json' with { type: 'json' };
import kkMassMove from '../locales/kk/mass-move.json' with { type: 'json' };
import kkNosology from '../locales/kk/nosology.json' with { type: 'json' };
import kkNotifications from '../locales/kk/notifications.json' with { type: 'json' };
import kkOperations from '../locales/kk/operations.json' with { type: 'json' };
import kkPages from '../locales/kk/pages.json' with { type: 'json' };
import kkPilots from '../locales/kk/pilots.json' with { type: 'json' };
import kkProblems from '../locales/kk/problems.json' with { type: 'json' };
import kkReporting from '../locales/kk/reporting.json' with { type: 'json' };
import kkQueue from '../locales/kk/queue.json' with { type: 'json' };
import kkJournals from '../locales/kk/journals.json' with { type: 'json' };
import kkResults from '../locales/kk/results.json' with { type: 'json' };
import kkRedistribution from '../locales/kk/redistribution.json' with { type: 'json' };
import kkSchedule from '../locales/kk/schedule.json' with { type: 'json' };
import kkSms from '../locales/kk/sms.json' with { type: 'json' };
import kkProfile from '../locales/kk/profile.json' with { type: 'json' };
import kkStaff from '../locales/kk/staff.json' with { type: 'json' };
import kkWaitList from '../locales/kk/wait-list.json' with { type: 'json' };
import kkTerms from '../locales/kk/terms.json' with { type: 'json' };
import kkWordings from '../locales/kk/wordings.json' with { type: 'json' };
import kkTechnicalFailures from '../locales/kk/technical-failures.json' with { type: 'json' };
import kkTerritory from '../locales/kk/territory.json' with { type: 'json' };
import kkSigning from '../locales/kk/signing.json' with { type: 'json' };
import kkExpertDesk from '../locales/kk/expert-desk.json' with { type: 'json' };
import ruBoards from '../locales/ru/boards.json' with { type: 'json' };
import ruCabinet from '../locales/ru/cabinet.json' with { type: 'json' };
import ruCalendar from '../locales/ru/calendar.json' with { type: 'json' };
import ruClosures from '../locales/ru/closures.json' with { type: 'json' };
import ruCommon from '../locales/ru/common.json' with { type: 'json' };
import ruConsent from '../locales/ru/consent.json' with { type: 'json' };
import ruControl from '../locales/ru/control.json' with { type: 'json' };
import ruDecisions from '../locales/ru/decisions.json' with { type: 'json' };
import ruDesk from '../locales/ru/desk.json' with { type: 'json' };
import ruDisplay from '../locales/ru/display.json' with { type: 'json' };
import ruDocuments from '../locales/ru/documents.json' with { type: 'json' };
import ruDossiers from '../locales/ru/dossiers.json' with { type: 'json' };
import ruExamination from '../locales/ru/examination.json' with { type: 'json' };
import ruErrors from '../locales/ru/errors.json' with { type: 'json' };
import ruExpertApplication from '../locales/ru/expert-application.json' with { type: 'json' };
import ruExpertPresence from '../locales/ru/expert-presence.json' with { type: 'json' };
import ruExpertRegister from '../locales/ru/expert-register.json' with { type: 'json' };
import ruExpertMonitoring from '../locales/ru/expert-monitoring.json' with { type: 'json' };
import ruExpertPay from '../locales/ru/expert-pay.json' with { type: 'json' };
import ruFieldSessions from '../locales/ru/field-sessions.json' with { type: 'json' };
import ruFaultReports from '../locales/ru/fault-reports.json' with { type: 'json' };
import ruIdentity from '../locales/ru/identity.json' with { type: 'json' };
import ruInPerson from '../locales/ru/in-person.json' with { type: 'json' };
import ruIntake from '../locales/ru/intake.json' with { type: 'json' };
import ruMassMove from '../locales/ru/mass-move.json' with { type: 'json' };
import ruNosology from '../locales/ru/nosology.json' with { type: 'json' };
import ruNotifications from '../locales/ru/notifications.json' with { type: 'json' };
import ruOperations from '../locales/ru/operations.json' with { type: 'json' };
import ruPages from '../locales/ru/pages.json' with { type: 'json' };
import ruPilots from '../locales/ru/pilots.json' with { type: 'json' };
import ruProblems from '../locales/ru/problems.json' with { type: 'json' };
import ruReporting from '../locales/ru/reporting.json' with { type: 'json' };
import ruQueue from '../locales/ru/queue.json' with { type: 'json' };
import ruJournals from '../locales/ru/journals.json' with { type: 'json' };
import ruResults from '../locales/ru/results.json' with { type: 'json' };
import ruRedistribution from '../locales/ru/redistribution.json' with { type: 'json' };
import ruSchedule from '../locales/ru/schedule.json' with { type: 'json' };
import ruSms from '../locales/ru/sms.json' with { type: 'json' };
import ruProfile from '../locales/ru/profile.json' with { type: 'json' };
import ruStaff from '../locales/ru/staff.json' with { type: 'json' };
import ruWaitList from '../locales/ru/wait-list.json' with { type: 'json' };
import ruTerms from '../locales/ru/terms.json' with { type: 'json' };
import ruWordings from '../locales/ru/wordings.json' with { type: 'json' };
import ruTechnicalFailures from '../locales/ru/technical-failures.json' with { type: 'json' };
import ruTerritory from '../locales/ru/territory.json' with { type: 'json' };
import ruSigning from '../locales/ru/signing.json' with { type: 'json' };
import ruExpertDesk from '../locales/ru/expert-desk.json' with { type: 'json' };
import enBoards from '../locales/en/boards.json' with { type: 'json' };
import enCabinet from '../locales/en/cabinet.json' with { type: 'json' };
import enCalendar from '../locales/en/calendar.json' with { type: 'json' };
import enClosures from '../locales/en/closures.json' with { type: 'json' };
import enCommon from '../locales/en/common.json' with { type: 'json' };
import enConsent from '../locales/en/consent.json' with { type: 'json' };
import enControl from '../locales/en/control.json' with { type: 'json' };
import enDecisions from '../locales/en/decisions.json' with { type: 'json' };
import enDesk from '../locales/en/desk.json' with { type: 'json' };
import enDisplay from '../locales/en/display.json' with { type: 'json' };
import enDocuments from '../locales/en/documents.json' with { type: 'json' };
import enDossiers from '../locales/en/dossiers.json' with { type: 'json' };
import enExamination from '../locales/en/examination.json' with { type: 'json' };
import enErrors from '../locales/en/errors.json' with { type: 'json' };
import enExpertApplication from '../locales/en/expert-application.json' with { type: 'json' };
import enExpertPresence from '../locales/en/expert-presence.json' with { type: 'json' };
import enExpertRegister from '../locales/en/expert-register.json' with { type: 'json' };
import enExpertMonitoring from '../locales/en/expert-monitoring.json' with { type: 'json' };
import enExpertPay from '../locales/en/expert-pay.json' with { type: 'json' };
import enFieldSessions from '../locales/en/field-sessions.json' with { type: 'json' };
import enFaultReports from '../locales/en/fault-reports.json' with { type: 'json' };
import enIdentity from '../locales/en/identity.json' with { type: 'json' };
import enInPerson from '../locales/en/in-person.json' with { type: 'json' };
import enIntake from '../locales/en/intake.json' with { type: 'json' };
import enMassMove from '../locales/en/mass-move.json' with { type: 'json' };
import enNosology from '../locales/en/nosology.json' with { type: 'json' };
import enNotifications from '../locales/en/notifications.json' with { type: 'json' };
import enOperations from '../locales/en/operations.json' with { type: 'json' };
import enPages from '../locales/en/pages.json' with { type: 'json' };
import enPilots from '../locales/en/pilots.json' with { type: 'json' };
import enProblems from '../locales/en/problems.json' with { type: 'json' };
import enReporting from '../locales/en/reporting.json' with { type: 'json' };
import enQueue from '../locales/en/queue.json' with { type: 'json' };
import enJournals from '../locales/en/journals.json' with { type: 'json' };
import enResults from '../locales/en/results.json' with { type: 'json' };
import enRedistribution from '../locales/en/redistribution.json' with { type: 'json' };
import enSchedule from '../locales/en/schedule.json' with { type: 'json' };
import enSms from '../locales/en/sms.json' with { type: 'json' };
import enProfile from '../locales/en/profile.json' with { type: 'json' };
import enStaff from '../locales/en/staff.json' with { type: 'json' };
import enWaitList from '../locales/en/wait-list.json' with { type: 'json' };
import enTerms from '../locales/en/terms.json' with { type: 'json' };
import enWordings from '../locales/en/wordings.json' with { type: 'json' };
import enTechnicalFailures from '../locales/en/technical-failures.json' with { type: 'json' };
import enTerritory from '../locales/en/territory.json' with { type: 'json' };
import enSigning from '../locales/en/signing.json' with { type: 'json' };
import enExpertDesk from '../locales/en/expert-desk.json' with { type: 'json' };

/** One namespace per capability, the same word as its folder elsewhere. A new one is a file per language and a line per language here. */
export const NAMESPACES = [
  'boards',
  'cabinet',
  'calendar',
  'closures',
  'common',
  'consent',
  'control',
  'decisions',
  'desk',
  'display',
  'documents',
  'errors',
  'examination',
  'expert-monitoring',
  'expert-pay',
  'fault-reports',
  'identity',
  'in-person',
  'intake',
  'mass-move',
  'nosology',
  'notifications',
  'operations',
  'pages',
  'pilots',
  'queue',
  'redistribution',
  'schedule',
  'sms',
  'profile',
  'staff',
  'wait-list',
  'terms',
  'wordings',
  'technical-failures',
  'territory',
  'reporting',
  'problems',
  'signing',
  'expert-desk',
] as const;

/** Every text of the service, by language and namespace. */
export const RESOURCES = {
  kk: {
    boards: kkBoards,
    cabinet: kkCabinet,
    calendar: kkCalendar,
    closures: kkClosures,
    common: kkCommon,
    consent: kkConsent,
    control: kkControl,
    decisions: kkDecisions,
    desk: kkDesk,
    display: kkDisplay,
    documents: kkDocuments,
    dossiers: kkDossiers,
    errors: kkErrors,
    examination: kkExamination,
    'expert-application': kkExpertApplication,
    'expert-presence': kkExpertPresence,
    'expert-register': kkExpertRegister,
    'expert-monitoring': kkExpertMonitoring,
    'expert-pay': kkExpertPay,
    'fault-reports': kkFaultReports,
    'field-sessions': kkFieldSessions,
    identity: kkIdentity,
    'in-person': kkInPerson,
    intake: kkIntake,
    'mass-move': kkMassMove,
    nosology: kkNosology,
    notifications: kkNotifications,
    operations: kkOperations,
    pages: kkPages,
    pilots: kkPilots,
    queue: kkQueue,
    journals: kkJournals,
    results: kkResults,
    redistribution: kkRedistribution,
    schedule: kkSchedule,
    sms: kkSms,
    profile: kkProfile,
    staff: kkStaff,
    'wait-list': kkWaitList,
    terms: kkTerms,
    wordings: kkWordings,
    'technical-failures': kkTechnicalFailures,
    territory: kkTerritory,
    reporting: kkReporting,
    problems: kkProblems,
    signing: kkSigning,
    'expert-desk': kkExpertDesk,
  },
  ru: {
    boards: ruBoards,
    cabinet: ruCabinet,
    calendar: ruCalendar,
    closures: ruClosures,
    common: ruCommon,
    consent: ruConsent,
    control: ruControl,
    decisions: ruDecisions,
    desk: ruDesk,
    display: ruDisplay,
    documents: ruDocuments,
    dossiers: ruDossiers,
    errors: ruErrors,
    examination: ruExamination,
    'expert-application': ruExpertApplication,
    'expert-presence': ruExpertPresence,
    'expert-register': ruExpertRegister,
    'expert-monitoring': ruExpertMonitoring,
    'expert-pay': ruExpertPay,
    'fault-reports': ruFaultReports,
    'field-sessions': ruFieldSessions,
    identity: ruIdentity,
    'in-person': ruInPerson,
    intake: ruIntake,
    'mass-move': ruMassMove,
    nosology: ruNosology,
    notifications: ruNotifications,
    operations: ruOperations,
    pages: ruPages,
    pilots: ruPilots,
    queue: ruQueue,
    journals: ruJournals,
    results: ruResults,
    redistribution: ruRedistribution,
    schedule: ruSchedule,
    sms: ruSms,
    profile: ruProfile,
    staff: ruStaff,
    'wait-list': ruWaitList,
    terms: ruTerms,
    wordings: ruWordings,
    'technical-failures': ruTechnicalFailures,
    territory: ruTerritory,
    reporting: ruReporting,
    problems: ruProblems,
    signing: ruSigning,
    'expert-desk': ruExpertDesk,
  },
  en: {
    boards: enBoards,
    cabinet: enCabinet,
    calendar: enCalendar,
    closures: enClosures,
    common: enCommon,
    consent: enConsent,
    control: enControl,
    decisions: enDecisions,
    desk: enDesk,
    display: enDisplay,
    documents: enDocuments,
    dossiers: enDossiers,
    errors: enErrors,
    examination: enExamination,
    'expert-application': enExpertApplication,
    'expert-presence': enExpertPresence,
    'expert-register': enExpertRegister,
    'expert-monitoring': enExpertMonitoring,
    'expert-pay': enExpertPay,
    'fault-reports': enFaultReports,
    'field-sessions': enFieldSessions,
    identity: enIdentity,
    'in-person': enInPerson,
    intake: enIntake,
    'mass-move': enMassMove,
    nosology: enNosology,
    notifications: enNotifications,
    operations: enOperations,
    pages: enPages,
    pilots: enPilots,
    queue: enQueue,
    journals: enJournals,
    results: enResults,
    redistribution: enRedistribution,
    schedule: enSchedule,
    sms: enSms,
    profile: enProfile,
    staff: enStaff,
    'wait-list': enWaitList,
    terms: enTerms,
    wordings: enWordings,
    'technical-failures': enTechnicalFailures,
    territory: enTerritory,
    reporting: enReporting,
    problems: enProblems,
    signing: enSigning,
    'expert-desk': enExpertDesk,
  },
};

import { ACCESS, ROLES, STAFF_ROLES, type StaffRole } from '@mse/domain/access';
import type { SessionAudience, TrustLevel } from '@mse/domain/identity';
import { addMinutes, plainDate, plainTime } from '@mse/domain/shared';
import {
  announcements,
  assessments,
  auditEvents,
  businessTrips,
  commonPhrases,
  consultations,
  documentAccesses,
  documents,
  dossierItems,
  expertAbsences,
  expertApplications,
  expertNosologies,
  expertPhrases,
  experts,
  fieldPlaces,
  fieldSessions,
  formContents,
  guardianships,
  inPersonApplications,
  journalDrafts,
  massMoveItems,
  massMoves,
  nosologyGroups,
  persons,
  phoneChanges,
  placeRequests,
  places,
  protocolRows,
  staffRoles,
  waitEntries,
  waitOffers,
  workActs,
} from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, type World, startWorld } from '../test/harness.ts';
import { dealtCase } from '../test/expert-desk.ts';
import { addExpert, decide, ORDINARY_GROUP } from '../test/panel.ts';
import { present } from '../test/present.ts';
import { callForControl, openCase } from './capabilities/examination/index.ts';
import { appendProtocolRow } from './capabilities/journals/append-row.ts';
import { recordConclusion } from './capabilities/results/index.ts';
import { openSigning } from './capabilities/signing/open-signing.ts';
import { appRouter } from './router.ts';

/**
 * Who may call what, written by hand and on purpose not taken from the access table: the two are held against each other.
 * `everybody` needs no session, `signed-in` any session, the rest the named roles; `trust` is the least trust.
 */
interface Expected {
  kind: 'query' | 'mutation';
  /** A role, or one of the groups of `isAmong`. */
  who:
    | 'everybody'
    | 'signed-in'
    | 'desk'
    | 'head-or-administrator'
    | 'own-months'
    | 'expert-or-registry'
    | 'desk-or-administrator'
    | 'panel'
    | 'journal-keeper'
    | 'journal-signer'
    | 'journal-head'
    | (typeof ROLES)[number];
  trust: 'none' | TrustLevel;
  input?: (things: Things) => unknown;
  /** Demo only: production knows no such thing, for nobody. */
  absent?: true;
}

const DAY = '2026-11-24';
const NOSOLOGY_LINE = {
  groupCode: 'oncology',
  icdPrefix: 'D05',
  exact: false,
  fromAge: null,
  untilAge: null,
  validFrom: '2027-01-01',
  validUntil: null,
  basis: 'test',
};
const NEVER = '018f0000-0000-7000-8000-00000000dead';
const NO_TICKET = 'AAAAAAAAAAAAAAAAAAAAAA';
const requestKey = '018f0000-0000-4000-8000-000000000009';
const CLOSURE = { from: '2026-12-07', until: '2026-12-07', kind: 'trip', reason: 'Астана' };
const SCHEDULE = { year: 2027, periods: [{ from: '2027-01-01', until: '2027-12-31', placesPerStart: 1 }] };
const FAULT = {
  id: '018f0000-0000-7000-8000-0000000000fa',
  number: 'F-20261123-222222',
  language: 'kk',
  text: 'broken',
  ageSeconds: 0,
};
const START_TIMES = { validFrom: '2027-06-01', times: ['09:00'], basis: 'act' };

const FIELDS = {
  byRepresentative: false,
  working: false,
  first: true,
  injury: 'none',
  earlyReason: '',
  consented: true,
  documents: [],
};

const PART = { kk: '', ru: '', en: '' };
const ANNOUNCEMENT = { procedure: PART, body: PART, work: PART, requirements: PART, documents: PART };

const REGISTER_OF_EXPERTS: Record<string, Expected> = {
  'expertRegister.dashboard': { kind: 'query', who: 'registry-administrator', trust: 'signature' },
  'expertRegister.announcements': { kind: 'query', who: 'registry-administrator', trust: 'signature' },
  'expertRegister.announcement': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: ({ register }) => ({ id: register.announcementId }),
  },
  'expertRegister.saveAnnouncement': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ content: ANNOUNCEMENT, places: 1, intakeFrom: DAY, intakeUntil: DAY }),
  },
  'expertRegister.publishAnnouncement': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'expertRegister.withdrawAnnouncement': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, reason: 'why' }),
  },
  'expertRegister.applications': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({}),
  },
  'expertRegister.application': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: ({ register }) => ({ id: register.applicationId }),
  },
  'expertRegister.askSystems': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: ({ register }) => ({ id: register.applicationId }),
  },
  'expertRegister.invite': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: ({ register }) => ({ id: register.applicationId }),
  },
  'expertRegister.proposeRefusal': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, reasons: ['no-proof'], note: 'why' }),
  },
  'expertRegister.confirmRefusal': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'expertRegister.turnDownRefusal': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, note: 'why' }),
  },
  'expertRegister.recordFailure': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, actNo: '1', actOn: DAY }),
  },
  'expertRegister.decideReview': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, outcome: 'uphold', note: 'why' }),
  },
  'expertRegister.openContract': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, indicator: 1 }),
  },
  'expertRegister.sendContract': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, indicator: 1, signingId: NEVER, cms: 'AAAA' }),
  },
  'expertRegister.enter': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, regionCode: '11' }),
  },
  'expertRegister.experts': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({}),
  },
  'expertRegister.expert': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: ({ register }) => ({ id: register.expertId }),
  },
  'expertRegister.export': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ format: 'csv' }),
  },
  'expertRegister.changeExpert': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, groups: ['x'], regionCode: '11' }),
  },
  'expertRegister.recordTraining': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, trainedOn: DAY }),
  },
  'expertRegister.issueModem': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, number: '1', issuedOn: DAY, act: '1' }),
  },
  'expertRegister.returnModem': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, returnedOn: DAY, act: '1' }),
  },
  'expertRegister.exclusions': { kind: 'query', who: 'registry-administrator', trust: 'signature' },
  'expertRegister.exclusionEffect': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: ({ register }) => ({ expertId: register.expertId }),
  },
  'expertRegister.proposeExclusion': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ expertId: NEVER, ground: 'indicator', reason: 'why' }),
  },
  'expertRegister.confirmExclusion': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, shownParts: 0 }),
  },
  'expertRegister.turnDownExclusion': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'expertRegister.settings': { kind: 'query', who: 'registry-administrator', trust: 'signature' },
  'expertRegister.proposePolicy': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ key: 'register.check-days', value: 10, validFrom: DAY, basis: 'act' }),
  },
  'expertRegister.approvePolicy': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'expertRegister.turnDownPolicy': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'expertApplication.announcements': { kind: 'query', who: 'everybody', trust: 'none' },
  'expertApplication.announcement': {
    kind: 'query',
    who: 'everybody',
    trust: 'none',
    input: ({ register }) => ({ id: register.announcementId }),
  },
  'expertApplication.mine': { kind: 'query', who: 'citizen', trust: 'signature' },
  'expertApplication.start': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: () => ({ announcementId: NEVER }),
  },
  'expertApplication.get': {
    kind: 'query',
    who: 'citizen',
    trust: 'signature',
    input: ({ register }) => ({ id: register.draftId }),
  },
  'expertApplication.askSystems': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: ({ register }) => ({ id: register.draftId }),
  },
  'expertApplication.save': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: ({ register }) => ({ id: register.draftId }),
  },
  'expertApplication.removeFile': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: ({ register }) => ({ id: register.draftId, fileId: NEVER }),
  },
  'expertApplication.openSubmit': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: ({ register }) => ({ id: register.draftId }),
  },
  'expertApplication.submit': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: ({ register }) => ({ id: register.draftId, signingId: NEVER, cms: 'AAAA' }),
  },
  'expertApplication.askReview': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: ({ register }) => ({ id: register.draftId, text: 'why' }),
  },
  'expertApplication.openContract': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: ({ register }) => ({ id: register.draftId }),
  },
  'expertApplication.signContract': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: ({ register }) => ({ id: register.draftId, signingId: NEVER, cms: 'AAAA' }),
  },
  'expertApplication.askExclusion': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: () => ({ reason: 'why' }),
  },
  'expertApplication.withdraw': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: ({ register }) => ({ id: register.draftId }),
  },
  'expertPresence.mine': { kind: 'query', who: 'panel', trust: 'signature' },
  'expertPresence.preview': {
    kind: 'query',
    who: 'panel',
    trust: 'signature',
    input: () => ({ kind: 'leave', from: DAY, until: DAY }),
  },
  'expertPresence.report': {
    kind: 'mutation',
    who: 'panel',
    trust: 'signature',
    input: () => ({ kind: 'leave', from: DAY, until: DAY, shownParts: 0 }),
  },
  'expertPresence.cancel': {
    kind: 'mutation',
    who: 'panel',
    trust: 'signature',
    input: ({ ownAbsence }) => ({ id: ownAbsence }),
  },
};

/** A month's assessment of the expert of this test, and the act of works made from it. */
/** A month and an act of each who has some. */
const pays = new Map<string, { assessmentId: string; actId: string }>();
const SIGNED = { signingId: NEVER, cms: '' };
/** X04: phrases of the expert of this test, and one of the methodology department. */
const phrases = { own: '', toRemove: '', common: '' };
/** PX-41: a call for a control re-examination of the citizen's act. */
let controlCallId = '';
const EXPERT_PAY: Record<string, Expected> = {
  'expertMonitoring.month': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({}),
  },
  'expertMonitoring.monthPdf': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({}),
  },
  'expertPay.myMonths': { kind: 'query', who: 'own-months', trust: 'signature' },
  'expertPay.saveAccount': {
    kind: 'mutation',
    who: 'own-months',
    trust: 'signature',
    input: () => ({ bank: 'Банк', bic: 'HSBKKZKX', iban: 'KZ86125KZT5004100100' }),
  },
  'expertPay.startAssessment': {
    kind: 'mutation',
    who: 'own-months',
    trust: 'signature',
    input: ({ ownPay }) => ({ assessmentId: ownPay.assessmentId, remark: '' }),
  },
  'expertPay.signAssessment': {
    kind: 'mutation',
    who: 'own-months',
    trust: 'signature',
    input: ({ ownPay }) => ({ assessmentId: ownPay.assessmentId, ...SIGNED }),
  },
  'expertPay.formAct': {
    kind: 'mutation',
    who: 'own-months',
    trust: 'signature',
    input: ({ ownPay }) => ({ assessmentId: ownPay.assessmentId }),
  },
  'expertPay.act': {
    kind: 'query',
    who: 'expert-or-registry',
    trust: 'signature',
    input: ({ ownPay }) => ({ actId: ownPay.actId }),
  },
  'expertPay.assessmentPdf': {
    kind: 'query',
    who: 'expert-or-registry',
    trust: 'signature',
    input: ({ ownPay }) => ({ assessmentId: ownPay.assessmentId }),
  },
  'expertPay.actPdf': {
    kind: 'query',
    who: 'expert-or-registry',
    trust: 'signature',
    input: ({ ownPay }) => ({ actId: ownPay.actId }),
  },
  'expertPay.startAct': {
    kind: 'mutation',
    who: 'own-months',
    trust: 'signature',
    input: ({ ownPay }) => ({ actId: ownPay.actId }),
  },
  'expertPay.signAct': {
    kind: 'mutation',
    who: 'own-months',
    trust: 'signature',
    input: ({ ownPay }) => ({ actId: ownPay.actId, ...SIGNED }),
  },
  'expertPay.month': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ month: '2026-10-01' }),
  },
  'expertPay.runAssessment': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ month: '2026-09-01' }),
  },
  'expertPay.startAcceptance': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: ({ ownPay }) => ({ actId: ownPay.actId }),
  },
  'expertPay.acceptAct': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: ({ ownPay }) => ({ actId: ownPay.actId, ...SIGNED }),
  },
  'expertPay.returnAct': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: ({ ownPay }) => ({ actId: ownPay.actId, remarks: 'Сома қате' }),
  },
  'expertPay.exportMonth': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ month: '2026-10-01', format: 'csv' }),
  },
};

const MATRIX: Record<string, Expected> = {
  ...REGISTER_OF_EXPERTS,
  ...EXPERT_PAY,
  'fieldSessions.list': { kind: 'query', who: 'desk', trust: 'signature' },
  'fieldSessions.requests': { kind: 'query', who: 'desk', trust: 'signature' },
  'fieldSessions.get': {
    kind: 'query',
    who: 'desk',
    trust: 'signature',
    input: ({ field }) => ({ sessionId: field.sessionId }),
  },
  'fieldSessions.plan': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: () => ({
      place: 'home',
      institution: '',
      address: 'Көкшетау',
      day: DAY,
      startsAt: '10:00',
      capacity: 1,
      members: [NEVER],
    }),
  },
  'fieldSessions.step': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ field }) => ({ sessionId: field.sessionId, version: 0, event: 'close' }),
  },
  'fieldSessions.move': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ field }) => ({ sessionId: field.sessionId, version: 0, day: DAY, startsAt: '10:00' }),
  },
  'fieldSessions.cancel': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ field }) => ({ sessionId: field.sessionId, version: 0, reason: 'x' }),
  },
  'fieldSessions.find': {
    kind: 'query',
    who: 'desk',
    trust: 'signature',
    input: ({ field }) => ({ sessionId: field.sessionId, iin: '900101350017' }),
  },
  'fieldSessions.put': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ field, desk }) => ({ sessionId: field.sessionId, formId: desk.formId }),
  },
  'fieldSessions.takeOff': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ field }) => ({ fieldPlaceId: field.fieldPlaceId }),
  },
  'fieldSessions.notMet': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ field }) => ({ fieldPlaceId: field.fieldPlaceId }),
  },
  'fieldSessions.movePerson': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ field }) => ({ fieldPlaceId: field.fieldPlaceId, sessionId: field.otherId }),
  },
  'fieldSessions.answerRequest': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ field }) => ({ requestId: field.requestId, grant: false, reasons: [], note: '' }),
  },
  'fieldSessions.enterRequest': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: () => ({
      iin: '900101350017',
      place: 'home',
      ground: null,
      conclusionNumber: '1',
      conclusionDay: DAY,
      institution: '',
      address: 'x',
      consented: true,
    }),
  },
  'placeRequests.form': {
    kind: 'query',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ formId: own.formId }),
  },
  'placeRequests.ask': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({
      formId: own.formId,
      place: 'home',
      ground: null,
      conclusionNumber: '',
      conclusionDay: null,
      institution: '',
      address: '',
      consented: false,
      fileIds: [],
    }),
  },
  'placeRequests.withdraw': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: ({ field }) => ({ requestId: field.requestId }),
  },
  'inPerson.invited': { kind: 'query', who: 'desk', trust: 'signature' },
  'inPerson.open': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ desk }) => ({ visitId: desk.visitId }),
  },
  'inPerson.application': {
    kind: 'query',
    who: 'desk',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId }),
  },
  'inPerson.save': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId, version: 0, fields: FIELDS }),
  },
  'inPerson.accept': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId, version: 0 }),
  },
  'inPerson.proposeRefusal': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId, version: 0, grounds: ['no-consent'], note: 'жоқ' }),
  },
  'inPerson.askDigital': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId, way: 'code', documents: ['identity'] }),
  },
  'inPerson.takeDigital': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ applicationId, field }) => ({ applicationId, accessId: field.accessId, code: '123456' }),
  },
  'inPerson.decideRefusal': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId, confirm: false }),
  },
  'inPerson.withdraw': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId }),
  },
  'inPerson.refuseVisit': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ invitedCaseId }) => ({ caseId: invitedCaseId }),
  },
  'inPerson.enterMissedPeriod': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ applicationId }) => ({
      applicationId,
      missedFrom: '2026-05-01',
      missedTo: '2026-06-01',
      validReason: true,
      creditedFrom: null,
    }),
  },
  'control.list': { kind: 'query', who: 'methodologist', trust: 'signature' },
  'control.callPerson': {
    kind: 'mutation',
    who: 'methodologist',
    trust: 'signature',
    input: () => ({ actNo: 'none', addressKk: 'Астана', addressRu: 'Астана', addressEn: 'Astana' }),
  },
  'control.received': {
    kind: 'mutation',
    who: 'methodologist',
    trust: 'signature',
    input: () => ({ callId: NEVER, receivedOn: '2026-11-20' }),
  },
  'control.examination': {
    kind: 'query',
    who: 'methodologist',
    trust: 'signature',
    input: () => ({ callId: controlCallId }),
  },
  'control.conclude': {
    kind: 'mutation',
    who: 'methodologist',
    trust: 'signature',
    input: () => ({ callId: controlCallId, outcome: 'confirmed', diagnosis: 'd' }),
  },
  'inPerson.askConsultation': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId, question: 'Қалай?' }),
  },
  'inPerson.conclusion': {
    kind: 'query',
    who: 'department-head',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId }),
  },
  'inPerson.saveConclusion': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId, version: 0, typed: {} }),
  },
  'inPerson.startConclusion': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId }),
  },
  'inPerson.conclude': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ applicationId }) => ({ applicationId, signingId: NEVER, cms: '' }),
  },
  'inPerson.consultations': { kind: 'query', who: 'methodologist', trust: 'signature' },
  'inPerson.consultation': {
    kind: 'query',
    who: 'methodologist',
    trust: 'signature',
    input: ({ consultationId }) => ({ consultationId }),
  },
  'inPerson.answerConsultation': {
    kind: 'mutation',
    who: 'methodologist',
    trust: 'signature',
    input: ({ consultationId }) => ({ consultationId, answer: 'Былай' }),
  },
  'dossiers.held': { kind: 'query', who: 'methodologist', trust: 'signature' },
  'dossiers.item': {
    kind: 'query',
    who: 'methodologist',
    trust: 'signature',
    input: ({ heldItemId }) => ({ id: heldItemId }),
  },
  // Of a version that is no more: answered, and nothing is changed.
  'dossiers.release': {
    kind: 'mutation',
    who: 'methodologist',
    trust: 'signature',
    input: ({ heldItemId }) => ({ id: heldItemId, version: 0, text: '', boxes: [] }),
  },
  'dossiers.markUnreadable': {
    kind: 'mutation',
    who: 'methodologist',
    trust: 'signature',
    input: ({ heldItemId }) => ({ id: heldItemId, version: 0 }),
  },
  'identity.requestCode': {
    kind: 'mutation',
    who: 'everybody',
    trust: 'none',
    input: () => ({ iin: '900101666001', phone: '87010000001', language: 'kk' }),
  },
  'identity.verifyCode': {
    kind: 'mutation',
    who: 'everybody',
    trust: 'none',
    input: () => ({ challengeId: NEVER, code: '123456' }),
  },
  'identity.startSignature': {
    kind: 'mutation',
    who: 'everybody',
    trust: 'none',
    input: () => ({ audience: 'citizen', host: 'aleumet.example', language: 'kk' }),
  },
  'identity.finishSignature': {
    kind: 'mutation',
    who: 'everybody',
    trust: 'none',
    input: () => ({ challengeId: NEVER, cms: 'AAAA' }),
  },
  'identity.startMobileSignature': {
    kind: 'mutation',
    who: 'everybody',
    trust: 'none',
    input: () => ({ host: 'aleumet.example', language: 'kk' }),
  },
  'identity.finishMobileSignature': {
    kind: 'mutation',
    who: 'everybody',
    trust: 'none',
    input: () => ({ signingKey: 'never' }),
  },
  'identity.whoAmI': { kind: 'query', who: 'signed-in', trust: 'sms' },
  'identity.listSessions': { kind: 'query', who: 'signed-in', trust: 'sms' },
  'identity.endSession': {
    kind: 'mutation',
    who: 'signed-in',
    trust: 'sms',
    input: ({ ownSession }) => ({ id: ownSession }),
  },
  'identity.endAllSessions': { kind: 'mutation', who: 'signed-in', trust: 'sms' },
  'identity.signOut': { kind: 'mutation', who: 'signed-in', trust: 'sms' },
  'identity.setLanguage': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: () => ({ language: 'ru' }),
  },
  'identity.demoPeople': { kind: 'query', who: 'everybody', trust: 'none', absent: true },
  'consent.current': { kind: 'query', who: 'citizen', trust: 'sms' },
  'consent.give': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: () => ({ version: '2026-07-12', language: 'kk' }),
  },
  'consent.withdraw': { kind: 'mutation', who: 'citizen', trust: 'sms' },
  'cabinet.overview': { kind: 'query', who: 'citizen', trust: 'sms' },
  'cabinet.wards': { kind: 'query', who: 'citizen', trust: 'sms' },
  'cabinet.messages': { kind: 'query', who: 'citizen', trust: 'sms', input: () => ({}) },
  'queue.eligibility': {
    kind: 'query',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ formId: own.formId }),
  },
  'queue.freeTimes': {
    kind: 'query',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ formId: own.formId }),
  },
  'queue.reviewBooking': {
    kind: 'query',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ formId: own.formId, day: DAY, startsAt: '10:00' }),
  },
  'queue.bookPlace': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ formId: own.formId, day: DAY, startsAt: '10:00', requestKey }),
  },
  'queue.myBooking': {
    kind: 'query',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ bookingId: own.bookingId }),
  },
  'queue.moveBooking': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ bookingId: own.bookingId, day: DAY, startsAt: '11:00', requestKey }),
  },
  'queue.cancelBooking': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ bookingId: own.bookingId }),
  },
  'queue.ticket': {
    kind: 'query',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ code: own.ticketCode }),
  },
  'queue.checkTicket': { kind: 'query', who: 'everybody', trust: 'none', input: () => ({ code: NO_TICKET }) },
  'queue.ticketState': { kind: 'query', who: 'everybody', trust: 'none', input: () => ({ code: NO_TICKET }) },
  'waitList.mine': { kind: 'query', who: 'citizen', trust: 'sms' },
  'waitList.options': {
    kind: 'query',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ formId: own.formId }),
  },
  'waitList.subscribe': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ formId: own.formId, from: DAY, until: DAY }),
  },
  'waitList.leave': { kind: 'mutation', who: 'citizen', trust: 'sms', input: ({ waitId }) => ({ waitId }) },
  'waitList.accept': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: ({ offerId }) => ({ offerId, requestKey: '018f0000-0000-4000-8000-000000000010' }),
  },
  'waitList.decline': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: ({ offerId }) => ({ offerId }),
  },
  'profile.mine': { kind: 'query', who: 'citizen', trust: 'sms' },
  'profile.needs': {
    kind: 'query',
    who: 'citizen',
    trust: 'sms',
    input: ({ own }) => ({ formId: own.formId }),
  },
  'profile.save': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: () => ({ messageLanguage: 'kk', email: '' }),
  },
  'profile.saveWardNeeds': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: ({ wardId }) => ({ wardId, accessNeeds: ['wheelchair'] }),
  },
  'profile.startPhoneChange': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: () => ({ phone: '87010009999' }),
  },
  'profile.finishPhoneChange': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: ({ phoneChangeId }) => ({ changeId: phoneChangeId, oldCode: '000000', newCode: '000000' }),
  },
  'profile.removePhone': { kind: 'mutation', who: 'citizen', trust: 'signature' },
  'profile.askWardsAnew': { kind: 'mutation', who: 'citizen', trust: 'sms' },
  'profile.accessLog': { kind: 'query', who: 'citizen', trust: 'sms', input: () => ({}) },
  'profile.accessLine': {
    kind: 'query',
    who: 'citizen',
    trust: 'sms',
    input: ({ accessLineId }) => ({ id: accessLineId }),
  },
  'profile.disputeAccess': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'sms',
    input: ({ accessLineId }) => ({ id: accessLineId, text: 'why' }),
  },
  'profile.consents': { kind: 'query', who: 'citizen', trust: 'sms' },
  'desk.day': { kind: 'query', who: 'desk', trust: 'signature', input: () => ({}) },
  'desk.findForArrival': {
    kind: 'query',
    who: 'desk',
    trust: 'signature',
    input: () => ({ query: 'A-001' }),
  },
  'desk.visit': {
    kind: 'query',
    who: 'desk',
    trust: 'signature',
    input: ({ desk }) => ({ visitId: desk.visitId }),
  },
  'desk.markArrival': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ desk }) => ({ bookingId: desk.bookingId }),
  },
  'desk.joinLiveQueue': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ desk }) => ({ formId: desk.formId }),
  },
  'desk.changeVisit': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ desk }) => ({ visitId: desk.visitId, event: 'call', room: '14' }),
  },
  'desk.missed': { kind: 'query', who: 'desk', trust: 'signature' },
  'desk.restore': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ desk }) => ({ bookingId: desk.bookingId, reason: 'pressed-by-mistake' }),
  },
  'desk.liveQueue': { kind: 'query', who: 'desk', trust: 'signature' },
  'boards.view': { kind: 'query', who: 'everybody', trust: 'none', input: () => ({ token: 'A'.repeat(43) }) },
  'boards.list': { kind: 'query', who: 'department-head', trust: 'signature' },
  'boards.create': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: () => ({ name: 'Дәліз', rooms: [] }),
  },
  'boards.change': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ boardId }) => ({ boardId, name: 'Зал', rooms: ['14'], volume: 50 }),
  },
  'boards.setEmergency': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ boardId }) => ({ boardId, text: null }),
  },
  'boards.testCall': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ boardId }) => ({ boardId }),
  },
  'boards.renewToken': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ boardId }) => ({ boardId }),
  },
  'boards.close': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ boardId }) => ({ boardId }),
  },
  'reference.departments': { kind: 'query', who: 'everybody', trust: 'none' },
  'schedule.year': {
    kind: 'query',
    who: 'department-head',
    trust: 'signature',
    input: () => ({ year: 2027 }),
  },
  'schedule.preview': { kind: 'query', who: 'department-head', trust: 'signature', input: () => SCHEDULE },
  'schedule.publish': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: () => ({ ...SCHEDULE, seen: 'nothing' }),
  },
  'schedule.warning': { kind: 'query', who: 'head-or-administrator', trust: 'signature' },
  'schedule.departments': {
    kind: 'query',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({}),
  },
  'schedule.startTimes': { kind: 'query', who: 'portal-administrator', trust: 'signature' },
  'schedule.previewStartTimes': {
    kind: 'query',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => START_TIMES,
  },
  'schedule.addStartTimes': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => START_TIMES,
  },
  'calendar.year': { kind: 'query', who: 'portal-administrator', trust: 'signature', input: () => ({}) },
  'calendar.proposal': { kind: 'query', who: 'portal-administrator', trust: 'signature', input: () => ({}) },
  'calendar.previewDay': {
    kind: 'query',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ date: '2027-03-08', kind: 'holiday' }),
  },
  'calendar.setDay': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({
      date: '2027-03-08',
      kind: 'holiday',
      name: { kk: 'Мереке', ru: 'Праздник', en: 'Holiday' },
      basis: 'act',
    }),
  },
  'calendar.removeDay': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ date: '2027-03-09' }),
  },
  'territory.map': { kind: 'query', who: 'head-or-administrator', trust: 'signature', input: () => ({}) },
  'territory.assign': {
    kind: 'mutation',
    who: 'head-or-administrator',
    trust: 'signature',
    input: () => ({ units: ['111010000'], department: 1, validFrom: '2027-01-01' }),
  },
  'territory.previewImport': {
    kind: 'query',
    who: 'head-or-administrator',
    trust: 'signature',
    input: () => ({ file: Buffer.from('unit_code;department;valid_from\n').toString('base64') }),
  },
  'territory.import': {
    kind: 'mutation',
    who: 'head-or-administrator',
    trust: 'signature',
    input: () => ({ file: Buffer.from('unit_code;department;valid_from\n').toString('base64') }),
  },
  'territory.export': { kind: 'query', who: 'head-or-administrator', trust: 'signature' },
  'closures.week': { kind: 'query', who: 'desk', trust: 'signature', input: () => ({}) },
  'closures.preview': { kind: 'query', who: 'department-head', trust: 'signature', input: () => CLOSURE },
  'closures.close': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: () => ({ ...CLOSURE, shown: 'nothing', move: false }),
  },
  'closures.closure': {
    kind: 'query',
    who: 'desk',
    trust: 'signature',
    input: ({ closureId }) => ({ id: closureId }),
  },
  'closures.takeBack': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ closureId }) => ({ id: closureId }),
  },
  'massMove.list': { kind: 'query', who: 'desk', trust: 'signature' },
  'massMove.progress': {
    kind: 'query',
    who: 'desk',
    trust: 'signature',
    input: ({ massMoveId }) => ({ id: massMoveId }),
  },
  'massMove.resume': {
    kind: 'mutation',
    who: 'department-head',
    trust: 'signature',
    input: ({ massMoveId }) => ({ id: massMoveId }),
  },
  'massMove.markCalled': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ moveItemId }) => ({ itemId: moveItemId }),
  },
  'wordings.list': { kind: 'query', who: 'portal-administrator', trust: 'signature' },
  'wordings.message': {
    kind: 'query',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ template: 'sms-2', language: 'ru' }),
  },
  'wordings.measure': {
    kind: 'query',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ template: 'code', language: 'ru', text: '{{code}}' }),
  },
  'wordings.propose': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ template: 'code', language: 'ru', text: '{{code}}', validFrom: DAY }),
  },
  'wordings.approve': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'wordings.withdraw': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'wordings.deliveries': {
    kind: 'query',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({}),
  },
  'terms.on': { kind: 'query', who: 'everybody', trust: 'none', input: () => ({}) },
  'terms.list': { kind: 'query', who: 'portal-administrator', trust: 'signature' },
  'terms.add': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({
      term: 'information-system',
      validFrom: '2027-02-01',
      words: { kk: 'a', ru: 'b', en: 'c' },
      basis: 'act',
    }),
  },
  'terms.takeBack': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ term: 'information-system', validFrom: '2027-03-01' }),
  },
  'faultReports.report': {
    kind: 'mutation',
    who: 'everybody',
    trust: 'none',
    input: () => FAULT,
  },
  'faultReports.mine': { kind: 'query', who: 'citizen', trust: 'sms' },
  'faultReports.open': { kind: 'query', who: 'contact-centre', trust: 'signature' },
  'faultReports.get': {
    kind: 'query',
    who: 'contact-centre',
    trust: 'signature',
    input: () => ({ id: FAULT.id }),
  },
  'faultReports.answer': {
    kind: 'mutation',
    who: 'contact-centre',
    trust: 'signature',
    input: () => ({ id: FAULT.id, answer: 'mended' }),
  },
  'pilots.reception': { kind: 'query', who: 'everybody', trust: 'none' },
  'pilots.list': { kind: 'query', who: 'portal-administrator', trust: 'signature' },
  'pilots.add': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({
      regionCode: '75',
      validFrom: '2027-02-01',
      validUntil: '2027-03-01',
      legalAct: { kk: 'a', ru: 'b', en: 'c' },
    }),
  },
  'pilots.takeBack': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'technicalFailures.list': { kind: 'query', who: 'portal-administrator', trust: 'signature' },
  'technicalFailures.act': {
    kind: 'query',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'technicalFailures.propose': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({
      systemCode: 'damu',
      fromDay: '2026-11-20',
      fromTime: '09:00',
      untilDay: '2026-11-22',
      untilTime: '09:00',
      actNumber: '1',
      actDay: '2026-11-23',
      act: 'JVBERi0=',
      signatures: { health: 'AAAA', labour: 'AAAA', digital: 'AAAA', 'medical-system': 'AAAA' },
    }),
  },
  'technicalFailures.open': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'technicalFailures.withdraw': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'technicalFailures.addSignatory': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({
      office: 'health',
      systemCode: null,
      iin: '700101300009',
      surname: 'Сынақов',
      name: 'Ерлан',
      patronymic: null,
      validFrom: '2026-11-01',
      validUntil: null,
    }),
  },
  'technicalFailures.endSignatory': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, lastDay: '2027-01-01' }),
  },
  'redistribution.overview': { kind: 'query', who: 'registry-administrator', trust: 'signature' },
  'redistribution.simulateAbsence': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ expertCode: 'T-00001' }),
  },
  'redistribution.startAbsence': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ expertCode: 'T-00001', kind: 'leave', until: null, shownParts: 999 }),
  },
  'redistribution.moveOverdue': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ assignmentIds: [NEVER] }),
  },
  'redistribution.explainPart': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ assignmentId: parts.signed }),
  },
  'nosology.list': { kind: 'query', who: 'registry-administrator', trust: 'signature' },
  'nosology.group': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ code: 'oncology' }),
  },
  'nosology.previewCode': {
    kind: 'query',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => NOSOLOGY_LINE,
  },
  'nosology.addCode': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => NOSOLOGY_LINE,
  },
  'nosology.endCode': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, lastDay: '2027-01-01' }),
  },
  'nosology.takeBackCode': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'nosology.addExamination': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({
      groupCode: 'oncology',
      examinationCode: 'inpatient-extract',
      condition: 'always',
      validFrom: '2027-01-01',
      validUntil: null,
      basis: 'test',
    }),
  },
  'nosology.endExamination': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER, lastDay: '2027-01-01' }),
  },
  'nosology.takeBackExamination': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'nosology.addGroup': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ code: 'epilepsy', name: { kk: 'Эпилепсия', ru: 'Эпилепсия', en: 'Epilepsy' } }),
  },
  'nosology.dispensaries': { kind: 'query', who: 'registry-administrator', trust: 'signature' },
  'nosology.addDispensary': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({
      bin: '100140012345',
      name: { kk: 'Диспансер', ru: 'Диспансер', en: 'Dispensary' },
      validFrom: '2027-01-01',
      validUntil: null,
      basis: 'test',
    }),
  },
  'nosology.endDispensary': {
    kind: 'mutation',
    who: 'registry-administrator',
    trust: 'signature',
    input: () => ({ bin: '100140012345', validFrom: '2027-01-01', lastDay: '2027-12-31' }),
  },
  'operations.deadLetters': { kind: 'query', who: 'portal-administrator', trust: 'signature' },
  'operations.retryDeadLetter': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ id: NEVER }),
  },
  'operations.health': { kind: 'query', who: 'portal-administrator', trust: 'signature' },
  'reporting.report': { kind: 'query', who: 'desk-or-administrator', trust: 'signature', input: () => ({}) },
  'reporting.export': {
    kind: 'query',
    who: 'desk-or-administrator',
    trust: 'signature',
    input: () => ({ kind: 'week', format: 'csv' }),
  },
  'reporting.publicFigures': { kind: 'query', who: 'everybody', trust: 'none', input: () => ({}) },
  'reporting.exportPublicFigures': { kind: 'query', who: 'everybody', trust: 'none' },
  'problems.list': { kind: 'query', who: 'portal-administrator', trust: 'signature' },
  'problems.get': {
    kind: 'query',
    who: 'portal-administrator',
    trust: 'signature',
    input: ({ problemId }) => ({ id: problemId }),
  },
  'problems.register': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ detectedOn: '2026-11-23', text: 'why' }),
  },
  'problems.takeUp': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ kind: 'no-free-place', department: 1 }),
  },
  'problems.send': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: ({ problemId }) => ({ id: problemId, sentOn: '2026-11-23' }),
  },
  'problems.note': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: ({ problemId }) => ({ id: problemId, note: 'why' }),
  },
  'problems.reopen': {
    kind: 'mutation',
    who: 'portal-administrator',
    trust: 'signature',
    input: ({ problemId }) => ({ id: problemId, reason: 'why' }),
  },
  'problems.export': {
    kind: 'query',
    who: 'portal-administrator',
    trust: 'signature',
    input: () => ({ format: 'csv' }),
  },
  'signing.get': {
    kind: 'query',
    who: 'signed-in',
    trust: 'sms',
    input: ({ ownSigning }) => ({ signingId: ownSigning }),
  },
  'signing.startPhone': {
    kind: 'mutation',
    who: 'signed-in',
    trust: 'sms',
    input: ({ ownSigning }) => ({ signingId: ownSigning }),
  },
  'expertDesk.list': { kind: 'query', who: 'expert', trust: 'signature', input: () => ({}) },
  'expertDesk.markNoticesSeen': {
    kind: 'mutation',
    who: 'expert',
    trust: 'signature',
    input: () => ({ until: '2026-11-24T05:00:00.000Z' }),
  },
  'expertDesk.case': {
    kind: 'query',
    who: 'expert',
    trust: 'signature',
    input: () => ({ assignmentId: parts.open }),
  },
  'expertDesk.page': {
    kind: 'query',
    who: 'expert',
    trust: 'signature',
    input: () => ({ assignmentId: parts.open, pageId: parts.page }),
  },
  'expertDesk.form': {
    kind: 'query',
    who: 'expert',
    trust: 'signature',
    input: () => ({ assignmentId: parts.open }),
  },
  'expertDesk.saveDraft': {
    kind: 'mutation',
    who: 'expert',
    trust: 'signature',
    input: () => ({ assignmentId: parts.open, version: 0, typed: { reasons: 'r' } }),
  },
  'expertDesk.startSigning': {
    kind: 'mutation',
    who: 'expert',
    trust: 'signature',
    input: () => ({ assignmentId: parts.open }),
  },
  'expertDesk.sign': {
    kind: 'mutation',
    who: 'expert',
    trust: 'signature',
    input: () => ({ assignmentId: parts.open, signingId: NEVER, cms: 'AAAA' }),
  },
  'expertDesk.decision': {
    kind: 'query',
    who: 'expert',
    trust: 'signature',
    input: () => ({ assignmentId: parts.signed }),
  },
  'expertDesk.sheet': {
    kind: 'query',
    who: 'expert',
    trust: 'signature',
    input: () => ({ assignmentId: parts.signed }),
  },
  'expertDesk.reportIdentity': {
    kind: 'mutation',
    who: 'expert',
    trust: 'signature',
    input: () => ({ assignmentId: parts.open, seen: { section: 'complaints' } }),
  },
  'expertDesk.phrases': { kind: 'query', who: 'expert', trust: 'signature' },
  'expertDesk.addPhrase': {
    kind: 'mutation',
    who: 'expert',
    trust: 'signature',
    input: () => ({ field: 'reasons', text: 'r' }),
  },
  'expertDesk.changePhrase': {
    kind: 'mutation',
    who: 'expert',
    trust: 'signature',
    input: () => ({ phraseId: phrases.own, text: 'other' }),
  },
  // Each removes a phrase that the trial with too little trust has left there.
  'expertDesk.removePhrase': {
    kind: 'mutation',
    who: 'expert',
    trust: 'signature',
    input: () => ({ phraseId: phrases.toRemove }),
  },
  'expertDesk.commonPhrases': { kind: 'query', who: 'methodologist', trust: 'signature' },
  'expertDesk.offerPhrase': {
    kind: 'mutation',
    who: 'methodologist',
    trust: 'signature',
    input: () => ({ field: 'reasons', text: 'r' }),
  },
  'expertDesk.endPhrase': {
    kind: 'mutation',
    who: 'methodologist',
    trust: 'signature',
    input: () => ({ phraseId: phrases.common }),
  },
  // Refused for want of words, so that the part stays open for the lines above.
  'expertDesk.recuse': {
    kind: 'mutation',
    who: 'expert',
    trust: 'signature',
    input: () => ({ assignmentId: parts.open, reason: 'other' }),
  },
  'results.cases': { kind: 'query', who: 'citizen', trust: 'sms' },
  'results.case': {
    kind: 'query',
    who: 'citizen',
    trust: 'sms',
    input: ({ result }) => ({ id: result.formId }),
  },
  'results.documentsOverview': { kind: 'query', who: 'citizen', trust: 'sms' },
  'results.documents': { kind: 'query', who: 'citizen', trust: 'signature' },
  'results.document': {
    kind: 'query',
    who: 'citizen',
    trust: 'signature',
    input: ({ result }) => ({ documentId: result.documentId }),
  },
  'results.chooseBenefit': {
    kind: 'mutation',
    who: 'citizen',
    trust: 'signature',
    input: ({ result }) => ({ conclusionId: result.conclusionId, benefit: 'state-social-benefit' }),
  },
  'results.executions': {
    kind: 'query',
    who: 'desk',
    trust: 'signature',
    input: () => ({ actNo: '11-01-2026-999999' }),
  },
  'results.recordExecution': {
    kind: 'mutation',
    who: 'desk',
    trust: 'signature',
    input: ({ result }) => ({ actNo: result.actNo, requestKey, measure: 'm', state: 'done' }),
  },
  'results.checkDocument': {
    kind: 'query',
    who: 'everybody',
    trust: 'none',
    input: () => ({ code: NO_TICKET }),
  },
  'journals.month': {
    kind: 'query',
    who: 'journal-keeper',
    trust: 'signature',
    input: () => ({ month: '2026-11' }),
  },
  'journals.protocol': {
    kind: 'query',
    who: 'journal-keeper',
    trust: 'signature',
    input: ({ journal }) => ({ protocolId: journal.protocolId }),
  },
  'journals.military': { kind: 'query', who: 'desk', trust: 'signature' },
  'journals.startCorrection': {
    kind: 'mutation',
    who: 'journal-head',
    trust: 'signature',
    input: ({ journal }) => ({ rowId: journal.rowId, column: 5, kk: 'a', ru: 'b', reason: 'c' }),
  },
  'journals.startDay': {
    kind: 'mutation',
    who: 'journal-signer',
    trust: 'signature',
    input: ({ journal }) => ({ protocolId: journal.protocolId }),
  },
  'journals.startMonth': {
    kind: 'mutation',
    who: 'journal-head',
    trust: 'signature',
    input: () => ({ month: '2026-11' }),
  },
  'journals.startMilitary': { kind: 'mutation', who: 'department-head', trust: 'signature' },
  'journals.renew': {
    kind: 'mutation',
    who: 'journal-signer',
    trust: 'signature',
    input: ({ journal }) => ({ signingId: journal.renewId }),
  },
  'journals.finish': {
    kind: 'mutation',
    who: 'journal-signer',
    trust: 'signature',
    input: ({ journal }) => ({ signingId: journal.finishId, cms: '' }),
  },
};

/** Parts of cases of the one who holds the role `expert`, and a page of the open one. */
const parts = { open: NEVER, signed: NEVER, page: NEVER };

interface Booked {
  personId: string;
  formId: string;
  bookingId: string;
  ticketCode: string;
}
interface Things {
  /** The citizen's own. */
  own: Booked;
  /** Somebody who has arrived at department 1. */
  desk: Booked & { visitId: string };
  ownSession: string;
  /** A text that waits for the caller's signature. */
  ownSigning: string;
  /** A closure of department 1 with its mass move. */
  closureId: string;
  massMoveId: string;
  moveItemId: string;
  /** A screen of department 1. */
  boardId: string;
  /** A problem of the register. */
  problemId: string;
  /** An application open at department 1. */
  applicationId: string;
  /** Field sessions of department 1, somebody on the first, and the citizen's own request. */
  field: { sessionId: string; otherId: string; fieldPlaceId: string; requestId: string; accessId: string };
  /** A published announcement, somebody's application that was sent, the citizen's draft, and an expert. */
  register: { announcementId: string; applicationId: string; draftId: string; expertId: string };
  /** An absence of the caller that lies ahead. */
  ownPay: { assessmentId: string; actId: string };
  ownAbsence: string;
  /** Somebody department 1 has invited, and a question of it to the methodology department. */
  invitedCaseId: string;
  consultationId: string;
  /** A text of that case that waits for a person. */
  heldItemId: string;
  /** What the citizen waited for, a change of number under way, and somebody else's look at the citizen's data. */
  waitId: string;
  offerId: string;
  phoneChangeId: string;
  accessLineId: number;
  wardId: string;
  /** A conclusion about the citizen. */
  result: Result;
  /** A protocol the caller keeps, and signatures of the caller under way. */
  journal: JournalThings;
}
interface Result {
  formId: string;
  actNo: string;
  conclusionId: string;
  documentId: string;
}
interface JournalThings {
  protocolId: string;
  rowId: string;
  renewId: string;
  finishId: string;
}
const NO_JOURNAL: JournalThings = { protocolId: NEVER, rowId: NEVER, renewId: NEVER, finishId: NEVER };

let world: World;
let citizen: Booked;
let stranger: Booked;
let formerWard: Booked;
let here: Booked & { visitId: string };
let elsewhere: Booked & { visitId: string };
let closed: Pick<Things, 'closureId' | 'massMoveId' | 'moveItemId'>;
let inPerson: Pick<Things, 'applicationId' | 'invitedCaseId' | 'consultationId' | 'heldItemId'>;
let boardId: string;
let problemId: string;
let register: Things['register'];
/** An absence of every member of a panel. */
const absences = new Map<string, string>();
let field: Things['field'];
let result: Result;
let strangersResult: Result;
const journals = new Map<string, JournalThings>();
let own: Pick<Things, 'waitId' | 'offerId' | 'phoneChangeId' | 'accessLineId' | 'wardId'>;
const staff = new Map<StaffRole, string>();
/** A text to sign of every person. */
const signings = new Map<string, string>();

beforeAll(async () => {
  world = await startWorld({ placesPerStart: 5 });
  citizen = await booked();
  stranger = await booked();
  formerWard = await booked();
  await world.db.insert(guardianships).values({
    guardianId: citizen.personId,
    wardId: formerWard.personId,
    basis: 'guardian',
    validFrom: plainDate('2020-01-01'),
    validUntil: plainDate('2026-11-22'),
  });
  for (const role of STAFF_ROLES as StaffRole[])
    staff.set(
      role,
      (
        await world.staff(
          role,
          ['clerk', 'department-head', 'chief-specialist'].includes(role) ? DEPARTMENT_1 : null,
        )
      ).id,
    );
  here = await arrived(DEPARTMENT_1, '111010000');
  elsewhere = await arrived(DEPARTMENT_2, '113220100');
  closed = await closure();
  own = await ownThings(citizen);
  register = await registerOfExperts();
  boardId = await board(DEPARTMENT_1);
  problemId = await problem();
  inPerson = await inPersonThings(DEPARTMENT_1);
  field = await fieldThings(DEPARTMENT_1);
  await dealParts(present(staff.get('expert')));
  for (const role of ['expert', 'former-expert'] as const) await payThings(present(staff.get(role)), role);
  result = await concluded(citizen.personId);
  strangersResult = await concluded(stranger.personId);
  controlCallId = await controlCall();
  await phraseThings();
  for (const role of [
    'department-head',
    'chief-specialist',
    'methodologist',
    'methodology-head',
    'clerk',
  ] as const)
    journals.set(staff.get(role) ?? '', await journalOf(staff.get(role) ?? '', role));
  for (const personId of [citizen.personId, ...staff.values()])
    signings.set(
      personId,
      (
        await openSigning(
          world.deps,
          world.db,
          { personId, purpose: 'document', subject: 'test:1', text: 'test' },
          world.clock.now(),
        )
      ).signingId,
    );
});
afterAll(() => world.close());

/** An application and a question of a department, and somebody it has invited. */
async function inPersonThings(departmentId: string) {
  const at = world.clock.now();
  const [applicationId, consultationId] = [world.random.id(at), world.random.id(at)];
  const person = await world.person();
  const [form, remote] = [
    await world.form(person.id),
    await world.form(person.id, { track: 'remote-proactive' }),
  ];
  const clerk = staff.get('clerk') ?? '';
  await world.db.insert(inPersonApplications).values({
    id: applicationId,
    formId: form.id,
    personId: person.id,
    departmentId,
    state: 'open',
    stateAt: at,
    openedAt: at,
    openedBy: clerk,
  });
  await world.db.insert(consultations).values({
    id: consultationId,
    applicationId,
    personId: person.id,
    departmentId,
    preliminary: {},
    question: 'Қалай?',
    askedBy: clerk,
    askedAt: at,
    dueAt: addMinutes(at, 60),
  });
  const [group] = await world.db.select().from(nosologyGroups).limit(1);
  const invitedCaseId = await openCase(
    world.deps,
    world.db,
    {
      formId: remote.id,
      personId: person.id,
      representativeId: null,
      regionCode: '11',
      departmentId,
      track: 'ordinary',
      nosologyGroup: present(group).code,
      purpose: 'disability-first',
    },
    at,
  );
  await world.db.insert(formContents).values({ formId: remote.id, document: { complaints: 'Бас ауруы' } });
  const heldItemId = world.random.id(at);
  await world.db.insert(dossierItems).values({
    id: heldItemId,
    caseId: invitedCaseId,
    kind: 'section',
    name: 'complaints',
    state: 'held',
    causes: ['name'],
    text: 'Бас ауруы',
    madeAt: at,
  });
  return { applicationId, invitedCaseId, consultationId, heldItemId };
}

/** Two sessions of a department, somebody on the first, a request of the citizen, and one to the digital documents service. */
async function fieldThings(departmentId: string): Promise<Things['field']> {
  const at = world.clock.now();
  const things = {
    sessionId: world.random.id(at),
    otherId: world.random.id(at),
    fieldPlaceId: world.random.id(at),
    requestId: world.random.id(at),
    accessId: world.random.id(at),
  };
  const clerk = present(staff.get('clerk'));
  for (const id of [things.sessionId, things.otherId])
    await world.db.insert(fieldSessions).values({
      id,
      departmentId,
      place: 'medical-institution',
      institution: 'Емхана',
      address: 'Көкшетау',
      day: plainDate(DAY),
      startsAt: plainTime('10:00'),
      capacity: 5,
      state: 'planned',
      stateAt: at,
      createdBy: clerk,
      createdAt: at,
    });
  const person = await world.person();
  await world.db.insert(fieldPlaces).values({
    id: things.fieldPlaceId,
    formId: (await world.form(person.id)).id,
    personId: person.id,
    departmentId,
    place: 'medical-institution',
    sessionId: things.sessionId,
    state: 'on',
    stateAt: at,
    putBy: clerk,
    putAt: at,
  });
  await world.db.insert(placeRequests).values({
    id: things.requestId,
    formId: citizen.formId,
    personId: citizen.personId,
    departmentId,
    place: 'home',
    consented: true,
    askedBy: citizen.personId,
    channel: 'portal',
    askedAt: at,
    state: 'asked',
    stateAt: at,
  });
  await world.db.insert(documentAccesses).values({
    id: things.accessId,
    applicationId: inPerson.applicationId,
    personId: person.id,
    way: 'code',
    serviceId: 'none',
    phoneMasked: '+7 *** ** 01',
    documents: ['identity'],
    state: 'used-up',
    expiresAt: at,
    askedBy: clerk,
    askedAt: at,
    stateAt: at,
  });
  return things;
}

/** A signed month of this expert, with an act of works. */
async function payThings(personId: string, role: 'expert' | 'former-expert') {
  const at = world.clock.now();
  if (role === 'former-expert')
    await world.db.insert(experts).values({
      id: world.random.id(at),
      personId,
      code: 'E-90007',
      kind: 'independent',
      regionCode: '11',
      enteredOn: plainDate('2026-01-01'),
      excludedOn: plainDate('2026-11-01'),
      exclusionGround: 'own-application',
      createdAt: at,
    });
  const [own] = await world.db.select({ id: experts.id }).from(experts).where(eq(experts.personId, personId));
  const pay = { assessmentId: world.random.id(at), actId: world.random.id(at) };
  pays.set(personId, pay);
  const month = { expertId: present(own).id, from: plainDate('2026-10-01') };
  await world.db.insert(assessments).values({
    ...month,
    id: pay.assessmentId,
    period: 'month',
    method: 'mean-of-shares-1',
    services: 4,
    counts: null,
    lines: [],
    percent: '90.00',
    computedAt: at,
    text: 'assessment',
    signature: Buffer.from('signature'),
    signedAt: at,
  });
  await world.db.insert(workActs).values({
    id: pay.actId,
    number: `2026-10/${role}/1`,
    expertId: month.expertId,
    month: month.from,
    version: 1,
    assessmentId: pay.assessmentId,
    line: {
      tariff: '1000.00',
      assessmentPercent: '90.00',
      unitPrice: '900.00',
      services: 4,
      amount: '3600.00',
    },
    account: { bank: 'Банк', bic: 'HSBKKZKX', iban: 'KZ86125KZT5004100100' },
    state: 'formed',
    formedAt: at,
    text: 'act',
  });
}

/** Two cases dealt to a panel with this person, one of them decided by the person already. */
async function dealParts(personId: string) {
  const [own] = await world.db.select({ id: experts.id }).from(experts).where(eq(experts.personId, personId));
  if (!own) throw new Error('The register has no such expert');
  await world.db
    .insert(expertNosologies)
    .values({ expertId: own.id, groupCode: ORDINARY_GROUP, validFrom: plainDate('2026-01-01') });
  await addExpert(world, 'department-head', '35');
  await addExpert(world, 'chief-specialist', '39');
  const elsewhere = { regionCode: '75' };
  const [open, decided] = [await dealtCase(world, {}, elsewhere), await dealtCase(world, {}, elsewhere)];
  parts.open = open.partOf(own).id;
  parts.page = present(open.pages[0]).id;
  parts.signed = decided.partOf(own).id;
  await decide(world, parts.signed, { kind: 'nonconformity', kinds: ['evidence'], reasons: 'r' });
}

/** What the register of experts needs: an announcement, two applications, and a row for whoever sits on panels. */
async function registerOfExperts(): Promise<Things['register']> {
  const at = world.clock.now();
  const announcementId = world.random.id(at);
  const administrator = staff.get('registry-administrator') ?? '';
  await world.db.insert(announcements).values({
    id: announcementId,
    number: '2026-1',
    content: ANNOUNCEMENT,
    places: 10,
    intakeFrom: world.today,
    intakeUntil: plainDate('2027-01-31'),
    createdBy: administrator,
    createdAt: at,
    publishedOn: plainDate('2026-11-01'),
    publishedBy: administrator,
  });
  const ids = [citizen.personId, stranger.personId].map((personId) => ({
    id: world.random.id(at),
    personId,
  }));
  const values = {
    announcementId,
    stateAt: at,
    createdAt: at,
    savedAt: at,
    fields: {},
    language: 'kk' as const,
  };
  const [draft, sent] = ids.map(({ id }) => id) as [string, string];
  await world.db
    .insert(expertApplications)
    .values({ ...values, id: draft, personId: citizen.personId, state: 'draft' });
  await world.db.insert(expertApplications).values({
    ...values,
    id: sent,
    personId: stranger.personId,
    state: 'checking',
    number: 'A-900001',
    text: 'text',
    signature: Buffer.from('signature'),
  });
  for (const role of ['expert', 'department-head'] as const) {
    const personId = staff.get(role) ?? '';
    const expertId = world.random.id(at);
    await world.db.insert(experts).values({
      id: expertId,
      personId,
      code: `E-9000${role.length}`,
      kind: role === 'expert' ? 'independent' : 'department-head',
      regionCode: '11',
      enteredOn: plainDate('2026-01-01'),
      createdAt: at,
    });
    const absenceId = world.random.id(at);
    await world.db.insert(expertAbsences).values({
      id: absenceId,
      expertId,
      kind: 'leave',
      from: plainDate('2027-02-01'),
      until: plainDate('2027-02-02'),
      createdBy: personId,
      createdAt: at,
    });
    absences.set(personId, absenceId);
    register = { announcementId, applicationId: sent, draftId: draft, expertId };
  }
  return register;
}

/** A conclusion with a document about a person, on a form of its own. */
async function concluded(personId: string): Promise<Result> {
  const at = world.clock.now();
  const form = await world.form(personId, { track: 'remote-proactive' });
  const { conclusionId, actNo } = await world.db.transaction((tx) =>
    recordConclusion(
      world.deps,
      tx,
      {
        formId: form.id,
        caseId: null,
        personId,
        departmentId: DEPARTMENT_1,
        basis: 'remote',
        examinedOn: plainDate('2026-11-23'),
        content: {
          disability: { outcome: 'group-3', cause: 'general-disease', term: { kind: 'indefinite' } },
          generalLoss: null,
          professionalLoss: null,
          programme: { social: ['s'], vocational: [], term: { kind: 'indefinite' } },
          injuredWorkerNeeds: null,
          diagnosis: 'd',
          reasons: 'r',
        },
        text: null,
        signature: null,
        signedBy: null,
      },
      at,
    ),
  );
  const [document] = await world.db.select().from(documents).where(eq(documents.conclusionId, conclusionId));
  return { formId: form.id, conclusionId, actNo, documentId: present(document).id };
}

/** X04: two phrases of the expert and one for everybody. */
async function phraseThings(): Promise<void> {
  const at = world.clock.now();
  const [own] = await world.db
    .select({ id: experts.id })
    .from(experts)
    .where(eq(experts.personId, present(staff.get('expert'))));
  for (const name of ['own', 'toRemove', 'common'] as const) phrases[name] = world.random.id(at);
  const values = { field: 'diagnosis' as const, createdAt: at };
  for (const name of ['own', 'toRemove'] as const)
    await world.owner
      .insert(expertPhrases)
      .values({ ...values, id: phrases[name], expertId: present(own).id, text: name, changedAt: at });
  await world.db
    .insert(commonPhrases)
    .values({ ...values, id: phrases.common, text: 'c', createdBy: present(staff.get('methodologist')) });
}

/** A call of the methodology and control department about the citizen's act. */
async function controlCall(): Promise<string> {
  const calledBy = present(staff.get('methodologist'));
  const call = await world.db.transaction((tx) =>
    callForControl(
      world.deps,
      tx,
      {
        formId: result.formId,
        calledBy,
        actorRole: 'methodologist',
        address: { kk: 'Астана', ru: 'Астана', en: 'Astana' },
      },
      world.clock.now(),
    ),
  );
  return call.id;
}

/** The protocol a member of staff keeps, and two signatures of theirs that wait. */
async function journalOf(
  personId: string,
  role: 'department-head' | 'chief-specialist' | 'methodologist' | 'methodology-head' | 'clerk',
) {
  const at = world.clock.now();
  let found: { protocolId: string; rowId: string };
  if (role === 'methodologist' || role === 'methodology-head') {
    const cells = Array.from({ length: 9 }, () => 'x');
    found = await world.db.transaction((tx) =>
      appendProtocolRow(
        world.deps,
        tx,
        { journal: 'methodology', departmentId: null, regionCode: '11' },
        { personId: citizen.personId, conclusionId: null, cells: () => ({ kk: cells, ru: cells }) },
        at,
      ),
    );
  } else {
    const [row] = await world.db
      .select()
      .from(protocolRows)
      .where(eq(protocolRows.conclusionId, result.conclusionId));
    found = { protocolId: present(row).protocolId, rowId: present(row).id };
  }
  const waiting = async () => {
    const { signingId } = await openSigning(
      world.deps,
      world.db,
      { personId, purpose: 'document', subject: `protocol:${found.protocolId}`, text: 'test' },
      at,
    );
    const draft = { kind: 'day' as const, protocolId: found.protocolId, hash: 'of another time' };
    await world.db.insert(journalDrafts).values({ signingId, personId, draft, createdAt: at });
    return signingId;
  };
  return { ...found, renewId: await waiting(), finishId: await waiting() };
}

/** A screen in the waiting room of a department. */
async function board(departmentId: string): Promise<string> {
  const head = await world.signIn((await world.staff('department-head', departmentId)).id, {
    audience: 'staff',
  });
  const answer = await head.client.boards.create({ name: 'Күту залы', rooms: [] });
  if (!answer.ok) throw new Error(answer.refusal);
  return answer.boardId;
}

/** A person with consent, form and a booking of today. */
async function booked(unitCode?: string): Promise<Booked> {
  const person = await world.person(unitCode ? { unitCode } : {});
  const form = await world.form(person.id);
  await world.consent(person.id);
  const { client } = await world.signIn(person.id);
  const { nearest } = await client.queue.freeTimes({ formId: form.id });
  const answer = await client.queue.bookPlace({ formId: form.id, ...present(nearest), requestKey });
  if (!answer.ok) throw new Error(answer.refusal);
  return { personId: person.id, formId: form.id, bookingId: answer.bookingId, ticketCode: answer.ticketCode };
}

/** One who is booked for today and has arrived at a department. */
async function arrived(departmentId: string, unitCode: string) {
  const booking = await booked(unitCode);
  const clerk = await world.signIn((await world.staff('clerk', departmentId)).id, { audience: 'staff' });
  const answer = await clerk.client.desk.markArrival({ bookingId: booking.bookingId });
  if (!answer.ok) throw new Error(answer.refusal);
  return { ...booking, visitId: answer.visitId };
}

/** An ended wait with its offer, a change of number and a line of the access log of a citizen. */
async function ownThings({ personId, formId }: Booked) {
  const at = world.clock.now();
  const [waitId, offerId, phoneChangeId] = [1, 2, 3].map(() => world.random.id(at)) as [
    string,
    string,
    string,
  ];
  const day = plainDate(DAY);
  const [place] = await world.db.select({ id: places.id }).from(places).limit(1);
  await world.db.insert(waitEntries).values({
    id: waitId,
    formId,
    personId,
    askedBy: personId,
    departmentId: DEPARTMENT_1,
    wantedFrom: day,
    wantedUntil: day,
    state: 'left',
    createdAt: at,
    stateAt: at,
  });
  await world.db.insert(waitOffers).values({
    id: offerId,
    entryId: waitId,
    placeId: present(place).id,
    day,
    startsAt: plainTime('10:00'),
    offeredAt: at,
    expiresAt: at,
    state: 'declined',
    stateAt: at,
  });
  await world.db.insert(phoneChanges).values({
    id: phoneChangeId,
    personId,
    newPhone: '+77010009998',
    newCodeHash: 'none',
    createdAt: addMinutes(at, -60),
    expiresAt: addMinutes(at, -50),
  });
  const [line] = await world.db
    .insert(auditEvents)
    .values({
      at,
      actor: 'client:test',
      actorRole: 'integration',
      action: 'intake.receiveForm',
      outcome: 'done',
      personId,
    })
    .returning({ id: auditEvents.id });
  const [guardian] = await world.db.select().from(persons).where(eq(persons.id, personId));
  const ward = await world.person();
  await world.guardian(present(guardian), ward);
  return { waitId, offerId, phoneChangeId, accessLineId: present(line).id, wardId: ward.id };
}

/** A problem that somebody entered. */
async function problem(): Promise<string> {
  const { client } = await world.signIn(staff.get('portal-administrator') ?? '', { audience: 'staff' });
  const answer = await client.problems.register({ detectedOn: '2026-11-23', text: 'why' });
  if (!answer.ok) throw new Error(answer.refusal);
  return answer.id;
}

/** A day department 1 has closed, with a mass move of one booking. */
async function closure() {
  const [closureId, massMoveId, moveItemId] = [1, 2, 3].map(() => world.random.id(world.clock.now())) as [
    string,
    string,
    string,
  ];
  const days = { departmentId: DEPARTMENT_1, from: plainDate('2026-12-14'), until: plainDate('2026-12-14') };
  const createdAt = world.clock.now();
  await world.db.insert(businessTrips).values({ id: closureId, ...days, reason: 'Астана' });
  await world.db.insert(massMoves).values({
    id: massMoveId,
    ...days,
    closureId,
    state: 'done',
    createdBy: staff.get('department-head') ?? '',
    createdAt,
  });
  await world.db.insert(massMoveItems).values({
    id: moveItemId,
    massMoveId,
    bookingId: stranger.bookingId,
    turn: 1,
    state: 'no-place',
    toCall: true,
    stateAt: createdAt,
  });
  return { closureId, massMoveId, moveItemId };
}

const REQUEST_ID = 'access-matrix-request';

/** Calls a procedure over HTTP, as a front end does. Queries go by POST, so that no input stands in an address. */
async function callOverHttp(
  path: string,
  token: string | null,
  input: unknown,
): Promise<{ code: string; body: string }> {
  const response = await world.http.request(`/trpc/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-saraptama': '1',
      'x-request-id': REQUEST_ID,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: input === undefined ? undefined : JSON.stringify(input),
  });
  const body = await response.text();
  const answer = JSON.parse(body) as { error?: { data: { code: string } } };
  return { code: answer.error?.data.code ?? 'OK', body };
}

interface Identity {
  name: string;
  /** Null has no session at all. */
  session: { personId: () => string; audience: SessionAudience; trust: TrustLevel } | null;
  role: (typeof ROLES)[number];
}

const IDENTITIES: Identity[] = [
  { name: 'anonymous', session: null, role: 'anonymous' },
  {
    name: 'citizen by sms',
    role: 'citizen',
    session: { personId: () => citizen.personId, audience: 'citizen', trust: 'sms' },
  },
  {
    name: 'citizen by signature',
    role: 'citizen',
    session: { personId: () => citizen.personId, audience: 'citizen', trust: 'signature' },
  },
  ...(['sms', 'signature'] as const).flatMap((trust) =>
    (STAFF_ROLES as StaffRole[]).map((role): Identity => ({
      name: `${role} by ${trust}`,
      role,
      session: { personId: () => staff.get(role) ?? '', audience: 'staff', trust },
    })),
  ),
];

/** JR-01: who signs protocols, of departments and of the methodology and control departments. */
const isSigner = (role: Identity['role']) =>
  ['department-head', 'chief-specialist', 'methodologist', 'methodology-head'].includes(role);

/** Whether a role belongs to those a line names. */
function isAmong(who: Expected['who'], role: Identity['role']): boolean {
  switch (who) {
    case 'everybody':
    case 'signed-in':
      return true;
    case 'desk':
      return role === 'clerk' || role === 'department-head';
    case 'panel':
      return role === 'expert' || role === 'department-head';
    case 'own-months':
      return role === 'expert' || role === 'former-expert';
    case 'expert-or-registry':
      return role === 'expert' || role === 'former-expert' || role === 'registry-administrator';
    case 'head-or-administrator':
      return role === 'department-head' || role === 'portal-administrator';
    case 'desk-or-administrator':
      return role === 'clerk' || role === 'department-head' || role === 'portal-administrator';
    case 'journal-keeper':
      return role === 'clerk' || isSigner(role);
    case 'journal-signer':
      return isSigner(role);
    case 'journal-head':
      return role === 'department-head' || role === 'methodology-head';
    default:
      return role === who;
  }
}

/** What the matrix says an identity gets. */
function expectedCode(line: Expected, { role, session }: Identity): string {
  if (line.absent) return 'NOT_FOUND';
  if (line.who === 'everybody') return 'OK';
  if (!session) return 'UNAUTHORIZED';
  const fits = isAmong(line.who, role);
  if (!fits) return 'NOT_FOUND';
  return line.trust === 'signature' && session.trust === 'sms' ? 'FORBIDDEN' : 'OK';
}

describe('T01: inventory', () => {
  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<
      string,
      { _def: { type: string; meta?: { action?: string }; output?: unknown } }
    >,
  );

  test('T01: router, access table and the matrix of this test name the same procedures', () => {
    const paths = procedures.map(([path]) => path).sort();
    expect(paths).toEqual(Object.keys(ACCESS).sort());
    expect(paths).toEqual(Object.keys(MATRIX).sort());
  });

  test.each(procedures)(
    'T01: %s stands under its own line, with the right kind and an output schema',
    (path, procedure) => {
      expect(procedure._def.meta?.action).toBe(path);
      expect(procedure._def.type).toBe(MATRIX[path]?.kind);
      expect(procedure._def.output).toBeDefined();
    },
  );

  test('T01: what leaves no audit row of its own is named here, and shows nothing of anybody else', () => {
    const silent = Object.entries(ACCESS)
      .filter(([, rule]) => !rule.audited)
      .map(([path]) => path);
    expect(silent.sort()).toEqual([
      // Numbers and rooms, as everybody in the hall reads them.
      'boards.view',
      // RG-01: announcements are public.
      'expertApplication.announcement',
      'expertApplication.announcements',
      'identity.demoPeople',
      'identity.requestCode',
      'identity.startMobileSignature',
      'identity.startSignature',
      'identity.whoAmI',
      // How each region receives, and the words of the law, are public.
      'pilots.reception',
      'queue.checkTicket',
      // Free times are the department's, not the person's.
      'queue.freeTimes',
      'queue.ticketState',
      'reference.departments',
      // Open figures, with everything small hidden.
      'reporting.exportPublicFigures',
      'reporting.publicFigures',
      // Whether a document holds, to whoever has its QR.
      'results.checkDocument',
      // Whether next year's schedule is there is no data of a person.
      'schedule.warning',
      'terms.on',
    ]);
  });
});

describe('T02, T13: every procedure with every identity', () => {
  test.each(Object.entries(MATRIX))(
    'T02: %s answers each identity as the matrix says',
    async (path, line) => {
      const found: Record<string, string> = {};
      const wanted: Record<string, string> = {};
      for (const identity of IDENTITIES) {
        const opened =
          identity.session &&
          (await world.deps.sessions.create({
            ...identity.session,
            personId: identity.session.personId(),
            device: '',
            at: world.clock.now(),
          }));
        const input = line.input?.({
          own: citizen,
          desk: here,
          ownSession: opened?.session.id ?? NEVER,
          ownSigning: signings.get(identity.session?.personId() ?? '') ?? NEVER,
          ...closed,
          ...own,
          register,
          ownPay:
            pays.get(identity.session?.personId() ?? '') ?? present(pays.get(present(staff.get('expert')))),
          ownAbsence: absences.get(identity.session?.personId() ?? '') ?? NEVER,
          boardId,
          problemId,
          ...inPerson,
          field,
          result,
          journal: journals.get(identity.session?.personId() ?? '') ?? NO_JOURNAL,
        });
        const { code, body } = await callOverHttp(path, opened?.token ?? null, input);
        wanted[identity.name] = expectedCode(line, identity);
        found[identity.name] = code === 'INTERNAL_SERVER_ERROR' ? `${code} ${body}` : code;
      }
      expect(found).toEqual(wanted);
    },
  );

  test('T09: a token that never was, or whose session is over, is like none', async () => {
    const { token } = await world.signIn(citizen.personId);
    world.clock.forward(31);
    for (const dead of [token, 'x', '']) {
      expect((await callOverHttp('cabinet.overview', dead, undefined)).code).toBe('UNAUTHORIZED');
      expect((await callOverHttp('reference.departments', dead, undefined)).code).toBe('OK');
    }
  });

  test('T02: staff whose role has ended reach nothing of the staff', async () => {
    const clerk = await world.staff('clerk', DEPARTMENT_1);
    await world.db
      .update(staffRoles)
      .set({ validUntil: plainDate('2026-11-22') })
      .where(eq(staffRoles.personId, clerk.id));
    const { token } = await world.signIn(clerk.id, { audience: 'staff' });
    for (const [path, line] of Object.entries(MATRIX)) {
      if (line.who === 'everybody') continue;
      const input = line.input?.({
        own: citizen,
        desk: here,
        ownSession: NEVER,
        ownSigning: NEVER,
        ...closed,
        ...own,
        register,
        ownPay: { assessmentId: NEVER, actId: NEVER },
        ownAbsence: NEVER,
        boardId,
        ...inPerson,
        field,
        problemId,
        result,
        journal: NO_JOURNAL,
      });
      expect([path, (await callOverHttp(path, token, input)).code]).toEqual([path, 'NOT_FOUND']);
    }
  });

  test('T02: refusals say nothing of the input: a wrong one is not even looked at', async () => {
    expect((await callOverHttp('queue.myBooking', null, { nonsense: true })).code).toBe('UNAUTHORIZED');
    const { token } = await world.signIn(citizen.personId);
    expect((await callOverHttp('desk.visit', token, { nonsense: true })).code).toBe('NOT_FOUND');
  });

  test('T11: a batch of fifty guesses is refused whole', async () => {
    const paths = Array.from({ length: 50 }, () => 'identity.verifyCode').join(',');
    const inputs = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [index, { challengeId: NEVER, code: '123456' }]),
    );
    const response = await world.http.request(`/trpc/${paths}?batch=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-saraptama': '1' },
      body: JSON.stringify(inputs),
    });
    expect(response.status).toBe(400);
  });
});

describe('T03: somebody else’s things read as if they were not there', () => {
  const CITIZEN_IDS: Record<
    string,
    (thing: { formId: string; bookingId: string; ticketCode: string }) => unknown
  > = {
    'queue.eligibility': ({ formId }) => ({ formId }),
    'queue.freeTimes': ({ formId }) => ({ formId }),
    'queue.reviewBooking': ({ formId }) => ({ formId, day: DAY, startsAt: '10:00' }),
    'queue.bookPlace': ({ formId }) => ({
      formId,
      day: DAY,
      startsAt: '10:00',
      requestKey: '018f0000-0000-4000-8000-000000000077',
    }),
    'queue.myBooking': ({ bookingId }) => ({ bookingId }),
    'queue.moveBooking': ({ bookingId }) => ({
      bookingId,
      day: DAY,
      startsAt: '10:00',
      requestKey: '018f0000-0000-4000-8000-000000000078',
    }),
    'queue.cancelBooking': ({ bookingId }) => ({ bookingId }),
    'queue.ticket': ({ ticketCode }) => ({ code: ticketCode }),
    'waitList.options': ({ formId }) => ({ formId }),
    'waitList.subscribe': ({ formId }) => ({ formId, from: DAY, until: DAY }),
    'profile.needs': ({ formId }) => ({ formId }),
    'placeRequests.form': ({ formId }) => ({ formId }),
    'placeRequests.ask': ({ formId }) => ({
      formId,
      place: 'home',
      ground: null,
      conclusionNumber: '1',
      conclusionDay: DAY,
      institution: '',
      address: 'x',
      consented: true,
      fileIds: [],
    }),
  };

  test.each(['get', 'askSystems', 'save', 'openSubmit', 'withdraw', 'openContract'])(
    'T03: expertApplication.%s answers somebody else’s application as one that never was',
    async (name) => {
      const { token } = await world.signIn(citizen.personId, { trust: 'signature' });
      const path = `expertApplication.${name}`;
      const never = await callOverHttp(path, token, { id: NEVER });
      expect(never.code).toBe('NOT_FOUND');
      expect((await callOverHttp(path, token, { id: register.applicationId })).body).toBe(never.body);
    },
  );
  const nobodys = { formId: NEVER, bookingId: NEVER, ticketCode: NO_TICKET };

  test.each(Object.entries(CITIZEN_IDS))(
    'T03: %s answers a stranger’s and a former ward’s ids as it answers ids that never were',
    async (path, input) => {
      const { token } = await world.signIn(citizen.personId, { trust: 'signature' });
      const never = await callOverHttp(path, token, input(nobodys));
      expect(never.code).toBe('NOT_FOUND');
      for (const foreign of [stranger, formerWard])
        expect((await callOverHttp(path, token, input(foreign))).body).toBe(never.body);
    },
  );

  test.each([
    ['waitList.leave', (things: typeof own) => ({ waitId: things.waitId })],
    ['waitList.accept', (things: typeof own) => ({ offerId: things.offerId, requestKey })],
    ['waitList.decline', (things: typeof own) => ({ offerId: things.offerId })],
    [
      'profile.finishPhoneChange',
      (things: typeof own) => ({ changeId: things.phoneChangeId, newCode: '000000' }),
    ],
    ['profile.saveWardNeeds', (things: typeof own) => ({ wardId: things.wardId })],
    ['profile.accessLine', (things: typeof own) => ({ id: things.accessLineId })],
    ['profile.disputeAccess', (things: typeof own) => ({ id: things.accessLineId, text: 'why' })],
  ] as const)('T03: %s answers what is another citizen’s as what never was', async (path, input) => {
    const theirs = await ownThings(stranger);
    const { token } = await world.signIn(citizen.personId, { trust: 'signature' });
    const nothing = {
      waitId: NEVER,
      offerId: NEVER,
      phoneChangeId: NEVER,
      wardId: NEVER,
      accessLineId: 999_999_999,
    };
    const never = await callOverHttp(path, token, input(nothing));
    expect(never.code).toBe('NOT_FOUND');
    expect((await callOverHttp(path, token, input(theirs))).body).toBe(never.body);
  });

  test.each([
    ['results.case', (things: Result) => ({ id: things.formId })],
    ['results.document', (things: Result) => ({ documentId: things.documentId })],
    [
      'results.chooseBenefit',
      (things: Result) => ({ conclusionId: things.conclusionId, benefit: 'state-social-benefit' }),
    ],
  ] as const)('T03: %s answers the results of another citizen as what never was', async (path, input) => {
    const { token } = await world.signIn(citizen.personId, { trust: 'signature' });
    const never = await callOverHttp(
      path,
      token,
      input({ formId: NEVER, actNo: '', documentId: NEVER, conclusionId: NEVER }),
    );
    expect(never.code).toBe('NOT_FOUND');
    expect((await callOverHttp(path, token, input(strangersResult))).body).toBe(never.body);
  });

  test.each([
    ['journals.protocol', (things: JournalThings) => ({ protocolId: things.protocolId })],
    ['journals.startDay', (things: JournalThings) => ({ protocolId: things.protocolId })],
    [
      'journals.startCorrection',
      (things: JournalThings) => ({ rowId: things.rowId, column: 5, kk: 'a', ru: 'b', reason: 'c' }),
    ],
    ['journals.renew', (things: JournalThings) => ({ signingId: things.finishId })],
    ['journals.finish', (things: JournalThings) => ({ signingId: things.finishId, cms: '' })],
  ] as const)('T03: %s answers the journal of another department as what never was', async (path, input) => {
    const { token } = await world.signIn((await world.staff('department-head', DEPARTMENT_2)).id, {
      audience: 'staff',
    });
    const never = await callOverHttp(path, token, input(NO_JOURNAL));
    expect(never.code).toBe('NOT_FOUND');
    const theirs = journals.get(staff.get('department-head') ?? '') ?? NO_JOURNAL;
    expect(theirs.protocolId).not.toBe(NEVER);
    expect((await callOverHttp(path, token, input(theirs))).body).toBe(never.body);
  });

  test('T03: nothing of the strangers changed', async () => {
    for (const { personId, bookingId } of [stranger, formerWard]) {
      const { client } = await world.signIn(personId);
      expect((await client.queue.myBooking({ bookingId })).booking.state).toBe('booked');
    }
  });

  test('T03: a session of somebody else cannot be ended and looks like one that never was', async () => {
    const { token } = await world.signIn(citizen.personId);
    const theirs = await world.deps.sessions.create({
      personId: stranger.personId,
      audience: 'citizen',
      trust: 'sms',
      device: '',
      at: world.clock.now(),
    });
    const never = await callOverHttp('identity.endSession', token, { id: 'f'.repeat(64) });
    expect(never.code).toBe('NOT_FOUND');
    expect((await callOverHttp('identity.endSession', token, { id: theirs.session.id })).body).toBe(
      never.body,
    );
    expect(await world.deps.sessions.validate(theirs.token, world.clock.now())).not.toBeNull();
  });

  test.each([
    ['desk.visit', (thing: { visitId: string }) => ({ visitId: thing.visitId })],
    [
      'desk.changeVisit',
      (thing: { visitId: string }) => ({ visitId: thing.visitId, event: 'call', room: '14' }),
    ],
  ] as const)('T03: %s answers a visit of another department as one that never was', async (path, input) => {
    const { token } = await world.signIn(staff.get('clerk') ?? '', { audience: 'staff' });
    const never = await callOverHttp(path, token, input({ visitId: NEVER }));
    expect(never.code).toBe('NOT_FOUND');
    expect((await callOverHttp(path, token, input(elsewhere))).body).toBe(never.body);
  });

  test('T34: who saw a stranger’s thing is nobody: refused reads leave no row about the stranger', async () => {
    const rows = await world.db.select().from(auditEvents).where(eq(auditEvents.personId, stranger.personId));
    expect(rows.filter((row) => row.actor === citizen.personId)).toEqual([]);
  });
});

import type { TrustLevel } from '../identity/index.ts';
import type { Role } from './roles.ts';

/** Whose data an action may touch. `own` = the person's own or a ward's; `department` = the caller's department. */
export type Scope = 'none' | 'own' | 'department' | 'all';

/** One line of the access table. */
export interface AccessRule {
  roles: readonly Role[];
  trust: TrustLevel | 'none';
  scope: Scope;
  /** Whether the action reads or changes a person's data and so leaves an audit row. */
  audited: boolean;
}

const EVERYBODY = [
  'anonymous',
  'citizen',
  'clerk',
  'department-head',
  'chief-specialist',
  'expert',
  'former-expert',
  'methodologist',
  'methodology-head',
  'registry-administrator',
  'contact-centre',
  'content-editor',
  'portal-administrator',
] as const satisfies readonly Role[];
const SIGNED_IN = EVERYBODY.filter((role) => role !== 'anonymous');
const DESK = ['clerk', 'department-head'] as const satisfies readonly Role[];

const everybody = { roles: EVERYBODY, trust: 'none', scope: 'none', audited: false } as const;
const citizen = { roles: ['citizen'], trust: 'sms', scope: 'own', audited: true } as const;
const desk = { roles: DESK, trust: 'signature', scope: 'department', audited: true } as const;
const departmentHead = {
  roles: ['department-head'],
  trust: 'signature',
  scope: 'department',
  audited: true,
} as const;
const portalAdministrator = {
  roles: ['portal-administrator'],
  trust: 'signature',
  scope: 'all',
  audited: true,
} as const;
const expert = { roles: ['expert'], trust: 'signature', scope: 'own', audited: true } as const;
/** AS-06, PY-01: whoever left the register still signs the months that were worked, and is paid for them. */
const ownMonths = {
  roles: ['expert', 'former-expert'],
  trust: 'signature',
  scope: 'own',
  audited: true,
} as const;
const methodologist = { roles: ['methodologist'], trust: 'signature', scope: 'all', audited: true } as const;
const nosologyKeeper = {
  roles: ['registry-administrator'],
  trust: 'signature',
  scope: 'all',
  audited: true,
} as const;
const contactCentre = { roles: ['contact-centre'], trust: 'signature', scope: 'all', audited: true } as const;
/** EQ-03: a head keeps the own department's part of the map, the portal's administrator the whole. */
const mapKeepers = {
  roles: ['department-head', 'portal-administrator'],
  trust: 'signature',
  scope: 'department',
  audited: true,
} as const;

/** K10, P11: a desk reports on its own department, the portal's administrator on all. */
const reporters = {
  roles: ['clerk', 'department-head', 'portal-administrator'],
  trust: 'signature',
  scope: 'department',
  audited: true,
} as const;
/** JR-01: a department keeps its own journal, the methodology and control departments theirs. */
const journalKeepers = {
  ...desk,
  roles: ['clerk', 'department-head', 'chief-specialist', 'methodologist', 'methodology-head'],
} as const;
/** JR-01: the protocol of a day is signed by its head and by the specialists. */
const journalSigners = {
  ...journalKeepers,
  roles: ['department-head', 'chief-specialist', 'methodologist', 'methodology-head'],
} as const;
/** JR-02, JR-03: a month, and what is changed in a journal, is signed by its head alone. */
const journalHeads = { ...journalKeepers, roles: ['department-head', 'methodology-head'] } as const;

/** The Committee's side of the register of experts. */
const registryAdministrator = {
  roles: ['registry-administrator'],
  trust: 'signature',
  scope: 'all',
  audited: true,
} as const;
/** A candidate or expert in the portal's cabinet of independent experts; every step of it is signed for. */
const candidate = { roles: ['citizen'], trust: 'signature', scope: 'own', audited: true } as const;
/** Whoever sits on panels reports the own absence. */
const panelMember = {
  roles: ['expert', 'department-head'],
  trust: 'signature',
  scope: 'own',
  audited: true,
} as const;

/**
 * Who may call what. Every procedure of the API stands here under its path; a procedure without a line does not start,
 * and a test walks every line with every role.
 */
export const ACCESS = {
  'identity.requestCode': everybody,
  'identity.verifyCode': { ...everybody, audited: true },
  'identity.startSignature': everybody,
  'identity.finishSignature': { ...everybody, audited: true },
  'identity.startMobileSignature': everybody,
  'identity.finishMobileSignature': { ...everybody, audited: true },
  'identity.whoAmI': { roles: SIGNED_IN, trust: 'sms', scope: 'own', audited: false },
  'identity.listSessions': { roles: SIGNED_IN, trust: 'sms', scope: 'own', audited: true },
  'identity.endSession': { roles: SIGNED_IN, trust: 'sms', scope: 'own', audited: true },
  'identity.endAllSessions': { roles: SIGNED_IN, trust: 'sms', scope: 'own', audited: true },
  'identity.signOut': { roles: SIGNED_IN, trust: 'sms', scope: 'own', audited: true },
  'identity.setLanguage': citizen,
  'identity.demoPeople': everybody,
  'consent.current': citizen,
  'consent.give': citizen,
  'consent.withdraw': citizen,
  'cabinet.overview': citizen,
  'cabinet.wards': citizen,
  'cabinet.messages': citizen,
  'queue.eligibility': citizen,
  // Free times are no data of a person; the caller's right to the form is still checked.
  'queue.freeTimes': { ...citizen, audited: false },
  'queue.reviewBooking': citizen,
  'queue.bookPlace': citizen,
  'queue.myBooking': citizen,
  'queue.moveBooking': citizen,
  'queue.cancelBooking': citizen,
  'queue.ticket': citizen,
  'queue.checkTicket': everybody,
  // What the board in the hall shows of one ticket, to whoever holds its code; asked every few seconds while a person waits.
  'queue.ticketState': everybody,
  'profile.mine': citizen,
  'profile.needs': citizen,
  'profile.save': citizen,
  // Where messages go is changed by a signature alone (T13).
  'profile.startPhoneChange': { ...citizen, trust: 'signature' },
  'profile.finishPhoneChange': { ...citizen, trust: 'signature' },
  'profile.removePhone': { ...citizen, trust: 'signature' },
  'profile.saveWardNeeds': citizen,
  'profile.askWardsAnew': citizen,
  'profile.accessLog': citizen,
  'profile.accessLine': citizen,
  'profile.disputeAccess': citizen,
  'profile.consents': citizen,
  'waitList.mine': citizen,
  'waitList.options': citizen,
  'waitList.subscribe': citizen,
  'waitList.leave': citizen,
  'waitList.accept': citizen,
  'waitList.decline': citizen,
  'desk.day': desk,
  'desk.findForArrival': desk,
  'desk.visit': desk,
  'desk.markArrival': desk,
  'desk.joinLiveQueue': desk,
  'desk.changeVisit': desk,
  'desk.missed': desk,
  'desk.restore': desk,
  'desk.liveQueue': desk,
  // A screen in a waiting room has a token of its own and no person behind it.
  'boards.view': everybody,
  'boards.list': departmentHead,
  'boards.create': departmentHead,
  'boards.change': departmentHead,
  'boards.setEmergency': departmentHead,
  'boards.testCall': departmentHead,
  'boards.renewToken': departmentHead,
  'boards.close': departmentHead,
  'reference.departments': everybody,
  'schedule.year': departmentHead,
  'schedule.preview': departmentHead,
  'schedule.publish': departmentHead,
  // That a schedule is missing is no data of a person.
  'schedule.warning': {
    roles: ['department-head', 'portal-administrator'],
    trust: 'signature',
    scope: 'none',
    audited: false,
  },
  'schedule.departments': portalAdministrator,
  'schedule.startTimes': portalAdministrator,
  'schedule.previewStartTimes': portalAdministrator,
  'schedule.addStartTimes': portalAdministrator,
  'calendar.year': portalAdministrator,
  'calendar.proposal': portalAdministrator,
  'calendar.previewDay': portalAdministrator,
  'calendar.setDay': portalAdministrator,
  'calendar.removeDay': portalAdministrator,
  'territory.map': mapKeepers,
  'territory.assign': mapKeepers,
  'territory.previewImport': mapKeepers,
  'territory.import': mapKeepers,
  'territory.export': mapKeepers,
  'closures.week': desk,
  'closures.preview': departmentHead,
  'closures.close': departmentHead,
  'closures.closure': desk,
  'closures.takeBack': departmentHead,
  'massMove.list': desk,
  'massMove.progress': desk,
  'massMove.resume': departmentHead,
  'massMove.markCalled': desk,
  'wordings.list': portalAdministrator,
  'wordings.message': portalAdministrator,
  'wordings.measure': portalAdministrator,
  'wordings.propose': portalAdministrator,
  'wordings.approve': portalAdministrator,
  'wordings.withdraw': portalAdministrator,
  'wordings.deliveries': portalAdministrator,
  // The words of the law and how each region receives are public.
  'terms.on': everybody,
  'terms.list': portalAdministrator,
  'terms.add': portalAdministrator,
  'terms.takeBack': portalAdministrator,
  'pilots.reception': everybody,
  'pilots.list': portalAdministrator,
  'pilots.add': portalAdministrator,
  'pilots.takeBack': portalAdministrator,
  // AS-06, PY-01: an expert's own months; the Committee's side of them.
  'expertPay.myMonths': ownMonths,
  'expertPay.saveAccount': ownMonths,
  'expertPay.startAssessment': ownMonths,
  'expertPay.signAssessment': ownMonths,
  'expertPay.formAct': ownMonths,
  'expertPay.assessmentPdf': {
    ...ownMonths,
    roles: [...ownMonths.roles, 'registry-administrator'],
    scope: 'all',
  },
  'expertPay.act': { ...ownMonths, roles: [...ownMonths.roles, 'registry-administrator'], scope: 'all' },
  'expertPay.actPdf': { ...ownMonths, roles: [...ownMonths.roles, 'registry-administrator'], scope: 'all' },
  'expertPay.startAct': ownMonths,
  'expertPay.signAct': ownMonths,
  'expertPay.month': registryAdministrator,
  'expertPay.runAssessment': registryAdministrator,
  'expertPay.startAcceptance': registryAdministrator,
  'expertPay.acceptAct': registryAdministrator,
  'expertPay.returnAct': registryAdministrator,
  'expertPay.exportMonth': registryAdministrator,
  'expertMonitoring.month': registryAdministrator,
  'expertMonitoring.monthPdf': registryAdministrator,
  // FF-11: the counter fills in, the head decides (PX-35).
  // FF-03: field sessions are the department's; a request is asked by the person and answered by the head.
  'fieldSessions.list': desk,
  'fieldSessions.get': desk,
  'fieldSessions.plan': desk,
  'fieldSessions.step': desk,
  'fieldSessions.move': desk,
  'fieldSessions.cancel': desk,
  'fieldSessions.find': desk,
  'fieldSessions.put': desk,
  'fieldSessions.takeOff': desk,
  'fieldSessions.notMet': desk,
  'fieldSessions.movePerson': desk,
  'fieldSessions.requests': desk,
  'fieldSessions.answerRequest': departmentHead,
  'fieldSessions.enterRequest': desk,
  'placeRequests.form': citizen,
  'placeRequests.ask': citizen,
  'placeRequests.withdraw': citizen,

  'inPerson.invited': desk,
  'inPerson.open': desk,
  'inPerson.application': desk,
  'inPerson.save': desk,
  'inPerson.accept': desk,
  'inPerson.proposeRefusal': desk,
  'inPerson.askDigital': desk,
  'inPerson.takeDigital': desk,
  'inPerson.decideRefusal': departmentHead,
  'inPerson.withdraw': desk,
  'inPerson.refuseVisit': desk,
  'inPerson.enterMissedPeriod': departmentHead,
  'control.list': methodologist,
  'control.callPerson': methodologist,
  'control.received': methodologist,
  // What was found goes into the journal with its row (annex 18).
  'control.examination': methodologist,
  'control.conclude': methodologist,
  'inPerson.askConsultation': departmentHead,
  'inPerson.conclusion': departmentHead,
  'inPerson.saveConclusion': departmentHead,
  'inPerson.startConclusion': departmentHead,
  'inPerson.conclude': departmentHead,
  // PX-22: questions of every department come to the methodology and control department.
  'inPerson.consultations': methodologist,
  'inPerson.consultation': methodologist,
  'inPerson.answerConsultation': methodologist,
  // PX-04: papers that wait for a person before experts may see them.
  'dossiers.held': methodologist,
  'dossiers.item': methodologist,
  'dossiers.release': methodologist,
  'dossiers.markUnreadable': methodologist,
  // C31: a fault is reported by anybody, signed in or not.
  'faultReports.report': { ...everybody, audited: true },
  'faultReports.mine': citizen,
  'faultReports.open': contactCentre,
  'faultReports.get': contactCentre,
  'faultReports.answer': contactCentre,
  // PX-42: the mode of technical failure; one enters the act, another opens it.
  'technicalFailures.list': portalAdministrator,
  'technicalFailures.act': portalAdministrator,
  'technicalFailures.propose': portalAdministrator,
  'technicalFailures.open': portalAdministrator,
  'technicalFailures.withdraw': portalAdministrator,
  'technicalFailures.addSignatory': portalAdministrator,
  'technicalFailures.endSignatory': portalAdministrator,
  // R09: the list of nosological forms.
  'nosology.list': nosologyKeeper,
  'nosology.group': nosologyKeeper,
  'nosology.previewCode': nosologyKeeper,
  'nosology.addCode': nosologyKeeper,
  'nosology.endCode': nosologyKeeper,
  'nosology.takeBackCode': nosologyKeeper,
  'nosology.addExamination': nosologyKeeper,
  'nosology.endExamination': nosologyKeeper,
  'nosology.takeBackExamination': nosologyKeeper,
  'nosology.addGroup': nosologyKeeper,
  // F009: organisations that may send people they have not attached.
  'nosology.dispensaries': nosologyKeeper,
  'nosology.addDispensary': nosologyKeeper,
  'nosology.endDispensary': nosologyKeeper,
  'expertRegister.dashboard': registryAdministrator,
  'expertRegister.announcements': registryAdministrator,
  'expertRegister.announcement': registryAdministrator,
  'expertRegister.saveAnnouncement': registryAdministrator,
  'expertRegister.publishAnnouncement': registryAdministrator,
  'expertRegister.withdrawAnnouncement': registryAdministrator,
  'expertRegister.applications': registryAdministrator,
  'expertRegister.application': registryAdministrator,
  'expertRegister.askSystems': registryAdministrator,
  'expertRegister.invite': registryAdministrator,
  'expertRegister.proposeRefusal': registryAdministrator,
  'expertRegister.confirmRefusal': registryAdministrator,
  'expertRegister.turnDownRefusal': registryAdministrator,
  'expertRegister.recordFailure': registryAdministrator,
  'expertRegister.decideReview': registryAdministrator,
  'expertRegister.openContract': registryAdministrator,
  'expertRegister.sendContract': registryAdministrator,
  'expertRegister.enter': registryAdministrator,
  'expertRegister.experts': registryAdministrator,
  'expertRegister.expert': registryAdministrator,
  'expertRegister.export': registryAdministrator,
  'expertRegister.changeExpert': registryAdministrator,
  'expertRegister.recordTraining': registryAdministrator,
  'expertRegister.issueModem': registryAdministrator,
  'expertRegister.returnModem': registryAdministrator,
  'expertRegister.exclusions': registryAdministrator,
  'expertRegister.exclusionEffect': registryAdministrator,
  'expertRegister.proposeExclusion': registryAdministrator,
  'expertRegister.confirmExclusion': registryAdministrator,
  'expertRegister.turnDownExclusion': registryAdministrator,
  'expertRegister.settings': registryAdministrator,
  'expertRegister.proposePolicy': registryAdministrator,
  'expertRegister.approvePolicy': registryAdministrator,
  'expertRegister.turnDownPolicy': registryAdministrator,
  // RG-01: the announcement is public.
  'expertApplication.announcements': everybody,
  'expertApplication.announcement': everybody,
  'expertApplication.mine': candidate,
  'expertApplication.start': candidate,
  'expertApplication.get': candidate,
  'expertApplication.askSystems': candidate,
  'expertApplication.save': candidate,
  'expertApplication.removeFile': candidate,
  'expertApplication.openSubmit': candidate,
  'expertApplication.submit': candidate,
  'expertApplication.withdraw': candidate,
  'expertApplication.askReview': candidate,
  'expertApplication.openContract': candidate,
  'expertApplication.signContract': candidate,
  'expertApplication.askExclusion': candidate,
  'expertPresence.mine': panelMember,
  'expertPresence.preview': panelMember,
  'expertPresence.report': panelMember,
  'expertPresence.cancel': panelMember,
  // R07: the Committee's view of the dealing.
  'redistribution.overview': registryAdministrator,
  'redistribution.simulateAbsence': registryAdministrator,
  'redistribution.startAbsence': registryAdministrator,
  'redistribution.moveOverdue': registryAdministrator,
  'redistribution.explainPart': registryAdministrator,
  'operations.deadLetters': portalAdministrator,
  'operations.retryDeadLetter': portalAdministrator,
  'operations.health': portalAdministrator,
  'reporting.report': reporters,
  'reporting.export': reporters,
  // C36: counts of people with everything small hidden are public.
  'reporting.publicFigures': everybody,
  'reporting.exportPublicFigures': everybody,
  // EQ-17: the Committee monitors through the portal's administrators.
  'problems.list': portalAdministrator,
  'problems.get': portalAdministrator,
  'problems.register': portalAdministrator,
  'problems.takeUp': portalAdministrator,
  'problems.send': portalAdministrator,
  'problems.note': portalAdministrator,
  'problems.reopen': portalAdministrator,
  'problems.export': portalAdministrator,
  // PX-04: an expert reads and decides the own parts only; what is read comes under the experts' role of the database.
  'expertDesk.list': expert,
  'expertDesk.markNoticesSeen': expert,
  'expertDesk.case': expert,
  'expertDesk.page': expert,
  'expertDesk.form': expert,
  'expertDesk.saveDraft': expert,
  'expertDesk.startSigning': expert,
  'expertDesk.sign': expert,
  'expertDesk.decision': expert,
  'expertDesk.sheet': expert,
  'expertDesk.reportIdentity': expert,
  'expertDesk.recuse': expert,
  // X04: own template phrases, and those of the methodology and control department for everybody.
  'expertDesk.phrases': expert,
  'expertDesk.addPhrase': expert,
  'expertDesk.changePhrase': expert,
  'expertDesk.removePhrase': expert,
  'expertDesk.commonPhrases': methodologist,
  'expertDesk.offerPhrase': methodologist,
  'expertDesk.endPhrase': methodologist,
  // T12: the own text that waits for a signature, whoever one is.
  'signing.get': { roles: SIGNED_IN, trust: 'sms', scope: 'own', audited: true },
  'signing.startPhone': { roles: SIGNED_IN, trust: 'sms', scope: 'own', audited: true },
  // C18: where a case stands is told to whoever signed in; what was concluded needs a signature (C19, PX-52).
  'results.cases': citizen,
  'results.case': citizen,
  'results.documentsOverview': citizen,
  'results.documents': { ...citizen, trust: 'signature' },
  'results.document': { ...citizen, trust: 'signature' },
  'results.executions': desk,
  'results.recordExecution': desk,
  'results.chooseBenefit': { ...citizen, trust: 'signature' },
  // C35: whoever holds the QR of a document; nothing of a person is told.
  'results.checkDocument': everybody,
  'journals.month': journalKeepers,
  'journals.protocol': journalKeepers,
  'journals.military': desk,
  'journals.startCorrection': journalHeads,
  'journals.startDay': journalSigners,
  'journals.startMonth': journalHeads,
  'journals.startMilitary': departmentHead,
  'journals.renew': journalSigners,
  'journals.finish': journalSigners,
} as const satisfies Record<string, AccessRule>;

/** Path of a procedure, as the router names it. */
export type Action = keyof typeof ACCESS;

/** Whether a caller with these roles and this trust may call an action at all; the scope is checked with the data at hand. */
export function mayCall(
  action: Action,
  caller: { roles: readonly Role[]; trust: TrustLevel | 'none' },
): boolean {
  const rule: AccessRule = ACCESS[action];
  const roleFits = rule.roles.some((role) => caller.roles.includes(role));
  const trustFits = rule.trust === 'none' || caller.trust === 'signature' || caller.trust === rule.trust;
  return roleFits && trustFits;
}

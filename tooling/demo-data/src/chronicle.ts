import { createHash } from 'node:crypto';
import type * as schema from '@mse/db/schema';
import type { IntakeVerdict } from '@mse/domain/intake';
import { MESSAGE_LIFE_MINUTES, type MessageTemplate } from '@mse/domain/notifications';
import { lastValidDay, liveTicketNumber, reminderAt, ticketNumber } from '@mse/domain/queue';
import {
  addMinutes,
  fullName,
  type Language,
  plainDate,
  toBusinessDate,
  toInstant,
} from '@mse/domain/shared';
import { smsParts } from '@mse/domain/notifications';
import { inAllLanguages, translator } from '@mse/i18n';
import type { FormDocument } from './documents.ts';
import type { Ids } from './ids.ts';
import type { Random } from './population/random.ts';
import type { Person, Text3 } from './population/types.ts';
import type { Place } from './reference-rows.ts';
import type { RemotePaper } from './remote-papers.ts';

type Form = typeof schema.forms.$inferInsert;
type Booking = typeof schema.bookings.$inferInsert;
type Visit = typeof schema.visits.$inferInsert;
type Message = typeof schema.messages.$inferInsert;
type Audit = typeof schema.auditEvents.$inferInsert;
type Consent = typeof schema.consentEvents.$inferInsert;

/** Somebody a form is about, and who acts for them where they cannot act alone. */
export interface Applicant {
  person: Person;
  representative: Person | null;
}

/** A form of the chronicle with what is needed to go on with it. */
export interface KnownForm {
  row: Form;
  applicant: Applicant;
  acceptedAt: Date;
}

export interface KnownBooking {
  row: Booking;
  form: KnownForm;
  place: Place;
  bookedAt: Date;
  startsAt: Date;
}

/** When the steps of a visit happen; steps after the service's time have not happened yet. */
export interface VisitTimes {
  arrivedAt: Date;
  calledAt: Date;
  startedAt: Date;
  finishedAt: Date;
  room: string;
  /** Who works the desk. */
  clerkId: string;
}

/** Rows of everything that happened up to the service's time. */
export interface ChronicleRows {
  forms: Form[];
  intakeMessages: (typeof schema.intakeMessages.$inferInsert)[];
  bookings: Booking[];
  visits: Visit[];
  liveCounters: Map<string, typeof schema.liveCounters.$inferInsert>;
  messages: Message[];
  messageEvents: (typeof schema.messageEvents.$inferInsert)[];
  consents: Consent[];
  audits: Audit[];
  formContents: (typeof schema.formContents.$inferInsert)[];
  formFiles: (typeof schema.formFiles.$inferInsert)[];
  cases: (typeof schema.cases.$inferInsert)[];
  caseEvents: (typeof schema.caseEvents.$inferInsert)[];
  outbound: (typeof schema.outboundMessages.$inferInsert)[];
}

export interface ChronicleSetting {
  random: Random;
  ids: Ids;
  /** The service's time: nothing later has happened. */
  serviceTime: Date;
  personId(iin: string): string;
  /** Number and address of a department, for the texts of messages. */
  department(id: string): { number: number; address: Text3 };
  /** The system the demo forms came from. */
  clientId: string;
  /** Public address of the portal. */
  portalUrl: string;
  /** Wording of the consent that was agreed to. */
  consentVersion: string;
}

export type Chronicle = ReturnType<typeof createChronicle>;

/** Marks every audit row of the demonstration as what it is. */
const source = { source: 'demo data' };

/**
 * Tells what happened, fact by fact, as the service itself would have written it: forms, messages, bookings, visits,
 * consents and audit rows. The caller keeps the order of time and the rules; a place or form taken twice is a bug.
 */
export function createChronicle(setting: ChronicleSetting) {
  const { random, ids, serviceTime, personId } = setting;
  const rows: ChronicleRows = {
    forms: [],
    intakeMessages: [],
    bookings: [],
    visits: [],
    liveCounters: new Map(),
    messages: [],
    messageEvents: [],
    consents: [],
    audits: [],
    formContents: [],
    formFiles: [],
    cases: [],
    caseEvents: [],
    outbound: [],
  };
  const consented = new Map<string, { consent: Consent; audit: Audit }>();
  let reference = 0;

  function audit(
    entry: Omit<Audit, 'requestId' | 'detail' | 'outcome'> & { detail?: Record<string, unknown> },
  ): Audit {
    const row: Audit = { ...entry, outcome: 'done', requestId: null, detail: { ...entry.detail, ...source } };
    rows.audits.push(row);
    return row;
  }

  /** EQ-16: agrees to the processing of personal data, once: the earliest time told counts. */
  function consent(person: Person, at: Date): void {
    const known = consented.get(person.iin);
    if (known !== undefined) {
      if (at < known.consent.at) known.consent.at = known.audit.at = at;
      return;
    }
    const id = personId(person.iin);
    const { consentVersion: version } = setting;
    const given: Consent = {
      personId: id,
      givenBy: id,
      kind: 'given',
      version,
      language: person.preferredLanguage,
      at,
    };
    rows.consents.push(given);
    const entry = audit({
      at,
      actor: id,
      actorRole: 'citizen',
      action: 'consent.give',
      personId: id,
      subject: null,
      detail: { version },
    });
    consented.set(person.iin, { consent: given, audit: entry });
  }

  /** EQ-05, EQ-06: a message with its evidence. Due later than the service's time, it still waits. */
  function tell(
    template: MessageTemplate,
    applicant: Applicant,
    of: { form: Form; booking?: Booking; occasion: string; createdAt: Date; dueAt?: Date },
  ): void {
    const { person, representative } = applicant;
    // The person's own number, or else the representative's: the same choice as when a booking is saved.
    const receiver = person.phone === null && representative !== null ? representative : person;
    const { createdAt, dueAt = createdAt, form, booking } = of;
    const life = MESSAGE_LIFE_MINUTES[template];
    const language = receiver.preferredLanguage;
    const waits = dueAt > serviceTime;
    const message: Message = {
      id: ids.id(createdAt),
      personId: personId(person.iin),
      template,
      language,
      formId: form.id,
      bookingId: booking?.id ?? null,
      phone: receiver.phone,
      params: {},
      text: null,
      onceKey: of.occasion,
      state: receiver.phone === null ? 'dead' : 'queued',
      createdAt,
      dueAt,
      expiresAt: life === null ? (booking?.startsInstant ?? null) : addMinutes(dueAt, life),
      stateAt: createdAt,
      attempts: 0,
      parts: null,
      reference: null,
      centreIds: [],
      failure: receiver.phone === null ? 'no-number' : null,
    };
    rows.messages.push(message);
    if (receiver.phone === null) {
      rows.messageEvents.push({ messageId: message.id, state: 'dead', at: createdAt, detail: 'no-number' });
    } else if (!waits) {
      message.text = textOf(template, language, person, booking);
      deliver(message, message.text);
    }
  }

  function textOf(template: MessageTemplate, language: Language, person: Person, booking?: Booking): string {
    const department = booking ? setting.department(booking.departmentId) : undefined;
    const [year = '', month = '', day = ''] = (booking?.day ?? '').split('-');
    return translator(language)(`sms:${template}`, {
      fullName: fullName(person),
      link: `${setting.portalUrl}/${language}`,
      department: department?.number ?? '',
      date: `${day}.${month}.${year.slice(2)}`,
      time: booking?.startsAt ?? '',
      address: department?.address[language] ?? '',
      ticket: booking?.ticketNo ?? '',
    });
  }

  /** Hands a message to the SMS centre and notes the receipt: mostly delivered, sometimes not. */
  function deliver(message: Message, text: string): void {
    const roll = random.next();
    const outcome = roll < 0.95 ? 'delivered' : roll < 0.98 ? 'undelivered' : 'expired';
    const seconds = (count: number) => new Date(message.dueAt.getTime() + count * 1000);
    const { parts } = smsParts(text);
    reference = (reference % 65_535) + 1;
    const centreIds = parts.map((_part, index) => `demo-${reference}-${index + 1}`);
    const steps = [
      { state: 'sending', at: seconds(1), detail: null },
      { state: 'accepted', at: seconds(2), detail: null },
      {
        state: outcome,
        at: seconds(random.integer(4, 40)),
        detail: outcome === 'delivered' ? null : outcome,
      },
    ] as const;
    for (const step of steps) rows.messageEvents.push({ messageId: message.id, ...step });
    Object.assign(message, {
      state: outcome,
      stateAt: steps[2].at,
      attempts: 1,
      parts: parts.length,
      reference,
      centreIds,
      failure: steps[2].detail,
    });
  }

  /** IN-08, IN-10: keeps a message of a clinic with its verdict. It is unsigned: nobody's signature is made up. */
  function receive(
    document: FormDocument | null,
    signedAt: Date | null,
    receivedAt: Date,
    verdict: IntakeVerdict,
    formId: string | null,
  ): string {
    const bytes = Buffer.from(document === null ? '' : JSON.stringify(document));
    const decidedAt = new Date(receivedAt.getTime() + 1000);
    const id = ids.id(receivedAt);
    rows.intakeMessages.push({
      id,
      clientId: setting.clientId,
      messageId: `demo-${String(rows.intakeMessages.length + 1).padStart(6, '0')}`,
      contentHash: createHash('sha256').update(bytes).digest('hex'),
      document: bytes,
      signature: Buffer.alloc(0),
      signerIin: null,
      signerSerial: null,
      signedAt,
      receivedAt,
      state: verdict.kind === 'accept' ? 'accepted' : 'returned',
      reasons: verdict.kind === 'return' ? verdict.reasons : [],
      decidedAt,
      formId,
      tries: 1,
    });
    audit({
      at: decidedAt,
      actor: `client:${setting.clientId}`,
      actorRole: 'integration-client',
      action: verdict.kind === 'accept' ? 'intake.accept' : 'intake.return',
      personId: document?.patient.iin === undefined ? null : personId(document.patient.iin),
      subject: formId === null ? `intake-message:${id}` : `form:${formId}`,
    });
    return id;
  }

  /** IN-08: tells the Ministry of Health of a remote form, as the worker will deliver it. */
  function report(intakeMessageId: string, document: FormDocument, decidedAt: Date): void {
    const message = rows.intakeMessages.find(({ id }) => id === intakeMessageId);
    const accepted = message?.state === 'accepted';
    const kind = accepted ? 'form-031.accepted' : 'form-031.returned';
    const reasons = (message?.reasons ?? []).map(({ code, detail }) => ({
      code,
      detail,
      ...inAllLanguages(`intake:code.${code}`, { detail: detail ?? '' }),
    }));
    rows.outbound.push({
      id: ids.id(decidedAt),
      destination: 'health-ministry',
      kind,
      payload: {
        messageId: message?.messageId,
        number: document.number ?? null,
        system: document.sender?.system ?? null,
        ...(accepted
          ? { acceptedAt: decidedAt.toISOString() }
          : {
              kind: 'return',
              codes: reasons.map(({ code }) => code),
              text: {
                kk: reasons.map(({ code, kk }) => `${code}: ${kk}`).join('; '),
                ru: reasons.map(({ code, ru }) => `${code}: ${ru}`).join('; '),
              },
              reasons,
              returnedAt: decidedAt.toISOString(),
            }),
      },
      onceKey: `${kind}:${intakeMessageId}`,
      personId: accepted ? personId(document.patient.iin ?? '') : null,
      createdAt: decidedAt,
      dueAt: decidedAt,
    });
  }

  /** IN-05, IN-11, PX-02: a remote form that passed, with its content and files, and the case it opened. */
  function acceptRemote(
    { person, document, files }: RemotePaper,
    signedAt: Date,
    place: { nosologyGroup: string; departmentId: string | null },
  ): void {
    const receivedAt = new Date(signedAt.getTime() + random.integer(60, 600) * 1000);
    const acceptedAt = new Date(receivedAt.getTime() + 1000);
    const formId = ids.id(acceptedAt);
    const caseId = ids.id(acceptedAt);
    rows.forms.push({
      id: formId,
      personId: personId(person.iin),
      representativeId: null,
      number: document.number ?? '',
      formedOn: plainDate(document.formedOn ?? ''),
      signedAt,
      validUntil: lastValidDay(signedAt),
      track: 'remote-proactive',
      purpose: document.purpose ?? 'disability-first',
      organizationBin: document.organizationBin ?? '',
      organizationName: document.organizationName ?? '',
      state: 'accepted',
      acceptedAt,
    });
    report(receive(document, signedAt, receivedAt, { kind: 'accept' }, formId), document, acceptedAt);
    rows.formContents.push({ formId, document: { ...document } });
    for (const { fileId, kind, mediaType, content } of files) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      rows.formFiles.push({
        id: ids.id(acceptedAt),
        formId,
        storeId: fileId,
        kind,
        mediaType,
        sha256,
        content,
      });
    }
    rows.cases.push({
      id: caseId,
      formId,
      personId: personId(person.iin),
      representativeId: null,
      regionCode: person.permanentRegistration?.unitCode.slice(0, 2) ?? '',
      departmentId: place.departmentId,
      track: 'ordinary',
      nosologyGroup: place.nosologyGroup,
      purpose: document.purpose ?? 'disability-first',
      state: 'accepted',
      stateAt: acceptedAt,
      acceptedAt,
    });
    rows.caseEvents.push({
      caseId,
      event: 'accepted',
      from: null,
      to: 'accepted',
      at: acceptedAt,
      actor: 'system:intake',
      detail: { track: 'ordinary', ...source },
    });
    audit({
      at: acceptedAt,
      actor: 'system:intake',
      actorRole: 'system',
      action: 'examination.open',
      personId: personId(person.iin),
      subject: `case:${caseId}`,
      detail: { form: formId },
    });
  }

  /** A form that passed the checks minutes after it was signed; SMS-1 follows (EQ-05). */
  function acceptForm(applicant: Applicant, document: FormDocument, signedAt: Date): KnownForm {
    const receivedAt = new Date(signedAt.getTime() + random.integer(60, 2400) * 1000);
    const acceptedAt = new Date(receivedAt.getTime() + 1000);
    const row: Form = {
      id: ids.id(acceptedAt),
      personId: personId(applicant.person.iin),
      representativeId: applicant.representative === null ? null : personId(applicant.representative.iin),
      number: document.number ?? '',
      formedOn: plainDate(document.formedOn ?? ''),
      signedAt,
      validUntil: lastValidDay(signedAt),
      track: 'in-person',
      purpose: document.purpose ?? 'disability-first',
      organizationBin: document.organizationBin ?? '',
      organizationName: document.organizationName ?? '',
      state: 'accepted',
      acceptedAt,
    };
    rows.forms.push(row);
    receive(document, signedAt, receivedAt, { kind: 'accept' }, row.id);
    tell('sms-1', applicant, { form: row, occasion: `sms-1:form:${row.id}`, createdAt: acceptedAt });
    return { row, applicant, acceptedAt };
  }

  /** EQ-10, EQ-11: gives a place, with its ticket, SMS-2 and the reminder. */
  function book(
    form: KnownForm,
    place: Place,
    bookedAt: Date,
    movedFrom: KnownBooking | null = null,
  ): KnownBooking {
    if (place.bookingId !== null) throw new Error('A place is given once at a time');
    const { person, representative } = form.applicant;
    const actor = representative ?? person;
    consent(actor, addMinutes(bookedAt, -random.integer(2, 9)));
    const startsAt = toInstant(place.day, place.startsAt);
    const row: Booking = {
      id: ids.id(bookedAt),
      formId: form.row.id,
      personId: form.row.personId,
      bookedBy: personId(actor.iin),
      requestKey: ids.id(bookedAt),
      placeId: place.id,
      departmentId: place.departmentId,
      day: place.day,
      startsAt: place.startsAt,
      startsInstant: startsAt,
      ticketNo: ticketNumber(place.dayNo, place.issued),
      ticketCode: ids.ticketCode(),
      accessNeeds: random.chance(0.12)
        ? [random.pick(['wheelchair', 'escort', 'sign-interpreter', 'low-vision', 'longer-visit'])]
        : [],
      state: 'booked',
      createdAt: bookedAt,
      stateAt: bookedAt,
      version: 0,
      movedFrom: movedFrom?.row.id ?? null,
      cancelReason: null,
    };
    place.issued += 1;
    place.bookingId = row.id;
    rows.bookings.push(row);
    const known: KnownBooking = { row, form, place, bookedAt, startsAt };
    const occasion = `sms-2:booking:${row.id}`;
    tell('sms-2', form.applicant, {
      form: form.row,
      booking: row,
      occasion: `${occasion}:at-once`,
      createdAt: bookedAt,
    });
    audit({
      at: bookedAt,
      actor: row.bookedBy,
      actorRole: 'citizen',
      action: movedFrom === null ? 'queue.bookPlace' : 'queue.moveBooking',
      personId: row.personId,
      subject: `booking:${row.id}`,
      detail: {
        form: row.formId,
        department: row.departmentId,
        day: row.day,
        startsAt: row.startsAt,
        ticketNo: row.ticketNo,
        movedFrom: row.movedFrom,
      },
    });
    return known;
  }

  /** EQ-11: the second SMS-2, for bookings that still held when it fell due. Called once a booking's fate is known. */
  function remind(booking: KnownBooking): void {
    const { row, form, bookedAt } = booking;
    const dueAt = reminderAt(row.day as Place['day'], bookedAt);
    const endedEarly = ['cancelled', 'moved'].includes(row.state) && dueAt !== null && row.stateAt <= dueAt;
    if (dueAt === null || endedEarly) return;
    const occasion = `sms-2:booking:${row.id}:reminder`;
    tell('sms-2', form.applicant, { form: form.row, booking: row, occasion, createdAt: bookedAt, dueAt });
  }

  function change(booking: KnownBooking, state: Booking['state'], at: Date): void {
    booking.row.state = state;
    booking.row.stateAt = at;
    booking.row.version = (booking.row.version ?? 0) + 1;
  }

  function free(booking: KnownBooking, at: Date): void {
    booking.place.bookingId = null;
    booking.place.freeFrom = at;
  }

  /** EQ-12: the person cancels; the place is free again and SMS-3 follows. */
  function cancel(booking: KnownBooking, at: Date): void {
    change(booking, 'cancelled', at);
    booking.row.cancelReason = '';
    free(booking, at);
    const { row, form } = booking;
    tell('sms-3', form.applicant, {
      form: form.row,
      booking: row,
      occasion: `sms-3:booking:${row.id}`,
      createdAt: at,
    });
    audit({
      at,
      actor: row.bookedBy,
      actorRole: 'citizen',
      action: 'queue.cancelBooking',
      personId: row.personId,
      subject: `booking:${row.id}`,
    });
  }

  /** Moves to another place: the old booking ends and the new one begins at the same moment. */
  function move(booking: KnownBooking, to: Place, at: Date): KnownBooking {
    change(booking, 'moved', at);
    free(booking, at);
    return book(booking.form, to, at, booking);
  }

  /** EQ-14: nobody came within fifteen minutes; SMS-4 follows. */
  function annul(booking: KnownBooking): Date {
    const at = new Date(addMinutes(booking.startsAt, 15).getTime() + random.integer(1, 6) * 1000);
    change(booking, 'annulled', at);
    free(booking, at);
    const { row, form } = booking;
    tell('sms-4', form.applicant, {
      form: form.row,
      booking: row,
      occasion: `sms-4:booking:${row.id}`,
      createdAt: at,
    });
    audit({
      at,
      actor: 'system:worker',
      actorRole: 'system',
      action: 'queue.annulLate',
      personId: row.personId,
      subject: `booking:${row.id}`,
    });
    return at;
  }

  function runVisit(visit: Visit, times: VisitTimes): void {
    const { clerkId: actor } = times;
    const steps = [
      {
        at: times.calledAt,
        event: 'call',
        state: 'called',
        apply: () => Object.assign(visit, { calledAt: times.calledAt, room: times.room, calls: 1 }),
      },
      {
        at: times.startedAt,
        event: 'start',
        state: 'in-service',
        apply: () => Object.assign(visit, { startedAt: times.startedAt }),
      },
      {
        at: times.finishedAt,
        event: 'finish',
        state: 'done',
        apply: () => Object.assign(visit, { finishedAt: times.finishedAt }),
      },
    ] as const;
    rows.visits.push(visit);
    const subject = `visit:${visit.id}`;
    const common = { actor, actorRole: 'clerk', personId: visit.personId, subject };
    audit({
      at: times.arrivedAt,
      action: visit.kind === 'live' ? 'desk.joinLiveQueue' : 'desk.markArrival',
      ...common,
    });
    for (const step of steps) {
      if (step.at > serviceTime) return;
      visit.state = step.state;
      step.apply();
      audit({ at: step.at, action: 'desk.changeVisit', ...common, detail: { event: step.event } });
    }
  }

  function newVisit(
    form: KnownForm,
    departmentId: string,
    day: Place['day'],
    arrivedAt: Date,
  ): Omit<Visit, 'kind' | 'ticketNo'> {
    return {
      id: ids.id(arrivedAt),
      departmentId,
      day,
      bookingId: null,
      formId: form.row.id,
      personId: form.row.personId,
      startsInstant: null,
      state: 'waiting',
      room: null,
      calls: 0,
      arrivedAt,
      calledAt: null,
      startedAt: null,
      finishedAt: null,
    };
  }

  /** The booked person came: the visit as far as it has got. */
  function arrive(booking: KnownBooking, times: VisitTimes): void {
    const { row, form, startsAt } = booking;
    const visit: Visit = {
      ...newVisit(form, row.departmentId, booking.place.day, times.arrivedAt),
      kind: 'booked',
      bookingId: row.id,
      ticketNo: row.ticketNo,
      startsInstant: startsAt,
    };
    change(booking, 'arrived', times.arrivedAt);
    runVisit(visit, times);
    if (visit.state !== 'done') return;
    change(booking, 'served', times.finishedAt);
    form.row.state = 'served';
  }

  /** EQ-15: somebody joins the live queue of the day, after all booked people. */
  function joinLiveQueue(form: KnownForm, departmentId: string, times: VisitTimes): void {
    const day = toBusinessDate(times.arrivedAt);
    const key = `${departmentId} ${day}`;
    const last = (rows.liveCounters.get(key)?.last ?? 0) + 1;
    rows.liveCounters.set(key, { departmentId, day, last });
    const visit: Visit = {
      ...newVisit(form, departmentId, day, times.arrivedAt),
      kind: 'live',
      ticketNo: liveTicketNumber(last),
    };
    runVisit(visit, times);
    if (visit.state === 'done') form.row.state = 'served';
  }

  return {
    rows,
    consent,
    receive,
    report,
    acceptForm,
    acceptRemote,
    book,
    remind,
    cancel,
    move,
    annul,
    arrive,
    joinLiveQueue,
  };
}

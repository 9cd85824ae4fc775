import {
  ageOn,
  checkForm,
  type MandatoryExamination,
  type NosologyCode,
  nosologyOf,
  type RemoteFacts,
} from '@mse/domain/intake';
import { addMinutes, type PlainDate, plainDate, toBusinessDate } from '@mse/domain/shared';
import type { Chronicle } from './chronicle.ts';
import type { FormDocument } from './documents.ts';
import type { Random } from './population/random.ts';
import type { Population } from './population/types.ts';
import { registryFacts } from './registry-facts.ts';
import { remotePaper, remotePapers, remotePeople, RETURNED_REMOTE } from './remote-papers.ts';

/** The law the remote forms of the demonstration are judged by, as the tables hold it. */
export interface RemoteLawRows {
  nosology: readonly NosologyCode[];
  examinations: readonly MandatoryExamination[];
  barredPurposes: readonly string[];
}

export interface RemoteStorySetting {
  random: Random;
  population: Population;
  law: RemoteLawRows;
  today: PlainDate;
  /** A working hour on or before a day, before the service's time. */
  signingTime(day: PlainDate): Date;
  /** The department that serves a unit. */
  departmentOf(unitCode: string): string | null;
}

/** IN-05…IN-08: the remote forms of the last days: a handful accepted with their files, a few returned with several reasons each. */
export function tellRemoteForms(chronicle: Chronicle, setting: RemoteStorySetting): void {
  const { population, law, today } = setting;
  for (const paper of remotePapers(population)) {
    const { person, document } = paper;
    const group = nosologyOf(
      law.nosology,
      document.icd10 ?? '',
      ageOn(plainDate(person.birthDate), today),
      today,
    );
    if (group === null)
      throw new Error('A remote form of the demonstration has a diagnosis the list does not know');
    const signedAt = setting.signingTime(plainDate(document.formedOn ?? ''));
    chronicle.acceptRemote({ ...paper, document: signedOn(document, signedAt) }, signedAt, {
      nosologyGroup: group,
      departmentId: setting.departmentOf(person.permanentRegistration?.unitCode ?? ''),
    });
  }

  for (const [index, person] of remotePeople(population).slice(-RETURNED_REMOTE).entries()) {
    const paper = remotePaper(population, person, index + 1);
    const flaw = FLAWS[index % FLAWS.length] ?? (FLAWS[0] as Flaw);
    const signedAt = setting.signingTime(plainDate(paper.document.formedOn ?? ''));
    const right = signedOn(paper.document, signedAt);
    const document: FormDocument = { ...right, ...flaw.change(right) };
    const receivedAt = addMinutes(signedAt, setting.random.integer(2, 25));
    const facts: RemoteFacts = {
      law: { ...law, expirySuspended: false },
      consent: document.consent
        ? { kind: 'found', value: { patientIin: person.iin, responder: person.phone ?? '' } }
        : null,
      attachment: { kind: 'found', value: { organizationBin: paper.clinic.bin } },
      dispensary: false,
      questionnaires: document.technicalMeans ? { kind: 'not-found' } : null,
      files: (document.attachments ?? []).map(() => ({ kind: 'fits' as const })),
      ...flaw.facts,
    };
    const known = { ...registryFacts(population, document, signedAt), remote: facts };
    const verdict = checkForm(document, '', known, receivedAt);
    if (verdict.kind !== 'return')
      throw new Error('A flawed remote form of the demonstration passed the checks');
    const id = chronicle.receive(document, signedAt, receivedAt, verdict, null);
    chronicle.report(id, document, addMinutes(receivedAt, 1));
  }
}

/** Commissions work on working days: the form bears the day of its signing. */
function signedOn(document: FormDocument, signedAt: Date): FormDocument {
  const day = toBusinessDate(signedAt);
  return { ...document, formedOn: day, sender: { ...document.sender, sentOn: day } };
}

interface Flaw {
  change(document: FormDocument): Partial<FormDocument>;
  facts?: Partial<RemoteFacts>;
}

const FLAWS: readonly Flaw[] = [
  // No consent, and a diagnosis of no nosological form.
  { change: () => ({ consent: undefined, icd10: 'I25.2', diagnosis: 'Ишемиялық жүрек ауруы' }) },
  // One file is missing in the store, another differs, and rows of the sections are empty.
  {
    change: () => ({ laboratory: [], rehabilitation: { potential: 'medium' } }),
    facts: { files: [{ kind: 'missing' }, { kind: 'differs' }] },
  },
  // A purpose that is barred, and no questionnaire for item 25.1.
  {
    change: () => ({
      purpose: 'injured-worker-needs',
      technicalMeans: [{ defect: 'S58-right', means: 'Қол протезі' }],
    }),
  },
  // The mark is another one, and the organisation is not the one of the attachment.
  {
    change: () => ({ track: 'in-person' }),
    facts: { attachment: { kind: 'found', value: { organizationBin: '990940000001' } } },
  },
];

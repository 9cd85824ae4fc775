import type { PlainDate } from '../shared/index.ts';

/**
 * FF-03: where the service is given: at a department, at a methodology and control department (ОМК), on a field session in one of
 * five kinds of places, or in absentia. The remote proactive examination is another track and not among them.
 */
export const EXAMINATION_PLACES = [
  'department',
  'methodology-department',
  'medical-institution',
  'specialised-institution',
  'penal-institution',
  'home',
  'hospital',
  'in-absentia',
] as const;
export type ExaminationPlace = (typeof EXAMINATION_PLACES)[number];

/** FF-03: places to which a department travels. */
export const VISITED_PLACES = [
  'medical-institution',
  'specialised-institution',
  'penal-institution',
  'home',
  'hospital',
] as const satisfies readonly ExaminationPlace[];
export type VisitedPlace = (typeof VISITED_PLACES)[number];

/** Places outside the department: visited, or in absentia. */
export const FIELD_PLACES = [...VISITED_PLACES, 'in-absentia'] as const satisfies readonly ExaminationPlace[];
export type FieldPlaceKind = (typeof FIELD_PLACES)[number];

/** FF-11, row 12: places a person consents to by the conclusion of the medical-consultative commission. */
export const CONSENTED_PLACES = [
  'home',
  'hospital',
  'in-absentia',
] as const satisfies readonly ExaminationPlace[];
export type ConsentedPlace = (typeof CONSENTED_PLACES)[number];

/** FF-03: why somebody is examined in absentia; nothing else is a ground. */
export const ABSENCE_GROUNDS = ['not-transportable', 'hospital-elsewhere'] as const;
export type AbsenceGround = (typeof ABSENCE_GROUNDS)[number];

/** What a place needs before somebody can be examined there. */
export interface PlaceNeeds {
  /** Conclusion of the medical-consultative commission. */
  conclusion: boolean;
  /** FF-11, row 12. */
  consent: boolean;
  /** Name of the institution that is visited. */
  institution: boolean;
  /** Address of the person's home. */
  address: boolean;
  /** One of ABSENCE_GROUNDS. */
  ground: boolean;
  /** FF-04(3), FF-03: only people registered for good where the department serves. */
  registration: boolean;
}

const NOTHING: PlaceNeeds = {
  conclusion: false,
  consent: false,
  institution: false,
  address: false,
  ground: false,
  registration: false,
};

/**
 * FF-03: the whole rule at a glance. Registration binds the visit to a department (FF-04(3)) and the session at the clinic "of the
 * permanent registration"; specialised and penal institutions are visited where they are, and of homes and hospitals the rules say nothing.
 */
export const PLACE_NEEDS: Record<ExaminationPlace, PlaceNeeds> = {
  department: { ...NOTHING, registration: true },
  'methodology-department': NOTHING,
  'medical-institution': { ...NOTHING, institution: true, registration: true },
  'specialised-institution': { ...NOTHING, institution: true },
  'penal-institution': { ...NOTHING, institution: true },
  home: { ...NOTHING, conclusion: true, consent: true, address: true },
  hospital: { ...NOTHING, conclusion: true, consent: true, institution: true },
  'in-absentia': { ...NOTHING, conclusion: true, consent: true, ground: true },
};

/** Conclusion of the medical-consultative commission: its number and day, or a copy of the paper; one of both is enough. */
export interface CommissionConclusion {
  number: string;
  day: PlainDate | null;
  /** A copy was handed in or uploaded. */
  copy: boolean;
}

/** What is known of a place somebody is to be examined at. */
export interface PlaceFacts {
  place: ExaminationPlace;
  conclusion: CommissionConclusion | null;
  consented: boolean;
  institution: string;
  address: string;
  ground: AbsenceGround | null;
}

/** What a place still lacks; each literal has its words in three languages. */
export const PLACE_REFUSALS = [
  'conclusion-missing',
  'conclusion-in-future',
  'consent-missing',
  'institution-missing',
  'address-missing',
  'ground-missing',
] as const;
export type PlaceRefusal = (typeof PLACE_REFUSALS)[number];

/** FF-03: everything a place lacks on `today`, in the order of PLACE_REFUSALS; empty when somebody may be examined there. */
export function checkPlace(facts: PlaceFacts, today: PlainDate): PlaceRefusal[] {
  const needs = PLACE_NEEDS[facts.place];
  const { conclusion } = facts;
  const named = conclusion !== null && conclusion.number.trim() !== '' && conclusion.day !== null;
  const lacks: Record<PlaceRefusal, boolean> = {
    'conclusion-missing': needs.conclusion && !named && !(conclusion?.copy ?? false),
    'conclusion-in-future': needs.conclusion && (conclusion?.day ?? today) > today,
    'consent-missing': needs.consent && !facts.consented,
    'institution-missing': needs.institution && facts.institution.trim() === '',
    'address-missing': needs.address && facts.address.trim() === '',
    'ground-missing': needs.ground && facts.ground === null,
  };
  return PLACE_REFUSALS.filter((refusal) => lacks[refusal]);
}

/** FF-01: most minutes of service at a place: an hour at the department, four hours with the way where the department travels to. */
export function serviceMinutes(minutes: Readonly<Record<string, number>>, place: ExaminationPlace): number {
  const limit = minutes[place];
  if (limit === undefined) throw new Error(`The policy of minutes does not know the place ${place}`);
  return limit;
}

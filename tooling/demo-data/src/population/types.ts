/** One text in the three languages of the service. */
export interface Text3 {
  kk: string;
  ru: string;
  en: string;
}

/** A calendar date 'YYYY-MM-DD'. */
export type DateText = string;

export type Sex = 'female' | 'male';
export type Language = 'kk' | 'ru' | 'en';
export type PersonStatus = 'alive' | 'dead' | 'emigrated';
export type LegalCapacity = 'capable' | 'limited' | 'incapable';
export type GuardianshipBasis = 'parent' | 'guardian' | 'trustee';

/** An administrative-territorial unit. `districtCode` is the city or district it lies in (itself for those). */
export interface Unit {
  code: string;
  kind: 'city' | 'district' | 'town' | 'settlement' | 'village';
  parentCode: string | null;
  districtCode: string;
  name: Text3;
}

export interface Address {
  city: Text3;
  street: Text3;
  house: string;
  office: string;
}

/** Days on which the specialists of a department are away, both ends included. */
export interface Trip {
  from: DateText;
  to: DateText;
  destinationUnitCode: string;
  reason: Text3;
}

export interface Department {
  number: number;
  name: Text3;
  address: Address;
  landmark: Text3;
  access: { ramp: Text3; lift: Text3; parking: Text3; bus: Text3 };
  phone: string;
  placesPerStartTime: 1 | 2;
  rooms: string[];
  /** Every unit served, settlements included (EQ-03). */
  unitCodes: string[];
  trips: Trip[];
  /** Years whose reception schedule exists (EQ-04). */
  scheduleYears: number[];
}

/** A day that differs from its weekday: 'working' is a weekend worked because another day was moved. */
export interface CalendarDay {
  date: DateText;
  kind: 'holiday' | 'day-off' | 'working';
  nameKk: string;
  nameRu: string;
  nameEn: string;
  /** The legal ground, in Russian. */
  basis: string;
}

export interface Person {
  iin: string;
  surname: string;
  name: string;
  patronymic: string | null;
  birthDate: DateText;
  sex: Sex;
  status: PersonStatus;
  legalCapacity: LegalCapacity;
  permanentRegistration: { unitCode: string; kk: string; ru: string } | null;
  /** The number in the base of mobile citizens. */
  phone: string | null;
  clinicBin: string | null;
  attachedOn: DateText | null;
  motherIin: string | null;
  fatherIin: string | null;
  preferredLanguage: Language;
}

/** `validUntil` is the last day it holds; null when it has no end. */
export interface Guardianship {
  guardianIin: string;
  wardIin: string;
  basis: GuardianshipBasis;
  validFrom: DateText;
  validUntil: DateText | null;
}

export interface Clinic {
  bin: string;
  /** The city or district whose people it serves. */
  districtCode: string;
  name: Text3;
  /** Chair of the medical-consultative commission, who signs forms 031/у. */
  chairIin: string;
}

export type StaffRole =
  | 'clerk'
  | 'head'
  | 'chief-specialist'
  | 'expert'
  | 'methodologist'
  | 'methodology-head'
  | 'registry-admin'
  | 'contact-centre'
  | 'content-editor'
  | 'portal-admin';

export interface StaffMember {
  role: StaffRole;
  iin: string;
  /** Set for clerks and heads, null for those who serve the whole region. */
  departmentNumber: number | null;
}

/** Somebody in the register of experts; heads and chief specialists of departments sit on panels too. */
export interface ExpertMember {
  iin: string;
  kind: 'department-head' | 'chief-specialist' | 'independent';
  /** Two digits. */
  regionCode: string;
}

export type NamedRole = 'citizen' | 'commission-chair' | StaffRole;

/** Somebody offered on the sign-in page of the demonstration, with what they are there to show. */
export interface NamedDemoPerson {
  key: string;
  role: NamedRole;
  iin: string;
  /** Surname, name and patronymic as registered. */
  name: string;
  phone: string | null;
  preferredLanguage: Language;
  departmentNumber: number | null;
  /** The ward this person acts for. */
  wardIin: string | null;
  note: Text3;
}

export interface Population {
  seed: number;
  today: DateText;
  region: { code: string; name: Text3 };
  units: Unit[];
  departments: Department[];
  calendar: CalendarDay[];
  people: Person[];
  guardianships: Guardianship[];
  clinics: Clinic[];
  staff: StaffMember[];
  experts: ExpertMember[];
  namedDemoPeople: NamedDemoPerson[];
}

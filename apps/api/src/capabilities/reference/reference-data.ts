import type { Database } from '@mse/db';
import {
  calendarDays,
  departments,
  dispensaries,
  messageTexts,
  policies,
  queuePilots,
  regions,
  startTimes,
  termSets,
  unitDepartments,
  administrativeUnits,
  examinationKinds,
  mandatoryExaminations,
  medicalSystems,
  nosologyCodes,
  nosologyGroups,
  technicalFailures,
} from '@mse/db/schema';
import { type CalendarDay, workingCalendar, type WorkingCalendar } from '@mse/domain/calendar';
import type { Wording } from '@mse/domain/notifications';
import type { QueuePilot, StartTimes } from '@mse/domain/queue';
import type { PolicyRow } from '@mse/domain/policies';
import type { PlainDate } from '@mse/domain/shared';
import { type Terms, termsOn } from '@mse/domain/terms';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';

export type Department = typeof departments.$inferSelect;

/** Dated data that changes a few times a year and is read in every call: kept in memory, read anew every ten seconds. */
export interface ReferenceData {
  pilots(): readonly QueuePilot[];
  calendar(): WorkingCalendar;
  calendarDays(): readonly CalendarDay[];
  startTimes(): readonly StartTimes[];
  department(id: string): Department | undefined;
  departments(): readonly Department[];
  /** EQ-03: the department that serves a unit on a date; null when none is mapped. */
  departmentOfUnit(unitCode: string, date: PlainDate): string | null;
  /** EQ-03: units a department serves on a date. */
  unitsOfDepartment(departmentId: string, date: PlainDate): string[];
  /** Region of a unit, two digits; null when the unit is unknown. */
  regionOfUnit(unitCode: string): string | null;
  /** GV-03: the words that the law uses on a day. */
  termsOn(day: PlainDate): Terms;
  /** P07: approved wordings of messages that were not withdrawn, the dated ones of the future included. */
  wordings(): readonly Wording[];
  /** Numbers and choices of the law as dated rows; read them with `policyOn` of the domain. */
  policies(): readonly PolicyRow[];
  /** PX-06, SN-01: the list of nosological forms with their mandatory examinations. */
  nosology(): Nosology;
  /** Regions of the country by code. */
  regions(): readonly (typeof regions.$inferSelect)[];
  /** F009, PX-42: dispensaries, and acts of technical failure that were opened. */
  intake(): IntakeReference;
  reload(): Promise<void>;
  stop(): void;
}

/** What the intake of remote forms looks up by day and system. */
export interface IntakeReference {
  dispensaries: readonly (typeof dispensaries.$inferSelect)[];
  failures: readonly { id: string; systemCode: string; from: Date; until: Date; state: string }[];
}

/** The dated tables of nosological forms. Examinations stand in the order of the page. */
export interface Nosology {
  groups: readonly (typeof nosologyGroups.$inferSelect)[];
  codes: readonly (typeof nosologyCodes.$inferSelect)[];
  kinds: readonly (typeof examinationKinds.$inferSelect)[];
  examinations: readonly (typeof mandatoryExaminations.$inferSelect)[];
  medicalSystems: readonly (typeof medicalSystems.$inferSelect)[];
}

const RELOAD_MS = 10_000;

/** Loads the reference data and keeps it fresh. A failed reload keeps what is known; the next one mends it. */
export async function startReferenceData(db: Database): Promise<ReferenceData> {
  let data = await load(db);
  const timer = setInterval(() => void reload().catch(() => undefined), RELOAD_MS);
  timer.unref();
  async function reload(): Promise<void> {
    data = await load(db);
  }
  return {
    pilots: () => data.pilots,
    calendar: () => data.calendar,
    calendarDays: () => data.days,
    startTimes: () => data.startTimes,
    department: (id) => data.departments.get(id),
    departments: () => [...data.departments.values()],
    departmentOfUnit(unitCode, date) {
      const rows = data.unitDepartments.get(unitCode) ?? [];
      return rows.find((row) => row.validFrom <= date)?.departmentId ?? null;
    },
    unitsOfDepartment: (departmentId, date) =>
      [...data.unitDepartments]
        .filter(([, rows]) => rows.find((row) => row.validFrom <= date)?.departmentId === departmentId)
        .map(([unitCode]) => unitCode),
    regionOfUnit: (unitCode) => data.regions.get(unitCode) ?? null,
    termsOn: (day) => termsOn(data.termSets, day),
    wordings: () => data.wordings,
    policies: () => data.policies,
    nosology: () => data.nosology,
    regions: () => data.regionNames,
    intake: () => data.intake,
    reload,
    stop: () => clearInterval(timer),
  };
}

async function load(db: Database) {
  const [pilots, days, times, departmentRows, mapping, units, terms, wordings, policyRows] =
    await Promise.all([
      db.select().from(queuePilots),
      db.select().from(calendarDays),
      db.select().from(startTimes),
      db.select().from(departments).orderBy(departments.number),
      db.select().from(unitDepartments),
      db
        .select({ code: administrativeUnits.code, regionCode: administrativeUnits.regionCode })
        .from(administrativeUnits),
      db.select().from(termSets),
      db
        .select()
        .from(messageTexts)
        .where(and(isNotNull(messageTexts.approvedAt), isNull(messageTexts.withdrawnAt))),
      db.select().from(policies),
    ]);
  const [groups, codes, kinds, examinations, systems, regionNames] = await Promise.all([
    db.select().from(nosologyGroups).orderBy(nosologyGroups.code),
    db.select().from(nosologyCodes).orderBy(nosologyCodes.icdPrefix, nosologyCodes.validFrom),
    db.select().from(examinationKinds).orderBy(examinationKinds.code),
    db.select().from(mandatoryExaminations).orderBy(mandatoryExaminations.position),
    db.select().from(medicalSystems).orderBy(medicalSystems.code),
    db.select().from(regions).orderBy(regions.code),
  ]);
  const { id, systemCode, from, until, state } = technicalFailures;
  const [dispensaryRows, failures] = await Promise.all([
    db.select().from(dispensaries),
    db.select({ id, systemCode, from, until, state }).from(technicalFailures).where(eq(state, 'open')),
  ]);
  const byUnit = Map.groupBy(mapping, (row) => row.unitCode);
  for (const rows of byUnit.values()) rows.sort((left, right) => (left.validFrom < right.validFrom ? 1 : -1));
  return {
    pilots,
    days,
    calendar: workingCalendar(days),
    startTimes: times,
    departments: new Map(departmentRows.map((row) => [row.id, row])),
    unitDepartments: byUnit,
    regions: new Map(units.map((unit) => [unit.code, unit.regionCode])),
    termSets: terms,
    wordings,
    policies: policyRows,
    regionNames,
    intake: { dispensaries: dispensaryRows, failures },
    nosology: { groups, codes, kinds, examinations, medicalSystems: systems },
  };
}

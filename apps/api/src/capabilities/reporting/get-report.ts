import { REPORT_DAYS, type ReportInput, type ReportOutput } from '@mse/contracts/reporting';
import {
  addSums,
  addWaits,
  type DaySpan,
  indicatorsOf,
  neighbourOf,
  NO_SUMS,
  periodOf,
  slicesOf,
  type Sums,
  type WaitCounts,
} from '@mse/domain/reporting';
import { daysBetween, type PlainDate, toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import type { Department } from '../reference/reference-data.ts';
import { firstFreeDays } from './first-free-days.ts';
import { sumFigures } from './sum-figures.ts';

type Report = z.input<typeof ReportOutput>;

/** K10, P11: how a period went. A desk hears of its own department, the portal's administrator of all, of a region or of one. */
export async function getReport(call: CallContext, input: z.output<typeof ReportInput>): Promise<Report> {
  const report = await makeReport(call, input);
  call.seen(null, `report:${report.kind}:${report.from}:${placeOf(report)}`);
  return report;
}

/** Of whom a report speaks, for the audit and the name of its file. */
export function placeOf(report: Report): string {
  if (report.department) return `department-${report.department.number}`;
  return report.region ? `region-${report.region}` : 'all';
}

/** Makes the report; whoever hands it out writes the audit row. */
export async function makeReport(call: CallContext, input: z.output<typeof ReportInput>): Promise<Report> {
  const { deps, at } = call;
  const today = toBusinessDate(at);
  const { whole, seen, asked, chosen } = departmentsOf(call, input);
  const period = periodOf(input.kind, input.on ?? today);
  const slices = slicesOf(period);
  const everything = asked.length === deps.reference.departments().length;
  const [counted, free] = await Promise.all([
    sumFigures(deps.db, slices, everything ? null : asked.map(({ id }) => id)),
    firstFreeDays(deps, asked, at),
  ]);
  const nothing = { slices: slices.map(() => NO_SUMS), waits: new Map<number, number>() };
  const own = (department: Department) => counted.get(department.id) ?? nothing;
  const freeDays = (departments: readonly Department[]) => {
    const day = departments.length === 1 && departments[0] ? free.get(departments[0].id) : null;
    return day ? daysBetween(today, day) : null;
  };
  const rowOf = (departments: readonly Department[]) =>
    row(
      addSums(departments.flatMap((department) => own(department).slices)),
      addWaits(departments.map((department) => own(department).waits)),
      freeDays(departments),
    );
  const byRegion = Map.groupBy(asked, ({ regionCode }) => regionCode);
  const before = neighbourOf(period, 'before').from;
  const after = neighbourOf(period, 'after').from;
  return {
    today,
    kind: period.kind,
    from: period.from,
    until: period.until,
    before: askable(before),
    after: askable(after),
    whole,
    choices: {
      regions: [...new Set(seen.map(({ regionCode }) => regionCode))].sort(),
      departments: seen.map(({ number, name, regionCode }) => ({ number, name, regionCode })),
    },
    region: chosen ? null : (input.region ?? null),
    department: chosen ? { number: chosen.number, name: chosen.name } : null,
    total: rowOf(asked),
    regions:
      byRegion.size > 1
        ? [...byRegion]
            .sort(([left], [right]) => (left < right ? -1 : 1))
            .map(([regionCode, departments]) => ({ regionCode, ...rowOf(departments) }))
        : [],
    departments: asked.map((department) => ({
      number: department.number,
      name: department.name,
      regionCode: department.regionCode,
      ...rowOf([department]),
    })),
    slices: slices.map((slice, index) => ({
      ...sliceDays(slice),
      // A part has no wait of its own: waits are kept for the whole period.
      ...row(addSums(asked.map((department) => own(department).slices[index] ?? NO_SUMS)), new Map(), null),
    })),
  };
}

/** Which departments the caller may see, and which of them are asked for. What the caller may not see does not exist. */
function departmentsOf(call: CallContext, { region, department }: z.output<typeof ReportInput>) {
  const caller = signedIn(call);
  const whole = caller.roles.includes('portal-administrator');
  const seen = call.deps.reference
    .departments()
    .filter((each) => whole || each.id === caller.departmentId)
    .toSorted((left, right) => left.number - right.number);
  // A department says more than a region: whoever chose both means the department.
  const asked = seen.filter((each) =>
    department === undefined
      ? region === undefined || each.regionCode === region
      : each.number === department,
  );
  if (asked.length === 0 && (!whole || department !== undefined)) throw notFound();
  const chosen = !whole || department !== undefined ? asked[0] : undefined;
  return { whole, seen, asked, chosen };
}

const sliceDays = ({ from, until }: DaySpan) => ({ from, until });
const askable = (day: PlainDate) => (day >= REPORT_DAYS.from && day <= REPORT_DAYS.until ? day : null);

function row(sums: Sums, waits: WaitCounts, nextFreeDays: number | null) {
  const { kept, missed, cancelled, bookings } = sums;
  return {
    indicators: indicatorsOf(sums, waits, nextFreeDays),
    outcomes: { kept, missed, cancelled, ahead: bookings - kept - missed - cancelled },
  };
}

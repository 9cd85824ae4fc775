import type { PlainDate } from '../shared/index.ts';

/** GV-04: the legal act that switches the electronic queue on for a region and a period. A prolongation is a new row. */
export interface QueuePilot {
  /** First two digits of the administrative-territorial unit, `11` for Akmola. */
  regionCode: string;
  validFrom: PlainDate;
  /** Last day, included. */
  validUntil: PlainDate;
}

/** GV-04: whether prior booking exists in a region on a date. Outside it the national rule holds: by order of arrival, no booking. */
export function isQueueOpen(pilots: readonly QueuePilot[], regionCode: string, date: PlainDate): boolean {
  return pilots.some(
    (pilot) => pilot.regionCode === regionCode && pilot.validFrom <= date && date <= pilot.validUntil,
  );
}

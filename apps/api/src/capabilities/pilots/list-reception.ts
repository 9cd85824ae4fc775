import type { ReceptionOutput } from '@mse/contracts/pilots';
import { bookingLastsUntil, REGION_CODES } from '@mse/domain/queue';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { departmentView } from '../reference/department-view.ts';

/** GV-04: whether booking is open in each region today and until when, with the departments there. Public. */
export function listReception(call: CallContext): Promise<z.input<typeof ReceptionOutput>> {
  const { reference } = call.deps;
  const today = toBusinessDate(call.at);
  return Promise.resolve({
    today,
    regions: REGION_CODES.map((regionCode) => ({
      regionCode,
      bookingUntil: bookingLastsUntil(reference.pilots(), regionCode, today),
      departments: reference
        .departments()
        .filter((department) => department.regionCode === regionCode)
        .map(departmentView),
    })),
  });
}

import type { FormView } from '@mse/contracts/queue';
import type { forms } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';

type FormRow = Pick<
  typeof forms.$inferSelect,
  'id' | 'number' | 'state' | 'signedAt' | 'validUntil' | 'organizationName'
>;

/** A form 031/у as people see it: no diagnosis, no medical row. `at` decides whether it has expired. */
export function formView(form: FormRow, at: Date): z.input<typeof FormView> {
  return {
    id: form.id,
    number: form.number,
    state: form.state,
    signedAt: form.signedAt.toISOString(),
    validUntil: form.validUntil,
    expired: form.validUntil < toBusinessDate(at),
    organization: form.organizationName,
  };
}

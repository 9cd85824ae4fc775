import type { StepOutput, WithdrawInput } from '@mse/contracts/in-person';
import { consultations } from '@mse/db/schema';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { stepApplication } from './own-application.ts';

/** FF-11: the applicant takes the application back; the visit stays where it is and another application can be opened. */
export function withdrawApplication(
  call: CallContext,
  input: z.output<typeof WithdrawInput>,
): Promise<z.input<typeof StepOutput>> {
  return stepApplication(
    call,
    { action: 'inPerson.withdraw', applicationId: input.applicationId, event: 'withdraw' },
    async (tx, application) => {
      // A question nobody needs answered any more leaves the list of the methodology department.
      await tx
        .update(consultations)
        .set({ answeredAt: call.at, answer: '' })
        .where(and(eq(consultations.applicationId, application.id), isNull(consultations.answeredAt)));
      return { ok: true as const, set: {} };
    },
  );
}

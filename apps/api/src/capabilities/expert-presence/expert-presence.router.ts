import {
  CancelAbsenceInput,
  CancelAbsenceOutput,
  MyAbsencesOutput,
  PreviewAbsenceInput,
  PreviewAbsenceOutput,
  ReportAbsenceInput,
  ReportAbsenceOutput,
} from '@mse/contracts/expert-presence';
import { procedure, router } from '../../trpc.ts';
import { cancelAbsence, myAbsences, previewAbsence, reportAbsence } from './absences.ts';

export const expertPresenceRouter = router({
  mine: procedure('expertPresence.mine')
    .output(MyAbsencesOutput)
    .query(({ ctx }) => myAbsences(ctx.call)),
  preview: procedure('expertPresence.preview')
    .input(PreviewAbsenceInput)
    .output(PreviewAbsenceOutput)
    .query(({ ctx, input }) => previewAbsence(ctx.call, input)),
  report: procedure('expertPresence.report')
    .input(ReportAbsenceInput)
    .output(ReportAbsenceOutput)
    .mutation(({ ctx, input }) => reportAbsence(ctx.call, input)),
  cancel: procedure('expertPresence.cancel')
    .input(CancelAbsenceInput)
    .output(CancelAbsenceOutput)
    .mutation(({ ctx, input }) => cancelAbsence(ctx.call, input)),
});

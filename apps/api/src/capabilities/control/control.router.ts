import {
  CallForControlInput,
  CallForControlOutput,
  ConcludeControlInput,
  ConcludeControlOutput,
  ControlCallInput,
  ControlCallsOutput,
  ControlExaminationOutput,
  PostalReceiptInput,
  PostalReceiptOutput,
} from '@mse/contracts/control';
import { procedure, router } from '../../trpc.ts';
import { callPerson } from './call-person.ts';
import { concludeControl, getExamination } from './examination.ts';
import { listCalls } from './list-calls.ts';
import { noteReceipt } from './note-receipt.ts';

export const controlRouter = router({
  list: procedure('control.list')
    .output(ControlCallsOutput)
    .query(({ ctx }) => listCalls(ctx.call)),
  callPerson: procedure('control.callPerson')
    .input(CallForControlInput)
    .output(CallForControlOutput)
    .mutation(({ ctx, input }) => callPerson(ctx.call, input)),
  received: procedure('control.received')
    .input(PostalReceiptInput)
    .output(PostalReceiptOutput)
    .mutation(({ ctx, input }) => noteReceipt(ctx.call, input)),
  examination: procedure('control.examination')
    .input(ControlCallInput)
    .output(ControlExaminationOutput)
    .query(({ ctx, input }) => getExamination(ctx.call, input)),
  conclude: procedure('control.conclude')
    .input(ConcludeControlInput)
    .output(ConcludeControlOutput)
    .mutation(({ ctx, input }) => concludeControl(ctx.call, input)),
});

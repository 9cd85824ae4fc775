import {
  AddDispensaryInput,
  AddDispensaryOutput,
  AddGroupInput,
  AddGroupOutput,
  AddNosologyLineOutput,
  DispensariesOutput,
  EndDispensaryInput,
  EndLineInput,
  ExaminationDraft,
  LineOutput,
  NosologyCodeDraft,
  NosologyGroupInput,
  NosologyGroupOutput,
  NosologyListOutput,
  PreviewNosologyCodeOutput,
  TakeBackLineInput,
} from '@mse/contracts/nosology';
import { procedure, router } from '../../trpc.ts';
import {
  addCode,
  addExamination,
  addGroup,
  endCode,
  endExamination,
  takeBackCode,
  takeBackExamination,
} from './change-nosology.ts';
import { addDispensary, endDispensary, listDispensaries } from './dispensaries.ts';
import { getNosologyGroup, listNosology } from './list-nosology.ts';
import { previewCode } from './preview-code.ts';

export const nosologyRouter = router({
  list: procedure('nosology.list')
    .output(NosologyListOutput)
    .query(({ ctx }) => listNosology(ctx.call)),
  group: procedure('nosology.group')
    .input(NosologyGroupInput)
    .output(NosologyGroupOutput)
    .query(({ ctx, input }) => getNosologyGroup(ctx.call, input)),
  previewCode: procedure('nosology.previewCode')
    .input(NosologyCodeDraft)
    .output(PreviewNosologyCodeOutput)
    .query(({ ctx, input }) => previewCode(ctx.call, input)),
  addCode: procedure('nosology.addCode')
    .input(NosologyCodeDraft)
    .output(AddNosologyLineOutput)
    .mutation(({ ctx, input }) => addCode(ctx.call, input)),
  endCode: procedure('nosology.endCode')
    .input(EndLineInput)
    .output(LineOutput)
    .mutation(({ ctx, input }) => endCode(ctx.call, input)),
  takeBackCode: procedure('nosology.takeBackCode')
    .input(TakeBackLineInput)
    .output(LineOutput)
    .mutation(({ ctx, input }) => takeBackCode(ctx.call, input)),
  addExamination: procedure('nosology.addExamination')
    .input(ExaminationDraft)
    .output(AddNosologyLineOutput)
    .mutation(({ ctx, input }) => addExamination(ctx.call, input)),
  endExamination: procedure('nosology.endExamination')
    .input(EndLineInput)
    .output(LineOutput)
    .mutation(({ ctx, input }) => endExamination(ctx.call, input)),
  takeBackExamination: procedure('nosology.takeBackExamination')
    .input(TakeBackLineInput)
    .output(LineOutput)
    .mutation(({ ctx, input }) => takeBackExamination(ctx.call, input)),
  addGroup: procedure('nosology.addGroup')
    .input(AddGroupInput)
    .output(AddGroupOutput)
    .mutation(({ ctx, input }) => addGroup(ctx.call, input)),
  dispensaries: procedure('nosology.dispensaries')
    .output(DispensariesOutput)
    .query(({ ctx }) => listDispensaries(ctx.call)),
  addDispensary: procedure('nosology.addDispensary')
    .input(AddDispensaryInput)
    .output(AddDispensaryOutput)
    .mutation(({ ctx, input }) => addDispensary(ctx.call, input)),
  endDispensary: procedure('nosology.endDispensary')
    .input(EndDispensaryInput)
    .output(LineOutput)
    .mutation(({ ctx, input }) => endDispensary(ctx.call, input)),
});

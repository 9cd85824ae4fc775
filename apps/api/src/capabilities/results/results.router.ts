import {
  CaseInput,
  CaseOutput,
  CasesOutput,
  CheckDocumentInput,
  CheckDocumentOutput,
  ChooseBenefitInput,
  ChooseBenefitOutput,
  DocumentInput,
  DocumentOutput,
  DocumentsOutput,
  DocumentsOverviewOutput,
  ExecutionsInput,
  ExecutionsOutput,
  RecordExecutionInput,
  RecordExecutionOutput,
} from '@mse/contracts/results';
import { procedure, router } from '../../trpc.ts';
import { checkDocument } from './check-document.ts';
import { chooseBenefit } from './choose-benefit.ts';
import { documentsOverview } from './documents-overview.ts';
import { listExecutions, recordExecution } from './executions.ts';
import { getCase } from './get-case.ts';
import { getDocument } from './get-document.ts';
import { listCases } from './list-cases.ts';
import { listDocuments } from './list-documents.ts';

export const resultsRouter = router({
  cases: procedure('results.cases')
    .output(CasesOutput)
    .query(({ ctx }) => listCases(ctx.call)),
  case: procedure('results.case')
    .input(CaseInput)
    .output(CaseOutput)
    .query(({ ctx, input }) => getCase(ctx.call, input)),
  documentsOverview: procedure('results.documentsOverview')
    .output(DocumentsOverviewOutput)
    .query(({ ctx }) => documentsOverview(ctx.call)),
  documents: procedure('results.documents')
    .output(DocumentsOutput)
    .query(({ ctx }) => listDocuments(ctx.call)),
  document: procedure('results.document')
    .input(DocumentInput)
    .output(DocumentOutput)
    .query(({ ctx, input }) => getDocument(ctx.call, input)),
  checkDocument: procedure('results.checkDocument')
    .input(CheckDocumentInput)
    .output(CheckDocumentOutput)
    .query(({ ctx, input }) => checkDocument(ctx.call, input)),
  executions: procedure('results.executions')
    .input(ExecutionsInput)
    .output(ExecutionsOutput)
    .query(({ ctx, input }) => listExecutions(ctx.call, input)),
  recordExecution: procedure('results.recordExecution')
    .input(RecordExecutionInput)
    .output(RecordExecutionOutput)
    .mutation(({ ctx, input }) => recordExecution(ctx.call, input)),
  chooseBenefit: procedure('results.chooseBenefit')
    .input(ChooseBenefitInput)
    .output(ChooseBenefitOutput)
    .mutation(({ ctx, input }) => chooseBenefit(ctx.call, input)),
});

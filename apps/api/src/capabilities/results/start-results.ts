import { conclusions, documentFiles, documents } from '@mse/db/schema';
import { DOCUMENT_LANGUAGES } from '@mse/domain/documents';
import { addDays, toBusinessDate } from '@mse/domain/shared';
import { and, eq, gte, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { issueDocuments } from './issue-documents.ts';

const SWEEP_EVERY_MS = 15_000;
const SWEEP_AT_ONCE = 500;
/** Older documents without files have a job or stand among the dead letters. */
const SWEEP_DAYS = 30;

/** Setting a page keeps the process busy, so few are set at a time. */
const PARALLEL = 2;

/** The worker's part in results: the files of documents, and a look for conclusions whose job was lost. */
export async function startResults(
  deps: Deps,
  options: { sweepEveryMs?: number } = {},
): Promise<{ stop(): Promise<void> }> {
  await deps.jobs.work('results.issue', ({ conclusionId }) => issueDocuments(deps, conclusionId), {
    parallel: PARALLEL,
  });
  let seenBefore = new Set<string>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  /** One whose files are just being made has no waiting job either, so only those seen twice count. Dead ones wait for a person. */
  async function sweep(): Promise<void> {
    const ids = await unfinished(deps);
    const fates = await deps.jobs.fates(deps.db, 'results.issue', ids);
    const idle = ids.filter((id) => fates.get(id) === 'none');
    for (const conclusionId of idle.filter((id) => seenBefore.has(id)))
      await deps.jobs.enqueue(deps.db, 'results.issue', { conclusionId });
    seenBefore = new Set(idle);
  }

  let running: Promise<void> = Promise.resolve();
  const round = (): void => {
    running = sweep()
      .catch((error: unknown) => deps.log.error({ err: error }, 'results: sweep failed'))
      .finally(() => {
        if (!stopped) timer = setTimeout(round, options.sweepEveryMs ?? SWEEP_EVERY_MS);
      });
  };
  round();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Conclusions with a document that lacks a file. */
async function unfinished(deps: Deps): Promise<string[]> {
  const rows = await deps.db
    .selectDistinct({ id: conclusions.id })
    .from(conclusions)
    .innerJoin(documents, eq(documents.conclusionId, conclusions.id))
    .where(
      and(
        gte(documents.issuedOn, addDays(toBusinessDate(deps.clock.now()), -SWEEP_DAYS)),
        sql`(select count(*) from ${documentFiles} where ${documentFiles.documentId} = ${documents.id}) < ${DOCUMENT_LANGUAGES.length}`,
      ),
    )
    .limit(SWEEP_AT_ONCE);
  return rows.map((row) => row.id);
}

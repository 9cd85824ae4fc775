import { formContents, formFiles } from '@mse/db/schema';
import { createHash } from 'node:crypto';
import { openCase } from '../src/capabilities/examination/index.ts';
import { DEPARTMENT_1, type World } from './harness.ts';

/** A file of a form, as a clinic sends it. */
export interface Paper {
  mediaType: string;
  content: Buffer;
  /** Under which names the clinic keeps it; names may tell of a person. */
  storeId: string;
  kind: string;
}

/** An accepted remote form of somebody with what it says and its files, and its open case of the ordinary mechanism; the case's id. */
export async function openCaseWithPapers(
  world: World,
  form: { id: string; personId: string },
  document: Record<string, unknown>,
  papers: readonly Paper[] = [],
): Promise<string> {
  const at = world.clock.now();
  await world.db.insert(formContents).values({ formId: form.id, document });
  if (papers.length > 0)
    await world.db.insert(formFiles).values(
      papers.map((paper) => ({
        id: world.random.id(at),
        formId: form.id,
        ...paper,
        sha256: createHash('sha256').update(paper.content).digest('hex'),
      })),
    );
  return world.db.transaction((tx) =>
    openCase(
      world.deps,
      tx,
      {
        formId: form.id,
        personId: form.personId,
        representativeId: null,
        regionCode: '11',
        departmentId: DEPARTMENT_1,
        track: 'ordinary',
        nosologyGroup: 'oncology',
        purpose: 'disability-first',
      },
      at,
    ),
  );
}

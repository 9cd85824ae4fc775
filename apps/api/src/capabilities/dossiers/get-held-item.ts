import type { HeldItemInput, HeldItemOutput } from '@mse/contracts/dossiers';
import { cases, dossierItems, examinationKinds, formContents } from '@mse/db/schema';
import { sectionsOf } from '@mse/domain/dossiers';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { incidentsOf, knownName } from './list-held-items.ts';
import { codesIn } from './neutral-words.ts';

/** PX-04: one thing that waits for a person, as it came and as it was re-made; every look is audited with whose it is. */
export async function getHeldItem(
  call: CallContext,
  { id }: z.output<typeof HeldItemInput>,
): Promise<z.input<typeof HeldItemOutput>> {
  const [row] = await call.deps.db
    .select({
      item: dossierItems,
      name: knownName,
      incidents: incidentsOf,
      personId: cases.personId,
      document: formContents.document,
    })
    .from(dossierItems)
    .innerJoin(cases, eq(cases.id, dossierItems.caseId))
    .innerJoin(formContents, eq(formContents.formId, cases.formId))
    .leftJoin(examinationKinds, eq(examinationKinds.code, dossierItems.name))
    .where(and(eq(dossierItems.id, id), eq(dossierItems.state, 'held')));
  if (!row) throw notFound();
  const { item } = row;
  call.seen(row.personId, `dossier-item:${id}`);
  const original = sectionsOf(row.document, codesIn('ru')).find((section) => section.name === item.name);
  return {
    id,
    kind: item.kind,
    name: row.name,
    fileNo: item.fileNo,
    pageNo: item.pageNo,
    causes: item.causes,
    madeAt: item.madeAt.toISOString(),
    incidents: row.incidents,
    version: item.version,
    text: item.text,
    original: item.kind === 'section' ? (original?.text ?? '') : null,
    page:
      item.picture && item.width !== null && item.height !== null
        ? {
            width: item.width,
            height: item.height,
            boxes: item.original ? item.boxes.map(whole) : [],
            hasOriginal: item.original !== null,
          }
        : null,
  };
}

/** A box in whole pixels that covers no less. */
export function whole(box: { x: number; y: number; width: number; height: number }) {
  const [x, y] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
  return {
    x,
    y,
    width: Math.max(1, Math.ceil(box.x + box.width - x)),
    height: Math.max(1, Math.ceil(box.y + box.height - y)),
  };
}

/** The picture of a page that waits: as it came, or as it was re-made. */
export async function getHeldPicture(
  call: CallContext,
  { id, side }: { id: string; side: 'original' | 'remade' },
): Promise<Buffer> {
  const [row] = await call.deps.db
    .select({ original: dossierItems.original, picture: dossierItems.picture, personId: cases.personId })
    .from(dossierItems)
    .innerJoin(cases, eq(cases.id, dossierItems.caseId))
    .where(and(eq(dossierItems.id, id), eq(dossierItems.state, 'held'), eq(dossierItems.kind, 'page')));
  const picture = side === 'original' ? row?.original : row?.picture;
  if (!row || !picture) throw notFound();
  call.seen(row.personId, `dossier-item:${id}:${side}`);
  return picture;
}

import { dossierItems, dossierPages, dossiers, staffRoles } from '@mse/db/schema';
import type { ExpertKind } from '@mse/domain/policies';
import { plainDate } from '@mse/domain/shared';
import { dealWaiting } from '../src/capabilities/examination/index.ts';
import type { World } from './harness.ts';
import { addCase, addExpert, ORDINARY_GROUP, partsOf } from './panel.ts';
import { present } from './present.ts';

/** The smallest picture there is. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** An expert of the register who can sign in to the desk. */
export async function deskExpert(world: World, kind: ExpertKind, regionCode: string) {
  const expert = await addExpert(world, kind, regionCode);
  await world.db.insert(staffRoles).values({
    id: world.random.id(world.clock.now()),
    personId: expert.personId,
    role: 'expert',
    departmentId: null,
    validFrom: plainDate('2025-01-01'),
  });
  return expert;
}

/** A panel of three, each of another region. */
export async function deskPanel(world: World) {
  return {
    head: await deskExpert(world, 'department-head', '35'),
    chief: await deskExpert(world, 'chief-specialist', '39'),
    independent: await deskExpert(world, 'independent', '75'),
  };
}

/** The papers experts see of a case: two sections and three pages of two files, as if made and passed by the machine. */
export async function addPapers(
  world: World,
  caseId: string,
  changes: Partial<typeof dossiers.$inferInsert> = {},
) {
  const at = world.clock.now();
  const id = () => world.random.id(at);
  await world.db.insert(dossiers).values({
    caseId,
    sex: 'female',
    ageYears: 45,
    nosologyGroup: ORDINARY_GROUP,
    purpose: 'disability-first',
    icd10: 'C50.4',
    sections: { diagnosis: 'Сүт безінің қатерлі ісігі', complaints: 'Әлсіздік' },
    examinations: [
      { code: 'inpatient-extract', required: true, present: true },
      { code: 'limb-x-ray', required: true, present: false },
    ],
    madeAt: at,
    ...changes,
  });
  for (const [name, text] of [
    ['diagnosis', 'Сүт безінің қатерлі ісігі'],
    ['complaints', 'Әлсіздік'],
  ] as const)
    await world.db
      .insert(dossierItems)
      .values({ id: id(), caseId, kind: 'section', name, state: 'passed', text, madeAt: at });
  const pages = [
    { fileNo: 1, pageNo: 1, kind: 'inpatient-extract', text: 'Эпикриз' },
    { fileNo: 1, pageNo: 2, kind: 'inpatient-extract', text: '' },
    { fileNo: 2, pageNo: 1, kind: 'other', text: 'УЗИ' },
  ].map((page) => ({ id: id(), mediaType: 'image/png', width: 1, height: 1, ...page }));
  for (const { id: itemId, fileNo, pageNo, kind, text, mediaType, width, height } of pages)
    await world.db.insert(dossierItems).values({
      id: itemId,
      caseId,
      kind: 'page',
      name: kind,
      fileNo,
      pageNo,
      state: 'passed',
      text,
      mediaType,
      width,
      height,
      picture: PICTURE,
      madeAt: at,
    });
  await world.db.insert(dossierPages).values(pages.map((page) => ({ ...page, caseId, content: PICTURE })));
  return pages;
}

/** A case with papers, dealt to the panel that is there. Gives the part of each expert by id. */
export async function dealtCase(
  world: World,
  changes: Partial<typeof dossiers.$inferInsert> = {},
  options: Parameters<typeof addCase>[1] = {},
) {
  const { caseId, person, formId } = await addCase(world, options);
  const pages = await addPapers(world, caseId, changes);
  await dealWaiting(world.deps, world.clock.now());
  const parts = await partsOf(world, caseId);
  return {
    caseId,
    formId,
    person,
    pages,
    partOf: (expert: { id: string }) => present(parts.find((part) => part.expertId === expert.id)),
  };
}

import {
  assignments,
  auditEvents,
  cases,
  dossierItems,
  dossierPages,
  dossiers,
  experts,
  identityIncidents,
} from '@mse/db/schema';
import { addMinutes, plainDate } from '@mse/domain/shared';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCaseWithPapers } from '../../../test/case-with-papers.ts';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';
import { scan } from '../../../test/planted-papers.ts';
import { present } from '../../../test/present.ts';
import { blackOutPage } from './pages/encode-page.ts';
import { prepareCase } from './prepare-case.ts';
import { reportIdentitySeen } from './report-identity-seen.ts';

let world: World;
let methodologistId = '';
beforeAll(async () => {
  world = await startWorld({ now: '2026-11-23T10:00' });
  methodologistId = (await world.staff('methodologist')).id;
});
afterAll(() => world.close());

const methodologist = async () =>
  (await world.signIn(methodologistId, { audience: 'staff' })).client.dossiers;

async function prepared(
  document: Record<string, unknown>,
  files: { content: Buffer; mediaType: string }[] = [],
) {
  const person = await world.person({ surname: 'Нұрғалиева', name: 'Айгүл', patronymic: 'Серікқызы' });
  const form = await world.form(person.id, { track: 'remote-proactive' });
  const caseId = await openCaseWithPapers(
    world,
    form,
    { icd10: 'C50.4', ...document },
    files.map((file, index) => ({ ...file, storeId: `s-${index}`, kind: 'other' })),
  );
  await prepareCase(world.deps, caseId);
  const items = await world.db.select().from(dossierItems).where(eq(dossierItems.caseId, caseId));
  return { caseId, person, items };
}
const stateOf = async (caseId: string) =>
  present((await world.db.select().from(cases).where(eq(cases.id, caseId)))[0]).state;
const sectionsOfCase = async (caseId: string) =>
  (await world.db.select().from(dossiers).where(eq(dossiers.caseId, caseId)))[0]?.sections;

const DOUBTFUL = { complaints: 'Бас ауруы', treatment: 'Осмотрел Петренко К.Л., показан покой' };

describe('Papers that wait for a person', () => {
  it('PX-04: a text is compared, changed and released; then the draft act is formed, and every look stands in the audit', async () => {
    const { caseId, person, items } = await prepared(DOUBTFUL);
    const held = present(items.find((item) => item.state === 'held'));
    const staff = await methodologist();
    const listed = (await staff.held()).items.find((item) => item.id === held.id);
    expect(listed).toMatchObject({ kind: 'section', name: 'treatment', incidents: 0 });
    const item = await staff.item({ id: held.id });
    expect(item).toMatchObject({ original: DOUBTFUL.treatment, page: null, version: 1 });

    const leaking = { id: held.id, version: 1, text: 'Осмотрел врач; Нурғалиева А.', boxes: [] };
    // A certain name is refused whatever the person says of it, in brackets too; a number of the person the same.
    for (const text of [leaking.text, 'Осмотрел [Нұрғалиева]', `Осмотрел врач, ${person.iin}`])
      for (const sure of [false, true])
        expect(await staff.release({ ...leaking, text, sure })).toEqual({
          ok: false,
          refusal: 'known-identity',
        });
    // A place may be another one of the name: the person's word counts, and the audit keeps it.
    const place = { ...leaking, text: 'Осмотрел [врач] из Караганды, показан покой' };
    expect(await staff.release(place)).toEqual({ ok: false, refusal: 'still-identity' });
    const release = { ...leaking, text: 'Осмотрел [врач], показан покой' };
    expect(await staff.release({ ...release, version: 7 })).toEqual({ ok: false, refusal: 'changed' });
    expect(await stateOf(caseId)).toBe('held');
    expect(await staff.release(release)).toEqual({ ok: true });
    expect(await stateOf(caseId)).toBe('waiting');
    expect(await sectionsOfCase(caseId)).toEqual({ complaints: 'Бас ауруы', treatment: release.text });
    expect(await staff.release({ ...release, version: 2 })).toEqual({ ok: false, refusal: 'not-held' });

    const audit = await world.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.subject, `dossier-item:${held.id}`), eq(auditEvents.personId, person.id)));
    expect(audit.map((line) => [line.action, line.outcome, line.actor])).toEqual([
      ['dossiers.item', 'seen', methodologistId],
      ['dossiers.release', 'done', methodologistId],
    ]);
  });

  it('PX-04: what cannot be shown is left out, and the experts decide without it', async () => {
    const { caseId, items } = await prepared(DOUBTFUL);
    const held = present(items.find((item) => item.state === 'held'));
    const staff = await methodologist();
    expect(await staff.markUnreadable({ id: held.id, version: 1 })).toEqual({ ok: true });
    expect(await stateOf(caseId)).toBe('waiting');
    expect(await sectionsOfCase(caseId)).toEqual({ complaints: 'Бас ауруы' });
  });

  it('PX-04: a signature on a scan is black without anybody’s look, because nobody can tell what it says', async () => {
    const page = scan(
      [
        'Выписка из карты стационарного больного',
        'Жалобы на слабость, боли в левой руке',
        'Рекомендовано наблюдение',
      ],
      'image/png',
      { signature: true },
    );
    const { caseId, items } = await prepared({ complaints: 'Бас ауруы' }, [
      { content: page, mediaType: 'image/png' },
    ]);
    expect(present(items.find((item) => item.kind === 'page'))).toMatchObject({
      state: 'passed',
      causes: [],
    });
    expect(await stateOf(caseId)).toBe('waiting');
    const [shown] = await world.db.select().from(dossierPages).where(eq(dossierPages.caseId, caseId));
    const image = await loadImage(present(shown).content);
    const canvas = createCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    const scale = image.width / 1240;
    const { data } = canvas
      .getContext('2d')
      .getImageData(690 * scale, 1430 * scale, 280 * scale, 140 * scale);
    // Blue ink is nowhere, and where the signature was there is black.
    let [blue, black] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blueness = 0] = data.subarray(at, at + 3);
      if (blueness - red > 60) blue += 1;
      if (red + green + blueness < 90) black += 1;
    }
    expect(blue).toBe(0);
    expect(black / (data.length / 4)).toBeGreaterThan(0.7);
  }, 60_000);

  it('PX-04: a picture on a scan is ink nobody read: the page waits, both sides are shown to the person alone, and what is let go is read once more', async () => {
    const page = scan(
      [
        'Выписка из карты стационарного больного',
        'Больная Нұрғалиева Айгүл Серікқызы',
        'Рекомендовано наблюдение',
      ],
      'image/png',
      {
        photograph: true,
      },
    );
    const { caseId, items } = await prepared({ complaints: 'Бас ауруы' }, [
      { content: page, mediaType: 'image/png' },
    ]);
    const held = present(items.find((item) => item.kind === 'page'));
    expect(held).toMatchObject({ state: 'held' });
    expect(held.causes).toContain('unread');
    const { client, token } = await world.signIn(methodologistId, { audience: 'staff' });
    const look = (side: string, bearer: string) =>
      world.http.request(`/files/held/${held.id}/${side}`, {
        headers: { authorization: `Bearer ${bearer}` },
      });
    const original = await look('original', token);
    expect([
      original.status,
      original.headers.get('cache-control'),
      original.headers.get('content-type'),
    ]).toEqual([200, 'private, no-store', 'image/webp']);
    const clerk = await world.staff('clerk', DEPARTMENT_1);
    const stranger = await world.signIn(clerk.id, { audience: 'staff' });
    expect((await look('original', stranger.token)).status).toBe(404);
    expect((await look('original', 'x')).status).toBe(401);
    expect((await look('elsewhere', token)).status).toBe(404);

    const item = await client.dossiers.item({ id: held.id });
    const box = { x: 280, y: 1030, width: 1020, height: 1100 };
    const outside = { ...box, x: 3900 };
    expect(
      await client.dossiers.release({
        id: held.id,
        version: item.version,
        text: item.text,
        boxes: [outside],
      }),
    ).toEqual({ ok: false, refusal: 'outside' });
    const release = (boxes: (typeof box)[], sure = false) =>
      client.dossiers.release({ id: held.id, version: item.version, text: item.text, boxes, sure });
    // The rectangles over the name were taken away: they are proposed again; and on the person's word the page is read and refused all the same.
    const opened = await release([box]);
    expect(opened).toMatchObject({ ok: false, refusal: 'still-identity' });
    expect(opened.ok ? [] : opened.found).not.toEqual([]);
    const refused = await release([box], true);
    expect(refused).toMatchObject({ ok: false, refusal: 'known-identity' });
    const found = refused.ok ? [] : (refused.found ?? []);
    expect(found.length).toBeGreaterThan(0);
    expect(await stateOf(caseId)).toBe('held');
    expect(await release([box, ...found])).toEqual({ ok: true });
    expect(await stateOf(caseId)).toBe('waiting');
    const [shown] = await world.db.select().from(dossierPages).where(eq(dossierPages.caseId, caseId));
    expect(present(shown).content.equals(await blackOutPage(present(held.original), [box, ...found]))).toBe(
      true,
    );
    const [kept] = await world.db.select().from(dossierItems).where(eq(dossierItems.id, held.id));
    // The page as it came is not kept once nobody has to compare.
    expect(present(kept)).toMatchObject({ original: null, state: 'released', settledBy: methodologistId });
    expect((await look('original', token)).status).toBe(404);
  }, 60_000);

  it('X03: what an expert recognises is gone at once for everybody, waits for a person, and comes back when it is mended', async () => {
    const { caseId, items } = await prepared({ complaints: 'Бас ауруы', treatment: 'Тыныштық' });
    const at = world.clock.now();
    const expertPerson = await world.staff('expert');
    const [expertId, assignmentId] = [world.random.id(at), world.random.id(at)];
    await world.db.insert(experts).values({
      id: expertId,
      personId: expertPerson.id,
      code: 'E-70001',
      kind: 'independent',
      regionCode: '75',
      enteredOn: plainDate('2026-01-01'),
      createdAt: at,
    });
    await world.db.insert(assignments).values({
      id: assignmentId,
      caseId,
      seat: 1,
      expertId,
      caseCode: 'C-70001',
      state: 'open',
      stateAt: at,
      cause: 'dealt',
      arrivedAt: at,
      dueAt: addMinutes(at, 600),
    });
    await world.db.update(cases).set({ state: 'deciding' }).where(eq(cases.id, caseId));
    const report = () =>
      world.db.transaction((tx) =>
        reportIdentitySeen(world.deps, tx, { caseId, assignmentId, item: { section: 'treatment' } }, at),
      );
    expect(await report()).toBe(true);
    expect(await sectionsOfCase(caseId)).toEqual({ complaints: 'Бас ауруы' });
    expect(await world.db.select().from(identityIncidents)).toHaveLength(1);
    const item = present(items.find((each) => each.name === 'treatment'));
    const staff = await methodologist();
    // First in the list.
    expect((await staff.held()).items[0]).toMatchObject({ id: item.id, causes: ['reported'], incidents: 1 });
    const { version } = await staff.item({ id: item.id });
    expect(await staff.release({ id: item.id, version, text: 'Төсек режимі', boxes: [] })).toEqual({
      ok: true,
    });
    expect(await sectionsOfCase(caseId)).toEqual({ complaints: 'Бас ауруы', treatment: 'Төсек режимі' });
    expect(await stateOf(caseId)).toBe('deciding');
  });
});

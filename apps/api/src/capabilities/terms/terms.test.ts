import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type World, startWorld } from '../../../test/harness.ts';

let world: World;
let administrator: Awaited<ReturnType<World['signIn']>>;
beforeAll(async () => {
  world = await startWorld();
  administrator = await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
});
afterAll(() => world.close());

const NEWER = {
  term: 'information-system',
  validFrom: '2027-01-01',
  words: { kk: 'ақылды жүйе', ru: 'умная система', en: 'smart system' },
  basis: 'act',
} as const;

describe('Words that change by law', () => {
  it('GV-03: every installation knows the words before and from 12 July 2026', async () => {
    const on = (day: string) => world.client(null).terms.on({ day });
    expect((await on('2026-07-11'))['digital-government'].kk).toBe('электрондық үкімет');
    expect((await on('2026-07-12'))['digital-government'].kk).toBe('цифрлық үкімет');
    expect((await on('2026-07-11'))['information-system'].ru).toBe('информационная система');
    const today = await world.client(null).terms.on({});
    expect(Object.values(today).map((words) => words.kk)).toEqual([
      'цифрлық үкімет',
      'цифрлық жүйе',
      'цифрлық объект',
      'ішінара цифрландырылған',
    ]);
  });

  it('GV-03: new words begin on their day; what was said before stays as history with its basis', async () => {
    const { client } = administrator;
    expect(await client.terms.add({ ...NEWER, validFrom: '2026-11-23' })).toEqual({
      ok: false,
      refusal: 'day-passed',
    });
    expect(await client.terms.add(NEWER)).toEqual({ ok: true });
    expect(await client.terms.add(NEWER)).toEqual({ ok: false, refusal: 'day-taken' });
    const on = async (day: string) => (await client.terms.on({ day }))['information-system'].en;
    expect([await on('2026-12-31'), await on('2027-01-01')]).toEqual(['digital system', 'smart system']);
    const { terms } = await client.terms.list();
    const sets = terms.find(({ term }) => term === 'information-system')?.sets;
    expect(sets?.map(({ state }) => state)).toEqual(['ahead', 'in-force', 'over']);
  });

  it('GV-03: words entered by mistake are taken back until they begin, not after', async () => {
    const { client } = administrator;
    const { term, validFrom } = NEWER;
    expect(await client.terms.takeBack({ term, validFrom: '2026-07-12' })).toEqual({
      ok: false,
      refusal: 'already-begun',
    });
    expect(await client.terms.takeBack({ term, validFrom })).toEqual({ ok: true });
    expect(await client.terms.takeBack({ term, validFrom })).toEqual({ ok: false, refusal: 'not-found' });
  });
});

import { ACCESS, STAFF_ROLES } from '@mse/domain/access';
import { fitsPolicy, REGISTER_POLICIES } from '@mse/domain/experts';
import { plainDate } from '@mse/domain/shared';
import { staffRoles } from '@mse/db/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { DEPARTMENT_1, startWorld, type World } from '../test/harness.ts';
import { appRouter } from './router.ts';

/**
 * T04: keys that nobody asked for. Every object in every input of the router refuses them, every object in every output lets none out,
 * and the whole way over HTTP answers "bad request" to a caller who may call.
 */

/** Keys an attacker would like to be read; `__proto__` is a key of its own here, as JSON makes it. */
const HOSTILE: Record<string, unknown> = JSON.parse(
  '{"role":"chair","roles":["chair"],"status":"approved","state":"signed","userId":"x","personId":"x","isAdmin":true,"trust":"signature","__proto__":{"role":"chair"},"constructor":{"prototype":{"role":"chair"}},"prototype":{},"departmentId_":"x"}',
);
const HOSTILE_KEYS = Object.keys(HOSTILE);

/** Values whose shape another table says: policies have theirs in the domain, the register's history shows rows of our own tables. */
const ELSEWHERE = {
  in: ['expertRegister.proposePolicy.value'],
  out: [
    'expertRegister.expert.history[].after{}',
    'expertRegister.expert.history[].before{}',
    'expertRegister.settings.policies[].proposal.value',
    'expertRegister.settings.policies[].rows[].value',
    'expertRegister.settings.policies[].value',
  ],
};

type Schema = z.core.$ZodType;
interface Procedure {
  _def: { type: string; inputs?: Schema[]; output?: Schema };
}
const PROCEDURES = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).toSorted(
  ([left], [right]) => left.localeCompare(right),
);

interface Node {
  path: string;
  schema: Schema;
}

/** Every schema inside a schema with its place. */
function nodesOf(schema: Schema, path = '', seen = new Set<Schema>()): Node[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const def = schema._zod.def as unknown as Record<string, unknown> & { type: string };
  const into = (child: unknown, name: string): Node[] =>
    child && typeof child === 'object' && '_zod' in child
      ? nodesOf(child as Schema, `${path}${name}`, seen)
      : [];
  const children: Node[] = [];
  if (def.type === 'object')
    for (const [key, child] of Object.entries(def.shape as Record<string, unknown>))
      children.push(...into(child, `.${key}`));
  if (def.type === 'lazy') children.push(...into((def.getter as () => unknown)(), ''));
  for (const key of ['innerType', 'element', 'in', 'out', 'left', 'right', 'keyType', 'valueType', 'rest'])
    children.push(...into(def[key], key === 'element' ? '[]' : key === 'valueType' ? '{}' : ''));
  for (const list of ['options', 'items'])
    if (Array.isArray(def[list]))
      for (const [at, child] of (def[list] as unknown[]).entries()) children.push(...into(child, `<${at}>`));
  return [{ path, schema }, ...children];
}
const typeOf = ({ schema }: Node) => schema._zod.def.type;

describe('Keys nobody asked for', () => {
  it('T04: every procedure says what it takes and what it gives', () => {
    expect(PROCEDURES.length).toBe(Object.keys(ACCESS).length);
    expect(PROCEDURES.flatMap(([name, { _def }]) => (_def.output ? [] : [name]))).toEqual([]);
  });

  it('T04: every object of every input, however deep, refuses each unknown or privileged key, and no input takes just anything', () => {
    const wrong: string[] = [];
    const open: string[] = [];
    let objects = 0;
    for (const [name, { _def }] of PROCEDURES)
      for (const input of _def.inputs ?? [])
        for (const node of nodesOf(input, name)) {
          if (['any', 'unknown', 'custom'].includes(typeOf(node))) open.push(node.path);
          if (typeOf(node) !== 'object') continue;
          objects += 1;
          const { shape } = node.schema._zod.def as unknown as { shape: Record<string, unknown> };
          const asked = new Set(Object.keys(shape));
          const parsed = (node.schema as z.ZodType).safeParse(HOSTILE);
          const refused = parsed.success
            ? []
            : parsed.error.issues.flatMap((issue) =>
                issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
              );
          for (const key of HOSTILE_KEYS)
            if (!asked.has(key) && !refused.includes(key)) wrong.push(`${node.path} takes ${key}`);
        }
    expect(wrong).toEqual([]);
    expect(open).toEqual(ELSEWHERE.in);
    for (const key of REGISTER_POLICIES)
      for (const hostile of [HOSTILE, { ...HOSTILE, years: 1 }, [HOSTILE], 'chair'])
        expect([key, fitsPolicy(key, hostile)]).toEqual([key, false]);
    expect(objects).toBeGreaterThan(150);
    expect(({} as Record<string, unknown>).role).toBeUndefined();
  });

  it('T04: every object of every output lets out what is listed and nothing else', () => {
    const wrong: string[] = [];
    const open: string[] = [];
    let objects = 0;
    for (const [name, { _def }] of PROCEDURES)
      for (const node of _def.output ? nodesOf(_def.output, name) : []) {
        if (['any', 'unknown'].includes(typeOf(node))) open.push(node.path);
        if (typeOf(node) !== 'object') continue;
        objects += 1;
        const { catchall } = node.schema._zod.def as unknown as { catchall?: Schema };
        // Without a word about others they are cut off, `never` refuses them; anything else would let them through.
        if (catchall && catchall._zod.def.type !== 'never') wrong.push(`${node.path} is open`);
      }
    expect(wrong).toEqual([]);
    expect(open.toSorted()).toEqual(ELSEWHERE.out);
    expect(objects).toBeGreaterThan(300);
  });
});

describe('Over HTTP', () => {
  let world: World;
  const tokens: string[] = [];
  beforeAll(async () => {
    world = await startWorld();
    const everything = await world.person();
    await world.db.insert(staffRoles).values(
      STAFF_ROLES.map((role) => ({
        id: world.random.id(world.clock.now()),
        personId: everything.id,
        role,
        departmentId: DEPARTMENT_1,
        validFrom: plainDate('2025-01-01'),
      })),
    );
    tokens.push((await world.signIn(everything.id, { audience: 'staff' })).token);
    tokens.push((await world.signIn(everything.id, { audience: 'citizen', trust: 'signature' })).token);
  });
  afterAll(() => world.close());

  it('T04: a caller who may call is refused when the body holds such keys, by every procedure that takes anything', async () => {
    const wrong: string[] = [];
    let tried = 0;
    const body = JSON.stringify(HOSTILE);
    for (const [name, { _def }] of PROCEDURES) {
      if ((_def.inputs ?? []).length === 0 || _def.type === 'subscription') continue;
      const answers: number[] = [];
      for (const token of tokens) {
        const answer = await world.http.request(`/trpc/${name}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${token}`,
            'x-saraptama': '1',
          },
          body,
        });
        answers.push(answer.status);
        if (answer.status === 200) wrong.push(`${name} answered`);
        if (answer.status >= 500) wrong.push(`${name} broke: ${answer.status}`);
      }
      tried += 1;
      if (!answers.includes(400)) wrong.push(`${name}: ${answers.join(', ')}`);
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(150);
  }, 60_000);
});

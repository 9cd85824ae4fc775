import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ruleTable, testNames, type Rule } from '../src/rule-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'saraptama-rules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let root: string;
let projects = 0;
beforeEach(() => {
  projects += 1;
  root = join(folder, String(projects));
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

// Put together here, so that the table of the project itself does not take them for claims.
const first = ['EQ', '1'].join('-');
const fourteenth = ['EQ', '14'].join('-');
const rule = (id: string, more: Partial<Rule> = {}): Rule => ({ id, title: id, source: 'order 1', ...more });

describe('names of tests', () => {
  it('are found in plain, parametrised and nested tests, whatever the quotes', () => {
    const source = `
      describe('outer', () => {
        it("double", () => {});
        it.each([['(a)', f(1)]])(\`template %s\`, () => {});
        test.skipIf(x)('conditional', () => {});
        it.for(list)(\`with \${value} inside\`, () => {});
        expect('no name').toBe('no name');
      });`;
    expect(testNames(source)).toEqual([
      'outer',
      'double',
      'template %s',
      'conditional',
      'with ${value} inside',
    ]);
  });
});

describe('the table of rules', () => {
  it('sets a rule beside its code and its tests', () => {
    write('packages/domain/src/lateness.ts', `// first line\n/** ${fourteenth}: late after 15 minutes. */`);
    write('packages/domain/src/lateness.test.ts', `it('${fourteenth}: +15:01 is late', () => {});`);
    const { rows, faults } = ruleTable([rule(fourteenth)], root);
    expect(faults).toEqual([]);
    expect(rows).toEqual([
      {
        rule: rule(fourteenth),
        code: ['packages/domain/src/lateness.ts:2'],
        tests: [`${fourteenth}: +15:01 is late`],
      },
    ]);
  });

  it('does not take one rule for another whose number begins alike', () => {
    write('apps/api/src/a.ts', `// ${fourteenth}`);
    write('apps/api/src/a.test.ts', `it('${fourteenth}: x', () => {});`);
    const { rows } = ruleTable([rule(first), rule(fourteenth)], root);
    expect(rows.map(({ code }) => code.length)).toEqual([0, 1]);
  });

  it('finds fault with a claim that nothing proves', () => {
    write('apps/portal/src/page.svelte', `<!-- ${first} -->`);
    expect(ruleTable([rule(first)], root).faults).toEqual([
      `${first} is claimed in apps/portal/src/page.svelte:1 and no test carries it`,
    ]);
  });

  it('accepts a claim without a test when a reason is given', () => {
    write('apps/portal/src/page.svelte', `<!-- ${first} -->`);
    expect(ruleTable([rule(first, { untested: 'a duty of people' })], root).faults).toEqual([]);
  });

  it('finds fault with a reason that has become untrue', () => {
    write('apps/api/src/a.test.ts', `it('${first}: x', () => {});`);
    expect(ruleTable([rule(first, { untested: 'not yet' })], root).faults).toHaveLength(1);
  });

  it('finds fault with a rule that does not exist', () => {
    write('apps/api/src/a.ts', `// ${fourteenth}`);
    expect(ruleTable([rule(first)], root).faults).toEqual([
      `${fourteenth} is no rule of docs/rules.json: apps/api/src/a.ts:1`,
    ]);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repositoryRoot } from './paths.ts';
import { listSources } from './sources.ts';

/** A legal rule, as `docs/rules.json` lists it. */
export interface Rule {
  id: string;
  title: string;
  source: string;
  note?: string;
  /** Why the rule has no test though code names it. */
  untested?: string;
}

/** Where a rule is kept and proven. */
export interface RuleRow {
  rule: Rule;
  /** Places in the code, as `path:line`. */
  code: string[];
  /** Names of tests. */
  tests: string[];
}

export interface RuleTable {
  rows: RuleRow[];
  /** What is wrong, one line each. */
  faults: string[];
}

const isTest = (path: string) => /\.(test|prove)\.ts$/.test(path);
const isCode = (path: string) => /\.(ts|svelte|sql)$/.test(path) && !isTest(path);

/** The list of rules. */
export function readRules(root = repositoryRoot): Rule[] {
  const file = join(root, 'docs', 'rules.json');
  if (!existsSync(file)) throw new Error(`The list of rules is missing: ${file}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Rule[];
}

/** Names given to it(), test() and describe(), also with .each, .skip and the like. */
export function testNames(source: string): string[] {
  const file = ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true);
  const names: string[] = [];
  const callee = (node: ts.Expression): string => {
    if (ts.isIdentifier(node)) return node.text;
    if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return callee(node.expression);
    return ts.isTaggedTemplateExpression(node) ? callee(node.tag) : '';
  };
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && ['it', 'test', 'describe'].includes(callee(node.expression))) {
      const [name] = node.arguments;
      if (name && ts.isStringLiteralLike(name)) names.push(name.text);
      else if (name && ts.isTemplateExpression(name)) names.push(name.getText(file).slice(1, -1));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** Rule ids that stand in a text. `EQ-1` does not stand in `EQ-14`. */
function idsIn(text: string, pattern: RegExp): string[] {
  return [...new Set(text.match(pattern) ?? [])];
}

/**
 * Sets every rule beside the code that names it and the tests that carry it in their names.
 * Faults: a rule that code claims and no test proves, with no reason given; an id that no rule has; a reason
 * kept though there is a test.
 */
export function ruleTable(rules: readonly Rule[], root = repositoryRoot): RuleTable {
  const rows = new Map(rules.map((rule) => [rule.id, { rule, code: [] as string[], tests: [] as string[] }]));
  // `EQ-14` belongs to the family EQ, the code `REC001` to the family REC.
  const families = (separator: string) =>
    [...new Set(rules.map(({ id }) => id).filter((id) => id.includes('-') === (separator === '-')))]
      .map((id) => id.replace(/-?\d.*$/, ''))
      .filter((family, index, all) => all.indexOf(family) === index)
      .join('|');
  const pattern = new RegExp(`\\b(?:(?:${families('-')})-\\d+[a-z]?|(?:${families('')})\\d{3})\\b`, 'g');
  const faults: string[] = [];
  const note = (id: string, place: string, list: 'code' | 'tests') => {
    const row = rows.get(id);
    if (row) row[list].push(place);
    else faults.push(`${id} is no rule of docs/rules.json: ${place}`);
  };

  for (const path of ['apps', 'packages', 'tooling'].flatMap((folder) => listSources(folder, root))) {
    if (isTest(path)) {
      for (const name of testNames(readFileSync(join(root, path), 'utf8'))) {
        for (const id of idsIn(name, pattern)) note(id, name, 'tests');
      }
    } else if (isCode(path) && !path.startsWith('tooling')) {
      const lines = readFileSync(join(root, path), 'utf8').split('\n');
      lines.forEach((line, index) => {
        for (const id of idsIn(line, pattern)) note(id, `${path}:${index + 1}`, 'code');
      });
    }
  }

  for (const { rule, code, tests } of rows.values()) {
    if (code.length > 0 && tests.length === 0 && rule.untested === undefined) {
      faults.push(`${rule.id} is claimed in ${code[0]} and no test carries it`);
    }
    if (tests.length > 0 && rule.untested !== undefined) {
      faults.push(`${rule.id} has tests, so the reason for having none can go: ${rule.untested}`);
    }
  }
  return { rows: [...rows.values()], faults };
}

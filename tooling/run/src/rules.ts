/** `npm run rules`: every legal rule with the code that keeps it and the tests that prove it. */
import { readRules, ruleTable } from './rule-table.ts';

const most = 4;

function listed(label: string, places: readonly string[]): void {
  for (const place of places.slice(0, most)) console.log(`    ${label} ${place}`);
  if (places.length > most) console.log(`    ${label} and ${places.length - most} more`);
}

try {
  const { rows, faults } = ruleTable(readRules());
  for (const { rule, code, tests } of rows) {
    console.log(`${rule.id}  ${rule.title}  (${rule.source})`);
    listed('code ', code);
    listed('test ', tests);
    if (rule.untested !== undefined) console.log(`    not tested: ${rule.untested}`);
    if (rule.note !== undefined) console.log(`    note: ${rule.note}`);
  }
  const inCode = rows.filter((row) => row.code.length > 0).length;
  const tested = rows.filter((row) => row.tests.length > 0).length;
  console.log(`\n${rows.length} rules, ${inCode} named in code, ${tested} proven by tests`);
  for (const fault of faults) console.error(`✗ ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

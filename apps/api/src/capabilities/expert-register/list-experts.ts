import type { ExpertLine, ExpertsInput, ExpertsOutput } from '@mse/contracts/expert-register';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { CallContext } from '../../trpc.ts';
import { findExperts, type FoundExpert } from './find-experts.ts';
import { registerPolicies } from './register-policies.ts';

const PAGE = 50;

/** Nosological forms and regions by which the register is searched. */
export function namesOfRegister({ reference }: Deps) {
  return {
    groups: reference.nosology().groups.map(({ code, name }) => ({ code, name })),
    regions: reference.regions().map(({ code, name }) => ({ code, name })),
  };
}

/** One expert as a line of the register. */
export function expertLine(row: FoundExpert): z.input<typeof ExpertLine> {
  return {
    id: row.id,
    code: row.code,
    person: { surname: row.surname, name: row.name, patronymic: row.patronymic },
    kind: row.kind,
    region: row.region_code,
    groups: row.groups,
    openParts: row.open_parts,
    dealtToday: row.dealt_today,
    cap: row.cap,
    here: row.here,
    enteredOn: row.entered_on,
    excludedOn: row.excluded_on,
  };
}

/** R05: the register, searched and filtered, fifty to a page. */
export async function listExperts(
  call: CallContext,
  { page, ...filter }: z.output<typeof ExpertsInput>,
): Promise<z.input<typeof ExpertsOutput>> {
  const { deps } = call;
  const today = toBusinessDate(call.at);
  const { dailyCap } = registerPolicies(deps, today);
  const rows = await findExperts(
    deps.db,
    filter,
    { today, dailyCap },
    { limit: PAGE, offset: (page - 1) * PAGE },
  );
  for (const row of rows) call.seen(row.person_id, `expert:${row.id}`);
  if (rows.length === 0) call.seen(null, 'register');
  const total = rows[0]?.total ?? 0;
  return {
    today,
    experts: rows.map(expertLine),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / PAGE)),
    ...namesOfRegister(deps),
  };
}

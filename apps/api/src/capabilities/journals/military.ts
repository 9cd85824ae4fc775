import type { MilitaryTasksOutput } from '@mse/contracts/journals';
import type { Executor } from '@mse/db';
import { administrativeUnits, conclusions, militaryLists, militaryTasks, persons } from '@mse/db/schema';
import { militaryListText } from '@mse/domain/journals';
import { fullName, toBusinessDate } from '@mse/domain/shared';
import { formatDate } from '@mse/i18n/format';
import { translator } from '@mse/i18n';
import { and, asc, desc, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { renderPdf } from '../documents/render-pdf.ts';
import { isHead, journalOf } from './journal-caller.ts';
import { signedPlace } from './place-names.ts';

/** PX-55: people of a department whose military body must be told by a signed list, the most urgent first. */
export function openMilitaryTasks(executor: Executor, departmentId: string) {
  return tasksWhere(
    executor,
    and(eq(militaryTasks.departmentId, departmentId), isNull(militaryTasks.listId)),
  );
}

function tasksWhere(executor: Executor, where: SQL | undefined) {
  return executor
    .select({
      id: militaryTasks.id,
      dueOn: militaryTasks.dueOn,
      person: persons,
      actNo: conclusions.actNo,
      district: administrativeUnits.name,
    })
    .from(militaryTasks)
    .innerJoin(persons, eq(persons.id, militaryTasks.personId))
    .innerJoin(conclusions, eq(conclusions.id, militaryTasks.conclusionId))
    .leftJoin(administrativeUnits, eq(administrativeUnits.code, militaryTasks.unitCode))
    .where(where)
    .orderBy(asc(militaryTasks.dueOn), asc(militaryTasks.id));
}

/** PX-55: the open tasks of the caller's department, and the lists that were signed. */
export async function listMilitary(call: CallContext): Promise<z.input<typeof MilitaryTasksOutput>> {
  const { deps, at } = call;
  const { caller, place } = journalOf(call, null);
  if (place.departmentId === null) throw notFound();
  const tasks = await openMilitaryTasks(deps.db, place.departmentId);
  const today = toBusinessDate(at);
  for (const { person } of tasks) call.seen(person.id, 'military-tasks');
  const lists = await deps.db
    .select({ list: militaryLists, person: persons })
    .from(militaryLists)
    .innerJoin(persons, eq(persons.id, militaryLists.signedBy))
    .where(eq(militaryLists.departmentId, place.departmentId))
    .orderBy(desc(militaryLists.signedAt))
    .limit(50);
  const counts = await Promise.all(
    lists.map(({ list }) => deps.db.$count(militaryTasks, eq(militaryTasks.listId, list.id))),
  );
  return {
    tasks: tasks.map(({ id, dueOn, person, actNo, district }) => ({
      id,
      name: fullName(person),
      birthDate: person.birthDate,
      actNo,
      dueOn,
      overdue: dueOn < today,
      district,
    })),
    lists: lists.map(({ list, person }, index) => ({
      id: list.id,
      signedAt: list.signedAt.toISOString(),
      name: fullName(person),
      people: counts[index] ?? 0,
    })),
    maySign: isHead(caller, 'department'),
  };
}

/** The list in Kazakh and Russian, as the head signs it: names, birth dates and acts, no diagnosis. */
export async function militaryText(
  deps: Deps,
  departmentId: string,
  taskIds: readonly string[],
): Promise<string> {
  const rows = await tasksWhere(deps.db, inArray(militaryTasks.id, [...taskIds]));
  const department = deps.reference.department(departmentId);
  if (!department) throw new Error('The department of a list is not there');
  const place = await signedPlace(deps, {
    journal: 'department',
    departmentId,
    regionCode: department.regionCode,
  });
  return militaryListText(
    place,
    rows.map(({ person, actNo, district }) => ({
      name: fullName(person),
      birthDate: person.birthDate,
      district,
      actNo,
    })),
  );
}

/** PX-55: keeps a signed list with its PDF and settles the tasks it names. */
export async function keepMilitaryList(
  tx: Executor,
  call: CallContext,
  list: {
    id: string;
    departmentId: string;
    taskIds: readonly string[];
    text: string;
    signature: Buffer;
    signerSerial: string;
  },
): Promise<void> {
  const { at } = call;
  const { personId } = signedIn(call);
  const [signer] = await tx.select().from(persons).where(eq(persons.id, personId));
  if (!signer) throw new Error('No such person');
  const { id, departmentId, taskIds, text, signature, signerSerial } = list;
  const t = translator('kk');
  const pdf = renderPdf(
    LIST_TEMPLATE,
    {
      title: t('journals:military.title'),
      text: text.split('\n'),
      signed: `${t('journals:signer.head')}: ${fullName(signer)}, ${formatDate(at)}`,
    },
    'kk',
    { at },
  );
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  await tx.insert(militaryLists).values({
    id,
    departmentId,
    pdf,
    sha256,
    text,
    signature,
    signerSerial,
    signedBy: personId,
    signedAt: at,
  });
  await tx
    .update(militaryTasks)
    .set({ listId: id })
    .where(inArray(militaryTasks.id, [...taskIds]));
}

/** A signed list as a page: the very text that was signed, and who signed it. */
const LIST_TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: data.lang, region: "KZ", font: "Noto Sans", size: 11pt)
#set page(paper: "a4", margin: 2cm, footer: context [#h(1fr) #counter(page).display("1 / 1", both: true)])
#show heading: set text(size: 15pt)

= #data.title

#for line in data.text [
  #par[#line]
]

#par[#strong(data.signed)]
`;

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoPerson, DemoSigner } from '@mse/demo-data';
import type { Language } from '@mse/domain/shared';
import type { World } from './world.ts';

/** Somebody of the demonstration's population. */
export interface DemoCitizen {
  id: string;
  iin: string;
  surname: string;
  name: string;
  patronymic: string | null;
  phone: string;
  language: Language;
}

/** People a test has taken, so that two tests of one file never meet in one person. */
const taken = new Set<string>();

/**
 * Somebody who has a phone and permanent registration in a department's territory, and of whom nothing has come yet:
 * no form, no consent, no session.
 */
export async function freshPerson(
  world: World,
  wish: { department?: number; language?: Language } = {},
): Promise<DemoCitizen> {
  const people = await world.sql<DemoCitizen[]>`
    select p.id, p.iin, p.surname, p.name, p.patronymic, p.phone, p.message_language as language
      from person p
      join unit_department u on u.unit_code = p.unit_code
      join department d on d.id = u.department_id
     where p.phone is not null and p.status = 'alive' and p.legal_capacity = 'capable'
       and d.number = ${wish.department ?? 1} ${wish.language ? world.sql`and p.message_language = ${wish.language}` : world.sql``}
       and p.birth_date < '2005-01-01'
       and not exists (select from form_031 f where f.person_id = p.id)
       and not exists (select from consent_event c where c.person_id = p.id)
       and not exists (select from session s where s.person_id = p.id)
       and not exists (select from staff_role r where r.person_id = p.id)
       and not exists (select from guardianship g where g.guardian_id = p.id or g.ward_id = p.id)
     order by p.id desc`;
  const person = people.find((each) => !taken.has(each.id));
  if (!person) throw new Error(`Nobody without a form is left in department ${wish.department ?? 1}`);
  taken.add(person.id);
  return person;
}

async function list<Row>(world: World, file: string): Promise<Row[]> {
  return JSON.parse(await readFile(join(world.at.dataDir, file), 'utf8')) as Row[];
}

/** One of the cast of the sign-in page, by key. */
export async function cast(world: World, key: string): Promise<DemoPerson> {
  const person = (await list<DemoPerson>(world, 'demo-people.json')).find((each) => each.key === key);
  if (!person) throw new Error(`The demonstration has no ${key}`);
  return person;
}

/** The chair of a medical commission with the clinic they sign for. */
export async function commissionChair(
  world: World,
): Promise<DemoSigner & { bin: string; organization: string }> {
  const { iin } = await cast(world, 'commission-chair');
  const chair = (await list<DemoSigner>(world, 'signers.json')).find((each) => each.iin === iin);
  if (!chair?.bin || !chair.organization) throw new Error('The chair signs for no clinic');
  return { ...chair, bin: chair.bin, organization: chair.organization };
}

/** Somebody who can sign with a key of their own, may book at a department and of whom nothing has come yet; staff are citizens, too. */
export async function freshSigner(world: World): Promise<DemoCitizen> {
  const iins = (await list<DemoSigner>(world, 'signers.json'))
    .filter((signer) => signer.bin === undefined)
    .map((signer) => signer.iin);
  const people = await world.sql<DemoCitizen[]>`
    select distinct on (p.id) p.id, p.iin, p.surname, p.name, p.patronymic, p.phone, p.message_language as language
      from person p join unit_department u on u.unit_code = p.unit_code
     where p.iin = any(${iins}) and p.phone is not null and p.status = 'alive' and p.legal_capacity = 'capable'
       and not exists (select from form_031 f where f.person_id = p.id)
       and not exists (select from consent_event c where c.person_id = p.id)
       and not exists (select from guardianship g where g.guardian_id = p.id or g.ward_id = p.id)
     order by p.id desc`;
  const person = people.find((each) => !taken.has(each.id));
  if (!person) throw new Error('Nobody who signs is without a form');
  taken.add(person.id);
  return person;
}

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { candidateRecords } from './register-story.ts';
import { toRegistryData } from './population/index.ts';
import { regionHomes } from './population/units.ts';
import type { ExpertMember, NamedRole, Person, Population } from './population/types.ts';
import { remotePapers } from './remote-papers.ts';
import { roleName } from './roles.ts';

/** Somebody offered on the sign-in page of the demonstration. */
export interface DemoPerson {
  key: string;
  role: string;
  name: string;
  iin: string;
  phone: string | null;
  note: { kk: string; ru: string; en: string };
}

/** Somebody who can sign with the NCALayer simulator. */
export interface DemoSigner {
  iin: string;
  surname: string;
  name: string;
  patronymic: string | null;
  /** Set for those who sign for an organisation. */
  bin?: string;
  organization?: string;
  label: string;
}

/** The cast as the sign-in page offers it. */
export function demoPeople(population: Population): DemoPerson[] {
  return population.namedDemoPeople.map(({ key, role, name, iin, phone, note }) => ({
    key,
    role: roleName(role),
    name,
    iin,
    phone,
    note,
  }));
}

const roleLabels: Record<NamedRole, string> = {
  citizen: 'азамат · гражданин · citizen',
  'commission-chair': 'ДКК төрағасы · председатель ВКК · commission chair',
  clerk: 'бөлім қызметкері · сотрудник отдела · clerk',
  head: 'бөлім басшысы · руководитель отдела · head of department',
  'chief-specialist': 'бөлімнің бас маманы · главный специалист отдела · chief specialist of department',
  expert: 'тәуелсіз сарапшы · независимый эксперт · independent expert',
  methodologist: 'әдіснама және бақылау бөлімі · отдел методологии и контроля · methodology and control',
  'methodology-head':
    'әдіснама және бақылау бөлімінің басшысы · руководитель методологии и контроля · head of methodology and control',
  'registry-admin': 'тізілім әкімшісі · администратор реестра · registry administrator',
  'contact-centre': 'байланыс орталығы · контакт-центр · contact centre',
  'content-editor': 'мазмұн редакторы · редактор содержания · content editor',
  'portal-admin': 'портал әкімшісі · администратор портала · portal administrator',
};

const expertKindLabels: Record<ExpertMember['kind'], string> = {
  'department-head': 'МӘС бөлімінің басшысы · руководитель отдела МСЭ',
  'chief-specialist': 'МӘС бөлімінің бас маманы · главный специалист отдела МСЭ',
  independent: 'тізілімнен · из реестра',
};

/** Who can sign: the cast first, then the chairs of the clinics' commissions and the rest of the staff. */
export function demoSigners(population: Population): DemoSigner[] {
  const byIin = new Map(population.people.map((person) => [person.iin, person]));
  const signers = new Map<string, DemoSigner>();
  function add(
    iin: string,
    role: NamedRole,
    place: string | null,
    bin?: string,
    organization?: string,
  ): void {
    const person: Person | undefined = byIin.get(iin);
    if (person === undefined || signers.has(iin)) return;
    const { surname, name, patronymic } = person;
    const label = place === null ? roleLabels[role] : `${roleLabels[role]}, ${place}`;
    signers.set(iin, {
      iin,
      surname,
      name,
      patronymic,
      ...(bin === undefined ? {} : { bin, organization }),
      label,
    });
  }
  const clinicOf = new Map(population.clinics.map((clinic) => [clinic.chairIin, clinic]));
  for (const { iin, role, departmentNumber } of population.namedDemoPeople) {
    const clinic = role === 'commission-chair' ? clinicOf.get(iin) : undefined;
    const place =
      clinic?.name.ru ?? (role === 'citizen' || departmentNumber === null ? null : `№ ${departmentNumber}`);
    add(iin, role, place, clinic?.bin, clinic?.name.ru);
  }
  for (const { chairIin, bin, name } of population.clinics)
    add(chairIin, 'commission-chair', name.ru, bin, name.ru);
  for (const { iin, role, departmentNumber } of population.staff) {
    add(iin, role, departmentNumber === null ? null : `№ ${departmentNumber}`);
  }
  for (const { iin, kind, regionCode } of population.experts) {
    const region = regionHomes.find(({ unitCode }) => unitCode.startsWith(regionCode))?.ru;
    add(iin, 'expert', [expertKindLabels[kind], region].filter(Boolean).join(', '));
  }
  return [...signers.values()];
}

/** F001, F012, IN-11: what consent service, questionnaires and document store know of the remote forms. */
function remoteRegistryData(population: Population) {
  const papers = remotePapers(population);
  return {
    consents: papers.map(({ person, consent }) => ({ ...consent, patientIin: person.iin })),
    questionnaires: papers
      .filter(({ defects }) => defects.length > 0)
      .map(({ person, defects }) => ({ iin: person.iin, defects })),
    files: papers.flatMap(({ files }) =>
      files.map(({ fileId, content }) => ({ fileId, content: content.toString('base64') })),
    ),
  };
}

/**
 * Writes what the other parts of the demonstration read: `demo-people.json` (sign-in page), `registries.json`
 * (simulated registries) and `signers.json` (simulated NCALayer). Each file appears whole or not at all.
 */
export function writeDemoFiles(outDir: string, population: Population): void {
  mkdirSync(outDir, { recursive: true });
  const files = {
    'demo-people.json': demoPeople(population),
    'registries.json': { ...toRegistryData(population), ...remoteRegistryData(population) },
    'signers.json': demoSigners(population),
    'candidates.json': candidateRecords(population),
  };
  for (const [name, content] of Object.entries(files)) {
    const path = join(outDir, name);
    writeFileSync(`${path}.draft`, JSON.stringify(content, null, name === 'registries.json' ? 0 : 2));
    renameSync(`${path}.draft`, path);
  }
}

import { type SignatureVerifier, sealerOf } from '@mse/auth/signature';
import { documentFiles, documents } from '@mse/db/schema';
import { DOCUMENT_KINDS } from '@mse/domain/documents';
import type { ConclusionContent } from '@mse/domain/examination';
import { plainDate, toBusinessDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { startSimulators, type Simulators } from '@mse/simulators';
import { eq } from 'drizzle-orm';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { hearPdf, insides, readQr } from '../../../test/read-pdf.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';
import { documentSealer } from '../../platform/gateways/document-sealer.ts';
import { documentPdf } from './document-pdf.ts';
import { recordConclusion } from './index.ts';
import { issueDocuments } from './issue-documents.ts';

const PROGRAM = fileURLToPath(new URL('../../../test/results-process.ts', import.meta.url));

const TERM = { kind: 'until', until: plainDate('2027-11-30') } as const;
const CONTENT: ConclusionContent = {
  disability: { outcome: 'group-1', cause: 'work-injury', term: TERM },
  generalLoss: { percent: 80, term: { kind: 'indefinite' } },
  professionalLoss: { percent: 70, cause: 'work-injury', term: TERM },
  programme: { social: ['Кресло-арба'], vocational: ['Қайта оқыту'], term: TERM },
  injuredWorkerNeeds: ['Бөтен адамның күтімі'],
  diagnosis: 'Жұлын жарақатының салдары',
  reasons: 'Қозғалыс функциясының айқын бұзылуы',
};

let simulators: Simulators;
let verifier: SignatureVerifier;
let world: World;
let folder: string;
let keyFile: string;
beforeAll(async () => {
  simulators = await startSimulators();
  folder = mkdtempSync(join(tmpdir(), 'sealing-'));
  keyFile = join(folder, 'key.pem');
  writeFileSync(keyFile, await (await fetch(`${simulators.httpUrl}/pki/service-key.pem`)).text(), {
    mode: 0o600,
  });
  verifier = simulatedVerifier(simulators);
  world = await startWorld({ now: machineNow(), sealer: documentSealer(keyFile) });
});
afterAll(async () => {
  await world.close();
  await simulators.close();
  rmSync(folder, { recursive: true, force: true });
});

async function conclude(person: { id: string }, content = CONTENT) {
  const form = await world.form(person.id, { track: 'remote-proactive' });
  const at = world.clock.now();
  return world.db.transaction((tx) =>
    recordConclusion(
      world.deps,
      tx,
      {
        formId: form.id,
        caseId: null,
        personId: person.id,
        departmentId: DEPARTMENT_1,
        basis: 'remote',
        examinedOn: toBusinessDate(at),
        content,
        text: null,
        signature: null,
        signedBy: null,
      },
      at,
    ),
  );
}

const filesOf = (conclusionId: string) =>
  world.db
    .select({ document: documents, file: documentFiles })
    .from(documentFiles)
    .innerJoin(documents, eq(documents.id, documentFiles.documentId))
    .where(eq(documents.conclusionId, conclusionId));

describe('Issuing documents', () => {
  it('PX-53: every document has a file in both languages, sealed by the service over exactly its bytes', async () => {
    const person = await world.person();
    const { conclusionId } = await conclude(person);
    await issueDocuments(world.deps, conclusionId);
    const files = await filesOf(conclusionId);
    expect(files.map(({ document, file }) => `${document.kind} ${file.language}`).sort()).toEqual(
      [
        'disability-certificate',
        'social-part',
        'vocational-part',
        'general-loss-certificate',
        'professional-loss-certificate',
        'professional-loss-extract',
        'injured-worker-need',
      ]
        .flatMap((kind) => [`${kind} kk`, `${kind} ru`])
        .sort(),
    );
    for (const { file } of files) {
      expect(file.sha256).toBe(createHash('sha256').update(file.pdf).digest('hex'));
      const verdict = await verifier.verify({
        cms: file.signature,
        content: file.pdf,
        at: new Date(),
        purpose: 'signing',
      });
      expect(verdict).toMatchObject({ ok: true, value: { kind: 'organization' } });
      if (verdict.ok) expect(file.signerSerial).toBe(verdict.value.certificateSerial);
    }
    const [first, second] = files;
    const swapped = await verifier.verify({
      cms: present(first).file.signature,
      content: present(second).file.pdf,
      at: new Date(),
      purpose: 'signing',
    });
    expect(swapped).toEqual({ ok: false, refusal: 'content-differs' });
  });

  it('PX-53: done twice, or by two at once, it leaves the same files', async () => {
    const person = await world.person();
    const { conclusionId } = await conclude(person);
    await Promise.all([issueDocuments(world.deps, conclusionId), issueDocuments(world.deps, conclusionId)]);
    const before = (await filesOf(conclusionId)).map(({ file }) => file.sha256).sort();
    await issueDocuments(world.deps, conclusionId);
    expect((await filesOf(conclusionId)).map(({ file }) => file.sha256).sort()).toEqual(before);
    expect(new Set(before).size).toBe(14);
  });

  it('PX-53: without a key nothing is issued, and the work says why among the dead letters', async () => {
    const person = await world.person();
    const { conclusionId } = await conclude(person);
    const deps = { ...world.deps, sealer: documentSealer(undefined) };
    await expect(issueDocuments(deps, conclusionId)).rejects.toThrow('no-sealing-key');
    expect(await filesOf(conclusionId)).toEqual([]);
  });

  it('PX-53: a key that does not belong to its certificate, or is none, is not taken into use', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async () => (await fetch(`${simulators.httpUrl}/pki/service-key.pem`)).text()),
    );
    const certificate = present(one).slice(0, present(one).indexOf('-----BEGIN PRIVATE KEY'));
    const key = present(other).slice(present(other).indexOf('-----BEGIN PRIVATE KEY'));
    expect(sealerOf(certificate + key)).toEqual({ ok: false, refusal: 'other-certificate' });
    writeFileSync(join(folder, 'broken.pem'), 'nothing');
    expect(() => documentSealer(join(folder, 'broken.pem'))).toThrow('SEALING_KEY_FILE');
    expect(() => documentSealer(join(folder, 'absent.pem'))).toThrow('SEALING_KEY_FILE');
  });

  it('PX-53: a worker killed by SIGKILL again and again while it makes files leaves none out and none twice', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => world.person()));
    const made: string[] = [];
    for (const person of people) made.push((await conclude(person)).conclusionId);
    const count = async () =>
      (await Promise.all(made.map(filesOf))).reduce((sum, files) => sum + files.length, 0);
    const start = (): ChildProcess =>
      spawn(process.execPath, [PROGRAM], {
        env: {
          ...process.env,
          DATABASE_URL: world.databaseUrl,
          SEALING_KEY_FILE: keyFile,
          LOG_LEVEL: 'silent',
          SERVICE_MODE: 'demo',
        },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
    const kill = async (child: ChildProcess) => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    };
    for (const wanted of [5, 40]) {
      const child = start();
      const end = performance.now() + 30_000;
      while ((await count()) < wanted && performance.now() < end)
        await new Promise((resolve) => setTimeout(resolve, 5));
      await kill(child);
    }
    const last = start();
    const end = performance.now() + 60_000;
    while ((await count()) < 8 * 14 && performance.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 100));
    await kill(last);
    expect(await count()).toBe(8 * 14);
  }, 150_000);
});

describe('A document as PDF', () => {
  const facts = {
    kind: 'disability-certificate' as const,
    number: '11-01-2026-000123/1',
    issuedOn: plainDate('2026-11-26'),
    actNo: '11-01-2026-000123',
    examinedOn: plainDate('2026-11-25'),
    content: CONTENT,
    person: {
      surname: 'Әбілқайырова',
      name: 'Құралай',
      patronymic: 'Ғабитқызы',
      iin: '990101400123',
      birthDate: plainDate('1999-01-01'),
    },
    region: { kk: 'Ақмола облысы', ru: 'Акмолинская область', en: 'Akmola region' },
    departmentNumber: 1,
  };
  const CODE = 'AbCdEfGhIjKlMnOpQrSt_-';
  const options = {
    code: CODE,
    portalUrl: 'https://portal.example.kz',
    at: new Date('2026-11-26T10:00:00Z'),
  };

  it.each(['kk', 'ru'] as const)(
    'PX-53: every kind is PDF/UA-1: tagged, titled, in its language, its fonts inside (%s)',
    async (language) => {
      for (const kind of DOCUMENT_KINDS) {
        const pdf = await documentPdf({ ...facts, kind }, { ...options, language });
        const raw = insides(pdf);
        expect(raw).toMatch(/pdfuaid:part(>|=")1/);
        expect(raw).toMatch(/\/DisplayDocTitle true/);
        expect(raw).toContain('/StructTreeRoot');
        expect(raw).toContain('/Alt');
        // Every font descriptor carries its font.
        const fonts = raw.match(/\/Type\s*\/FontDescriptor/g)?.length ?? 0;
        expect(fonts).toBeGreaterThan(0);
        expect(raw.match(/\/FontFile[23]/g)).toHaveLength(fonts);
        const { info, marked, roles, pages } = await hearPdf(pdf);
        expect({ marked, pages, language: info.Language }).toEqual({
          marked: true,
          pages: 1,
          language: `${language}-KZ`,
        });
        expect(info.Title).toBe(translator(language)(`results:kind.${kind}`));
        expect(roles).toEqual(expect.arrayContaining(['H1', 'H2', 'P', 'Figure']));
      }
    },
  );

  it.each(['kk', 'ru'] as const)(
    'PX-53, finding 15: neither title nor any metadata names the person (%s)',
    async (language) => {
      const { info } = await hearPdf(await documentPdf(facts, { ...options, language }));
      const raw = insides(await documentPdf(facts, { ...options, language }));
      const metadata = /<\?xpacket[\s\S]*?<\?xpacket end/.exec(raw)?.[0] ?? '';
      expect(metadata).toContain('pdfuaid');
      for (const part of ['Әбілқайырова', 'Құралай', 'Ғабитқызы', '990101400123', '01.01.1999']) {
        expect(JSON.stringify(info)).not.toContain(part);
        expect(Buffer.from(metadata, 'latin1').toString('utf8')).not.toContain(part);
      }
    },
  );

  it('PX-53: it is read in order: issuer, name, number, person, content, check; a certificate names no diagnosis', async () => {
    const { text } = await hearPdf(await documentPdf(facts, { ...options, language: 'kk' }));
    const flat = text.replace(/\s+/g, ' ');
    const parts = [
      'Еңбек және халықты әлеуметтік қорғау министрлігі',
      'Ақмола облысы, № 1 МӘС бөлімі',
      'Мүгедектік туралы анықтама',
      '11-01-2026-000123/1',
      'Әбілқайырова Құралай Ғабитқызы',
      '990101400123',
      'бірінші топ',
      'еңбек жарақаты',
      '30.11.2027 күніне дейін',
      'Құжатты тексеру',
      `https://portal.example.kz/d/${CODE}`,
    ];
    const places = parts.map((part) => flat.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((left, right) => left - right)).toEqual(places);
    expect(flat).not.toContain('Жұлын жарақатының');
  });

  it('PX-53: the extract of the act names the diagnosis, a part of the programme its measures', async () => {
    const text = async (kind: (typeof DOCUMENT_KINDS)[number]) =>
      (await hearPdf(await documentPdf({ ...facts, kind }, { ...options, language: 'kk' }))).text;
    expect(await text('professional-loss-extract')).toContain('Жұлын жарақатының салдары');
    expect(await text('social-part')).toContain('Кресло-арба');
    expect(await text('social-part')).not.toContain('Қайта оқыту');
    expect(await text('vocational-part-extract')).toContain('Қайта оқыту');
    expect(await text('injured-worker-need')).toContain('Бөтен адамның күтімі');
  });

  it('C35: the QR decodes to the address of the check with the random code and nothing else', async () => {
    expect(readQr(await documentPdf(facts, { ...options, language: 'kk' }))).toBe(
      `https://portal.example.kz/d/${CODE}`,
    );
  });

  it('PX-53: the same conclusion gives the same bytes, and words with the signs of the typesetter stay words', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => documentPdf(facts, { ...options, language: 'ru' })),
    );
    expect(present(one).equals(present(two))).toBe(true);
    const wild = '#panic("x") *a* _b_ $x$ <l> @r [c] \\ `raw` // /* #read("/etc/passwd")';
    const { text } = await hearPdf(
      await documentPdf(
        {
          ...facts,
          kind: 'social-part',
          content: { ...CONTENT, programme: { social: [wild], vocational: [], term: TERM } },
        },
        { ...options, language: 'kk' },
      ),
    );
    expect(text.replace(/\s+/g, ' ')).toContain('#read("/etc/passwd")');
  });
});

import { builtinVerifier } from '@mse/auth/signature';
import { startSimulators } from '@mse/simulators';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import postgres from 'postgres';
import { type Bench, median } from '../measure.ts';
import { repositoryRoot } from '../paths.ts';
import { freePort } from '../ports.ts';

const ROUNDS = 5;
const FORMS_A_ROUND = 100;
const TOKEN = 'bench-token-of-a-clinic-0001';
const BIN = '990140000011';
/** A unit of the demonstration: the city of Kokshetau. */
const UNIT = '111010000';
const CHAIR = {
  iin: '800101300001',
  surname: 'Төраға',
  name: 'Дина',
  patronymic: null,
  bin: BIN,
  organization: 'Емхана',
};

/**
 * P9: forms of the remote track taken by one API process with all their checks (registries, consent, a file of the document store,
 * signature, case and message in one transaction) for each second of its processor, against verifying the same signatures and nothing
 * else for each second of a processor.
 */
const bench: Bench = {
  name: 'intake',
  async run({ service }) {
    if (!existsSync('/proc/self/stat'))
      throw new Error('P9 reads the processor time of the API from /proc, which this system does not have');
    const simulators = await startSimulators();
    const anchors = join(service.dataDir, 'bench-anchors.pem');
    writeFileSync(anchors, simulators.trustAnchorsPem);
    const port = await freePort(new Set());
    const api = `http://127.0.0.1:${port}`;
    const running = await service.start({
      name: 'api-intake',
      args: [join(repositoryRoot, 'apps/api/dist/main.js')],
      env: {
        ...service.environment,
        API_PORT: String(port),
        TRUST_ANCHORS_FILE: anchors,
        REGISTRIES_URL: simulators.registriesUrl,
        REGISTRIES_TOKEN: simulators.registriesToken,
      },
      readyUrl: `${api}/health`,
    });
    const sql = postgres(service.databaseUrl, { max: 2, onnotice: () => undefined });
    try {
      await sql`insert into integration_client (id, name, token_hash, active)
        values (${randomUUID()}, 'Bench', ${createHash('sha256').update(TOKEN).digest('hex')}, true)`;
      // The service may live at another time than the machine: its forms bear its own day.
      const [clock] = await sql<{ offset: string }[]>`select offset_ms as offset from demo_clock limit 1`;
      const today = new Date(Date.now() + Number(clock?.offset ?? 0) + 5 * 3_600_000)
        .toISOString()
        .slice(0, 10);

      const rounds: { messages: { messageId: string; document: string; signature: string }[] }[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const messages = [];
        for (let index = 0; index < FORMS_A_ROUND; index += 1) {
          const bytes = Buffer.from(JSON.stringify(somebodysForm(round * FORMS_A_ROUND + index)));
          const signature = await simulators.sign(CHAIR, bytes);
          messages.push({
            messageId: randomUUID(),
            document: bytes.toString('base64'),
            signature: signature.toString('base64'),
          });
        }
        rounds.push({ messages });
      }

      /** A person the registries know, attached to the clinic, with a consent and a file; and the form about them. */
      function somebodysForm(number: number) {
        const iin = `5${String(10_000_000_000 + number)}`;
        const phone = `+7707${String(1_000_000 + number)}`;
        const file = smallPdf(iin);
        simulators.registries.change({
          person: {
            iin,
            surname: `Сынақов${number}`,
            name: 'Айдос',
            patronymic: null,
            birthDate: '1970-01-01',
            sex: 'male',
            status: 'alive',
            legalCapacity: 'capable',
            permanentRegistration: { unitCode: UNIT, kk: 'Көкшетау', ru: 'Кокшетау' },
          },
          phone: { iin, phone },
          attachment: { iin, organizationBin: BIN, attachedOn: '2020-01-01' },
          consent: { messageId: `bench-${number}`, patientIin: iin, responder: phone },
          file: { fileId: `bench-${number}`, content: file.toString('base64') },
        });
        return {
          number: `031-${number}`,
          formedOn: today,
          track: 'remote-proactive',
          purpose: 'disability-first',
          patient: { iin, surname: `Сынақов${number}`, name: 'Айдос', phone },
          organizationBin: BIN,
          icd10: 'C50.9',
          diagnosis: 'Сүт безінің қатерлі ісігі',
          complaints: 'Әлсіздік '.repeat(40),
          anamnesis: 'Бір жылдан бері ауырады '.repeat(40),
          objectiveStatus: 'Жағдайы орташа '.repeat(40),
          recommendations: 'Бақылау',
          consultations: [
            {
              specialist: 'Онколог',
              complaints: 'Әлсіздік',
              objective: 'Жағдайы орташа',
              dysfunction: 'severe',
              diagnosis: 'Қатерлі ісік',
              recommendations: 'Бақылау',
            },
          ],
          laboratory: [{ name: 'Қан талдауы', result: 'Гемоглобин 98 г/л' }],
          treatedCases: [{ setting: 'inpatient', treatment: 'Химиотерапия' }],
          rehabilitation: { potential: 'medium', diagnosis: 'b28013.3', route: 'Амбулаториялық' },
          attachments: [
            {
              storeId: `bench-${number}`,
              kind: 'other',
              mediaType: 'application/pdf',
              sha256: createHash('sha256').update(file).digest('hex'),
            },
          ],
          consent: { messageId: `bench-${number}`, responder: phone },
          sender: { system: 'damu', sentOn: today },
        };
      }

      const verifier = builtinVerifier({
        trustAnchorsPem: simulators.trustAnchorsPem,
        revocation: 'ocsp',
        clock: { now: () => new Date() },
        randomBytes: (length) => randomBytes(length),
      });
      const ratios: number[] = [];
      const perSecond: number[] = [];
      for (const [round, { messages }] of rounds.entries()) {
        const before = processorSeconds(running.pid);
        const response = await fetch(`${api}/integration/v1/forms-031/batch`, {
          method: 'POST',
          // Between two rounds more time may pass than the API keeps a silent connection.
          headers: {
            authorization: `Bearer ${TOKEN}`,
            'content-type': 'application/json',
            connection: 'close',
          },
          body: JSON.stringify({ messages }),
        });
        const { answers } = (await response.json()) as { answers: { state: string; reasons?: unknown[] }[] };
        const taken = processorSeconds(running.pid) - before;
        const wrong = answers.find(({ state }) => state !== 'accepted');
        if (wrong) throw new Error(`A form of the bench was not accepted: ${JSON.stringify(wrong)}`);

        const started = process.cpuUsage();
        for (const { document, signature } of messages) {
          const verdict = await verifier.verify({
            cms: Buffer.from(signature, 'base64'),
            content: Buffer.from(document, 'base64'),
            at: new Date(),
            purpose: 'signing',
          });
          if (!verdict.ok) throw new Error(`A signature of the bench does not hold: ${verdict.refusal}`);
        }
        const used = process.cpuUsage(started);
        const alone = (used.user + used.system) / 1_000_000;
        // The first round warms up.
        if (round === 0) continue;
        ratios.push(alone / taken);
        perSecond.push(FORMS_A_ROUND / taken);
      }
      return [
        {
          name: 'P9 forms 031/у taken / signatures verified, per second of a processor',
          ratio: median(ratios),
          minimum: Math.min(...ratios),
          maximum: Math.max(...ratios),
          target: 0.5,
          wanted: 'at least',
          note: `${median(perSecond).toFixed(0)} forms per second of one core`,
        },
      ];
    } finally {
      await running.stop();
      await leaveNothingToDo(sql);
      await sql.end({ timeout: 5 });
      await simulators.close();
    }
  },
};
export default bench;

/** Takes the cases of the bench from the worker: reading their papers would go on for minutes, beside whatever is measured next. */
async function leaveNothingToDo(sql: postgres.Sql): Promise<void> {
  await sql`
    with over as (
      update examination_case c set state = 'closed-refused', ended_at = c.accepted_at from form_031 f
       where f.id = c.form_id and f.organization_bin = ${BIN} and f.number like '031-%' and c.state = 'accepted' returning c.id)
    delete from jobs.job j using over where j.name = 'examination.prepare' and j.state in ('created', 'retry') and j.data ->> 'caseId' = over.id::text`;
}

/** Seconds a process has used of processors so far, by the kernel's count of hundredths. */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** A PDF of one page with a line of its own. */
function smallPdf(salt: string): Buffer {
  const drawn = deflateSync(Buffer.from(`0 0 m 10 10 l S % ${salt}`));
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Length ${drawn.length} /Filter /FlateDecode >>\nstream\n`,
    ),
    drawn,
    Buffer.from(`\nendstream\nendobj\ntrailer << /Size 5 /Root 1 0 R >>\n% ${salt}\n%%EOF\n`),
  ]);
}

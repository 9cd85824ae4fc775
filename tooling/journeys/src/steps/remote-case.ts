import type { RegistryChange } from '@mse/simulators';
import { createHash } from 'node:crypto';
import { toBusinessDate } from '@mse/domain/shared';
import { browser } from './browser.ts';
import { fillForm, type FormAnswer, type FormChanges, sendMessage, signForm } from './clinic.ts';
import { commissionChair, type DemoCitizen, freshPerson } from './people.ts';
import { until, type World } from './world.ts';

/** A part of a remote case that an expert of the demonstration holds. */
export interface ExpertPart {
  assignmentId: string;
  caseId: string;
  caseCode: string;
  expertId: string;
  expertIin: string;
  expertCode: string;
}

/** What the papers of a case say; each text is a file of one page. */
export interface Papers {
  kind: string;
  text: string;
}

const PAPERS: readonly Papers[] = [
  {
    kind: 'inpatient-extract',
    text: 'Выписка из стационара. Диагноз: рак молочной железы. Проведено шесть курсов химиотерапии. Состояние средней тяжести.',
  },
  { kind: 'other', text: 'УЗИ органов брюшной полости. Очаговых изменений печени не выявлено.' },
];

async function putIntoRegistries(world: World, change: RegistryChange): Promise<void> {
  const response = await fetch(`${world.at.simulators}/control/registries/data`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
  if (!response.ok) throw new Error(`The registries refused: ${response.status} ${await response.text()}`);
}

/** Pages as a clinic prints them to PDF, with their text in them. */
async function print(text: string): Promise<Buffer> {
  const page = await (await browser()).newPage();
  try {
    await page.setContent(`<html lang="ru"><body style="font: 20px sans-serif"><p>${text}</p></body></html>`);
    return await page.pdf({ format: 'A5' });
  } finally {
    await page.close();
  }
}

/** A clinic sends a remote form of somebody nothing has come of yet, with papers and the consent by SMS; the accepted form. */
export async function sendRemoteForm(
  world: World,
  papers: readonly Papers[] = PAPERS,
  whose?: DemoCitizen,
  changes: FormChanges = {},
): Promise<{ person: DemoCitizen; formId: string }> {
  const person = whose ?? (await freshPerson(world));
  const today = toBusinessDate(await world.now());
  const consentId = crypto.randomUUID();
  await putIntoRegistries(world, {
    consent: { messageId: consentId, patientIin: person.iin, responder: person.phone },
    attachment: { iin: person.iin, organizationBin: (await commissionChair(world)).bin },
  });
  const attachments = [];
  for (const { kind, text } of papers) {
    const content = await print(text);
    const storeId = crypto.randomUUID();
    await putIntoRegistries(world, { file: { fileId: storeId, content: content.toString('base64') } });
    attachments.push({
      storeId,
      kind,
      mediaType: 'application/pdf' as const,
      sha256: createHash('sha256').update(content).digest('hex'),
    });
  }
  const document = await fillForm(world, person, {
    track: 'remote-proactive',
    icd10: 'C50.9',
    diagnosis: 'Злокачественное новообразование молочной железы, II стадия',
    complaints: 'Слабость, быстрая утомляемость',
    anamnesis: 'Болеет около года, получает лечение',
    objectiveStatus: 'Состояние средней тяжести, питание снижено',
    treatment: 'Химиотерапия',
    recommendations: 'Наблюдение, реабилитация',
    ...{
      consultations: [
        {
          specialist: 'Онколог',
          heldOn: today,
          complaints: 'Слабость',
          objective: 'Состояние средней тяжести',
          dysfunction: 'severe',
          diagnosis: 'Рак молочной железы',
          recommendations: 'Наблюдение',
        },
      ],
      laboratory: [{ name: 'Общий анализ крови', takenOn: today, result: 'Гемоглобин 98 г/л' }],
      treatedCases: [{ setting: 'inpatient', treatment: 'Химиотерапия', dynamics: 'Стабильная' }],
      rehabilitation: { potential: 'medium', diagnosis: 'b28013.3', route: 'Амбулаторный' },
      attachments,
      consent: {
        messageId: consentId,
        responder: person.phone,
        text: 'Согласен',
        givenAt: `${today}T05:00:00Z`,
      },
      sender: { system: 'damu', sentOn: today },
    },
    ...changes,
  });
  const answer = await sendMessage(world, await signForm(world, document));
  const said = (await answer.json()) as FormAnswer;
  if (!('formId' in said) || !said.formId)
    throw new Error(`The form was not accepted: ${JSON.stringify(said)}`);
  return { person, formId: said.formId };
}

/** The parts of a case, when it has been prepared and dealt. */
export function partsOfForm(world: World, formId: string): Promise<ExpertPart[]> {
  return until(
    'a case that is dealt',
    async () => {
      const parts = await world.sql<ExpertPart[]>`
        select a.id as "assignmentId", a.case_id as "caseId", a.case_code as "caseCode", e.id as "expertId", p.iin as "expertIin", e.code as "expertCode"
          from examination_case c join assignment a on a.case_id = c.id join expert e on e.id = a.expert_id join person p on p.id = e.person_id
         where c.form_id = ${formId} and a.state = 'open' order by a.seat`;
      return parts.length > 0 ? parts : null;
    },
    // Papers are read by machine first; on a busy computer that takes its time.
    150,
  );
}

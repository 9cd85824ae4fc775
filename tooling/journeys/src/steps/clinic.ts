import { demoClinicToken } from '@mse/demo-data';
import type { Form031Answer, Form031Document } from '@mse/contracts/intake';
import { toBusinessDate } from '@mse/domain/shared';
import { commissionChair, type DemoCitizen } from './people.ts';
import { signWithNcalayer } from './simulators.ts';
import { until, type World } from './world.ts';

export type FormAnswer = ReturnType<typeof Form031Answer.parse>;
type FormDocument = ReturnType<typeof Form031Document.parse>;
/** Rows of a form that a journey fills in its own way. */
export type FormChanges = Partial<FormDocument>;
export type FormMessage = { messageId: string; document: string; signature: string };

type Patient = Pick<DemoCitizen, 'iin' | 'surname' | 'name' | 'patronymic' | 'phone'>;

/** Form 031/у of a person as a clinic fills it, with changes. */
export async function fillForm(
  world: World,
  person: Patient,
  changes: Partial<FormDocument> = {},
): Promise<FormDocument> {
  const chair = await commissionChair(world);
  const { iin, surname, name, patronymic, phone } = person;
  return {
    number: `Ж-${crypto.randomUUID().slice(0, 8)}`,
    formedOn: toBusinessDate(await world.now()),
    track: 'in-person',
    purpose: 'disability-first',
    patient: { iin, surname, name, patronymic, phone },
    organizationBin: chair.bin,
    organizationName: chair.organization,
    icd10: 'I69.3',
    diagnosis: 'Последствия ишемического инсульта',
    complaints: 'Слабость в правой руке и ноге',
    anamnesis: 'Инсульт год назад',
    objectiveStatus: 'Состояние удовлетворительное',
    treatment: 'Лечебная физкультура',
    recommendations: 'Медицинская реабилитация',
    ...changes,
  };
}

/** The message a clinic's system sends: the exact bytes of the form and the chair's signature over them. */
export async function signForm(world: World, document: FormDocument): Promise<FormMessage> {
  const bytes = Buffer.from(JSON.stringify(document));
  const { iin } = await commissionChair(world);
  return {
    messageId: `mis-${crypto.randomUUID()}`,
    document: bytes.toString('base64'),
    signature: await signWithNcalayer(world, iin, bytes),
  };
}

/** Sends a message to an API process as the demonstration's clinic. */
export function sendMessage(world: World, message: FormMessage, api = 0): Promise<Response> {
  return fetch(`${world.at.api[api]}/integration/v1/forms-031`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${demoClinicToken}` },
    body: JSON.stringify(message),
  });
}

/** Asks where a message stands. */
export async function askState(world: World, messageId: string): Promise<FormAnswer> {
  const response = await fetch(`${world.at.api[0]}/integration/v1/forms-031/${messageId}`, {
    headers: { authorization: `Bearer ${demoClinicToken}` },
  });
  if (!response.ok) throw new Error(`No state of a message: ${response.status}`);
  return (await response.json()) as FormAnswer;
}

/** A clinic sends a right form of a person, with the representative who acts for them; the id of the accepted form. */
export async function sendForm(world: World, person: Patient, representative?: Patient): Promise<string> {
  const describe = ({ iin, surname, name, patronymic, phone }: Patient) => ({
    iin,
    surname,
    name,
    patronymic,
    ...(phone === '' ? {} : { phone }),
  });
  const document = await fillForm(world, person, {
    patient: describe(person),
    ...(representative ? { representative: describe(representative) } : {}),
  });
  const message = await signForm(world, document);
  let answer = (await (await sendMessage(world, message)).json()) as FormAnswer;
  // After an outage the service leaves a registry alone for some seconds.
  if (answer.state === 'waiting')
    answer = await until('the registries', async () => {
      const now = await askState(world, message.messageId);
      return now.state === 'waiting' ? null : now;
    });
  if (answer.state !== 'accepted' || answer.formId === null)
    throw new Error(`The form was not accepted: ${JSON.stringify(answer)}`);
  return answer.formId;
}

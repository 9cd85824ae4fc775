import type {
  CrlFault,
  EgovMobileMode,
  InboxMessage,
  NcalayerMode,
  OcspFault,
  RegistryFault,
  RegistryName,
  SmscSettings,
} from '@mse/simulators';
import { until, type World } from './world.ts';

async function control<Answer>(world: World, path: string, body: object): Promise<Answer> {
  const response = await fetch(`${world.at.simulators}/control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`The simulators refused ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Puts every simulator back to normal. */
export async function resetSimulators(world: World): Promise<void> {
  await control(world, 'reset', {});
}

/** Who signs with NCALayer from now on, and how the program behaves. */
export async function setNcalayer(
  world: World,
  change: { signer?: string | null; mode?: NcalayerMode },
): Promise<void> {
  await control(world, 'ncalayer', change);
}

/** How the gateway of eGov Mobile behaves, and who signs with it from now on. */
export async function setEgovMobile(
  world: World,
  change: { signer?: string | null; mode?: EgovMobileMode },
): Promise<void> {
  await control(world, 'egov-mobile', change);
}

/** Breaks a registry or mends it. */
export async function setRegistry(
  world: World,
  registry: RegistryName | 'all',
  fault: RegistryFault,
): Promise<void> {
  await control(world, 'registries', { registry, fault });
}

/** Changes how the SMS centre behaves. */
export async function setSmsCentre(world: World, change: Partial<SmscSettings>): Promise<void> {
  await control(world, 'smsc', change);
}

/** Changes the certificate services: faults, or all certificates of a person revoked. */
export async function setPki(
  world: World,
  change: { ocsp?: OcspFault; crl?: CrlFault; revokePerson?: string },
): Promise<void> {
  await control(world, 'pki', change);
}

/** SMS that came to a phone, newest first, only whole ones. */
export async function smsTo(world: World, phone: string): Promise<InboxMessage[]> {
  const { messages } = await control<{ messages: InboxMessage[] }>(world, 'sms/messages', { phone });
  return messages.filter((message) => message.partsReceived === message.partsExpected);
}

/** Waits for an SMS with these words at a phone that came after number `after`. */
export function waitForSms(
  world: World,
  phone: string,
  words: string | RegExp,
  after = 0,
): Promise<InboxMessage> {
  return until(`an SMS with ${words}`, async () => {
    const fits = (message: InboxMessage) =>
      typeof words === 'string' ? message.text.includes(words) : words.test(message.text);
    return (await smsTo(world, phone)).find((message) => message.number > after && fits(message));
  });
}

/** The number of the newest SMS at a phone; 0 when there is none. */
export async function lastSmsNumber(world: World, phone: string): Promise<number> {
  return (await smsTo(world, phone))[0]?.number ?? 0;
}

/** Key usages of the national authority: a key for signing, and a person's own key for signing in. */
const SIGNING_KEY = ['1.3.6.1.5.5.7.3.4'];
const SIGN_IN_KEY = ['1.3.6.1.5.5.7.3.2', '1.2.398.3.3.4.1.1'];

/** Gives a person keys and takes them back: their certificates are revoked. */
export async function revokeKeys(world: World, iin: string): Promise<void> {
  for (const usages of [SIGNING_KEY, SIGN_IN_KEY])
    await signWithNcalayer(world, iin, Buffer.from('a key is made by its first use'), usages);
  await setPki(world, { revokePerson: iin });
}

/** Signs bytes with the key of a person through the protocol of NCALayer; detached CMS in base64. */
export async function signWithNcalayer(
  world: World,
  signer: string,
  content: Uint8Array,
  usages = SIGNING_KEY,
): Promise<string> {
  await setNcalayer(world, { signer, mode: 'auto' });
  const socket = new WebSocket(world.at.ncalayer);
  try {
    const answers: MessageEvent[] = [];
    const next = () => until('an answer of NCALayer', async () => answers.shift());
    socket.addEventListener('message', (event) => answers.push(event));
    await next();
    socket.send(
      JSON.stringify({
        module: 'kz.gov.pki.knca.basics',
        method: 'sign',
        args: {
          allowedStorages: ['PKCS12'],
          format: 'cms',
          data: Buffer.from(content).toString('base64'),
          signingParams: { decode: 'true', encapsulate: 'false', digested: 'false', tsaProfile: {} },
          signerParams: { extKeyUsageOids: usages },
          locale: 'kk',
        },
      }),
    );
    const answer = JSON.parse(String((await next()).data)) as {
      status: boolean;
      body?: { result?: string[] };
    };
    const [cms] = answer.body?.result ?? [];
    if (!cms) throw new Error(`NCALayer did not sign: ${JSON.stringify(answer)}`);
    return cms;
  } finally {
    socket.close();
  }
}

/** A message of the digital documents service on the owner's phone. */
interface DigitalMessage {
  accessId: string;
  phone: string;
  code: string | null;
}

/** What the digital documents service has sent to somebody's phone, newest first. */
export async function digitalMessages(world: World, iin: string): Promise<DigitalMessage[]> {
  const response = await fetch(`${world.at.simulators}/control/digital-documents?iin=${iin}`);
  const { phone } = (await response.json()) as { phone: DigitalMessage[] };
  return phone;
}

/** The owner of documents replies to the SMS of the digital documents service. */
export async function replyDigital(world: World, accessId: string, agrees: boolean): Promise<void> {
  await control(world, 'digital-documents', { reply: { accessId, agrees } });
}

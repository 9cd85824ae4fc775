import type { Language } from '@mse/domain/shared';
import { controlDigit } from '@mse/demo-data/population';
import type { DemoCitizen } from './people.ts';
import type { World } from './world.ts';

/** Somebody the state registries know and the service has never heard of. */
export type Newcomer = Omit<DemoCitizen, 'id' | 'phone'> & { phone: string };

/** An ИИН that was never issued: 13 to 89 stand in place of the month. */
function freshIin(): string {
  for (;;) {
    const part = (from: number, to: number) =>
      String(from + Math.floor(Math.random() * (to - from + 1))).padStart(2, '0');
    const first11 = `${part(40, 99)}${part(13, 89)}${part(10, 28)}${part(30, 69)}${part(100, 999)}`;
    const digit = controlDigit(first11);
    if (digit !== null) return `${first11}${digit}`;
  }
}

async function change(world: World, body: object): Promise<void> {
  const response = await fetch(`${world.at.simulators}/control/registries/data`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The registries refused: ${response.status} ${await response.text()}`);
}

/** Enters somebody into the state registries, registered in Kokshetau (department 1), with or without a phone. */
export async function registerNewcomer(
  world: World,
  wish: { surname?: string; birthDate?: string; hasPhone?: boolean; language?: Language } = {},
): Promise<Newcomer> {
  const iin = freshIin();
  const person = {
    iin,
    surname: wish.surname ?? 'Жаңабаев',
    name: 'Дастан',
    patronymic: null,
    birthDate: wish.birthDate ?? '1980-05-17',
    sex: 'male' as const,
    status: 'alive' as const,
    legalCapacity: 'capable' as const,
    permanentRegistration: {
      unitCode: '111010000',
      kk: 'Ақмола облысы, Көкшетау қаласы, Абай көшесі, 1-үй',
      ru: 'Акмолинская область, город Кокшетау, улица Абая, дом 1',
    },
  };
  const phone = `+7700${String(Math.floor(Math.random() * 10_000_000)).padStart(7, '0')}`;
  await change(world, { person, ...(wish.hasPhone === false ? {} : { phone: { iin, phone } }) });
  const { surname, name, patronymic } = person;
  return {
    iin,
    surname,
    name,
    patronymic,
    phone: wish.hasPhone === false ? '' : phone,
    language: wish.language ?? 'kk',
  };
}

/** Makes one person the guardian of another in the registry, until a day or for good. */
export async function makeGuardian(
  world: World,
  guardian: Newcomer,
  ward: Newcomer,
  link: { basis: 'parent' | 'guardian' | 'trustee'; validFrom: string; validUntil: string | null },
): Promise<void> {
  await change(world, { addGuardianship: { guardianIin: guardian.iin, wardIin: ward.iin, ...link } });
}

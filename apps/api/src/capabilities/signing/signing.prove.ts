import { startSimulators, type Simulators } from '@mse/simulators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom, type World, startWorld } from '../../../test/harness.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';
import { openSigning } from './open-signing.ts';
import { takeSignature } from './take-signature.ts';

const TEXTS = 200;
const MUTATIONS = 50;
const RACES = 1000;
const RACERS = 10;

let world: World;
let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators();
  const signatures = simulatedVerifier(simulators);
  // The authority of the tests lives in the present, so this world does too.
  world = await startWorld({ now: machineNow(), signatures });
});
afterAll(async () => {
  await world.close();
  await simulators.close();
});

type Person = Awaited<ReturnType<World['person']>>;
const SUBJECT = 'assignment:1:1';
const open = (person: Person, text: string) =>
  openSigning(
    world.deps,
    world.db,
    { personId: person.id, purpose: 'expert-decision', subject: SUBJECT, text },
    world.clock.now(),
  );
const sign = async ({ iin, surname, name, patronymic }: Person, content: Buffer) =>
  (await simulators.sign({ iin, surname, name, patronymic }, content)).toString('base64');
const take = (person: Person, signingId: string, cms: string) =>
  world.db.transaction((tx) =>
    takeSignature(
      world.deps,
      tx,
      { signingId, cms, personId: person.id, subject: SUBJECT },
      world.clock.now(),
    ),
  );

describe('Signing of documents, at length', () => {
  test(`T12: of ${TEXTS} texts with ${MUTATIONS} changes each no changed one counts as signed, and every right one does`, async () => {
    const random = seededRandom(12);
    const person = await world.person();
    let accepted = 0;
    for (let index = 0; index < TEXTS; index += 1) {
      const { signingId, text } = await open(person, `Сараптамалық шешім № ${index}\nЭкспертное решение`);
      const right = Buffer.from(text, 'utf8');
      for (let change = 0; change < MUTATIONS; change += 1) {
        const wrong = Buffer.from(right);
        const at = random.below(wrong.length);
        // One bit, anywhere: a digit of a percentage, a letter of a group, a sign of the one-time number.
        wrong[at] = (wrong[at] ?? 0) ^ (1 << random.below(8));
        if ((await take(person, signingId, await sign(person, wrong))).ok) accepted += 1;
      }
      expect((await take(person, signingId, await sign(person, right))).ok).toBe(true);
    }
    expect(accepted).toBe(0);
  });

  test(`T12: in ${RACES} races of ${RACERS} over one signature there is one winner each`, async () => {
    const person = await world.person();
    for (let race = 0; race < RACES; race += 1) {
      const { signingId, text } = await open(person, `Шешім ${race}`);
      const cms = await sign(person, Buffer.from(text, 'utf8'));
      const answers = await Promise.all(Array.from({ length: RACERS }, () => take(person, signingId, cms)));
      expect(answers.filter((each) => each.ok)).toHaveLength(1);
    }
  });
});

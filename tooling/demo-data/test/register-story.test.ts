import { LIVE_APPLICATION_STATES, stepTo } from '@mse/domain/experts';
import { describe, expect, test } from 'vitest';
import { CandidateList } from '../../simulators/src/candidates/candidate-data.ts';
import { seededIds } from '../src/ids.ts';
import { generatePopulation } from '../src/population/index.ts';
import { createRandom } from '../src/population/random.ts';
import { candidateDoctors, candidateRecords, registerStory } from '../src/register-story.ts';

const population = generatePopulation({ seed: 20261122, today: '2026-11-26' });
const rows = registerStory(population, {
  ids: seededIds(createRandom(1)),
  serviceTime: new Date('2026-11-26T10:00:00+05:00'),
  personId: (iin) => `person-${iin}`,
  groups: ['a', 'b', 'c', 'd', 'e'],
});

describe('The selection of experts in the demonstration', () => {
  test('RG-01: one announcement is open and was published more than ten working days before', () => {
    expect(rows.announcements).toMatchObject([
      { publishedOn: '2026-10-17', intakeFrom: '2026-11-05', intakeUntil: '2027-01-05' },
    ]);
  });
  test('twelve applications stand in eleven different states, each reached by the table of steps', () => {
    expect(rows.applications).toHaveLength(12);
    expect(new Set(rows.applications.map(({ state }) => state)).size).toBeGreaterThanOrEqual(10);
    for (const event of rows.events) expect(stepTo(event.from, event.event)).toBe(event.to);
    for (const { id, state } of rows.applications)
      expect(rows.events.filter(({ applicationId }) => applicationId === id).at(-1)?.to).toBe(state);
    const live = rows.applications.filter(({ state }) =>
      (LIVE_APPLICATION_STATES as readonly string[]).includes(state),
    );
    expect(new Set(live.map(({ personId }) => personId)).size).toBe(live.length);
  });
  test('the doctor of the cast has not applied, and the systems know everybody', () => {
    const [doctor] = candidateDoctors(population);
    expect(population.namedDemoPeople.find(({ key }) => key === 'citizen-doctor')?.iin).toBe(doctor?.iin);
    expect(rows.applications.some(({ personId }) => personId === `person-${doctor?.iin}`)).toBe(false);
    expect(CandidateList.parse(candidateRecords(population))).toHaveLength(13);
  });
});

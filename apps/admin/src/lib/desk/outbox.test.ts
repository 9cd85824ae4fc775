import { describe, expect, test } from 'vitest';
import { Outbox, type OutboxStore, type SendOutcome } from './outbox.ts';
import { aChange } from './test-rows.ts';
import type { PendingChange } from './types.ts';

const TODAY = '23.11.2026';

function memory(): OutboxStore & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

function open(store = memory(), personId = 'clerk') {
  const heard: string[] = [];
  const outbox = new Outbox(store, personId, {
    done: (change) => heard.push(`done ${change.event}`),
    refused: (change, refusal) => heard.push(`refused ${change.event} ${refusal} sent ${change.sent}`),
    stale: (change) => heard.push(`stale ${change.event}`),
    changed: () => undefined,
  });
  return { store, outbox, heard };
}

const press = (id: string, event: PendingChange['event']) => aChange({ id, event });
const answering =
  (...outcomes: SendOutcome[]) =>
  (sent: string[]) =>
  async (change: PendingChange): Promise<SendOutcome> => {
    sent.push(change.event);
    return outcomes.shift() ?? { kind: 'done' };
  };

describe('K01: presses of a clerk without a line', () => {
  test('are sent in the order they were pressed and struck out when answered', async () => {
    const { outbox, heard } = open();
    for (const event of ['call', 'start', 'finish'] as const) outbox.add(press(event, event));
    const sent: string[] = [];
    expect(await outbox.flush(TODAY, answering()(sent))).toBe('done');
    expect(sent).toEqual(['call', 'start', 'finish']);
    expect(heard).toEqual(['done call', 'done start', 'done finish']);
    expect(outbox.pending()).toEqual([]);
  });

  test('stop at the first that gets no answer; nothing is skipped and nothing is lost', async () => {
    const { outbox, heard } = open();
    for (const event of ['call', 'start', 'finish'] as const) outbox.add(press(event, event));
    const sent: string[] = [];
    expect(await outbox.flush(TODAY, answering({ kind: 'done' }, { kind: 'unreachable' })(sent))).toBe(
      'unreachable',
    );
    expect(sent).toEqual(['call', 'start']);
    expect(heard).toEqual(['done call']);
    expect(outbox.pending().map((change) => change.event)).toEqual(['start', 'finish']);
  });

  test('survive the closing of the page', async () => {
    const first = open();
    first.outbox.add(press('1', 'call'));
    const second = open(first.store);
    expect(second.outbox.pending()).toMatchObject([{ event: 'call' }]);
    await second.outbox.flush(TODAY, answering()([]));
    expect(first.outbox.pending()).toEqual([]);
  });

  test('tell a second sending from a first, so that a lost answer is not taken for a refusal', async () => {
    const { outbox, heard } = open();
    outbox.add(press('1', 'call'));
    await outbox.flush(TODAY, answering({ kind: 'unreachable' })([]));
    await outbox.flush(TODAY, answering({ kind: 'refused', refusal: 'not-possible-now' })([]));
    expect(heard).toEqual(['refused call not-possible-now sent 2']);
  });

  test('wait for the same clerk when the session is over; another clerk at the desk never sends them', async () => {
    const store = memory();
    const mine = open(store, 'first-clerk');
    mine.outbox.add(press('1', 'call'));
    expect(await mine.outbox.flush(TODAY, answering({ kind: 'signed-out' })([]))).toBe('signed-out');
    const theirs = open(store, 'second-clerk');
    const sent: string[] = [];
    await theirs.outbox.flush(TODAY, answering()(sent));
    expect(sent).toEqual([]);
    expect(mine.outbox.pending()).toHaveLength(1);
  });

  test('of another day are never sent, and the clerk hears of it', async () => {
    const { outbox, heard } = open();
    outbox.add(aChange({ id: '1', event: 'call', day: '22.11.2026' }));
    outbox.add(press('2', 'start'));
    const sent: string[] = [];
    await outbox.flush(TODAY, answering()(sent));
    expect(sent).toEqual(['start']);
    expect(heard).toEqual(['stale call', 'done start']);
  });

  test('two sendings at once do not send a press twice', async () => {
    const { outbox } = open();
    outbox.add(press('1', 'call'));
    const sent: string[] = [];
    const slowly = async (change: PendingChange): Promise<SendOutcome> => {
      sent.push(change.event);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { kind: 'done' };
    };
    await Promise.all([outbox.flush(TODAY, slowly), outbox.flush(TODAY, slowly)]);
    expect(sent).toEqual(['call']);
  });

  test('a damaged list is put aside instead of breaking the page', () => {
    const { store, outbox } = open();
    store.setItem('saraptama-desk-outbox:clerk', '{"half');
    expect(outbox.pending()).toEqual([]);
    store.setItem('saraptama-desk-outbox:clerk', '[{"visitId":7},null,"x"]');
    expect(outbox.pending()).toEqual([]);
  });
});

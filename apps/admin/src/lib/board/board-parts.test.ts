import { readFileSync } from 'node:fs';
import { liveTicketNumber, ticketNumber } from '@mse/domain/queue';
import { describe, expect, test } from 'vitest';
import { callsToAnnounce, SHIFTS, shiftAt, type View } from './board-model.ts';
import { chimeSamples } from './chime.ts';
import { callClips, callSentence, numberClips, recordedTexts, SPOKEN_LANGUAGES } from './spoken-call.ts';
import { decodeSample, encodeSample, readVoice, writeVoice } from './voice-file.ts';

const call = (ticketNo: string, time: string, calls = 1) => ({
  ticketNo,
  room: '14',
  calledAt: `2026-11-23T${time}.000Z`,
  calls,
});
const view = (time: string, ...calls: View['calls']): View => ({
  department: { number: 1, name: { kk: '', ru: '', en: '' } },
  name: '',
  volume: 70,
  emergency: null,
  testCalls: 0,
  serverTime: `2026-11-23T${time}.000Z`,
  calls,
  waiting: 0,
});

describe('what a board announces', () => {
  test('B01: nothing at the start, then every new and every repeated call once, the oldest first', () => {
    const first = view('04:00:00', call('A-001', '03:59:59'));
    expect(callsToAnnounce(null, first)).toEqual([]);
    const next = view(
      '04:00:10',
      call('A-003', '04:00:09'),
      call('A-002', '04:00:08'),
      call('A-001', '03:59:59'),
    );
    expect(callsToAnnounce(first, next).map(({ ticketNo }) => ticketNo)).toEqual(['A-002', 'A-003']);
    expect(callsToAnnounce(next, next)).toEqual([]);
    const again = view('04:01:00', call('A-001', '04:01:00', 2), ...next.calls.slice(0, 2));
    expect(callsToAnnounce(next, again).map(({ ticketNo, calls }) => [ticketNo, calls])).toEqual([
      ['A-001', 2],
    ]);
  });

  test('B01: after a silence only calls of the last two minutes are spoken', () => {
    const back = view('04:30:00', call('A-009', '04:28:01'), call('A-008', '04:27:59'));
    expect(callsToAnnounce(view('04:00:00'), back).map(({ ticketNo }) => ticketNo)).toEqual(['A-009']);
  });

  test('B01: the picture moves through all its places and comes back', () => {
    const places = Array.from({ length: SHIFTS * 2 }, (_, index) => shiftAt(index * 120_000));
    expect(new Set(places).size).toBe(SHIFTS);
    expect(places.slice(0, SHIFTS)).toEqual(places.slice(SHIFTS));
  });
});

describe('what a board says aloud', () => {
  test.each([
    [0, ['0']],
    [3, ['3']],
    [20, ['20']],
    [21, ['20', '1']],
    [114, ['100', '14']],
    [100, ['100']],
    [999, ['900', '90', '9']],
    [1204, ['1', '2', '0', '4']],
  ])('B01: the number %i is put together from recordings', (number, clips) => {
    expect(numberClips(number)).toEqual(clips);
  });

  test('B01: a call is the ticket, a breath, the room; a room may have a letter', () => {
    expect(callClips({ ticketNo: 'A-003', room: '14' })).toEqual(['ticket', 'A', '3', null, 'room', '14']);
    expect(callClips({ ticketNo: 'L-021', room: '2B' })).toEqual([
      'ticket',
      'L',
      '20',
      '1',
      null,
      'room',
      '2',
      'B',
    ]);
    expect(callSentence({ ticketNo: 'A-003', room: '14' }, 'kk')).toBe('Талон а 3. Кабинет 14.');
  });

  test('B01: every ticket there can be has all its recordings in both files', () => {
    for (const language of SPOKEN_LANGUAGES) {
      const file = readFileSync(new URL(`../../../static/board/voice-${language}.bin`, import.meta.url));
      const voice = readVoice(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
      expect(Object.keys(voice.clips).sort()).toEqual(Object.keys(recordedTexts(language)).sort());
      for (let number = 0; number < 1000; number += 1)
        for (const ticketNo of [ticketNumber(number, number), liveTicketNumber(number)])
          for (const clip of callClips({ ticketNo, room: String(number) }))
            if (clip !== null) expect(voice.clips[clip], `${language} ${clip}`).toBeDefined();
      for (const [clip, [start, length]] of Object.entries(voice.clips)) {
        expect(start + length).toBeLessThanOrEqual(voice.samples.length);
        const heard = voice.samples.subarray(start, start + length);
        const loudness = Math.sqrt(heard.reduce((sum, sample) => sum + sample * sample, 0) / heard.length);
        expect({ language, clip, heard: loudness > 0.02, seconds: length / voice.rate < 2 }).toEqual({
          language,
          clip,
          heard: true,
          seconds: true,
        });
      }
    }
  });

  test('B01: samples survive the file within the precision of eight bits', () => {
    for (let sample = -32_000; sample <= 32_000; sample += 97)
      expect(Math.abs(decodeSample(encodeSample(sample)) * 32_768 - sample)).toBeLessThanOrEqual(
        Math.max(8, Math.abs(sample) / 16),
      );
    const file = writeVoice({ rate: 11_025, clips: { ticket: [0, 3] } }, Int16Array.from([0, 1000, -1000]));
    expect(readVoice(file.buffer)).toMatchObject({ rate: 11_025, clips: { ticket: [0, 3] } });
  });

  test('B01: the chime begins and ends softly and never clips', () => {
    const samples = chimeSamples(22_050);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeGreaterThan(0.2);
    expect(loudest).toBeLessThanOrEqual(1);
    expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.01);
    expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.05);
  });
});

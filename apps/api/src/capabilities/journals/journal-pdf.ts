import {
  columnName,
  type Journal,
  JOURNAL_COLUMNS,
  type Signer,
  type SignerRole,
} from '@mse/domain/journals';
import type { Trilingual } from '@mse/domain/shared';
import { formatDate, formatDateTime } from '@mse/i18n/format';
import { translator } from '@mse/i18n';
import type { Deps } from '../../deps.ts';
import { renderPdf } from '../documents/render-pdf.ts';
import type { JournalPlace } from './append-row.ts';
import { type LoadedProtocol, monthHash, monthSubject, signaturesOf } from './load-protocols.ts';
import { placeName } from './place-names.ts';
import { PROTOCOL_TEMPLATE } from './protocol-template.ts';
import { signersOf, signingState } from './signers.ts';

type Pair = { kk: string; ru: string };

/** How wide the columns are to each other. */
const WIDTHS: Record<Journal, readonly number[]> = {
  department: [7, 13, 11, 8, 10, 10, 14, 14, 13, 11, 11, 11, 14, 18],
  methodology: [3, 13, 14, 13, 11, 10, 18, 18, 20],
};
/** Fourteen columns need the wider paper; sizes in points. */
const PAPER = { department: { paper: 'a3', size: 7.5 }, methodology: { paper: 'a4', size: 7.5 } } as const;

const pair = (key: string, params: Record<string, string | number> = {}): Pair => ({
  kk: translator('kk')(key, params),
  ru: translator('ru')(key, params),
});
const inTwo = ({ kk, ru }: Trilingual): Pair => ({ kk, ru });

/** JR-01, JR-05: the protocol of a day. A line for each signer stays open until it is signed as it reads now. */
export async function protocolPdf(deps: Deps, protocol: LoadedProtocol, at: Date): Promise<Buffer> {
  const { journal } = protocol.protocol;
  const day = await dayOf(deps, protocol, await signersOf(deps.db, protocol.protocol, [protocol], at));
  return renderPdf(
    PROTOCOL_TEMPLATE,
    {
      ...frame(journal),
      title: translator('kk')(`journals:title.${journal}`),
      days: [day],
      footer: day.heading.kk,
    },
    'kk',
    { at },
  );
}

/** JR-02, JR-04: the journal of a month: cover, every day in order, all sheets numbered, the label of the lacing and the hash. */
export async function monthPdf(
  deps: Deps,
  place: JournalPlace,
  month: string,
  days: readonly LoadedProtocol[],
  at: Date,
): Promise<Buffer> {
  const [first, last] = [days.at(0), days.at(-1)];
  if (!first || !last) throw new Error('An empty month has no journal');
  const hash = monthHash(days);
  const asked = await signersOf(deps.db, place, days, at);
  const name = inTwo(await placeName(deps, place));
  const head = (await signaturesOf(deps.db, monthSubject(place, month), hash)).find((each) => each.current);
  const words = month.split('-').reverse().join('.');
  return renderPdf(
    PROTOCOL_TEMPLATE,
    {
      ...frame(place.journal),
      title: `${translator('kk')(`journals:title.${place.journal}`)}, ${words}`,
      footer: `${name.kk}, ${words}`,
      days: await Promise.all(days.map((each) => dayOf(deps, each, asked))),
      cover: {
        ministry: pair('results:issuer.ministry'),
        committee: pair('journals:cover.committee'),
        place: name,
        'title-ru': `${translator('ru')(`journals:title.${place.journal}`)}, ${words}`,
        begun: pair('journals:cover.begun', { day: formatDate(first.protocol.day) }),
        ended: pair('journals:cover.ended', { day: formatDate(last.protocol.day) }),
        laced: pair('journals:cover.laced'),
        sheets: pair('journals:cover.sheets'),
        'in-words': pair('journals:cover.in-words'),
        head: head ? signedLine(head) : LINE,
        hash: pair('journals:cover.hash'),
        'hash-value': hash,
      },
    },
    'kk',
    { at },
  );
}

const LINE = '______________________________';

function frame(journal: Journal) {
  return {
    ...PAPER[journal],
    widths: WIDTHS[journal],
    columns: Array.from({ length: JOURNAL_COLUMNS[journal] }, (_, index) => ({
      kk: columnName(journal, index + 1, 'kk'),
      ru: columnName(journal, index + 1, 'ru'),
    })),
    labels: {
      corrections: pair('journals:corrections'),
      head: pair('journals:signer.head'),
      specialists: pair('journals:signer.specialists'),
      stamp: pair('journals:stamp'),
    },
  };
}

async function dayOf(deps: Deps, day: LoadedProtocol, asked: ReadonlyMap<string, readonly Signer[]>) {
  const { protocol, rows } = day;
  const { places } = await signingState(deps.db, day, asked.get(protocol.id) ?? [], null);
  // A line for whoever has not signed stays open, with the name.
  const by = (role: SignerRole) =>
    places
      .filter((each) => each.role === role)
      .map(({ name, at }) =>
        at === null ? [LINE, name].filter(Boolean).join(' ') : signedLine({ name: name ?? '', at }),
      );
  const heading = (language: 'kk' | 'ru') =>
    translator(language)('journals:heading', {
      number: protocol.number,
      day: protocol.day.slice(8),
      month: translator(language)(`journals:month.${Number(protocol.day.slice(5, 7))}`),
      year: protocol.day.slice(0, 4),
    });
  return {
    place: inTwo(await placeName(deps, protocol)),
    heading: { kk: heading('kk'), ru: heading('ru') },
    rows: rows.map(({ cells, corrected }) =>
      cells.kk.map((kk, index) => {
        const mark = corrected.includes(index + 1) ? '*' : '';
        return { kk: `${kk}${mark}`, ru: `${cells.ru[index] ?? ''}${mark}` };
      }),
    ),
    corrections: rows.flatMap((row) =>
      row.corrections.map((each) => {
        const line = (language: 'kk' | 'ru') =>
          translator(language)('journals:correction-line', {
            row: row.place,
            column: each.column,
            value: each[language],
            reason: each.reason,
            name: each.name,
            at: formatDateTime(each.at),
          });
        return { kk: line('kk'), ru: line('ru') };
      }),
    ),
    head: by('department-head').join('; ') || LINE,
    specialists: by('chief-specialist').join('; ') || LINE,
  };
}

function signedLine({ name, at }: { name: string; at: Date }): string {
  return `${name}, ${formatDateTime(at)}`;
}

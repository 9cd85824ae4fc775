/** How the turn of a ticket stands, as the portal answers it. */
interface Turn {
  state: 'expected' | 'waiting' | 'called' | 'in-service' | 'over';
  ticketNo: string | null;
  room: string | null;
  calls: number;
}

/** Seconds until the next question, by the state: quick while a call may come any moment. */
const PAUSE_SECONDS: Record<Turn['state'], number> = {
  expected: 15,
  waiting: 5,
  called: 5,
  'in-service': 15,
  over: 60,
};
const LOST_SECONDS = 10;
/** Long, short, long: felt in a pocket, milliseconds. */
const CALL_PATTERN = [600, 200, 300, 200, 600];

/**
 * C14, B01: an open ticket tells its holder of the call, in words that screen readers say at once, in the title and by vibration.
 * Works after the session's end and on the copy kept for reading offline, once there is a line again.
 */
export function watchTurn(): void {
  const found = document.querySelector<HTMLElement>('#turn');
  const foundWords = document.querySelector<HTMLElement>('#turn-said');
  const foundNote = document.querySelector<HTMLElement>('#turn-note');
  if (!found || !foundWords || !foundNote) return;
  const [turn, words, note] = [found, foundWords, foundNote];
  const title = document.title;
  let calls = Number(turn.dataset.calls ?? 0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const textOf = ({ state, ticketNo, room }: Turn): string => {
    const open =
      state === 'called'
        ? turn.dataset.called
        : state === 'waiting'
          ? turn.dataset[ticketNo?.startsWith('L-') ? 'waitingLive' : 'waiting']
          : state === 'in-service'
            ? turn.dataset.inService
            : '';
    return (open ?? '').replace('{{ticket}}', ticketNo ?? '').replace('{{room}}', room ?? '');
  };

  const show = (now: Turn) => {
    const called = now.state === 'called';
    const isNew = called && (turn.dataset.state !== 'called' || now.calls > calls);
    const text = textOf(now);
    note.textContent = called && now.calls > 1 ? (turn.dataset.again ?? '') : '';
    if (words.textContent !== text) words.textContent = text;
    turn.dataset.state = now.state;
    calls = now.calls;
    document.title = called ? text : title;
    if (!isNew) return;
    turn.scrollIntoView({ block: 'center' });
    // Browsers let a page vibrate only after it was touched once; without that the words have to do.
    if ('vibrate' in navigator) navigator.vibrate(CALL_PATTERN);
  };

  const ask = async () => {
    clearTimeout(timer);
    let pause = LOST_SECONDS;
    try {
      const answer = await fetch(turn.dataset.address ?? '', { signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error('no answer');
      const now = (await answer.json()) as Turn;
      show(now);
      pause = PAUSE_SECONDS[now.state];
    } catch {
      const waits = turn.dataset.state === 'waiting' || turn.dataset.state === 'called';
      note.textContent = waits ? (turn.dataset.lost ?? '') : '';
    }
    timer = setTimeout(() => void ask(), pause * 1000);
  };

  timer = setTimeout(() => void ask(), PAUSE_SECONDS[(turn.dataset.state ?? 'over') as Turn['state']] * 1000);
  addEventListener('online', () => void ask());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void ask();
  });
}

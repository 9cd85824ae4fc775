/**
 * Asks in time whether the session should go on, and ends it at an unattended desk. A page that refreshes itself would
 * otherwise keep a session alive for as long as the browser is open. Runs by itself on every page of signed-in staff.
 */
const MINUTE = 60_000;
const dialog = document.querySelector<HTMLDialogElement>('#session-watch');
const end = document.querySelector<HTMLFormElement>('#session-watch-end');

if (dialog && end) {
  const idle = Number(dialog.dataset.idleMinutes) * MINUTE;
  const warn = Number(dialog.dataset.warnMinutes) * MINUTE;
  // A running time, not the wall clock: it goes on evenly when somebody sets the clock.
  let lastUse = performance.now();
  let lastKept = lastUse;

  const leave = () => {
    const field = (name: string) => end.elements.namedItem(name) as HTMLInputElement;
    field('reason').value = 'expired';
    field('next').value = location.pathname;
    end.submit();
  };

  /** Tells the server that somebody is at work here. */
  const keep = async () => {
    lastKept = performance.now();
    try {
      const answer = await fetch(dialog.dataset.keep ?? '', { method: 'POST' });
      if (answer.status === 401) leave();
    } catch {
      // No line: the page says so itself where it matters, and the next sign of life tries again.
    }
  };

  const used = () => {
    if (dialog.open) return;
    lastUse = performance.now();
    if (lastUse - lastKept > MINUTE) void keep();
  };

  const goOn = () => {
    lastUse = performance.now();
    dialog.close();
    void keep();
  };

  for (const sign of ['pointerdown', 'keydown'])
    addEventListener(sign, used, { capture: true, passive: true });
  document.querySelector('#session-watch-keep')?.addEventListener('click', goOn);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    goOn();
  });
  setInterval(() => {
    const unused = performance.now() - lastUse;
    if (unused >= idle) leave();
    else if (unused >= idle - warn && !dialog.open) dialog.showModal();
  }, 1000);
}

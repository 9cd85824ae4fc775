// @ts-check
// Asks in time whether the session should go on, and ends it at an unattended desk.
// A page that refreshes itself would otherwise keep a session alive for as long as the browser is open.
(() => {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById('session-watch'));
  const end = /** @type {HTMLFormElement | null} */ (document.getElementById('session-watch-end'));
  if (!dialog || !end) return;

  const MINUTE = 60_000;
  const idle = Number(dialog.dataset.idleMinutes) * MINUTE;
  const warn = Number(dialog.dataset.warnMinutes) * MINUTE;
  const keepAddress = dialog.dataset.keep ?? '';
  // performance.now() runs on when the wall clock is set, but may rest while the computer sleeps; the server's clock decides then.
  let lastUse = performance.now();
  let lastKept = lastUse;

  /** Tells the server that somebody is at work here. */
  async function keep() {
    lastKept = performance.now();
    try {
      const answer = await fetch(keepAddress, { method: 'POST', headers: { accept: 'application/json' } });
      if (answer.status === 401) leave();
    } catch {
      // No line: the page says so itself where it matters, and the next sign of life tries again.
    }
  }

  function leave() {
    if (!end) return;
    const reason = /** @type {HTMLInputElement} */ (end.elements.namedItem('reason'));
    const next = /** @type {HTMLInputElement} */ (end.elements.namedItem('next'));
    reason.value = 'expired';
    next.value = location.pathname;
    end.submit();
  }

  function used() {
    if (dialog?.open) return;
    lastUse = performance.now();
    if (lastUse - lastKept > MINUTE) void keep();
  }

  function goOn() {
    lastUse = performance.now();
    dialog?.close();
    void keep();
  }

  for (const sign of ['pointerdown', 'keydown']) addEventListener(sign, used, { capture: true, passive: true });
  document.getElementById('session-watch-keep')?.addEventListener('click', goOn);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    goOn();
  });
  setInterval(() => {
    const unused = performance.now() - lastUse;
    if (unused >= idle) leave();
    else if (unused >= idle - warn && !dialog.open) dialog.showModal();
  }, 1000);
})();

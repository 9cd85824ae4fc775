/** Small helps on every page; each page works without them. */

/* A form is sent once: a second press while the first is on its way does nothing. */
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = '1';
  const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
  if (!button) return;
  button.setAttribute('aria-disabled', 'true');
  if (button.dataset.busy) button.textContent = button.dataset.busy;
});
window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  // The page came back from the browser's memory: its forms may be sent again.
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) delete form.dataset.sent;
  for (const button of document.querySelectorAll('button[aria-disabled]'))
    button.removeAttribute('aria-disabled');
});

/* The session ends soon: ask five minutes before, as often as it takes. */
const WARN_BEFORE_MS = 5 * 60_000;
const LONGEST_IDLE_MS = 30 * 60_000;

const dialog = document.querySelector<HTMLDialogElement>('#session-warning');
const words = document.querySelector<HTMLElement>('#session-warning-text');
const extend = document.querySelector<HTMLButtonElement>('#session-extend');
const leave = document.querySelector<HTMLAnchorElement>('#session-leave');

if (dialog && words && extend && leave) {
  let timer: number | undefined;

  const warnBefore = (endsAt: string) => {
    const left = Date.parse(endsAt) - Date.now();
    // A clock that is far off (or moved, in a demonstration) must not warn at once or never.
    const idle = left > 0 && left <= LONGEST_IDLE_MS + 60_000 ? left : LONGEST_IDLE_MS;
    clearTimeout(timer);
    timer = window.setTimeout(() => dialog.showModal(), Math.max(0, idle - WARN_BEFORE_MS));
  };

  const failed = () => {
    words.textContent = dialog.dataset.failed ?? '';
    extend.hidden = true;
    leave.hidden = false;
    leave.focus();
  };

  extend.addEventListener('click', () => {
    fetch(dialog.dataset.extend ?? '', { method: 'POST' })
      .then(async (answer) => {
        if (!answer.ok) return failed();
        warnBefore(((await answer.json()) as { endsAt: string }).endsAt);
        dialog.close();
      })
      .catch(failed);
  });
  warnBefore(dialog.dataset.endsAt ?? '');
}

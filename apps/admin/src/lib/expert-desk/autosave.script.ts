/**
 * X04: keeps what is written, a moment after the last keystroke. What cannot be kept is said, and tried again when the trouble may pass by
 * itself; the button of the form does the same without a script.
 */
const QUIET_MS = 2000;
const AGAIN_MS = 10_000;

const form = document.querySelector<HTMLFormElement>('#decision');
const line = document.querySelector<HTMLElement>('#autosave');
const version = form?.querySelector<HTMLInputElement>('input[name=version]');

if (form && line && version) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving = false;
  let stopped = false;
  let changes = 0;

  const say = (state: string, time = '') => {
    const words = form.querySelector<HTMLTemplateElement>(`template[data-status=${state}]`);
    line.textContent = (words?.content.textContent ?? '').replace('{{time}}', time);
    line.dataset.state = state;
  };
  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), ms);
  };

  const save = async (): Promise<void> => {
    if (stopped) return;
    if (saving) return later(QUIET_MS);
    saving = true;
    const seen = changes;
    say('saving');
    try {
      const answer = await fetch(form.dataset.draft ?? '', { method: 'POST', body: new FormData(form) });
      const said = (await answer.json()) as { state: string; version?: number; time?: string };
      say(said.state, said.time);
      if (said.version !== undefined) version.value = String(said.version);
      // What the other tab has written is not overwritten behind anybody's back; the rest needs the person, too.
      if (said.state === 'conflict' || said.state === 'closed') stopped = true;
      if (said.state === 'failed') later(AGAIN_MS);
    } catch {
      say('failed');
      later(AGAIN_MS);
    } finally {
      saving = false;
    }
    if (changes !== seen) later(QUIET_MS);
  };

  form.addEventListener('input', () => {
    changes += 1;
    later(QUIET_MS);
  });
  form.addEventListener('submit', () => {
    stopped = true;
    clearTimeout(timer);
  });
}

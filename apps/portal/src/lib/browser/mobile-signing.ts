/** C05: asks now and then whether the phone has signed, and goes on. The button of the page does the same. */
const EVERY_MS = 3000;

const form = document.querySelector<HTMLFormElement>('#mobile-signing');
const line = document.querySelector<HTMLElement>('#mobile-signing-status');

if (form && line) {
  const say = (state: 'watching' | 'seen') => {
    const words = form.querySelector<HTMLTemplateElement>(`template[data-status=${state}]`);
    // Said once: a line that is repeated is read aloud again and again.
    if (words && line.dataset.state !== state) {
      line.textContent = words.content.textContent;
      line.dataset.state = state;
    }
  };
  const later = () => setTimeout(() => void look(), EVERY_MS);

  const look = async (): Promise<void> => {
    // The button was pressed; its answer counts.
    if (form.dataset.sent) return;
    try {
      const response = await fetch(form.dataset.state ?? '', { method: 'POST' });
      const settled = response.ok ? ((await response.json()) as { go?: string; wait?: string }) : {};
      if (settled.go) return location.assign(settled.go);
      if (settled.wait === 'opened') say('seen');
    } catch {
      // no network for a moment: asked again
    }
    later();
  };

  say('watching');
  later();
}

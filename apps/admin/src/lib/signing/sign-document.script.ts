/**
 * X05: gives the text of the page to NCALayer and sends the signature with the form. Nothing runs before the button is pressed: the
 * browser may ask about the local network, and a person should know why.
 */
import { NCALayerClient } from 'ncalayer-js-client';
import { signText } from './sign-text.ts';

const form = document.querySelector<HTMLFormElement>('#signing');
const button = document.querySelector<HTMLButtonElement>('#sign');
const line = document.querySelector<HTMLElement>('#signing-status');
const answer = form?.querySelector<HTMLInputElement>('input[name=cms]');

if (form && button && line && answer) {
  let waiting: AbortController | null = null;
  const words = (status: string) =>
    form.querySelector<HTMLTemplateElement>(`template[data-status=${status}]`)?.content.textContent ?? '';
  const say = (status: string) => {
    line.textContent = words(status);
    line.dataset.state = status;
  };

  const sign = async (): Promise<void> => {
    const stop = new AbortController();
    waiting = stop;
    button.textContent = words('stop');
    say('connecting');
    const { ncalayer = '', text = '', language = 'kk' } = form.dataset;
    const signed = await signText(
      NCALayerClient,
      { url: ncalayer, text, language, thing: 'document' },
      () => say('waiting'),
      stop.signal,
    );
    waiting = null;
    button.textContent = words('sign');
    if (signed.ok) {
      say('checking');
      button.disabled = true;
      answer.value = signed.cms;
      form.submit();
      return;
    }
    say(stop.signal.aborted ? 'stopped' : signed.problem);
  };

  button.hidden = false;
  // One button for both, so that the focus stays where it is.
  button.addEventListener('click', () => {
    if (waiting) waiting.abort();
    else void sign();
  });
}

import { NCALayerClient } from 'ncalayer-js-client';

/**
 * C04 and every page that collects a signature: gives the text of the page to NCALayer and sends the signature with the form. Nothing runs before the button is
 * pressed: the browser may ask about the local network, and a person should know why.
 */
type Status = 'connecting' | 'waiting' | 'sending' | 'absent' | 'denied' | 'cancelled' | 'failed' | 'old';

/** Finds a part of the page; without it the page and this script do not belong together. */
function part<Kind extends Element>(selector: string): Kind {
  const found = document.querySelector<Kind>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}

const form = part<HTMLFormElement>('#signing');
const button = part<HTMLButtonElement>('#sign');
const answer = part<HTMLInputElement>('#signing input[name=cms]');
const line = part<HTMLElement>('#signing-status');

function say(status: Status): void {
  line.textContent = part<HTMLTemplateElement>(
    `#signing template[data-status=${status}]`,
  ).content.textContent;
  line.dataset.state = status;
}

/** Whether the browser was told not to let pages reach programs on this computer (Chrome asks since version 147). */
async function isLocalNetworkDenied(): Promise<boolean> {
  for (const name of ['loopback-network', 'local-network-access', 'local-network']) {
    try {
      const answer = await navigator.permissions.query({ name: name as PermissionName });
      if (answer.state === 'denied') return true;
    } catch {
      // this browser does not know the permission by this name
    }
  }
  return false;
}

function base64(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}

const CONNECT_PATIENCE_MS = 8000;

/** A program that takes the connection and says nothing is as good as absent. */
function tooLong(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), CONNECT_PATIENCE_MS));
}

/** A key for signing in, of a person: extended key usage "client authentication" and "individual". */
const SIGN_IN_KEY = { extKeyUsageOids: ['1.3.6.1.5.5.7.3.2', '1.2.398.3.3.4.1.1'] };
/** A key for signing documents, of a person: "email protection" and "individual". */
const DOCUMENT_KEY = { extKeyUsageOids: ['1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.1'] };

async function sign(): Promise<void> {
  say('connecting');
  const client = new NCALayerClient(form.dataset.ncalayer, false);
  // The library looks for a second program (KAZTOKEN) even when told not to use it; it shall not knock at this computer's ports for nothing.
  client.kmdHttpApiUrl = '/health';
  try {
    await Promise.race([client.connect(), tooLong()]);
  } catch {
    client.wsConnection?.close();
    say((await isLocalNetworkDenied()) ? 'denied' : 'absent');
    return;
  }
  try {
    say('waiting');
    const signature = await client.basicsSignCMS(
      NCALayerClient.basicsStorageAll,
      base64(form.dataset.text ?? ''),
      NCALayerClient.basicsCMSParamsDetachedNoTSP,
      form.dataset.keys === 'document' ? DOCUMENT_KEY : SIGN_IN_KEY,
      form.dataset.language,
    );
    say('sending');
    answer.value = Array.isArray(signature) ? (signature[0] ?? '') : signature;
    form.submit();
  } catch (failure) {
    const told = failure as { canceledByUser?: boolean; message?: string };
    say(told.canceledByUser ? 'cancelled' : /MODULE_NOT_FOUND/.test(told.message ?? '') ? 'old' : 'failed');
  } finally {
    client.wsConnection?.close();
  }
}

button.hidden = false;
button.addEventListener('click', () => {
  if (button.ariaDisabled === 'true') return;
  button.ariaDisabled = 'true';
  void sign().finally(() => {
    button.ariaDisabled = null;
  });
});

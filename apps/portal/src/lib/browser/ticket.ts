import { watchTurn } from './turn.ts';

/** C14: print button, and a copy of the ticket that opens without a network or after the session's end. */
const print = document.querySelector<HTMLButtonElement>('#print');
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}

watchTurn();

// The copy itself has no need to be kept again.
const isCopy = document.querySelector<HTMLElement>('#saved-copy')?.hidden === false;
if (!isCopy && 'serviceWorker' in navigator) {
  const parts = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].map(
    (link) => link.href,
  );
  navigator.serviceWorker
    .register('/service-worker.js')
    .then(() => navigator.serviceWorker.ready)
    .then((registration) => {
      const answered = new MessageChannel();
      answered.port1.onmessage = () => {
        const line = document.querySelector<HTMLElement>('#kept-offline');
        if (line) line.hidden = false;
      };
      registration.active?.postMessage({ keep: location.pathname, parts }, [answered.port2]);
    })
    .catch(() => {
      // Without a service worker the ticket still prints, downloads and opens online.
    });
}

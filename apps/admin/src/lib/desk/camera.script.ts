/**
 * K02: reads a ticket's QR with the camera where the browser has a reader of codes (BarcodeDetector). The picture never leaves the
 * computer; what was read goes into the scan field and is sent like the text of a keyboard scanner.
 */
interface CodeReader {
  detect(picture: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type CodeReaders = new (options: { formats: string[] }) => CodeReader;

const LOOK_EVERY_MS = 200;
const panel = document.querySelector<HTMLElement>('#camera');
const start = document.querySelector<HTMLButtonElement>('#camera-start');
const stop = document.querySelector<HTMLButtonElement>('#camera-stop');
const said = document.querySelector<HTMLElement>('#camera-said');
const picture = document.querySelector<HTMLVideoElement>('#camera-picture');
const Reader = (window as { BarcodeDetector?: CodeReaders }).BarcodeDetector;
const camera = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;

if (panel && start && stop && said && picture && Reader && camera) {
  const reader = new Reader({ formats: ['qr_code'] });
  let stream: MediaStream | null = null;

  const off = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    picture.srcObject = null;
    picture.hidden = true;
    stop.hidden = true;
    start.hidden = false;
  };

  const look = async () => {
    if (!stream) return;
    const [code] = await reader.detect(picture).catch(() => []);
    const field = document.getElementById(panel.dataset.field ?? '');
    if (code && code.rawValue !== '' && field instanceof HTMLInputElement) {
      off();
      field.value = code.rawValue;
      field.form?.requestSubmit();
      return;
    }
    setTimeout(() => void look(), LOOK_EVERY_MS);
  };

  const on = async () => {
    said.textContent = '';
    try {
      stream = await camera.getUserMedia({ video: { facingMode: 'environment' } });
    } catch {
      said.textContent = panel.dataset.denied ?? '';
      return;
    }
    picture.srcObject = stream;
    picture.hidden = false;
    start.hidden = true;
    stop.hidden = false;
    stop.focus();
    said.textContent = picture.getAttribute('aria-label');
    picture.play().catch(() => undefined);
    void look();
  };

  panel.hidden = false;
  start.addEventListener('click', () => void on());
  stop.addEventListener('click', () => {
    off();
    said.textContent = '';
    start.focus();
  });
  addEventListener('pagehide', off);
}

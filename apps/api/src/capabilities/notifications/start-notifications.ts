import type { Deps } from '../../deps.ts';
import type { SmsReceipt } from '../../platform/gateways/sms-gateway.ts';
import { type SmppOptions, startSmppSession } from '../../platform/gateways/smpp-session.ts';
import { expireMessages, findLostMessages, relayDueMessages } from './relay-messages.ts';
import { settleReceipt } from './settle-receipt.ts';
import { unknownMessages } from './settle-unknown.ts';
import { submitMessage, type Underway } from './submit-message.ts';

export interface NotificationOptions {
  /** How long an unanswered message waits for its receipt before it goes out again, milliseconds. */
  graceMs?: number;
  relayEveryMs?: number;
  sweepEveryMs?: number;
  smpp?: Partial<SmppOptions>;
}

const GRACE_MS = 60_000;
const RELAY_EVERY_MS = 250;
const SWEEP_EVERY_MS = 5_000;
const SETTLE_EVERY_MS = 1_000;

/** How long a receipt that fits no message is tried again: it may be faster than the answer that names its id. */
const EARLY_RECEIPT_MS = 5_000;

/** Jobs that hand messages over at a time; the window and the rate of the session are what limits. */
const PARALLEL = 20;

/** The worker's part in messages: the line to the SMS centre, the outbox, the submitting jobs and the sweeps. */
export async function startNotifications(
  deps: Deps,
  options: NotificationOptions = {},
): Promise<{ stop(): Promise<void> }> {
  const { settings, log } = deps;
  const underway: Underway = new Set();
  const session = {
    url: settings.SMPP_URL,
    sender: settings.SMPP_SENDER,
    window: settings.SMPP_WINDOW,
    perSecond: settings.SMPP_PER_SECOND,
    ...options.smpp,
  };
  const gateway = startSmppSession(session, deps.random, log, (receipt) => takeReceipt(deps, receipt));
  const settleUnknown = unknownMessages(deps, gateway, underway, options.graceMs ?? GRACE_MS);

  const rounds = [
    startRounds(deps, 'relay', options.relayEveryMs ?? RELAY_EVERY_MS, async () => {
      // While the line is down messages stay in the table: no tries are spent, and they expire by their own time.
      while (gateway.connectedSince() !== null && (await relayDueMessages(deps)));
    }),
    startRounds(
      deps,
      'unknown messages',
      Math.min(SETTLE_EVERY_MS, options.graceMs ?? GRACE_MS),
      settleUnknown,
    ),
    startRounds(deps, 'sweep', options.sweepEveryMs ?? SWEEP_EVERY_MS, async () => {
      await expireMessages(deps);
      await findLostMessages(deps);
    }),
  ];
  await deps.jobs.work('sms.submit', ({ messageId }) => submitMessage(deps, gateway, underway, messageId), {
    parallel: PARALLEL,
  });

  return {
    async stop() {
      for (const round of rounds) await round.stop();
      await gateway.stop();
    },
  };
}

async function takeReceipt(deps: Deps, receipt: SmsReceipt): Promise<void> {
  const until = performance.now() + EARLY_RECEIPT_MS;
  while (!(await settleReceipt(deps, receipt))) {
    if (performance.now() > until) {
      deps.log.warn('receipt of the SMS centre fits no message');
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Does something again and again with a pause between; a failure is logged and the next round tries anew. */
function startRounds(
  deps: Deps,
  name: string,
  everyMs: number,
  act: () => Promise<void>,
): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = (): void => {
    running = act()
      .catch((error: unknown) => deps.log.error({ err: error, round: name }, 'messages: round failed'))
      .finally(() => {
        if (!stopped) timer = setTimeout(round, everyMs);
      });
  };
  round();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

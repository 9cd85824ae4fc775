import { AsyncLocalStorage } from 'node:async_hooks';
import { type DestinationStream, pino, type Logger, type LoggerOptions } from 'pino';

export type Log = Logger;

/** What belongs to the request or job at hand, for every log line within it. */
export const logContext = new AsyncLocalStorage<{ requestId: string }>();

const DIGITS = /\b\d{11,12}\b|\+7\d{10}\b/g;

/**
 * Structured log, one JSON object a line. Personal data does not belong here; as a second wall anything that looks like
 * an ИИН or a phone number is blotted out of messages and error texts.
 */
export function createLog(process: string, level: string, destination?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: { process },
    mixin: () => logContext.getStore() ?? {},
    redact: {
      paths: [
        'iin',
        'phone',
        'token',
        'code',
        'cookie',
        'authorization',
        '*.iin',
        '*.phone',
        '*.token',
        '*.code',
        '*.authorization',
      ],
      censor: '•••',
    },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      err: (error: unknown) => {
        const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
        return { name, message: blot(message), stack: blot(stack ?? '') };
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Takes numbers of people and phones out of a text. */
export function blot(text: string): string {
  return text.replace(DIGITS, '•••');
}

import type { SessionAudience } from '@mse/domain/identity';
import { BUSINESS_ZONE, type Language } from '@mse/domain/shared';

/** What a text to sign says besides its words. */
export interface ChallengeFacts {
  audience: SessionAudience;
  /** Host name the person sees in the browser. */
  host: string;
  at: Date;
  /** Unguessable, used once. */
  nonce: string;
}

/**
 * Words of the text that is signed at sign-in. They stand here and not with the words of the screens, because what was
 * signed is evidence: it must not change when a screen is reworded.
 */
const WORDS = {
  kk: {
    citizen: 'Медициналық-әлеуметтік сараптаманың жеке кабинетіне кіру',
    staff: 'Медициналық-әлеуметтік сараптама қызметкерінің жұмыс орнына кіру',
    purpose: 'Мақсаты: тек кіру. Бұл мәтін ешқандай құжатқа қол қоймайды.',
    host: 'Сайт',
    time: 'Уақыты',
    nonce: 'Бір реттік нөмірі',
  },
  ru: {
    citizen: 'Вход в личный кабинет медико-социальной экспертизы',
    staff: 'Вход на рабочее место сотрудника медико-социальной экспертизы',
    purpose: 'Назначение: только вход. Этот текст не подписывает никаких документов.',
    host: 'Сайт',
    time: 'Время',
    nonce: 'Одноразовый номер',
  },
  en: {
    citizen: 'Sign-in to the personal cabinet of medico-social examination',
    staff: 'Sign-in to the workplace of medico-social examination staff',
    purpose: 'Purpose: sign-in only. This text does not sign any document.',
    host: 'Site',
    time: 'Time',
    nonce: 'One-time number',
  },
} as const satisfies Record<
  Language,
  Record<SessionAudience | 'purpose' | 'host' | 'time' | 'nonce', string>
>;

const HOST = /^[\p{L}\p{N}.:[\]-]{1,200}$/u;

/** Whether a text can be the host name of an address: letters, digits, dots, a port. Line breaks could forge further lines. */
export function isHost(text: string): boolean {
  return HOST.test(text);
}

const clock = new Intl.DateTimeFormat('ru', {
  timeZone: BUSINESS_ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** T12: the text a person signs to sign in: purpose, host, time to the second in Kazakhstan and a one-time number, one per line. */
export function challengeText(language: Language, { audience, host, at, nonce }: ChallengeFacts): string {
  const words = WORDS[language];
  return [
    words[audience],
    words.purpose,
    `${words.host}: ${host}`,
    `${words.time}: ${clock.format(at)} (UTC+05:00)`,
    `${words.nonce}: ${nonce}`,
  ].join('\n');
}

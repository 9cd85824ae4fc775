import { fillWording, type MessageTemplate, smsParts } from '@mse/domain/notifications';
import type { Language } from '@mse/domain/shared';
import { hasKey, textWithPlaces, translator } from '@mse/i18n';
import type { Deps } from '../../deps.ts';

/** Where an official text comes from: the order prints the Russian texts of annexes 1 to 4; the rest is ours. */
export type OfficialSource = 'order' | 'translation' | 'service';

/** The text a message has unless another wording counts, with its places open. */
export function officialText(
  template: MessageTemplate,
  language: Language,
): { text: string; source: OfficialSource } {
  const ofOrder = /^sms-[1-4]$/.test(template);
  return {
    text: textWithPlaces(language, `sms:${template}`),
    source: !ofOrder ? 'service' : language === 'ru' ? 'order' : 'translation',
  };
}

/** A shorter text that the administrators may propose as it is; null when there is none for this message. */
export function shortText(template: MessageTemplate, language: Language): string | null {
  const key = `wordings:short.${template}`;
  return hasKey(language, key) ? textWithPlaces(language, key) : null;
}

/** The address of the portal without its scheme, as the last line of a code names it. */
export function hostOf(portalUrl: string): string {
  return new URL(portalUrl).host;
}

/** Values of an ordinary visit: nobody's, and as long as they usually are. The place is the first department's own. */
export function exampleValues(deps: Deps, language: Language): Record<string, string> {
  const [department] = deps.reference.departments();
  const names = {
    kk: 'Нұрмағамбетова Айгерім Серікқызы',
    ru: 'Нурмагамбетова Айгерим Сериковна',
    en: 'Nurmagambetova Aigerim Serikovna',
  };
  return {
    fullName: names[language],
    department: String(department?.number ?? 1),
    address: department?.address[language] ?? '',
    date: '25.11.26',
    time: '09:00',
    oldDate: '24.11.26',
    oldTime: '14:30',
    deadline: '24.11.26, 18:00',
    ticket: 'A-042',
    result: translator(language)('results:plain.established'),
    newPhone: '+7 701 *** ** 67',
    room: department?.rooms[0] ?? '14',
    reasons: `- ${translator(language)('expert-register:reason.test-negative')}`,
    due: '05.12.2026',
    dealt: '12',
    soon: '3',
    overdue: '1',
    code: '481973',
    place: department?.address[language] ?? '',
    departmentPhone: '+7 (716) 200-00-01',
    link: deps.settings.PORTAL_URL.replace(/\/+$/, ''),
    host: hostOf(deps.settings.PORTAL_URL),
  };
}

/** A text filled with example values, and how it travels: parts as the operator will bill them. */
export function measure(deps: Deps, language: Language, text: string) {
  const values = exampleValues(deps, language);
  const example = fillWording(text, values);
  if (example === null) throw new Error('A place of a message has no example value');
  const { alphabet, parts } = smsParts(example);
  return { example, characters: example.length, parts: parts.length, alphabet };
}

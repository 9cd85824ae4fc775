import type { TextParams } from '@mse/i18n';

/**
 * Asks the translator for a text with its places left open: `keep('ticket')` gives `{ ticket: '{{ticket}}' }`.
 * The live page fills them in the browser, which so needs neither i18next nor the texts of the whole service.
 */
export function keep(...names: string[]): TextParams {
  return Object.fromEntries(names.map((name) => [name, `{{${name}}}`]));
}

/** Fills the open places of a text. An unknown place stays visible: better odd than wrong. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (place, name: string) =>
    name in values ? String(values[name]) : place,
  );
}

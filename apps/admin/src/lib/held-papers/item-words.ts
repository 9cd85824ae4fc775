import type { Translator } from '@mse/i18n';

/** What a thing that waits for a person is called: a section of the form, or a page by file and number. */
export function nameOfItem(
  t: Translator,
  item: { kind: 'section' | 'page'; name: string; fileNo: number | null; pageNo: number | null },
): string {
  return item.kind === 'section'
    ? t(`dossiers:held.section.${item.name}`)
    : t('dossiers:held.page', { file: item.fileNo ?? 0, page: item.pageNo ?? 0 });
}

import type { Page } from 'playwright-core';

/** A field and what is wrong with it. */
export interface WrongField {
  /** Id of the input the summary leads to; null when the fault belongs to no field. */
  field: string | null;
  /** What must still stand in the field. */
  kept?: string;
}

/** Beginning of a title that tells of a fault. */
const PREFIX = { kk: /^Қате: /, ru: /^Ошибка: /, en: /^Error: / } as const;

/**
 * What a page owes after wrong answers were sent: a summary that has the focus and whose links lead to the fields, the same
 * words at each field, the beginning of the title, aria-invalid and aria-describedby, and the answers kept.
 * @returns one line per defect
 */
export async function checkWrongAnswers(
  page: Page,
  language: keyof typeof PREFIX,
  wrong: readonly WrongField[],
): Promise<string[]> {
  const defects: string[] = [];
  if (!PREFIX[language].test(await page.title()))
    defects.push(`the title does not begin with the error: ${await page.title()}`);
  const seen = await page.evaluate(() => {
    const summary = document.querySelector('.error-summary');
    const fields = [
      ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
        '[aria-invalid=true], fieldset.field--wrong, [role=group].field--wrong',
      ),
    ];
    return {
      summaries: document.querySelectorAll('.error-summary').length,
      isFocused: summary !== null && document.activeElement === summary,
      isLabelled:
        (summary?.getAttribute('aria-labelledby') ?? '') !== '' ||
        (summary?.querySelector('h2') ?? null) !== null,
      isBeforeHeading:
        summary !== null &&
        Boolean(
          summary.compareDocumentPosition(document.querySelector('h1') ?? document) &
          Node.DOCUMENT_POSITION_FOLLOWING,
        ),
      links: [...(summary?.querySelectorAll('a') ?? [])].map((link) => {
        const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        return {
          text: link.textContent?.trim() ?? '',
          id: link.hash.slice(1),
          isInput: target?.matches('input, textarea, select') ?? false,
        };
      }),
      lines: summary?.querySelectorAll('li').length ?? 0,
      wrong: fields.map((field) => ({
        id: field.id,
        describedBy: (field.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent?.trim() ?? ''),
      })),
    };
  });
  if (seen.summaries !== 1) return [...defects, `${seen.summaries} error summaries instead of one`];
  if (!seen.isFocused) defects.push('the error summary does not have the focus');
  if (!seen.isLabelled) defects.push('the error summary has no name');
  if (!seen.isBeforeHeading) defects.push('the error summary stands behind the heading');
  if (seen.lines !== wrong.length)
    defects.push(`the summary has ${seen.lines} lines instead of ${wrong.length}`);
  for (const { field, kept } of wrong) {
    if (field === null) continue;
    const link = seen.links.find((each) => each.id === field);
    if (!link) {
      defects.push(`no line of the summary leads to ${field}`);
      continue;
    }
    if (!link.isInput) defects.push(`the line for ${field} leads to no input`);
    const described = seen.wrong.some((each) => each.describedBy.some((text) => text === link.text));
    if (!described)
      defects.push(`the words of ${field} do not stand at the field, or are not bound to it: «${link.text}»`);
    const state = await page.locator(`[id="${field}"]`).evaluate((input) => ({
      invalid:
        input.getAttribute('aria-invalid') ??
        input.closest('[aria-invalid]')?.getAttribute('aria-invalid') ??
        '',
      isChoice: input instanceof HTMLInputElement && ['radio', 'checkbox'].includes(input.type),
      value: (input as HTMLInputElement).value,
    }));
    if (!state.isChoice && state.invalid !== 'true') defects.push(`${field} is not marked as invalid`);
    if (kept !== undefined && state.value !== kept)
      defects.push(`${field} holds «${state.value}» instead of «${kept}»`);
    await page.locator(`.error-summary a[href="#${field}"]`).click();
    const focused = await page.evaluate(() => document.activeElement?.id ?? '');
    if (focused !== field) defects.push(`the line for ${field} leads to «${focused}»`);
  }
  return defects;
}

/** What autocomplete may say (HTML, 4.10.18.7), as far as this service asks for it. */
const AUTOCOMPLETE = new Set(['on', 'off', 'tel', 'one-time-code', 'name', 'email', 'language']);

/** Every field to type into tells what it takes: label, autocomplete; one line per defect. */
export function checkFields(page: Page): Promise<string[]> {
  return page.evaluate(
    (known) =>
      [
        ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
          'main input:not([type=hidden]), main textarea, main select',
        ),
      ].flatMap((field) => {
        const defects: string[] = [];
        const name = field.id || field.name;
        if ((field.labels?.length ?? 0) === 0 && !field.getAttribute('aria-label'))
          defects.push(`${name} has no label`);
        const complete = field.getAttribute('autocomplete');
        if (complete !== null && !known.includes(complete))
          defects.push(`${name} has an unknown autocomplete «${complete}»`);
        return defects;
      }),
    [...AUTOCOMPLETE],
  );
}

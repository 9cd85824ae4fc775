import { insertPhrase } from './insert-phrase.ts';

/**
 * X04: puts the chosen phrase where the caret stands and goes on from there; what is typed stays on the page and is kept by itself. Without
 * a script the button sends the form, and the phrase comes at the end of the field.
 */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-phrase]')) {
  const field = document.querySelector<HTMLTextAreaElement>(`textarea[name="${button.dataset.phrase}"]`);
  const choice = document.querySelector<HTMLSelectElement>(`#phrase-${button.dataset.phrase}`);
  if (!field || !choice) continue;
  button.addEventListener('click', (event) => {
    event.preventDefault();
    const phrase = choice.selectedOptions[0]?.dataset.text;
    if (!phrase) {
      choice.focus();
      return;
    }
    const { text, caret } = insertPhrase(field.value, phrase, field.selectionEnd);
    field.value = text;
    field.setSelectionRange(caret, caret);
    field.focus();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

import { RequestCodeInput, VerifyCodeInput } from '@mse/contracts/identity';
import { describe, expect, it } from 'vitest';
import { fieldErrorText, summaryLines } from '../src/lib/field-errors.ts';
import { readForm } from '../src/lib/server/forms.ts';

const Typed = RequestCodeInput.pick({ iin: true, phone: true });

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

describe('forms', () => {
  it('U11: an empty form names every field, each with its own sentence', () => {
    const read = readForm(Typed, formOf({ iin: '', phone: '' }));
    expect(read).toMatchObject({ ok: false, errors: { iin: 'required', phone: 'required' } });
    expect(summaryLines('ru', { iin: 'required', phone: 'required' })).toEqual([
      { field: 'iin', text: 'Введите ИИН' },
      { field: 'phone', text: 'Введите номер мобильного телефона' },
    ]);
  });

  it('U11: what was typed is kept, to be shown again', () => {
    const read = readForm(Typed, formOf({ iin: '12 34', phone: '8 (701) 123-45-67' }));
    expect(read).toMatchObject({
      ok: false,
      errors: { iin: 'iin-digits' },
      typed: { iin: '12 34', phone: '8 (701) 123-45-67' },
    });
  });

  it('U11: spaces and dashes in the code do not matter', () => {
    expect(readForm(VerifyCodeInput.pick({ code: true }), formOf({ code: ' 481-973 ' }))).toEqual({
      ok: true,
      data: { code: '481973' },
    });
  });

  it('a field that is missing altogether, or is a file, is an error of that field and nothing worse', () => {
    const form = formOf({ phone: '87011234567' });
    form.append('iin', new Blob(['x']), 'iin.txt');
    expect(readForm(Typed, form)).toMatchObject({ ok: false, errors: { iin: 'required' } });
  });

  it('an error without a sentence of its own is said in general words', () => {
    expect(fieldErrorText('kk', 'iin', 'too-long')).toBe('Мәтін тым ұзын. Қысқартып жазыңыз');
  });
});

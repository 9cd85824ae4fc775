import type { Form031Draft, Form031DraftAnswer } from '@mse/contracts/intake';
import {
  ageOn,
  checkDraft,
  circumstancesOf,
  examinationsOf,
  type KnownAge,
  nosologyOf,
} from '@mse/domain/intake';
import { policyOn } from '@mse/domain/policies';
import { isPlainDate, toBusinessDate } from '@mse/domain/shared';
import { inAllLanguages } from '@mse/i18n';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { readDocument } from './read-document.ts';
import { rowName } from './row-names.ts';

/**
 * SN-01, SN-02: what an unsigned form of the remote track still lacks, item by item, so that the medical system lets the chair sign
 * only what will pass. Looks at the form and the law alone: nothing is stored and no registry is asked, so what they might say against
 * the form comes with the message itself.
 */
export function validateForm(
  deps: Deps,
  draft: z.output<typeof Form031Draft>,
): z.input<typeof Form031DraftAnswer> {
  const at = deps.clock.now();
  const today = toBusinessDate(at);
  const { form, unusable } = readDocument(Buffer.from(draft.document, 'base64'));
  const { codes, examinations, groups, kinds } = deps.reference.nosology();
  if (form === null)
    return {
      ready: false,
      nosology: null,
      examinations: [],
      rows: [],
      reasons: [{ code: 'F002', detail: null, ...inAllLanguages('intake:code.F002', { detail: '' }) }],
    };

  const born = draft.patientBirthDate;
  const age: KnownAge =
    born !== undefined && isPlainDate(born)
      ? { kind: 'years', years: ageOn(born, today) }
      : { kind: 'silent' };
  const law = {
    nosology: codes,
    examinations,
    barredPurposes: policyOn(deps.reference.policies(), 'intake.barred-purposes', today),
    expirySuspended: false,
  };
  const { reasons, rows } = checkDraft(form, law, age, at);
  const named = [...new Set([...rows, ...unusable.filter((row) => row !== 'track')])];

  const groupCode =
    age.kind === 'years' && form.icd10 ? nosologyOf(codes, form.icd10, age.years, today) : null;
  const group = groups.find(({ code }) => code === groupCode);
  const present = new Set((form.attachments ?? []).map(({ kind }) => kind?.trim()));
  const asked = group ? examinationsOf(examinations, group.code, circumstancesOf(form), today) : [];
  const items = asked.map(({ code, required }) => ({
    code,
    required,
    present: present.has(code),
    ...(kinds.find((kind) => kind.code === code)?.name ?? { kk: code, ru: code, en: code }),
  }));
  return {
    ready:
      reasons.length === 0 &&
      named.length === 0 &&
      group !== undefined &&
      !items.some((item) => item.required && !item.present),
    nosology: group ? { code: group.code, special: group.special, ...group.name } : null,
    examinations: items,
    rows: named.map((row) => ({ row, ...rowName(row) })),
    reasons: reasons.map(({ code, detail }) => ({
      code,
      detail,
      ...inAllLanguages(`intake:code.${code}`, { detail: detail ?? '' }),
    })),
  };
}

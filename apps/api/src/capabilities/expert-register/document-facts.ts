import type { DocumentFact, TestTry } from '@mse/contracts/expert-register';
import type { expertApplicationFiles, testResults } from '@mse/db/schema';
import {
  type CandidateFacts,
  type CheckPolicy,
  checkDocuments,
  DOCUMENT_ITEMS,
  type DocumentItem,
  type Finding,
  type UploadableItem,
} from '@mse/domain/experts';
import type { Language, PlainDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import type { z } from 'zod';

/** Before anything was asked nothing is known, and that is no "no" either. */
export const NOTHING_ASKED: CandidateFacts = {
  diploma: { kind: 'silent' },
  experience: { kind: 'silent' },
  certificate: { kind: 'silent' },
  training: { kind: 'silent' },
  psychiatry: { kind: 'silent' },
  narcology: { kind: 'silent' },
  'criminal-record': { kind: 'silent' },
};

/** RG-08: what every item is worth today, with the copies that stand. */
export function findingsOf(
  facts: CandidateFacts | null,
  files: readonly { item: UploadableItem; removedAt: Date | null }[],
  policy: CheckPolicy,
  today: PlainDate,
): Record<DocumentItem, Finding> {
  const copies = files.filter(({ removedAt }) => removedAt === null).map(({ item }) => item);
  return checkDocuments(facts ?? NOTHING_ASKED, copies, policy, today);
}

/** R02: facts from the systems with source and time, one line each. Items 5) to 7) say their finding and nothing more. */
export function documentFacts(
  facts: CandidateFacts | null,
  findings: Record<DocumentItem, Finding>,
  language: Language,
): z.input<typeof DocumentFact>[] {
  return DOCUMENT_ITEMS.map((item) => {
    const answer = (facts ?? NOTHING_ASKED)[item];
    const known = answer.kind === 'found' || answer.kind === 'not-found';
    return {
      item,
      finding: findings[item],
      source: known ? ('system' as const) : ('none' as const),
      asOf: known ? answer.asOf : null,
      lines: linesOf(facts ?? NOTHING_ASKED, item, language),
    };
  });
}

function linesOf(facts: CandidateFacts, item: DocumentItem, language: Language): string[] {
  const t = translator(language);
  switch (item) {
    case 'diploma':
      return facts.diploma.kind !== 'found'
        ? []
        : facts.diploma.value.map((each) =>
            t('expert-register:fact.diploma', {
              specialty: specialty(each.specialty, language),
              institution: each.institution,
              number: each.number,
              date: formatDate(each.issuedOn),
            }),
          );
    case 'experience':
      return facts.experience.kind !== 'found'
        ? []
        : facts.experience.value.map((each) =>
            t('expert-register:fact.experience', {
              organization: each.organization,
              position: each.position,
              from: formatDate(each.from),
              until: each.until === null ? t('expert-register:fact.now') : formatDate(each.until),
            }),
          );
    case 'certificate':
      return facts.certificate.kind !== 'found'
        ? []
        : facts.certificate.value.map((each) =>
            t('expert-register:fact.certificate', {
              specialty: each.specialty,
              number: each.number,
              from: formatDate(each.issuedOn),
              until: each.validUntil === null ? '–' : formatDate(each.validUntil),
            }),
          );
    case 'training':
      return facts.training.kind !== 'found'
        ? []
        : facts.training.value.map((each) =>
            t('expert-register:fact.training', {
              title: each.title,
              organization: each.organization,
              hours: each.hours,
              date: formatDate(each.completedOn),
            }),
          );
    case 'psychiatry':
    case 'narcology':
    case 'criminal-record':
      return [];
  }
}

/** A specialty of higher medical education in words; another one as the registry spells it. */
function specialty(code: string, language: Language): string {
  const t = translator(language);
  return ['general-medicine', 'curative-medicine', 'paediatrics'].includes(code)
    ? t(`expert-register:specialty.${code}`)
    : code;
}

/** Files of an application that stand, as pages list them. */
export function filesShown(rows: readonly Omit<typeof expertApplicationFiles.$inferSelect, 'content'>[]) {
  return rows
    .filter(({ removedAt }) => removedAt === null)
    .map(({ id, item, name, kind, bytes, uploadedAt }) => ({
      id,
      item,
      name,
      kind,
      bytes,
      uploadedAt: uploadedAt.toISOString(),
    }));
}

/** RG-15: results as both cabinets show them. */
export function testsShown(rows: readonly (typeof testResults.$inferSelect)[]): z.input<typeof TestTry>[] {
  return rows.map(({ attempt, hundredths, proctoring, finishedAt, outcome }) => ({
    attempt,
    percent: `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`,
    proctoring,
    finishedAt: finishedAt.toISOString(),
    outcome,
  }));
}

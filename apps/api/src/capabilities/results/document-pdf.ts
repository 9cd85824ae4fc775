import type { DocumentLanguage } from '@mse/domain/documents';
import { translator } from '@mse/i18n';
import { qrPicture, renderPdf } from '../documents/render-pdf.ts';
import { documentBody, type DocumentFacts } from './document-body.ts';
import { DOCUMENT_TEMPLATE } from './document-template.ts';

/**
 * PX-53: a document as PDF/UA-1 in Kazakh or Russian. Its title is the name of the order and names nobody, in the metadata too; the QR
 * holds the address of the check with a random code. The same conclusion gives the same bytes.
 */
export async function documentPdf(
  facts: DocumentFacts,
  options: { code: string; language: DocumentLanguage; portalUrl: string; at: Date },
): Promise<Buffer> {
  const { language } = options;
  const t = translator(language);
  const body = documentBody(facts, language);
  const link = checkLink(options.portalUrl, options.code);
  const data = {
    ...body,
    footer: t('results:document-title', { kind: body.title, number: facts.number }),
    headings: {
      person: t('results:heading.person'),
      content: t('results:heading.content'),
      check: t('results:heading.check'),
    },
    check: {
      qr: t('results:check.qr'),
      hint: t('results:check.hint'),
      signed: t('results:check.signed'),
      link,
    },
  };
  return renderPdf(DOCUMENT_TEMPLATE, data, language, {
    at: options.at,
    pictures: { qr: await qrPicture(link) },
  });
}

/** C35: the address a document's QR holds. */
export function checkLink(portalUrl: string, code: string): string {
  return new URL(`/d/${code}`, portalUrl).href;
}

import type { expertContracts } from '@mse/db/schema';
import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatDateTime } from '@mse/i18n/format';
import { renderPdf } from '../documents/render-pdf.ts';
import { CONTRACT_TEMPLATE } from './contract-template.ts';

/**
 * RG-20: the contract as tagged PDF: the very text both sides sign, in Kazakh and Russian, and below it whose signature stands under it and since when.
 * The signatures themselves are kept with the contract; this is its picture for people.
 */
export function contractPdf(contract: typeof expertContracts.$inferSelect, language: Language): Buffer {
  const t = translator(language);
  const parts = contract.text.split('\n\n').map((part, index) => {
    const [heading = '', ...lines] = part.split('\n').filter(Boolean);
    return { lang: index === 0 ? 'kk' : 'ru', heading, lines };
  });
  // The last part is the time and the one-time number of the Committee's text.
  const [kk, ru] = parts;
  return renderPdf(
    CONTRACT_TEMPLATE,
    {
      title: `№ ${contract.number}`,
      parts: [kk, ru].filter((part) => part !== undefined),
      signatures: t('expert-register:contract.signatures'),
      signed: [
        t('expert-register:contract.by-committee', {
          at: formatDateTime(contract.sentAt),
          serial: contract.committeeSerial,
        }),
        contract.signedAt && contract.signerSerial
          ? t('expert-register:contract.by-expert', {
              at: formatDateTime(contract.signedAt),
              serial: contract.signerSerial,
            })
          : t('expert-register:contract.not-signed'),
      ],
    },
    language,
    { at: contract.signedAt ?? contract.sentAt },
  );
}

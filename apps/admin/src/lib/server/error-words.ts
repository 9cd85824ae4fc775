import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';

/** Everything an error page says; made on the server, so that the page needs no texts of its own. */
export interface ErrorWords {
  language: Language;
  title: string;
  text: string;
  /** Names the incident for the portal administrator; only where there is something to look for in the logs. */
  incident: string | null;
  home: string;
  again: string;
  prefix: string;
  service: string;
}

/** The words of an error page. "Not yours" (403) and "not there" (404) read the same. */
export function errorWords(language: Language, status: number, requestId: string): ErrorWords {
  const t = translator(language);
  const kind = kindOf(status);
  return {
    language,
    title: t(`staff:error.${kind}Title`),
    text: t(`staff:error.${kind}`),
    incident: kind === 'trouble' ? t('staff:error.id', { id: requestId }) : null,
    home: t('staff:error.home'),
    again: t('staff:error.again'),
    prefix: t('staff:error.prefix'),
    service: t('staff:app.name'),
  };
}

function kindOf(status: number): 'notFound' | 'many' | 'unavailable' | 'bad' | 'trouble' {
  if (status === 403 || status === 404) return 'notFound';
  if (status === 429) return 'many';
  if (status === 503) return 'unavailable';
  return status < 500 ? 'bad' : 'trouble';
}

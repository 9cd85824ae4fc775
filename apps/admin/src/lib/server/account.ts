import type { WhoAmIOutput } from '@mse/contracts/identity';
import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import type { z } from 'zod';
import { sectionsFor, sessionWatch } from './shell-words.ts';

type WhoAmI = z.output<typeof WhoAmIOutput>;

/** The signed-in clerk as the frame of a page shows them. */
export function accountOf(language: Language, me: WhoAmI) {
  const t = translator(language);
  return {
    personId: me.personId,
    name: me.name,
    roles: me.roles
      .filter((role) => role !== 'anonymous' && role !== 'citizen')
      .map((role) => t(`staff:role.${role}`))
      .join(', '),
    sections: sectionsFor(language, me),
    watch: sessionWatch(language),
  };
}
export type Account = ReturnType<typeof accountOf>;

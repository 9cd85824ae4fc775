import { ConsentCurrentOutput, GiveConsentInput, GiveConsentOutput } from '@mse/contracts/consent';
import { Done } from '@mse/contracts/identity';
import { procedure, router } from '../../trpc.ts';
import { currentConsent } from './current-consent.ts';
import { giveConsent } from './give-consent.ts';
import { withdrawConsent } from './withdraw-consent.ts';

export const consentRouter = router({
  current: procedure('consent.current')
    .output(ConsentCurrentOutput)
    .query(({ ctx }) => currentConsent(ctx.call)),
  give: procedure('consent.give')
    .input(GiveConsentInput)
    .output(GiveConsentOutput)
    .mutation(({ ctx, input }) => giveConsent(ctx.call, input)),
  withdraw: procedure('consent.withdraw')
    .output(Done)
    .mutation(({ ctx }) => withdrawConsent(ctx.call)),
});

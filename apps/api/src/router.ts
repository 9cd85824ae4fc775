import { cabinetRouter } from './capabilities/cabinet/cabinet.router.ts';
import { consentRouter } from './capabilities/consent/consent.router.ts';
import { deskRouter } from './capabilities/desk/desk.router.ts';
import { identityRouter } from './capabilities/identity/identity.router.ts';
import { operationsRouter } from './capabilities/operations/operations.router.ts';
import { queueRouter } from './capabilities/queue/queue.router.ts';
import { referenceRouter } from './capabilities/reference/reference.router.ts';
import { router } from './trpc.ts';

/** Everything the front ends can call; each line of it stands in the access table. */
export const appRouter = router({
  identity: identityRouter,
  consent: consentRouter,
  cabinet: cabinetRouter,
  queue: queueRouter,
  desk: deskRouter,
  reference: referenceRouter,
  operations: operationsRouter,
});

export type AppRouter = typeof appRouter;

import type { WhoAmIOutput } from '@mse/contracts/identity';
import { fullName, initials, maskPhone } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { getPerson } from './people.ts';

/** Who is signed in, with which roles and trust, and until when. */
export async function whoAmI(call: CallContext): Promise<z.input<typeof WhoAmIOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const [person, sessions] = await Promise.all([
    getPerson(deps.db, caller.personId),
    deps.sessions.list(caller.personId, at),
  ]);
  const session = sessions.find((each) => each.id === caller.sessionId);
  return {
    personId: person.id,
    name: fullName(person),
    initials: initials(person),
    roles: caller.roles,
    departmentId: caller.departmentId,
    trust: caller.trust,
    audience: caller.audience,
    messageLanguage: person.messageLanguage,
    phoneMasked: person.phone === null ? null : maskPhone(person.phone),
    // Ended by another call just now: then it ends now.
    sessionEndsAt: (session?.expiresAt ?? at).toISOString(),
  };
}

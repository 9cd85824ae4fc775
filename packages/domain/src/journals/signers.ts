/** JR-01, JR-05: places of signatures under a daily protocol: «Бөлім басшысы / Руководитель отдела», «Бас мамандар / Главные специалисты». */
export const SIGNER_ROLES = ['department-head', 'chief-specialist'] as const;
export type SignerRole = (typeof SIGNER_ROLES)[number];

/** Somebody who must sign, or has signed. */
export interface Signer {
  personId: string;
  name: string;
  role: SignerRole;
}

/** One place of a signature, filled or waiting. `name` is null where nobody holds the post. */
export interface SignaturePlace {
  role: SignerRole;
  name: string | null;
  at: Date | null;
}

/**
 * JR-01: the places of signatures under a protocol and whether all are filled. The post of head is one place, which any head fills: a
 * department has an acting one while the head is away. Each chief specialist is a place of their own. Who signed and is not asked for any
 * more stays in sight.
 */
export function signaturePlaces(
  asked: readonly Signer[],
  signed: readonly (Signer & { at: Date })[],
): { places: SignaturePlace[]; complete: boolean } {
  const of = <One extends Signer>(all: readonly One[], role: SignerRole) =>
    all.filter((each) => each.role === role);
  const [heads, specialists] = [of(signed, 'department-head'), of(signed, 'chief-specialist')];
  const headNames = of(asked, 'department-head').map(({ name }) => name);
  const waiting = of(asked, 'chief-specialist').filter(
    ({ personId }) => !signed.some((each) => each.personId === personId),
  );
  const filled = ({ role, name, at }: Signer & { at: Date }): SignaturePlace => ({ role, name, at });
  return {
    places: [
      ...(heads.length > 0
        ? heads.map(filled)
        : [{ role: 'department-head' as const, name: headNames.join(', ') || null, at: null }]),
      ...specialists.map(filled),
      ...waiting.map(({ role, name }) => ({ role, name, at: null })),
    ],
    complete: heads.length > 0 && waiting.length === 0,
  };
}

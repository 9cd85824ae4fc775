import type { ProtocolInput, ProtocolOutput } from '@mse/contracts/journals';
import { protocols } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { isHead, mayKeep } from './journal-caller.ts';
import { daySubject, type LoadedProtocol, loadProtocols } from './load-protocols.ts';
import { placeName } from './place-names.ts';
import { signersOf, signingState } from './signers.ts';

/** A protocol the caller keeps; another department's is like one that never was. */
export async function ownProtocol(call: CallContext, protocolId: string): Promise<LoadedProtocol> {
  const [found] = await loadProtocols(call.deps.db, eq(protocols.id, protocolId));
  if (!found || !mayKeep(call, found.protocol)) throw notFound();
  return found;
}

/** JR-01, JR-03: a protocol with its rows as they read now, every correction, who has signed and who is missing. */
export async function getProtocol(
  call: CallContext,
  { protocolId }: z.output<typeof ProtocolInput>,
): Promise<z.input<typeof ProtocolOutput>> {
  const { deps } = call;
  const caller = signedIn(call);
  const loaded = await ownProtocol(call, protocolId);
  const { protocol, rows, hash } = loaded;
  const asked = (await signersOf(deps.db, protocol, [loaded], call.at)).get(protocol.id) ?? [];
  const signing = await signingState(deps.db, loaded, asked, caller.personId);
  for (const personId of new Set(rows.map((row) => row.personId)))
    call.seen(personId, daySubject(protocol.id));
  return {
    id: protocol.id,
    journal: protocol.journal,
    number: protocol.number,
    day: protocol.day,
    place: await placeName(deps, protocol),
    rows: rows.map(({ id, place, cells, corrected, corrections }) => ({
      id,
      place,
      cells,
      corrected,
      corrections: corrections.map((each) => ({ ...each, at: each.at.toISOString() })),
    })),
    hash,
    places: signing.places.map(({ name, role, at }) => ({ name, role, at: at?.toISOString() ?? null })),
    signed: signing.complete,
    maySign: signing.role !== null,
    mayCorrect: isHead(caller, protocol.journal),
  };
}

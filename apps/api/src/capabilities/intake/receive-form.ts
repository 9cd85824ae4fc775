import type { Form031Message } from '@mse/contracts/intake';
import { intakeMessages } from '@mse/db/schema';
import { and, desc, eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { IntakeMessage } from './form-answer.ts';
import { judgeForm } from './judge-form.ts';

/**
 * IN-10, IN-12: keeps a message as it came before anything else, then judges it. The same id with the same content finds its
 * row and gets the same answer; after a return it is judged anew (IN-09).
 */
export async function receiveForm(
  deps: Deps,
  clientId: string,
  message: z.output<typeof Form031Message>,
  requestId: string,
): Promise<IntakeMessage> {
  const document = Buffer.from(message.document, 'base64');
  const signature = Buffer.from(message.signature, 'base64');
  const service = message.service ?? null;
  const at = deps.clock.now();
  const key = {
    clientId,
    messageId: message.messageId,
    contentHash: contentHash(document, signature, service),
  };
  const kept = await deps.db
    .insert(intakeMessages)
    .values({
      id: deps.random.id(at),
      ...key,
      document,
      signature,
      service,
      receivedAt: at,
      state: 'waiting',
    })
    .onConflictDoNothing()
    .returning();
  const [row] = kept.length > 0 ? kept : await deps.db.select().from(intakeMessages).where(sameMessage(key));
  if (!row) throw new Error('A message that was just kept is not there');
  if (row.state === 'accepted') return row;
  if (row.state === 'returned') {
    await deps.db
      .update(intakeMessages)
      .set({ state: 'waiting', tries: 0 })
      .where(and(eq(intakeMessages.id, row.id), eq(intakeMessages.state, 'returned')));
  }
  return judgeForm(deps, row.id, requestId, kept.length > 0 ? row : undefined);
}

/** Where the newest message with this id of a client stands; null when it never sent one. */
export async function findMessage(
  deps: Deps,
  clientId: string,
  messageId: string,
): Promise<IntakeMessage | null> {
  const rows = await deps.db
    .select()
    .from(intakeMessages)
    .where(and(eq(intakeMessages.clientId, clientId), eq(intakeMessages.messageId, messageId)))
    .orderBy(desc(intakeMessages.receivedAt), desc(intakeMessages.id))
    .limit(100);
  // An accepted content is what the id stands for, whatever else was sent under it later (F016).
  return rows.find((row) => row.state === 'accepted') ?? rows[0] ?? null;
}

function sameMessage(key: { clientId: string; messageId: string; contentHash: string }) {
  return and(
    eq(intakeMessages.clientId, key.clientId),
    eq(intakeMessages.messageId, key.messageId),
    eq(intakeMessages.contentHash, key.contentHash),
  );
}

/** SHA-256 over both parts and what the message is sent for; the length keeps the parts apart. */
function contentHash(document: Buffer, signature: Buffer, service: string | null): string {
  const hash = createHash('sha256').update(`${document.length}:`).update(document).update(signature);
  return (service === null ? hash : hash.update(`|${service}`)).digest('hex');
}

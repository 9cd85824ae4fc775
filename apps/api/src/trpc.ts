import { ACCESS, type Action, mayCall } from '@mse/domain/access';
import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Caller } from './caller.ts';
import { findCaller } from './capabilities/identity/find-caller.ts';
import type { Deps } from './deps.ts';
import { recordAudit } from './platform/audit.ts';
import { blot, logContext } from './platform/log.ts';
import type { RequestScope } from './request-scope.ts';

/** Codes whose message may reach a client; everything else is a bug and is shown as its request id only. */
const SPOKEN = new Set([
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_REQUEST',
  'TOO_MANY_REQUESTS',
  'METHOD_NOT_SUPPORTED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
]);

const t = initTRPC
  .context<RequestScope>()
  .meta<{ action: Action }>()
  .create({
    errorFormatter({ shape, error, ctx }) {
      const spoken = SPOKEN.has(error.code);
      const fields = error.cause instanceof z.ZodError ? fieldErrors(error.cause) : null;
      return {
        message: spoken ? (fields ? 'invalid-input' : error.message) : 'internal',
        code: shape.code,
        data: {
          code: spoken ? error.code : 'INTERNAL_SERVER_ERROR',
          httpStatus: shape.data.httpStatus,
          requestId: ctx?.requestId ?? null,
          fields,
        },
      };
    },
  });

/** First error key of each field, by its path. */
function fieldErrors(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.join('.');
    fields[path] ??= issue.code === 'custom' || /^[a-z-]+$/.test(issue.message) ? issue.message : 'invalid';
  }
  return fields;
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Context of a use case called through a procedure. */
export interface CallContext {
  requestId: string;
  language: RequestScope['language'];
  network: string;
  token: string | null;
  deps: Deps;
  /** Null for anonymous calls only. */
  caller: Caller | null;
  /** Instant of the call; one for the whole call. */
  at: Date;
  /** Notes whose data a query showed; the row is written when the query has succeeded. */
  seen(personId: string | null, subject?: string): void;
}

/** A procedure under its line of the access table: who may call, with which trust, and the audit of what was seen. */
export function procedure(action: Action) {
  const rule = ACCESS[action];
  return t.procedure.meta({ action }).use(async ({ ctx, next, type }) => {
    const deps = ctx.server as Deps;
    const at = deps.clock.now();
    return logContext.run({ requestId: ctx.requestId }, async () => {
      const caller = ctx.token ? await findCaller(deps, ctx.token, at) : null;
      const signedInOnly = !(rule.roles as readonly string[]).includes('anonymous');
      if (signedInOnly) {
        if (!caller) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'sign-in' });
        if (!rule.roles.some((role) => caller.roles.includes(role)))
          throw new TRPCError({ code: 'NOT_FOUND', message: 'not-found' });
        if (!mayCall(action, caller)) throw new TRPCError({ code: 'FORBIDDEN', message: 'step-up' });
      }
      const shown: { personId: string | null; subject: string | null }[] = [];
      const call: CallContext = {
        requestId: ctx.requestId,
        language: ctx.language,
        network: ctx.network,
        token: ctx.token,
        deps,
        caller,
        at,
        seen: (personId, subject) => shown.push({ personId, subject: subject ?? null }),
      };
      const started = performance.now();
      const result = await next({ ctx: { call } });
      if (result.ok && rule.audited && type === 'query' && caller) {
        const rows = shown.length > 0 ? shown : [{ personId: caller.personId, subject: null }];
        await recordAudit(
          deps.db,
          ...rows.map((row) => ({
            at,
            actor: caller.personId,
            actorRole: actingRole(action, caller),
            action,
            outcome: 'seen' as const,
            requestId: ctx.requestId,
            ...row,
          })),
        );
      }
      deps.metrics.call(action, result.ok ? 'ok' : result.error.code, performance.now() - started);
      if (!result.ok && !SPOKEN.has(result.error.code)) {
        deps.log.error({ err: result.error.cause ?? result.error, action }, blot('call failed'));
      }
      return result;
    });
  });
}

/** The role by which a caller may do this; the audit names it. */
export function actingRole(action: Action, caller: Caller): string {
  return ACCESS[action].roles.find((role) => caller.roles.includes(role)) ?? 'anonymous';
}

/** The caller of a procedure that only signed-in people reach. */
export function signedIn(call: CallContext): Caller {
  if (!call.caller) throw new Error('A signed-in procedure was reached without a caller');
  return call.caller;
}

/** "Not yours" and "does not exist" are one answer. */
export function notFound(): TRPCError {
  return new TRPCError({ code: 'NOT_FOUND', message: 'not-found' });
}

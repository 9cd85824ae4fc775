/** An expected outcome: a value, or a refusal from a closed list of literals. Bugs are thrown, refusals are returned. */
export type Result<Value, Refusal> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

/** Wraps a value as a successful outcome. */
export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

/** Wraps a refusal; the caller decides in which words a person hears it. */
export function refuse<Refusal>(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal };
}

/** Makes the compiler prove that every literal of a union was handled. Reaching it at run time is a bug. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${String(value)}`);
}

/** The value, which the test knows to be there; a plain failure when it is not. */
export function present<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('Expected a value');
  return value;
}

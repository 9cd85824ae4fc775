/** A fresh identifier: number of a request, name of a press. The only place of the staff app that draws lots. */
export function freshId(): string {
  return crypto.randomUUID();
}

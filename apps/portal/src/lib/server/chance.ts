/** A fresh identifier: number of a request, key of a save. The only place of the portal that draws lots. */
export function freshId(): string {
  return crypto.randomUUID();
}

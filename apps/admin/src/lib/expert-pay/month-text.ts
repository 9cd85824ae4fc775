/** A month as people write it: `11.2026`. */
export function monthText(firstDay: string): string {
  return `${firstDay.slice(5, 7)}.${firstDay.slice(0, 4)}`;
}

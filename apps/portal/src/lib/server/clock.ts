/** Wall clock of the portal in milliseconds; the service's own time is the API's. For ages of kept things and limits only. */
export function wallClock(): number {
  return performance.timeOrigin + performance.now();
}

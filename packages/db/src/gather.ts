/** How many questions go into one query at the most. */
const MOST = 64;

/**
 * Gathers the questions of one turn of the event loop into one query: under load a round trip serves many callers, when
 * it is quiet nobody waits. `load` gets the keys and answers in their order; when it fails, all who asked hear of it.
 */
export function gathered<Key, Value>(
  load: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (key: Key) => Promise<Value> {
  const waiting: { key: Key; resolve: (value: Value) => void; reject: (error: unknown) => void }[] = [];
  const flush = () => {
    const batch = waiting.splice(0, MOST);
    if (waiting.length > 0) setImmediate(flush);
    load(batch.map(({ key }) => key)).then(
      (values) => batch.forEach(({ resolve }, index) => resolve(values[index] as Value)),
      (error: unknown) => batch.forEach(({ reject }) => reject(error)),
    );
  };
  return (key) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ key, resolve, reject });
    });
}

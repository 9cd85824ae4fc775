/** Sends a signal to a process or to its whole group; nothing happens when it is gone already. */
export function signalProcess(pid: number, signal: NodeJS.Signals, group = false): void {
  try {
    process.kill(group ? -pid : pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * Ends this process in good order when it is asked to: by Ctrl-C, by a signal, or by the end of the process
 * that started it. `stop` runs once. A repeated request within a second is the same key press that came two
 * ways; a later one ends the process at once, and the guard clears up after it.
 * @param stop ends everything that was started
 * @param onRequest told what the request was, before `stop` runs
 * @param exitCode with which a request by signal ends: 0 where being stopped is the normal end
 */
export function stopWhenAsked(
  stop: () => Promise<void>,
  onRequest: (what: string) => void = () => undefined,
  exitCode = 0,
): void {
  let askedAt = 0;
  const request = (what: string, code: number) => {
    if (askedAt > 0) {
      if (Date.now() - askedAt > 1000) process.exit(code);
      return;
    }
    askedAt = Date.now();
    onRequest(what);
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => request('Ctrl-C', exitCode));
  process.on('SIGTERM', () => request('SIGTERM', exitCode));
  process.on('SIGHUP', () => request('the terminal was closed', exitCode));
  if (process.channel) {
    process.on('disconnect', () => request('the command that started this one is gone', 1));
    // The channel alone is no reason to stay alive.
    process.channel.unref();
  }
}

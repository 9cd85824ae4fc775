/** The same power cuts, many more of them. */
process.env.KILL_ROUNDS ??= '20';
await import('./kill.test.ts');

import { describe, expect, it } from 'vitest';
import { createBreaker } from './breaker.ts';

function breakerAt(start = 0) {
  let now = start;
  const breaker = createBreaker(() => now);
  return { breaker, pass: (milliseconds: number) => (now += milliseconds) };
}

describe('a breaker', () => {
  it('T23: opens after five failures in a row and not after four', () => {
    const { breaker } = breakerAt();
    for (let call = 0; call < 4; call += 1) breaker.failed();
    expect([breaker.state(), breaker.mayCall()]).toEqual(['closed', true]);
    breaker.failed();
    expect([breaker.state(), breaker.mayCall()]).toEqual(['open', false]);
  });

  it('T23: opens when half of at least twenty calls failed, though never five in a row', () => {
    const { breaker } = breakerAt();
    for (let call = 0; call < 9; call += 1) {
      breaker.failed();
      breaker.succeeded();
    }
    breaker.succeeded();
    expect(breaker.state()).toBe('closed');
    breaker.failed();
    expect(breaker.state()).toBe('open');
  });

  it('T23: lets one call probe after ten seconds; only its success closes', () => {
    const { breaker, pass } = breakerAt();
    for (let call = 0; call < 5; call += 1) breaker.failed();
    pass(9_999);
    expect(breaker.mayCall()).toBe(false);
    pass(1);
    expect(breaker.state()).toBe('half-open');
    expect([breaker.mayCall(), breaker.mayCall()]).toEqual([true, false]);
    breaker.failed();
    expect([breaker.state(), breaker.mayCall()]).toEqual(['open', false]);
    pass(10_000);
    expect(breaker.mayCall()).toBe(true);
    breaker.succeeded();
    expect([breaker.state(), breaker.mayCall(), breaker.mayCall()]).toEqual(['closed', true, true]);
  });

  it('T23: late answers of calls from before do not close it', () => {
    const { breaker } = breakerAt();
    for (let call = 0; call < 5; call += 1) breaker.failed();
    breaker.succeeded();
    expect(breaker.state()).toBe('open');
  });
});

import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';

export function deskEvents(_deps: Deps): Hono {
  return new Hono();
}

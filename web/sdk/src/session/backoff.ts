const FIRST_MS = 500;
const LIMIT_MS = 15_000;

/**
 * The pause before attempt `attempt` (from 0). It doubles, up to a limit, and is spread over half to one and a half of
 * that: a server that restarts must not meet all its clients in the same instant.
 */
export function reconnectDelay(attempt: number, random: number): number {
  return Math.round(Math.min(LIMIT_MS, FIRST_MS * 2 ** Math.min(attempt, 10)) * (0.5 + random));
}

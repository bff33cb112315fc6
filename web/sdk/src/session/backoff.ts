const FIRST_MS = 500;
const LIMIT_MS = 15_000;
/** Somebody waits to be heard again: a server that was started anew is to be found soon. */
const LIMIT_IN_CALL_MS = 1_500;
/** After more than two minutes no server keeps a call any more. */
const ATTEMPTS_IN_CALL = 90;

/** The pause before attempt `attempt` (from 0) to reconnect. `inCall`: a call waits for it. */
export function reconnectDelay(attempt: number, random: number, inCall = false): number {
  return backoff(attempt, random, FIRST_MS, inCall && attempt < ATTEMPTS_IN_CALL ? LIMIT_IN_CALL_MS : LIMIT_MS);
}

/**
 * A pause that doubles with each attempt (from 0), up to a limit, and is spread over half to one and a half of that: a
 * server that restarts must not meet all its clients in the same instant.
 */
export function backoff(attempt: number, random: number, firstMs: number, limitMs: number): number {
  return Math.round(Math.min(limitMs, firstMs * 2 ** Math.min(attempt, 10)) * (0.5 + random));
}

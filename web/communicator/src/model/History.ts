import type { Phrase } from '../words/words.ts';
import { keep, kept, onKept } from './memory.ts';
import { Store } from './Store.ts';

export interface PastCall {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly incoming: boolean;
  /** Milliseconds of the epoch. */
  readonly at: number;
  /** How long it was; undefined when nobody answered. */
  readonly seconds: number | undefined;
  readonly outcome: Phrase;
  readonly failed: boolean;
}

const LIMIT = 200;
/** Within it several tabs hear of one call that comes. */
const SAME_MS = 2_000;

/** Whether two tabs tell of one call that came to both. */
const isSame = (one: PastCall, other: PastCall): boolean =>
  one.id !== other.id && one.incoming && other.incoming && one.number === other.number && Math.abs(one.at - other.at) < SAME_MS;

/** Calls of one user of this browser, the newest first. */
export class History extends Store<{ readonly calls: readonly PastCall[] }> {
  private user = '';

  constructor() {
    super({ calls: [] });
    onKept((name) => name === `history.${this.user}` && this.open(this.user));
  }

  open(user: string): void {
    this.user = user;
    this.set({ calls: kept<PastCall[]>(`history.${user}`) ?? [] });
  }

  /** A call that rang in several tabs is there once, as it went on where it was answered. */
  add(call: PastCall): void {
    this.open(this.user);
    const { calls } = this.get();
    if (call.seconds === undefined && calls.some((other) => isSame(other, call))) return;
    this.save([call, ...calls.filter((other) => other.id !== call.id && !(other.seconds === undefined && isSame(other, call)))].slice(0, LIMIT));
  }

  clear(): void {
    this.save([]);
  }

  private save(calls: readonly PastCall[]): void {
    this.set({ calls });
    keep(`history.${this.user}`, calls);
  }
}

export const isMissed = (call: PastCall): boolean => call.incoming && call.seconds === undefined && call.outcome.key === 'end.missed';

import type { Phrase } from '../words/words.ts';
import { keep, kept } from './memory.ts';
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

/** Calls of one user of this browser, the newest first. */
export class History extends Store<{ readonly calls: readonly PastCall[] }> {
  private user = '';

  constructor() {
    super({ calls: [] });
  }

  open(user: string): void {
    this.user = user;
    this.set({ calls: kept<PastCall[]>(`history.${user}`) ?? [] });
  }

  add(call: PastCall): void {
    this.save([call, ...this.get().calls.filter(({ id }) => id !== call.id)].slice(0, LIMIT));
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

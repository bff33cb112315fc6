import { backoff } from '../session/backoff.ts';
import type { Browser, Cancel } from './browser/Browser.ts';

/** A path that is disconnected is given so long to come back by itself: most do. */
export const DISCONNECTED_MS = 2000;
/** How long a path may be broken in all: longer than it takes to see that the connection is lost too. */
export const BROKEN_LIMIT_MS = 60_000;

const FIRST_PAUSE_MS = 3000;
const LAST_PAUSE_MS = 12_000;

/** What a guard can do about a path. */
export interface PathMender {
  /** Looks for another path. Resolves when the attempt is under way; to false if the server does not do that at all. */
  mend(): Promise<boolean>;
  /** The path stays broken. */
  giveUp(): void;
}

/** Watches the media path of a call and mends it, with growing pauses, until it works or has been broken for too long. */
export class PathGuard {
  private last: RTCIceConnectionState = 'new';
  private attempts = 0;
  private broken = false;
  private mending = false;
  private hopeless = false;
  private cancelAttempt: Cancel = () => undefined;
  private cancelLimit: Cancel = () => undefined;

  constructor(
    private readonly browser: Browser,
    private readonly mender: PathMender,
  ) {}

  /** True while the path is broken and there is hope. */
  get busy(): boolean {
    return this.broken && !this.hopeless;
  }

  onState(state: RTCIceConnectionState): void {
    this.last = state;
    switch (state) {
      case 'connected':
      case 'completed':
        this.stop();
        return;
      case 'disconnected':
        this.onBroken(DISCONNECTED_MS);
        return;
      case 'failed':
        this.onBroken(0);
        return;
      case 'new':
      case 'checking':
      case 'closed':
        return;
    }
  }

  /** The network is another one, or back: the path may be dead without knowing it. */
  onNetwork(): void {
    this.attempts = 0;
    this.plan(0);
  }

  /** Forgets what went on: the path works, or is no longer wanted. */
  stop(): void {
    this.cancelAttempt();
    this.cancelLimit();
    this.attempts = 0;
    this.broken = false;
  }

  private onBroken(delayMs: number): void {
    if (!this.broken) {
      this.broken = true;
      this.cancelLimit = this.browser.after(BROKEN_LIMIT_MS, () => this.giveUp());
    }
    // Once there was an attempt its pause counts, whatever the states meanwhile.
    if (this.attempts === 0) this.plan(delayMs);
  }

  private plan(delayMs: number): void {
    this.cancelAttempt();
    this.cancelAttempt = this.browser.after(delayMs, () => void this.attempt());
  }

  private async attempt(): Promise<void> {
    if (this.mending || this.hopeless) return;
    this.mending = true;
    const pause = backoff(this.attempts++, this.browser.random(), FIRST_PAUSE_MS, LAST_PAUSE_MS);
    this.hopeless = !(await this.mender.mend());
    this.mending = false;
    if (this.hopeless) {
      // What is only disconnected may still come back by itself.
      if (this.last === 'failed') this.giveUp();
    } else if (this.broken) {
      this.plan(pause);
    }
  }

  private giveUp(): void {
    this.stop();
    this.hopeless = true;
    this.mender.giveUp();
  }
}

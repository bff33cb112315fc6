import type { TrickledCandidate } from '../wire/messages.ts';

/**
 * Holds candidates back until the description that they belong to is on its way, for the server cannot place them
 * earlier; then passes them on, all that waited at once and the others as they come.
 */
export class CandidateQueue {
  private waiting: TrickledCandidate[] = [];
  private held = true;

  constructor(private readonly send: (candidates: readonly TrickledCandidate[]) => void) {}

  /** A new description is being made: what comes now is for that one. */
  hold(): void {
    this.held = true;
  }

  push(candidate: TrickledCandidate): void {
    this.waiting.push(candidate);
    this.flush();
  }

  /** The description has been sent. */
  release(): void {
    this.held = false;
    this.flush();
  }

  private flush(): void {
    if (this.held || this.waiting.length === 0) return;
    const candidates = this.waiting;
    this.waiting = [];
    this.send(candidates);
  }
}

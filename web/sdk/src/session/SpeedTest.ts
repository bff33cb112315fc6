import { VertoError } from '../errors.ts';
import type { Browser, Cancel } from '../media/browser/Browser.ts';

/** What a speed test found. Of the connection to the server, not of the path that sound takes. */
export interface Speed {
  /** kbit/s to the server. */
  readonly up: number;
  /** kbit/s from the server. */
  readonly down: number;
}

const FRAME = 1024;
const DATA = '#SPB' + '.'.repeat(FRAME - 4);
/** What a server takes at most. */
export const SPEED_BYTES = 10_485_760;
/** Without an end for this long the test has failed. */
export const SPEED_LIMIT_MS = 30_000;

/** Sends so many bytes, and counts how fast they arrive and how fast some come back (verto-wire 1.7). */
export class SpeedTest {
  readonly done: Promise<Speed>;
  private resolve: (speed: Speed) => void = () => undefined;
  private reject: (error: VertoError) => void = () => undefined;
  private readonly cancel: Cancel;
  private up = 0;
  private startedAt: number | undefined;
  private received = 0;

  constructor(
    private readonly browser: Browser,
    send: (frame: string) => void,
    private readonly bytes: number,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.cancel = browser.after(SPEED_LIMIT_MS, () => this.fail(new VertoError({ kind: 'timeout', method: 'speed test' })));
    // Nothing may come between these frames: the server would give the test up.
    send(`#SPU ${bytes}`);
    for (let sent = 0; sent < bytes; sent += FRAME) send(DATA);
    send('#SPE');
  }

  onFrame(frame: string): void {
    switch (frame[3]) {
      case 'U':
        this.up = kilobits(this.bytes, Number(frame.slice(4)));
        this.startedAt = this.browser.now();
        return;
      case 'D': {
        // The server times when it wrote, we when it came.
        const took = this.browser.now() - (this.startedAt ?? this.browser.now());
        this.cancel();
        this.resolve({ up: this.up, down: kilobits(this.received, took) });
        return;
      }
      default:
        this.received += frame.length;
    }
  }

  fail(error: VertoError): void {
    this.cancel();
    this.reject(error);
  }
}

/** A thousand bits a second; what took no time took a millisecond. */
function kilobits(bytes: number, milliseconds: number): number {
  return Math.round((bytes * 8) / Math.max(1, Number.isFinite(milliseconds) ? milliseconds : 1));
}

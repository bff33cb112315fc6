import { Emitter } from '../events.ts';
import type { Browser, Cancel } from './browser/Browser.ts';
import { type Quality, quality } from './quality.ts';
import type { PictureReport } from './pictureStats.ts';
import { between, type SoundReport } from './stats.ts';

/** How a call went since the sample before. */
export interface Sample {
  /** Milliseconds since the monitor began. */
  readonly atMs: number;
  /** Share of packets that did not come, 0 to 1. */
  readonly loss: number;
  /** Share of ours that did not reach the server, 0 to 1; undefined until it says. */
  readonly lossThere: number | undefined;
  readonly jitterMs: number;
  readonly roundTripMs: number | undefined;
  /** kbit/s of sound. */
  readonly received: number;
  readonly sent: number;
  /** How loud the others are and how loud one is oneself, 0 to 1; undefined where the browser does not tell. Chromium says 0 of what nothing plays. */
  readonly level: number | undefined;
  readonly ownLevel: number | undefined;
  /** Undefined while nothing comes. */
  readonly quality: Quality | undefined;
  /** Undefined where there are none. */
  readonly pictures: PictureSample | undefined;
}

/** How pictures went since the sample before. */
export interface PictureSample {
  /** kbit/s */
  readonly received: number;
  readonly sent: number;
  /** Frames a second that came, and that were sent. */
  readonly framesReceived: number;
  readonly framesSent: number;
  /** Share of the time in which the picture stood still, 0 to 1. */
  readonly frozen: number;
}

export type MonitorEvents = {
  readonly sample: Sample;
};

export interface MonitorOptions {
  /** Milliseconds from one sample to the next; 1000 without it. */
  readonly every?: number;
  /** How many samples are kept for a plot; 300 without it. */
  readonly keep?: number;
}

/** Reads how a call goes, again and again, until it is closed or the call is over; keeps the last samples for a plot. */
export class Monitor extends Emitter<MonitorEvents> {
  private readonly kept: Sample[] = [];
  private readonly startedAt: number;
  private readonly every: number;
  private readonly keep: number;
  private last: { readonly report: SoundReport; readonly at: number } | undefined;
  private cancel: Cancel = () => undefined;
  private closed = false;

  constructor(
    private readonly browser: Browser,
    private readonly read: () => Promise<SoundReport>,
    { every = 1000, keep = 300 }: MonitorOptions = {},
  ) {
    super();
    this.every = every;
    this.keep = keep;
    this.startedAt = browser.now();
    void this.tick();
  }

  /** The last samples, the oldest first. */
  get samples(): readonly Sample[] {
    return this.kept;
  }

  close(): void {
    this.closed = true;
    this.cancel();
  }

  private async tick(): Promise<void> {
    try {
      const report = await this.read();
      if (this.closed) return;
      this.take(report, this.browser.now());
    } catch {
      // There is no media now: before the answer, or while the connection is gone. What comes then begins anew.
      this.last = undefined;
    }
    if (!this.closed) this.cancel = this.browser.after(this.every, () => void this.tick());
  }

  private take(report: SoundReport, at: number): void {
    const before = this.last;
    this.last = { report, at };
    // A peer connection that was made anew counts from nothing.
    if (before === undefined || report.sound.packetsReceived < before.report.sound.packetsReceived) return;
    const stretch = between(before.report.sound, report.sound);
    const seconds = Math.max(0.001, (at - before.at) / 1000);
    const kilobits = (bytes: number): number => Math.max(0, Math.round((bytes * 8) / 1000 / seconds));
    const judged = quality(stretch);
    const sample: Sample = {
      atMs: at - this.startedAt,
      loss: judged?.loss ?? 0,
      lossThere: report.lossThere,
      jitterMs: stretch.jitterMs,
      roundTripMs: stretch.roundTripMs,
      received: kilobits(report.bytesReceived - before.report.bytesReceived),
      sent: kilobits(report.bytesSent - before.report.bytesSent),
      level: report.level,
      ownLevel: report.ownLevel,
      quality: judged,
      pictures: pictureSample(before.report.pictures, report.pictures, seconds),
    };
    this.kept.push(sample);
    if (this.kept.length > this.keep) this.kept.shift();
    this.emit('sample', sample);
  }
}

function pictureSample(before: PictureReport, now: PictureReport, seconds: number): PictureSample | undefined {
  if (now.received === undefined && now.sent === undefined) return undefined;
  const rate = (earlier = 0, later = 0): number => Math.max(0, later - earlier) / seconds;
  const kilobits = (earlier: number | undefined, later: number | undefined): number => Math.round((rate(earlier, later) * 8) / 1000);
  return {
    received: kilobits(before.received?.bytes, now.received?.bytes),
    sent: kilobits(before.sent?.bytes, now.sent?.bytes),
    framesReceived: Math.round(rate(before.received?.frames, now.received?.frames)),
    framesSent: Math.round(rate(before.sent?.frames, now.sent?.frames)),
    frozen: Math.min(1, rate(before.received?.frozenMs, now.received?.frozenMs) / 1000),
  };
}

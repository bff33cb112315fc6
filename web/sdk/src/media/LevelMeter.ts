import type { Browser } from './browser/Browser.ts';

const WINDOW = 2048;
/** What counts as silence, in dB below full scale. */
export const QUIET_DB = -60;

/** Tells how loud a stream is now. Reads nothing unless asked; close it when the stream is done with. */
export class LevelMeter {
  private readonly context: AudioContext;
  private readonly analyser: AnalyserNode;
  private readonly source: MediaStreamAudioSourceNode;
  private readonly samples = new Float32Array(WINDOW);

  constructor(browser: Browser, stream: MediaStream) {
    this.context = browser.openAudioContext();
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = WINDOW;
    this.source = this.context.createMediaStreamSource(stream);
    this.source.connect(this.analyser);
    // A context that was made without a gesture waits; the meter then shows silence, which is no error.
    this.context.resume().catch(() => undefined);
  }

  /** Root mean square of the last 43 ms, in dB below full scale, from -100 to 0. */
  decibels(): number {
    this.analyser.getFloatTimeDomainData(this.samples);
    let sum = 0;
    for (const sample of this.samples) sum += sample * sample;
    return Math.max(-100, 10 * Math.log10(sum / this.samples.length + 1e-10));
  }

  /** The same as a share from 0 (quiet) to 1 (full scale), even to the ear. */
  share(): number {
    return Math.min(1, Math.max(0, 1 - this.decibels() / QUIET_DB));
  }

  close(): void {
    this.source.disconnect();
    this.context.close().catch(() => undefined);
  }
}

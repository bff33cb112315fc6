const NOTES_HZ = [587.33, 739.99, 880];
const NOTE_S = 0.16;
const PAUSE_MS = 2600;
const LOUDNESS = 0.12;

/** A soft three-note ring, made here: no file, no wait. */
export class Ringer {
  private context: AudioContext | undefined;
  private timer: number | undefined;

  start(): void {
    if (this.timer !== undefined) return;
    this.context = new AudioContext();
    this.ring();
    this.timer = window.setInterval(() => this.ring(), PAUSE_MS);
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.timer = undefined;
    this.context?.close().catch(() => undefined);
    this.context = undefined;
  }

  private ring(): void {
    const context = this.context;
    // Without a gesture on the page the browser keeps it silent; the page still shows the call.
    if (context === undefined || context.state !== 'running') return;
    NOTES_HZ.forEach((hertz, index) => {
      const at = context.currentTime + index * NOTE_S;
      const tone = new OscillatorNode(context, { frequency: hertz, type: 'sine' });
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.001, at + 0.9);
      tone.connect(gain).connect(context.destination);
      tone.start(at);
      tone.stop(at + 1);
    });
  }
}

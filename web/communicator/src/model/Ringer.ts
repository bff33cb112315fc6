const NOTES_HZ = [587.33, 739.99, 880];
const NOTE_S = 0.16;
const PAUSE_MS = 2600;
const LOUDNESS = 0.12;

/** A soft three-note ring, made here: no file, no wait. */
export class Ringer {
  private context: AudioContext | undefined;
  private timer: number | undefined;

  start(device: string): void {
    if (this.timer !== undefined) return;
    this.context = contextOn(device);
    this.timer = window.setInterval(() => this.ring(), PAUSE_MS);
    this.ring();
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.timer = undefined;
    this.context?.close().catch(() => undefined);
    this.context = undefined;
  }

  private ring(): void {
    // Without a gesture on the page the browser keeps it silent; the page still shows the call.
    if (this.context?.state === 'running') chime(this.context);
  }
}

/** Plays the notes once, to hear whether a device works. */
export function testSound(device: string): void {
  const context = contextOn(device);
  chime(context);
  window.setTimeout(() => void context.close().catch(() => undefined), PAUSE_MS);
}

function contextOn(device: string): AudioContext {
  const context = new AudioContext() as AudioContext & { setSinkId?: (id: string) => Promise<void> };
  if (device !== '') context.setSinkId?.(device).catch(() => undefined);
  return context;
}

function chime(context: AudioContext): void {
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

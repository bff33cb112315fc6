import { readFileSync, writeFileSync } from 'node:fs';

const RATE = 48_000;

/**
 * A WAV file with a steady sine in each channel. It lasts a whole number of periods and of seconds, so that the loop which the
 * browser makes of it has no click.
 *
 * @param hertz the pitch, or that of the left and that of the right channel
 */
export function writeTone(file, hertz, { level = 0.3, seconds = 2, rate = RATE } = {}) {
  const pitches = [hertz].flat();
  const frame = pitches.length * 2;
  const samples = rate * seconds;
  const data = Buffer.alloc(44 + samples * frame);
  data.write('RIFF', 0);
  data.writeUInt32LE(36 + samples * frame, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(pitches.length, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(rate * frame, 28);
  data.writeUInt16LE(frame, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36);
  data.writeUInt32LE(samples * frame, 40);
  for (let at = 0; at < samples; at++) {
    pitches.forEach((pitch, channel) =>
      data.writeInt16LE(Math.round(level * 32767 * Math.sin((2 * Math.PI * pitch * at) / rate)), 44 + at * frame + channel * 2));
  }
  writeFileSync(file, data);
}

/**
 * What is in a WAV file of 16 bits: for each pitch its level in dB below full scale, over both channels.
 *
 * @returns the levels, and how long the file is
 */
export function readTones(file, pitches) {
  const data = readFileSync(file);
  const channels = data.readUInt16LE(22);
  const rate = data.readUInt32LE(24);
  const frames = Math.floor((data.length - 44) / (2 * channels));
  // In pieces: where a frame was left out or made up, what follows is out of step with what was before.
  const piece = Math.round(rate / 10);
  const levels = pitches.map((pitch) => {
    let power = 0;
    let pieces = 0;
    for (let from = 0; from + piece <= frames; from += piece) {
      let cosine = 0;
      let sine = 0;
      for (let at = 0; at < piece; at++) {
        const window = 1 - Math.cos((2 * Math.PI * at) / piece);
        const sample = (window * data.readInt16LE(44 + (from + at) * 2 * channels)) / 32768;
        cosine += sample * Math.cos((2 * Math.PI * pitch * at) / rate);
        sine += sample * Math.sin((2 * Math.PI * pitch * at) / rate);
      }
      power += (2 * Math.hypot(cosine, sine) / piece) ** 2;
      pieces++;
    }
    return 10 * Math.log10(Math.max(1e-12, power / Math.max(1, pieces)));
  });
  return { levels, seconds: frames / rate };
}

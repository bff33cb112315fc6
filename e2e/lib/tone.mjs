import { writeFileSync } from 'node:fs';

const RATE = 48_000;

/**
 * A mono WAV file with a steady sine. It lasts a whole number of periods and of seconds, so that the loop which the
 * browser makes of it has no click.
 */
export function writeTone(file, hertz, level = 0.3, seconds = 2) {
  const samples = RATE * seconds;
  const data = Buffer.alloc(44 + samples * 2);
  data.write('RIFF', 0);
  data.writeUInt32LE(36 + samples * 2, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(RATE, 24);
  data.writeUInt32LE(RATE * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write('data', 36);
  data.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at++) {
    data.writeInt16LE(Math.round(level * 32767 * Math.sin((2 * Math.PI * hertz * at) / RATE)), 44 + at * 2);
  }
  writeFileSync(file, data);
}

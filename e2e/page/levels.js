// How strong a sound is; samples are shares of full scale.

/** Amplitude of one frequency: Goertzel over a Hann window. */
export function amplitude(samples, hertz, rate) {
  const step = (2 * Math.PI * hertz) / rate;
  const factor = 2 * Math.cos(step);
  let before = 0;
  let last = 0;
  for (let at = 0; at < samples.length; at++) {
    const weight = 1 - Math.cos((2 * Math.PI * at) / samples.length);
    const next = samples[at] * weight + factor * last - before;
    before = last;
    last = next;
  }
  const power = last * last + before * before - factor * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

export function rootMeanSquare(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

/** Below full scale. */
export function decibels(value) {
  return Math.round(200 * Math.log10(value + 1e-6)) / 10;
}

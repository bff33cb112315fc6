// Measures what a stream sounds like: levels of single frequencies, per channel.

import { amplitude, decibels, rootMeanSquare } from './levels.js';

const RATE = 48_000;
const WINDOW = 32_768; // 0.68 s: tells frequencies apart that are 3 Hz from each other

/** Listens to one stream until it is closed. */
export class Ear {
  constructor(stream) {
    // Chromium moves no sound through a remote stream that no element plays.
    this.element = new Audio();
    this.element.muted = true;
    this.element.srcObject = stream;
    this.element.play().catch(() => undefined);
    this.context = new AudioContext({ sampleRate: RATE });
    this.source = this.context.createMediaStreamSource(stream);
    const splitter = this.context.createChannelSplitter(2);
    this.source.connect(splitter);
    this.analysers = [0, 1].map((channel) => {
      const analyser = this.context.createAnalyser();
      analyser.fftSize = WINDOW;
      splitter.connect(analyser, channel);
      return analyser;
    });
    this.samples = [new Float32Array(WINDOW), new Float32Array(WINDOW)];
  }

  /** Levels of the last window: dB below full scale of each frequency and of everything. */
  levels(frequencies) {
    this.analysers.forEach((analyser, channel) => analyser.getFloatTimeDomainData(this.samples[channel]));
    const [left, right] = this.samples;
    const apart = rootMeanSquare(left.map((sample, at) => sample - right[at])) / (rootMeanSquare(left) + 1e-6);
    return this.samples.map((samples, channel) => ({
      all: decibels(Math.sqrt(2) * rootMeanSquare(samples)),
      tones: frequencies.map((hertz) => decibels(amplitude(samples, hertz, RATE))),
      loudest: loudest(this.analysers[channel]),
      // How much the channels differ, as a share of what the left one has.
      apart,
    }));
  }

  close() {
    this.element.srcObject = null;
    this.source.disconnect();
    return this.context.close();
  }
}

/** The strongest frequency, in Hz. */
function loudest(analyser) {
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  let best = 0;
  for (let bin = 1; bin < bins.length; bin++) if (bins[bin] > bins[best]) best = bin;
  return Math.round((best * RATE) / analyser.fftSize);
}

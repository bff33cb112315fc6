import { amplitude, decibels, rootMeanSquare } from '../page/levels.js';
import { WAIT_MS } from './wait.mjs';

const WINDOW_SECONDS = 0.4;

/** Measures what a telephone hears. */
export class Ear {
  #rate;
  #window;
  #heard = [];
  #listeners = new Set();

  /** @param rate samples a second */
  constructor(rate) {
    this.#rate = rate;
    this.#window = rate * WINDOW_SECONDS;
  }

  /** @param samples of one channel, as shares of full scale, which follow the last ones without a gap */
  take(samples) {
    this.#heard = [...this.#heard, ...samples].slice(-this.#window);
    if (this.#heard.length === this.#window) for (const listen of [...this.#listeners]) listen();
  }

  /** Something is missing: what was heard before does not count. */
  forget() {
    this.#heard = [];
  }

  /**
   * Waits until the last 0.4 s are as wished: each frequency of `present` above `loud`, each of `absent` below `quiet`, and all together
   * between `atLeast` and `atMost`; in dB below full scale.
   */
  untilHears({ present = [], absent = [], loud, quiet, atLeast = -Infinity, atMost = Infinity }) {
    return new Promise((resolve, reject) => {
      let last = 'no sound at all';
      const listen = () => {
        const all = decibels(Math.sqrt(2) * rootMeanSquare(this.#heard));
        const [wanted, unwanted] = [present, absent].map((list) => list.map((hertz) => decibels(amplitude(this.#heard, hertz, this.#rate))));
        last = `present ${wanted} dB, absent ${unwanted} dB, all ${all} dB`;
        const right = wanted.every((level) => level > loud) && unwanted.every((level) => level < quiet) && all >= atLeast && all <= atMost;
        if (right) end(resolve);
      };
      const end = (how, result) => {
        clearTimeout(timer);
        this.#listeners.delete(listen);
        how(result);
      };
      const timer = setTimeout(
        () => end(reject, new Error(`the telephone does not hear what it should (present ${present}, absent ${absent}): ${last}`)),
        WAIT_MS,
      );
      this.#listeners.add(listen);
    });
  }
}

import { randomBytes } from 'node:crypto';
import { amplitude, decibels, rootMeanSquare } from '../page/levels.js';
import { bindUdp } from './udp.mjs';

const RATE = 8_000;
const SAMPLES = 160; // of a packet: 20 ms
const HEADER = 12;
const FRAME_MS = 20;
/** What is measured: 0.4 s, cut out of packets of which none is missing. */
const WINDOW = 20 * SAMPLES;
const WAIT_MS = 12_000;
const LEVEL = 0.25; // of full scale

/** The sound of a telephone: sends a steady tone as PCMU by RTP, and measures what comes. Knows nothing of the server's code. */
export class Rtp {
  #socket;
  #timer;
  #peer;
  #heard = [];
  #last = -1;
  #listeners = new Set();

  static async open(address) {
    return new Rtp(await bindUdp({ address }));
  }

  constructor(socket) {
    this.#socket = socket.on('message', (packet, from) => {
      // Routers in between let nothing else through.
      if (from.address === this.#peer?.address && from.port === this.#peer.port) this.#take(packet);
    });
  }

  get port() {
    return this.#socket.address().port;
  }

  /** Begins to send a tone there, and to listen to what comes from there. */
  speak({ address, port }, hertz) {
    this.#peer = { address, port };
    const start = performance.now();
    const ssrc = randomBytes(4).readUInt32BE();
    let count = 0;
    this.#timer = setInterval(() => {
      // What a late timer left out follows at once.
      for (; count * FRAME_MS <= performance.now() - start; count++) this.#socket.send(packet(count, ssrc, hertz), port, address);
    }, FRAME_MS / 2);
  }

  #take(packet) {
    if (packet.length !== HEADER + SAMPLES || (packet[1] & 0x7f) !== 0) return;
    const sequence = packet.readUInt16BE(2);
    if (sequence !== ((this.#last + 1) & 0xffff)) this.#heard = [];
    this.#last = sequence;
    for (const octet of packet.subarray(HEADER)) this.#heard.push(decode(octet));
    this.#heard = this.#heard.slice(-WINDOW);
    if (this.#heard.length === WINDOW) for (const listen of [...this.#listeners]) listen();
  }

  /**
   * Waits until the sound of the last `WINDOW` samples is as wished: each frequency of `present` above `loud`, each of `absent` below
   * `quiet`, and all together above `atLeast`; in dB below full scale.
   */
  untilHears({ present = [], absent = [], loud, quiet, atLeast = -Infinity }) {
    return new Promise((resolve, reject) => {
      let last = 'no sound at all';
      const listen = () => {
        const all = decibels(Math.sqrt(2) * rootMeanSquare(this.#heard));
        const [wanted, unwanted] = [present, absent].map((list) => list.map((hertz) => decibels(amplitude(this.#heard, hertz, RATE))));
        last = `present ${wanted} dB, absent ${unwanted} dB, all ${all} dB`;
        if (wanted.every((level) => level > loud) && unwanted.every((level) => level < quiet) && all >= atLeast) end(resolve);
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

  close() {
    clearInterval(this.#timer);
    this.#socket.close();
  }
}

function packet(count, ssrc, hertz) {
  const bytes = Buffer.alloc(HEADER + SAMPLES);
  bytes[0] = 0x80;
  bytes.writeUInt16BE(count & 0xffff, 2);
  bytes.writeUInt32BE(count * SAMPLES, 4);
  bytes.writeUInt32BE(ssrc, 8);
  for (let at = 0; at < SAMPLES; at++) {
    bytes[HEADER + at] = encode(Math.round(LEVEL * 32_767 * Math.sin((2 * Math.PI * hertz * (count * SAMPLES + at)) / RATE)));
  }
  return bytes;
}

/** G.711, mu-law; to a share of full scale. */
function decode(octet) {
  const bits = ~octet & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return ((bits & 0x80) === 0 ? magnitude : -magnitude) / 32_768;
}

function encode(sample) {
  const magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
  const exponent = 24 - Math.clz32(magnitude);
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

import { randomBytes } from 'node:crypto';
import { Ear } from './ear.mjs';
import { bindUdp } from './udp.mjs';

const RATE = 8_000;
const SAMPLES = 160; // of a packet: 20 ms
const HEADER = 12;
const FRAME_MS = 20;
const LEVEL = 0.25; // of full scale

/** The sound of a telephone: sends a steady tone as PCMU by RTP, and measures what comes. Knows nothing of the server's code. */
export class Rtp {
  #socket;
  #timer;
  #peer;
  #ear = new Ear(RATE);
  #last = -1;

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
    if (sequence !== ((this.#last + 1) & 0xffff)) this.#ear.forget();
    this.#last = sequence;
    this.#ear.take(Array.from(packet.subarray(HEADER), decode));
  }

  untilHears(wish) {
    return this.#ear.untilHears(wish);
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

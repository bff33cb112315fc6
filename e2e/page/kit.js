// What a test talks to in a page: `window.kit`.

import { clients, RAW } from './clients.js';
import { Ear } from './ear.js';

const events = [];
const waiting = [];
const peers = [];
const sockets = [];
let client;
let ear;
let codec;
let keypad = true;

// Statistics come from the peer connection itself, whichever client made it.
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...parameters) {
    super(...parameters);
    peers.push(this);
  }

  createOffer(...parameters) {
    if (codec !== undefined) this.offerOnly(codec);
    return super.createOffer(...parameters);
  }

  offerOnly(name) {
    const types = [`audio/${name}`, ...(keypad ? ['audio/telephone-event'] : [])];
    const wanted = RTCRtpReceiver.getCapabilities('audio').codecs.filter(({ mimeType }) => types.includes(mimeType.toLowerCase()));
    for (const transceiver of this.getTransceivers()) transceiver.setCodecPreferences(wanted);
  }
};

// What the client says, with the time since it dialled and how far the last peer connection has gathered.
const sent = [];
let dialledAt = 0;
const sendOn = WebSocket.prototype.send;
WebSocket.prototype.send = function send(data) {
  const method = typeof data === 'string' && data.startsWith('{') ? JSON.parse(data).method : undefined;
  if (method !== undefined) {
    sent.push({ method, milliseconds: performance.now() - dialledAt, gathering: peers.at(-1)?.iceGatheringState });
  }
  sendOn.call(this, data);
};

const ufrag = (description) => /a=ice-ufrag:(\S+)/.exec(description?.sdp ?? '')?.[1];

window.WebSocket = class extends window.WebSocket {
  constructor(...parameters) {
    super(...parameters);
    sockets.push(this);
  }
};

// SignalWire forgets what it was told of the microphone when it answers: then the browser takes a steady tone for noise.
const { mediaDevices } = navigator;
const openMicrophone = mediaDevices.getUserMedia.bind(mediaDevices);
mediaDevices.getUserMedia = ({ audio, ...rest }) => openMicrophone({ ...rest, audio: audio === true ? RAW : audio });

function say(type, details) {
  if (type === 'sound') {
    ear?.close();
    ear = details.stream ? new Ear(details.stream) : undefined;
    return;
  }
  events.push({ type, ...details });
  for (const look of [...waiting]) look();
}

async function audioStats() {
  const stats = { packetsReceived: 0, packetsLost: 0, samples: 0, concealed: 0, sent: 0 };
  const report = await peers.at(-1).getStats();
  report.forEach((entry) => {
    if (entry.type === 'inbound-rtp' && entry.kind === 'audio') {
      stats.packetsReceived = entry.packetsReceived;
      stats.packetsLost = entry.packetsLost;
      stats.samples = entry.totalSamplesReceived;
      stats.concealed = entry.concealedSamples;
    }
    if (entry.type === 'outbound-rtp' && entry.kind === 'audio') stats.sent = entry.packetsSent;
  });
  return stats;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

window.kit = {
  async login(name, options) {
    client = clients[name](say);
    try {
      await client.login(options);
      return { ok: true };
    } catch (error) {
      return { ok: false, trouble: error?.trouble, code: error?.code, message: String(error?.message ?? '') };
    }
  },
  /** From now on this browser offers nothing but this codec, and key presses inside the sound unless `keys` is false. */
  only: (name, keys) => {
    codec = name;
    keypad = keys;
  },
  dial: (number) => {
    dialledAt = performance.now();
    client.dial(number);
  },
  restartIce: () => client.restartIce(),
  answer: () => client.answer(),
  reject: (cause) => client.reject(cause),
  hangUp: (cause) => client.hangUp(cause),
  digits: (digits) => client.digits(digits),
  hold: () => client.hold(),
  unhold: () => client.unhold(),
  toggleHold: () => client.toggleHold(),
  transfer: (destination) => client.transfer(destination),
  replace: () => client.replace(),
  message: (to, body) => client.message(to, body),
  moderate: (...given) => client.moderate(...given),
  chat: (words) => client.chat(words),
  logout: () => client.logout(),

  /** Listens to what an element of the page plays. */
  listenTo: (element) => say('sound', { stream: element.srcObject }),

  /** Ends what goes on, so that nothing of this page reaches into the next test. */
  async leave() {
    if (peers.some((peer) => peer.connectionState !== 'closed')) {
      await Promise.race([Promise.resolve().then(() => client?.hangUp()).catch(() => undefined), pause(1000)]);
    }
  },

  /** Key presses inside the sound (RFC 4733), as an external keypad would send them. */
  digitsInSound(digits) {
    const sender = peers.at(-1).getSenders().find((candidate) => candidate.track?.kind === 'audio');
    sender.dtmf.insertDTMF(digits, 120, 80);
  },

  /** The next event of this type, waited for; events before it are dropped. */
  next: (type, timeoutMs) =>
    new Promise((resolve, reject) => {
      const seen = [];
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(look), 1);
        reject(new Error(`no "${type}" within ${timeoutMs} ms; instead: ${JSON.stringify(seen)}`));
      }, timeoutMs);
      function look() {
        while (events.length > 0) {
          const event = events.shift();
          if (event.type !== type) {
            seen.push(event);
            continue;
          }
          clearTimeout(timer);
          const at = waiting.indexOf(look);
          if (at >= 0) waiting.splice(at, 1);
          resolve(event);
          return;
        }
      }
      waiting.push(look);
      look();
    }),

  /**
   * Waits until the sound is as wished: each of `present` above `loud` dB, each of `absent` below `quiet` dB, and all of it
   * together between `atLeast` and `atMost` dB.
   */
  async untilHeard({ present, absent, loud, quiet, atLeast = -Infinity, atMost = Infinity, timeoutMs }) {
    const end = performance.now() + timeoutMs;
    const frequencies = [...present, ...absent];
    let last;
    for (;;) {
      if (ear !== undefined) {
        last = ear.levels(frequencies);
        const [left] = last;
        const good = present.every((_, at) => left.tones[at] > loud)
          && absent.every((_, at) => left.tones[present.length + at] < quiet)
          && left.all >= atLeast && left.all <= atMost;
        if (good) return last;
      }
      if (performance.now() > end) {
        throw new Error(`sound is not as wished (present ${present}, absent ${absent}): ${JSON.stringify(last ?? 'none at all')}`);
      }
      await pause(100);
    }
  },

  /** Levels at the end, and what the statistics counted, over a window of time. */
  async measure({ frequencies, milliseconds }) {
    const before = await audioStats();
    await pause(milliseconds);
    const after = await audioStats();
    const counts = Object.fromEntries(Object.keys(after).map((key) => [key, after[key] - before[key]]));
    return { counts, channels: ear?.levels(frequencies) ?? [] };
  },

  sent: (method) => sent.filter((frame) => frame.method === method),

  /** What the path in use stands on: user fragments of both sides. */
  path: () => ({ ours: ufrag(peers.at(-1).localDescription), theirs: ufrag(peers.at(-1).remoteDescription) }),

  /** How many connections this page has opened, and how many are open. */
  sockets: () => ({ opened: sockets.length, open: sockets.filter((socket) => socket.readyState === WebSocket.OPEN).length }),

  levels: (frequencies) => ear?.levels(frequencies) ?? [],
  /** The microphone says nothing, or what it hears; returns when that began, in milliseconds since 1970. */
  microphone: (on) => {
    for (const { track } of peers.at(-1).getSenders()) {
      if (track?.kind === 'audio') track.enabled = on;
    }
    return Date.now();
  },

  answerSdp: () => peers.at(-1)?.remoteDescription?.sdp ?? '',
};

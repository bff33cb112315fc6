/**
 * What the tests of films do in a page: one plays a file that was recorded, and looks and listens where things are; another claps into a call, with a
 * flash and a beep in the same moment. Stands beside `window.eye`.
 */

const pitchOf = (samples, rate, hertz) => {
  let [cosine, sine, weight] = [0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    const window = 1 - Math.cos((2 * Math.PI * i) / samples.length);
    cosine += window * samples[i] * Math.cos((2 * Math.PI * hertz * i) / rate);
    sine += window * samples[i] * Math.sin((2 * Math.PI * hertz * i) / rate);
    weight += window;
  }
  return 20 * Math.log10(Math.max(1e-6, (2 * Math.hypot(cosine, sine)) / weight));
};

const once = (target, type, limit = 10_000) =>
  new Promise((resolve, reject) => {
    target.addEventListener(type, resolve, { once: true });
    setTimeout(() => reject(new Error(`no ${type}: ${target.error?.message ?? target.readyState}`)), limit);
  });

/** Reads a file by its address, as whoever got the link. */
async function fetched(address) {
  const whole = await fetch(address);
  const bytes = await whole.arrayBuffer();
  const part = await fetch(address, { headers: { Range: 'bytes=4-11' } });
  return {
    type: whole.headers.get('content-type'),
    part: [part.status, part.headers.get('content-range'), [...new Uint8Array(await part.arrayBuffer())]],
    same: [...new Uint8Array(bytes.slice(4, 12))],
    bytes,
  };
}

const screenOf = async (address) => {
  const screen = Object.assign(document.createElement('video'), { muted: true, playsInline: true, src: address });
  document.body.append(screen);
  await once(screen, 'loadeddata');
  return screen;
};

const colourAt = (screen, x, y) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 4, height: 4 });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.drawImage(screen, screen.videoWidth * x - 8, screen.videoHeight * y - 8, 16, 16, 0, 0, 4, 4);
  const { data } = pen.getImageData(0, 0, 4, 4);
  return [0, 1, 2].map((c) => Math.round([...data].filter((_, i) => i % 4 === c).reduce((sum, value) => sum + value, 0) / 16));
};

/**
 * @param places to look at, half way through the file, each between 0 and 1 from the left and from above
 * @param pitches to listen for, in its second half, at the ear that hears them best
 */
async function examine(address, places, pitches) {
  const file = await fetched(address);
  const screen = await screenOf(address);
  const { duration, videoWidth: width, videoHeight: height } = screen;
  screen.currentTime = duration / 2;
  await once(screen, 'seeked');
  const colours = places.map(([x, y]) => colourAt(screen, x, y));
  const sound = await new OfflineAudioContext(2, 1, 48_000).decodeAudioData(file.bytes.slice(0));
  const half = Math.floor(sound.length / 2);
  const ears = [...Array(sound.numberOfChannels).keys()].map((channel) => sound.getChannelData(channel).subarray(half, half + 24_000));
  const levels = pitches.map((hertz) => Math.max(...ears.map((samples) => pitchOf(samples, 48_000, hertz))));
  screen.remove();
  return { type: file.type, part: file.part, same: file.same, duration, width, height, colours, levels, channels: sound.numberOfChannels, soundSeconds: sound.duration };
}

/**
 * Plays a film.
 *
 * @returns its colours in the middle as they follow each other, a colour as long as it is within 60 of the one before
 */
async function colours(address) {
  const screen = await screenOf(address);
  const seen = [];
  const look = () => {
    const now = colourAt(screen, 0.5, 0.5);
    if (seen.length === 0 || seen.at(-1).some((value, i) => Math.abs(value - now[i]) > 60)) seen.push(now);
    screen.requestVideoFrameCallback(look);
  };
  screen.requestVideoFrameCallback(look);
  await screen.play();
  await once(screen, 'ended', 30_000);
  return seen;
}

/** When a film flashes and when it beeps, in seconds. */
async function claps(address, hertz) {
  const file = await fetched(address);
  const sound = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(file.bytes.slice(0));
  const samples = sound.getChannelData(0);
  const beeps = [];
  let loud = false;
  for (let at = 0; at + 480 <= samples.length; at += 240) {
    const now = pitchOf(samples.subarray(at, at + 480), 48_000, hertz) > -30;
    if (now && !loud) beeps.push(at / 48_000);
    loud = now;
  }
  const screen = await screenOf(address);
  const flashes = [];
  let bright = false;
  const look = (_, { mediaTime }) => {
    const now = colourAt(screen, 0.5, 0.5)[1] > 128;
    if (now && !bright) flashes.push(mediaTime);
    bright = now;
    screen.requestVideoFrameCallback(look);
  };
  screen.requestVideoFrameCallback(look);
  await screen.play();
  await once(screen, 'ended', 30_000);
  return { flashes, beeps, duration: screen.duration };
}

/** From now on whoever takes a microphone gets a beep, and a canvas that is shown is a flash, both in the same moment. */
function clapping(hertz) {
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: hertz });
  const gate = new GainNode(audio, { gain: 0 });
  const out = audio.createMediaStreamDestination();
  tone.connect(gate).connect(out);
  tone.start();
  navigator.mediaDevices.getUserMedia = async () => out.stream;
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
  const pen = canvas.getContext('2d');
  let frame = 0;
  setInterval(() => {
    const on = frame++ % 30 < 8;
    gate.gain.value = on ? 0.5 : 0;
    pen.fillStyle = on ? '#fff' : '#000';
    pen.fillRect(0, 0, 320, 240);
    pen.fillStyle = '#777';
    pen.fillRect((frame * 5) % 320, 0, 8, 20);
  }, 1000 / 25);
  const capture = HTMLCanvasElement.prototype.captureStream;
  HTMLCanvasElement.prototype.captureStream = () => capture.call(canvas, 25);
}

const connections = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given) {
    super(...given);
    connections.push(this);
  }
};

/** Waits until a pitch is heard in the last call. */
async function hears(hertz, limit = 12_000) {
  const { track } = connections.at(-1).getReceivers().find((one) => one.track.kind === 'audio');
  const stream = new MediaStream([track]);
  await Object.assign(new Audio(), { srcObject: stream, muted: true }).play(); // without, Chromium decodes nothing
  const audio = new AudioContext();
  const ear = new AnalyserNode(audio, { fftSize: 8_192 });
  audio.createMediaStreamSource(stream).connect(ear);
  const samples = new Float32Array(8_192);
  for (const began = performance.now(); ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    ear.getFloatTimeDomainData(samples);
    const level = pitchOf(samples, audio.sampleRate, hertz);
    if (level > -35) return audio.close();
    if (performance.now() - began > limit) throw new Error(`${hertz} Hz are at ${level} dB`);
  }
}

/** What the browser's own recorder makes of a colour and a pitch, as text in base64. */
async function made([red, green, blue], hertz, milliseconds) {
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: hertz });
  const out = audio.createMediaStreamDestination();
  tone.connect(new GainNode(audio, { gain: 0.4 })).connect(out);
  tone.start();
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
  const pen = canvas.getContext('2d');
  let frame = 0;
  const timer = setInterval(() => {
    pen.fillStyle = `rgb(${red},${green},${blue})`;
    pen.fillRect(0, 0, 320, 240);
    pen.fillStyle = '#fff';
    pen.fillRect((frame++ * 5) % 320, 0, 8, 20);
  }, 1000 / 25);
  const stream = new MediaStream([...canvas.captureStream(25).getVideoTracks(), ...out.stream.getAudioTracks()]);
  const recorder = new MediaRecorder(stream, { mimeType: 'video/webm;codecs=vp8,opus' });
  const pieces = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.start();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  recorder.stop();
  await once(recorder, 'stop');
  clearInterval(timer);
  await audio.close();
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

window.film = { examine, colours, claps, clapping, hears, made };

/**
 * What the tests of video do in a page: a camera that paints whose it is, the plainest client of the protocol there can be, and an eye that
 * looks at what comes from the other side. It knows nothing of any library, so that it shows the server alone.
 */

import { amplitude, decibels } from './levels.js';

/** A steady tone is noise to browsers, which they would take away. */
const RAW = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

const state = { calls: new Map(), events: [], waiting: [], requests: new Map(), next: 1 };

/** Lets the browser send to another port than the server's: a network that loses packets is there. */
const by = ({ port }, sdp) => port === undefined ? sdp : sdp.replace(/^(a=candidate:\S+ \d udp \d+ \S+) \d+/gm, `$1 ${port}`);

/** A camera of that colour, with something that moves. Its size can change, as that of a telephone that is turned. */
function camera([red, green, blue], width, height, busy) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  let frame = 0;
  let white = false;
  const timer = setInterval(() => {
    frame++;
    pen.fillStyle = white ? '#fff' : `rgb(${red},${green},${blue})`;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#fff';
    pen.fillRect((frame * 5) % canvas.width, 0, 8, canvas.height / 5);
    for (let i = 0; i < (busy ? 2000 : 40); i++) pen.fillRect(Math.random() * canvas.width, canvas.height * 0.8 + Math.random() * canvas.height * 0.2, 3, 3);
  }, 1000 / 25);
  return {
    track: canvas.captureStream(25).getVideoTracks()[0],
    white: (on) => {
      white = on;
    },
    resize: (w, h) => Object.assign(canvas, { width: w, height: h }),
    stop: () => clearInterval(timer),
  };
}

const event = (type, more = {}) => {
  const one = { type, ...more };
  const at = state.waiting.findIndex((wish) => wish.type === type);
  if (at >= 0) state.waiting.splice(at, 1)[0].resolve(one);
  else state.events.push(one);
};

function next(type, limit = 12_000) {
  const at = state.events.findIndex((one) => one.type === type);
  if (at >= 0) return Promise.resolve(state.events.splice(at, 1)[0]);
  return new Promise((resolve, reject) => {
    const wish = { type, resolve };
    state.waiting.push(wish);
    setTimeout(() => {
      const left = state.waiting.indexOf(wish);
      if (left >= 0) {
        state.waiting.splice(left, 1);
        reject(new Error(`no ${type} within ${limit} ms; there is ${JSON.stringify(state.events.map((one) => one.type))}`));
      }
    }, limit);
  });
}

function request(method, params) {
  const id = state.next++;
  state.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params: { ...params, sessid: state.sessid } }));
  return new Promise((resolve, reject) => state.requests.set(id, { resolve, reject }));
}

function login(url, user, password, sessid = crypto.randomUUID()) {
  Object.assign(state, { sessid, user });
  state.socket = new WebSocket(url);
  state.socket.onmessage = ({ data }) => {
    if (data.startsWith('#')) return;
    const message = JSON.parse(data);
    if (message.method === undefined) {
      const open = state.requests.get(message.id);
      state.requests.delete(message.id);
      if (message.error) open?.reject(new Error(JSON.stringify(message.error)));
      else open?.resolve(message.result);
      return;
    }
    if (message.id !== undefined) state.socket.send(JSON.stringify({ jsonrpc: '2.0', id: message.id, result: { method: message.method } }));
    onMessage(message.method, message.params ?? {});
  };
  return new Promise((resolve, reject) => {
    state.socket.onerror = () => reject(new Error('no connection'));
    state.socket.onopen = () => request('login', { login: user, passwd: password }).then(resolve, reject);
  });
}

async function onMessage(method, params) {
  const call = state.calls.get(params.callID);
  switch (method) {
    case 'verto.media':
    case 'verto.answer':
      if (params.sdp && call.pc.signalingState === 'have-local-offer') await call.pc.setRemoteDescription({ type: 'answer', sdp: by(call, params.sdp) });
      call.answers.push(params.sdp ?? '');
      event(method === 'verto.answer' ? 'active' : 'early', { sdp: params.sdp });
      break;
    case 'verto.invite':
    case 'verto.attach':
      state.offered = params;
      event(method === 'verto.invite' ? 'incoming' : 'attach', { sdp: params.sdp, callID: params.callID });
      break;
    case 'verto.bye':
      call?.pc.close();
      event('ended', { cause: params.cause });
      break;
    case 'verto.event':
      event('event', { params });
      break;
    default:
  }
}

/**
 * @param options `colour` and `size` of the camera, or no colour for none; `receive` false for a call that does not want to see; `codecs`
 *        the only ones that are offered, as `video/VP8`; `sound` false for a call with a picture alone;
 *        `busy` where the camera sees much that moves
 */
async function connection(id, { colour, size = [320, 240], receive = true, silent = false, sound = true, busy = false, codecs, port } = {}, offer) {
  const pc = new RTCPeerConnection({ bundlePolicy: 'max-compat' });
  const call = { id, pc, port, answers: [], frames: [] };
  state.calls.set(id, call);
  state.call = call;
  call.sound = sound ? await navigator.mediaDevices.getUserMedia({ audio: RAW }) : new MediaStream();
  for (const track of call.sound.getAudioTracks()) track.enabled = !silent;
  pc.ontrack = ({ track, streams }) => {
    if (track.kind === 'video') watch(call, track);
    else hear(call, track);
    call.streams = [...(call.streams ?? []), streams.length];
  };
  if (offer !== undefined) await pc.setRemoteDescription({ type: 'offer', sdp: offer });
  for (const track of call.sound.getAudioTracks()) pc.addTrack(track, call.sound);
  if (colour !== undefined) {
    call.camera = camera(colour, ...size, busy);
    pc.addTrack(call.camera.track, call.sound);
    for (const one of pc.getTransceivers()) if (one.sender.track === call.camera.track) one.direction = receive ? 'sendrecv' : 'sendonly';
  } else if (receive && offer === undefined) {
    pc.addTransceiver('video', { direction: 'recvonly' });
  }
  prefer(pc, codecs);
  return call;
}

function prefer(pc, codecs) {
  if (codecs === undefined) return;
  const known = RTCRtpReceiver.getCapabilities('video').codecs;
  const wanted = known.filter((codec) => codecs.includes(codec.mimeType) || codec.mimeType === 'video/rtx');
  for (const one of pc.getTransceivers()) if (one.receiver.track.kind === 'video') one.setCodecPreferences(wanted);
}

function watch(call, track) {
  call.screen?.remove();
  const screen = Object.assign(document.createElement('video'), { autoplay: true, muted: true, playsInline: true });
  screen.srcObject = new MediaStream([track]);
  document.body.append(screen);
  call.screen = screen;
  call.frames = [];
  const onFrame = (now, frame) => {
    call.frames.push({ at: now, width: frame.width, height: frame.height });
    screen.requestVideoFrameCallback(onFrame);
  };
  screen.requestVideoFrameCallback(onFrame);
}

/** Chromium moves no sound through a stream that no element plays. */
function hear(call, track) {
  call.heard = new MediaStream([track]);
  call.speaker = Object.assign(new Audio(), { muted: true, srcObject: call.heard });
  call.speaker.play().catch(() => undefined);
}

async function gathered(pc) {
  if (pc.iceGatheringState !== 'complete') {
    await new Promise((resolve) => {
      pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve();
    });
  }
  return pc.localDescription.sdp;
}

const dialog = (id, more) => ({ callID: id, login: state.user, useVideo: true, useStereo: false, destination_number: '', ...more });

async function dial(number, options = {}) {
  const call = await connection(crypto.randomUUID(), options);
  await call.pc.setLocalDescription(await call.pc.createOffer());
  // What the server does not know it cannot send to, past the network that loses packets.
  const sdp = (await gathered(call.pc)).replace(call.port === undefined ? /^$/ : /^a=candidate:.*\r\n/gm, '')
    .replace(options.redundancy === false ? 'useinbandfec=1' : /^$/, 'useinbandfec=0');
  await request('verto.invite', { sdp, dialogParams: dialog(call.id, { destination_number: number, caller_id_number: state.user, ...options.params }) });
  return call.id;
}

async function answer(options = {}, method = 'verto.answer') {
  const offered = state.offered;
  const call = await connection(offered.callID, options, offered.sdp);
  await call.pc.setLocalDescription(await call.pc.createAnswer());
  const sdp = await gathered(call.pc);
  await request(method, { sdp, dialogParams: dialog(call.id) });
  event('active', { sdp });
  return call.id;
}

/** Negotiates anew in a running call. */
async function renegotiate({ restart = false } = {}) {
  const { pc, id } = state.call;
  await pc.setLocalDescription(await pc.createOffer({ iceRestart: restart }));
  const result = await request('verto.modify', { action: 'updateMedia', sdp: await gathered(pc), dialogParams: dialog(id) });
  await pc.setRemoteDescription({ type: 'answer', sdp: result.sdp });
  return result.sdp;
}

const modify = (action) => request('verto.modify', { action, dialogParams: dialog(state.call.id) });

async function addVideo(colour, size = [320, 240]) {
  const { call } = state;
  call.camera = camera(colour, ...size);
  const free = call.pc.getTransceivers().find((one) => one.receiver.track.kind === 'video' && !one.stopped && one.sender.track === null);
  if (free === undefined) call.pc.addTrack(call.camera.track, call.sound);
  else {
    await free.sender.replaceTrack(call.camera.track);
    free.direction = 'sendrecv';
  }
  return renegotiate();
}

async function removeVideo() {
  for (const one of state.call.pc.getTransceivers()) if (one.receiver.track.kind === 'video') one.direction = 'inactive';
  state.call.camera?.stop();
  return renegotiate();
}

/** What the screen shows now: the mean colour of its middle, its size, and the time since its last new picture. */
function look() {
  const screen = state.call?.screen;
  if (screen === undefined || screen.videoWidth === 0) return { colour: null, frames: 0 };
  const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
  const pen = canvas.getContext('2d');
  const { videoWidth: width, videoHeight: height } = screen;
  pen.drawImage(screen, width * 0.25, height * 0.35, width * 0.5, height * 0.3, 0, 0, 8, 8);
  const { data } = pen.getImageData(0, 0, 8, 8);
  const sum = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4) for (let c = 0; c < 3; c++) sum[c] += data[i + c] / 64;
  const { frames } = state.call;
  return { colour: sum.map(Math.round), width, height, frames: frames.length, age: frames.length ? performance.now() - frames.at(-1).at : Infinity };
}

const near = (one, other) => one !== null && one.every((value, i) => Math.abs(value - other[i]) < 60);

async function sees(colour, limit = 12_000) {
  const began = performance.now();
  for (;;) {
    const seen = look();
    if (near(seen.colour, colour) && seen.age < 400) {
      const since = state.since ?? began;
      const times = state.call.frames.map((frame) => frame.at).filter((at) => at >= since - 500);
      const longestGap = Math.max(0, ...times.slice(1).map((at, i) => at - times[i]));
      state.since = undefined;
      return { ...seen, took: performance.now() - since, longestGap };
    }
    if (performance.now() - began > limit) throw new Error(`does not see ${colour}: ${JSON.stringify({ ...seen, stats: await inbound() })}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The colours of the screen at some places, each between 0 and 1 from the left and from above. */
function looksAt(places) {
  const screen = state.call?.screen;
  if (screen === undefined || screen.videoWidth === 0) return places.map(() => null);
  const canvas = Object.assign(document.createElement('canvas'), { width: 4, height: 4 });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return places.map(([x, y]) => {
    pen.drawImage(screen, screen.videoWidth * x - 8, screen.videoHeight * y - 8, 16, 16, 0, 0, 4, 4);
    const { data } = pen.getImageData(0, 0, 4, 4);
    return [0, 1, 2].map((c) => Math.round([...data].filter((_, i) => i % 4 === c).reduce((sum, value) => sum + value, 0) / 16));
  });
}

/** Waits until each place has its colour. */
async function seesAt(wanted, limit = 15_000) {
  const began = performance.now();
  for (;;) {
    const seen = looksAt(wanted.map(([x, y]) => [x, y]));
    if (wanted.every(([, , colour], i) => near(seen[i], colour)) && look().age < 1_000) return performance.now() - began;
    if (performance.now() - began > limit) throw new Error(`sees ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}: ${JSON.stringify({ ...look(), stats: await inbound() })}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Notes when that colour is there, from now on; [sees] tells it. */
function soon() {
  state.since = performance.now();
}

/** Waits until nothing new has come for a while. */
async function stands(limit = 6_000) {
  const began = performance.now();
  for (;;) {
    const { frames } = state.call;
    if (frames.length > 0 && performance.now() - frames.at(-1).at > 700) return;
    if (performance.now() - began > limit) throw new Error('the picture still moves');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function untilSize(width, height, limit = 10_000) {
  const began = performance.now();
  for (;;) {
    const seen = look();
    if (seen.width === width && seen.height === height && seen.age < 400) return;
    if (performance.now() - began > limit) throw new Error(`is not ${width}x${height}: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function inbound() {
  const all = [...(await state.call.pc.getStats()).values()];
  const rtp = all.find((one) => one.type === 'inbound-rtp' && one.kind === 'video');
  const out = all.find((one) => one.type === 'outbound-rtp' && one.kind === 'video');
  const pick = (from, ...names) => from && Object.fromEntries(names.map((name) => [name, from[name]]));
  return {
    in: pick(rtp, 'packetsReceived', 'packetsLost', 'framesDecoded', 'framesPerSecond', 'keyFramesDecoded', 'frameWidth', 'frameHeight', 'pliCount', 'nackCount', 'firCount', 'freezeCount', 'retransmittedPacketsReceived', 'estimatedPlayoutTimestamp', 'bytesReceived'),
    out: pick(out, 'packetsSent', 'framesEncoded', 'keyFramesEncoded', 'pliCount', 'nackCount', 'firCount', 'retransmittedPacketsSent', 'targetBitrate', 'frameWidth', 'frameHeight', 'qualityLimitationReason', 'bytesSent'),
    codec: all.filter((one) => one.type === 'codec' && one.mimeType.startsWith('video/') && (one.id === rtp?.codecId || one.id === out?.codecId)).map((one) => one.mimeType),
    pair: pick(all.find((one) => one.type === 'candidate-pair' && one.nominated), 'availableOutgoingBitrate', 'currentRoundTripTime'),
    transports: all.filter((one) => one.type === 'transport').length,
  };
}

/** Watches for a while: pictures in a second and the longest time without a new one. */
async function steadiness(milliseconds) {
  const { call } = state;
  const begin = performance.now();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const end = performance.now();
  const times = call.frames.map((frame) => frame.at).filter((at) => at >= begin && at <= end);
  const gaps = [...times, end].map((at, i) => at - (i === 0 ? begin : times[i - 1]));
  return { fps: (1000 * times.length) / (end - begin), longestGap: Math.max(...gaps), stats: await inbound() };
}

/** From now on the camera flashes white every 600 ms, and the microphone beeps at that moment instead of what it heard. */
async function flash() {
  const { call } = state;
  const context = new AudioContext();
  const gain = context.createGain();
  const out = context.createMediaStreamDestination();
  const tone = new OscillatorNode(context, { frequency: 1000 });
  tone.connect(gain).connect(out);
  gain.gain.value = 0;
  tone.start();
  await call.pc.getSenders().find(({ track }) => track?.kind === 'audio').replaceTrack(out.stream.getAudioTracks()[0]);
  const at = (on) => {
    gain.gain.value = on ? 0.5 : 0;
    call.camera.white(on);
  };
  setInterval(() => {
    at(true);
    setTimeout(at, 150, false);
  }, 600);
}

/**
 * @param place where the flash is seen, from the left and from above, between 0 and 1
 * @returns by how many milliseconds the beep is heard after the flash of the same moment is seen, the median of several
 */
async function behind([x, y] = [0.5, 0.5], pairs = 5, limit = 20_000) {
  const { call } = state;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 256 });
  context.createMediaStreamSource(call.heard).connect(analyser);
  const samples = new Float32Array(256);
  const pen = Object.assign(document.createElement('canvas'), { width: 4, height: 4 }).getContext('2d', { willReadFrequently: true });
  const seen = [];
  const heard = [];
  const onset = (list, on, now) => {
    if (on && !list.on) list.push(now);
    list.on = on;
  };
  const onFrame = (_, { expectedDisplayTime }) => {
    const { videoWidth: width, videoHeight: height } = call.screen;
    pen.drawImage(call.screen, width * x - 8, height * y - 8, 16, 16, 0, 0, 4, 4);
    onset(seen, Math.min(...pen.getImageData(1, 1, 1, 1).data) > 180, expectedDisplayTime);
    call.screen.requestVideoFrameCallback(onFrame);
  };
  call.screen.requestVideoFrameCallback(onFrame);
  const began = performance.now();
  try {
    for (;;) {
      analyser.getFloatTimeDomainData(samples);
      // A beep has no gap as long as a picture.
      const loud = Math.max(...samples.map(Math.abs)) > 0.02;
      const now = performance.now();
      if (loud) heard.last = now;
      onset(heard, loud || now - (heard.last ?? 0) < 100, now);
      // The first may have been cut.
      const apart = heard.slice(1).map((sound) => seen.map((picture) => sound - picture).sort((a, b) => Math.abs(a) - Math.abs(b))[0]);
      if (apart.length >= pairs && seen.length > 0) return apart.sort((a, b) => a - b)[pairs >> 1];
      if (now - began > limit) throw new Error(`${seen.length} flashes, ${heard.length} beeps`);
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  } finally {
    await context.close();
  }
}

/** @returns how many key frames it has sent, as soon as they are so many */
async function keyFrames(least = 0, limit = 12_000) {
  for (const began = performance.now(); ;) {
    const { keyFramesEncoded } = (await inbound()).out;
    if (keyFramesEncoded >= least) return keyFramesEncoded;
    if (performance.now() - began > limit) throw new Error(`${keyFramesEncoded} key frames instead of ${least}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until a second's worth of what it sends of its picture lies over or under so many kbit/s. @returns how many it is */
async function sends({ over = -1, under = Infinity }, limit = 20_000) {
  const began = performance.now();
  const seen = [];
  for (let last = (await inbound()).out.bytesSent; ;) {
    const from = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { bytesSent } = (await inbound()).out;
    const kbps = Math.round(((bytesSent - last) * 8) / (performance.now() - from));
    last = bytesSent;
    seen.push(kbps);
    if (kbps > over && kbps < under) return kbps;
    if (performance.now() - began > limit) throw new Error(`sends ${seen} kbit/s, and not over ${over} and under ${under}: ${JSON.stringify(await inbound())}`);
  }
}

/** The first of a few windows with so many pictures in a second and no pause of half a second: the machine may be busy with other things. */
async function steady(fps, milliseconds = 3000, windows = 6) {
  for (const seen = []; ;) {
    seen.push(await steadiness(milliseconds));
    if (seen.at(-1).fps > fps && seen.at(-1).longestGap < 500) return;
    if (seen.length === windows) throw new Error(`not steady: ${JSON.stringify(seen.map((one) => [one.fps, one.longestGap]))}: ${JSON.stringify(seen.at(-1).stats)}`);
  }
}

/** What the browser counts of the sound that comes, once so many packets came with redundancy or, if none is given, more packets than `after`. */
async function soundCounts({ redundant = 0, after = 0 } = {}, limit = 15_000) {
  const began = performance.now();
  for (;;) {
    const rtp = [...(await state.call.pc.getStats()).values()].find((one) => one.type === 'inbound-rtp' && one.kind === 'audio');
    const { packetsReceived = 0, packetsLost = 0, fecPacketsReceived = 0, fecPacketsDiscarded = 0, concealedSamples = 0, totalSamplesReceived = 0 } = rtp ?? {};
    const counts = { packetsReceived, packetsLost, fecPacketsReceived, fecPacketsDiscarded, concealedSamples, totalSamplesReceived };
    if (fecPacketsReceived >= redundant && packetsReceived > after) return counts;
    if (performance.now() - began > limit) throw new Error(`no redundancy, or no sound: ${JSON.stringify(counts)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Sends the same message `count` times in about a second, without waiting for answers. */
async function flood(method, params, count) {
  const began = performance.now();
  for (let i = 0; i < count; i++) {
    request(method, params).catch(() => undefined);
    if (i % 100 === 99) await new Promise((resolve) => setTimeout(resolve, Math.max(0, began + (i / count) * 1_000 - performance.now())));
  }
  return { took: performance.now() - began, open: state.socket.readyState === WebSocket.OPEN };
}

/** How far apart sound and picture of one moment play, by the browser's own reckoning, in milliseconds. */
async function apart() {
  const all = [...(await state.call.pc.getStats()).values()].filter((one) => one.type === 'inbound-rtp');
  const [sound, picture] = ['audio', 'video'].map((kind) => all.find((one) => one.kind === kind)?.estimatedPlayoutTimestamp);
  return sound && picture ? sound - picture : null;
}

/** What is heard for a moment, as samples of 48 kHz. Recorded: Firefox without a sound device lets nobody listen otherwise. */
async function listen(milliseconds) {
  const recorder = new MediaRecorder(state.call.heard);
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  recorder.start();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  recorder.stop();
  await stopped;
  const recorded = await new Blob(parts).arrayBuffer();
  if (recorded.byteLength === 0) return new Float32Array(0); // nothing has come yet
  return (await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(recorded)).getChannelData(0);
}

/** Waits until that frequency is heard louder than `loud`, in dB below full scale, and `distance` louder than another. */
async function hears(hertz, { loud, other, distance }, limit = 30_000) {
  const began = performance.now();
  for (;;) {
    const samples = (await listen(600)).subarray(9_600); // what a recorder gets at its beginning may be old
    // A machine that is busy leaves gaps: the best 150 ms count.
    const windows = [0, 1, 2].map((i) => [hertz, other].map((one) => decibels(amplitude(samples.subarray(i * 7_200, (i + 1) * 7_200), one, 48_000))));
    const [wanted, unwanted] = windows.reduce((best, one) => (one[0] > best[0] ? one : best));
    if (wanted > loud && wanted - unwanted >= distance) return wanted;
    if (performance.now() - began > limit) throw new Error(`hears ${hertz} Hz with ${wanted} dB, ${other} Hz with ${unwanted} dB`);
  }
}

async function hangUp() {
  const { call } = state;
  await request('verto.bye', { dialogParams: dialog(call.id), cause: 'NORMAL_CLEARING' }).catch(() => undefined);
  call.pc.close();
  call.camera?.stop();
}

window.eye = {
  login, dial, answer, next, sees, seesAt, looksAt, soon, stands, untilSize, look, steadiness, steady, inbound, soundCounts, flood, apart, flash, behind, keyFrames, sends, hears, modify, addVideo, removeVideo, renegotiate, hangUp, request,
  microphone: (on) => { state.call.sound.getAudioTracks()[0].enabled = on; },
  resize: (width, height) => state.call.camera.resize(width, height),
  sdp: () => ({ local: state.call.pc.localDescription.sdp, remote: state.call.pc.remoteDescription?.sdp }),
  streams: () => state.call.streams,
  sessid: () => state.sessid,
};

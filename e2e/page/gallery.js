/**
 * What the tests of galleries do in a page that has the library: a camera that paints whose it is, a room, and eyes for each tile.
 */

const gallery = { looked: new Map() };

/** From now on the browser's camera is one of that colour, with something that moves. */
gallery.camera = (colour, width, height) => {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  let frame = 0;
  setInterval(() => {
    frame++;
    pen.fillStyle = `rgb(${colour.join(',')})`;
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = '#fff';
    pen.fillRect((frame * 5) % width, 0, 8, height / 5);
    for (let i = 0; i < 40; i++) pen.fillRect(Math.random() * width, height * 0.8 + Math.random() * height * 0.2, 3, 3);
  }, 1000 / 20);
  const { mediaDevices } = navigator;
  const real = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (wanted) => wanted.video ? Promise.resolve(canvas.captureStream(20)) : real(wanted);
};

/** Goes into a room without a voice, and opens its gallery. */
gallery.enter = async (room, tiles, video = true, receive = undefined) => {
  const entered = new Promise((resolve) => window.session.on('room', resolve));
  gallery.call = window.session.dial(room, { video, ...(receive === undefined ? {} : { bandwidth: { receive } }) });
  gallery.call.setMuted(true);
  gallery.room = await entered;
  if (gallery.call.state !== 'active') await new Promise((resolve) => gallery.call.on('state', (state) => state === 'active' && resolve()));
  if (tiles !== undefined) gallery.opened = await gallery.room.openGallery({ tiles });
  return gallery.room.memberId;
};

function screenOf({ stream }) {
  let screen = gallery.looked.get(stream);
  if (screen === undefined) {
    screen = Object.assign(document.createElement('video'), { autoplay: true, muted: true, playsInline: true, srcObject: stream });
    document.body.append(screen);
    gallery.looked.set(stream, screen);
    screen.gap = 0;
    const onFrame = (now) => {
      screen.gap = Math.max(screen.gap, now - (screen.seen ?? now));
      screen.seen = now;
      screen.requestVideoFrameCallback(onFrame);
    };
    screen.requestVideoFrameCallback(onFrame);
  }
  return screen;
}

function look(tile) {
  const screen = screenOf(tile);
  if (screen.videoWidth === 0) return { memberId: tile.memberId, colour: null };
  const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const { videoWidth: width, videoHeight: height } = screen;
  pen.drawImage(screen, width * 0.25, height * 0.35, width * 0.5, height * 0.3, 0, 0, 8, 8);
  const { data } = pen.getImageData(0, 0, 8, 8);
  const sum = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4) for (let c = 0; c < 3; c++) sum[c] += data[i + c] / 64;
  return { memberId: tile.memberId, colour: sum.map(Math.round), width, height, age: Math.round(performance.now() - (screen.seen ?? -Infinity)) };
}

const near = (one, other) => one !== null && one.every((value, i) => Math.abs(value - other[i]) < 60);

gallery.looks = () => gallery.opened.tiles.map(look);

async function until(wanted, holds, limit) {
  const end = performance.now() + limit;
  for (;;) {
    const seen = gallery.looks();
    if (holds(seen)) return seen;
    if (performance.now() > end) throw new Error(`wanted ${JSON.stringify(wanted)}, sees ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Waits until exactly these members are seen, all in one moment, each in its colour and moving: pairs of id and colour. */
gallery.sees = (wanted, limit = 15_000) => until(wanted, (seen) => seen.length === wanted.length
  && wanted.every(([id, colour]) => seen.some((one) => one.memberId === id && near(one.colour, colour) && one.age < 500)), limit);

/** Shows a member so many pixels high from now on. */
gallery.high = (memberId, pixels) => {
  if (gallery.place === undefined) {
    gallery.place = document.body.appendChild(document.createElement('div'));
    gallery.opened.fit(memberId, gallery.place);
  }
  gallery.place.style.height = `${pixels}px`;
};

/** Waits until a member's picture moves and is of that height. */
gallery.becomes = (memberId, heights, limit = 30_000) => until({ memberId, heights }, (seen) => seen.some((one) =>
  one.memberId === memberId && heights.includes(one.height) && one.age < 500), limit);

/** Watches a member: the longest time without a new picture, and its height at the end. */
gallery.watch = async (memberId, milliseconds) => {
  const tile = gallery.opened.tileOf(memberId);
  const screen = screenOf(tile);
  screen.gap = 0;
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return { gap: Math.round(screen.gap), ...look(tile) };
};

/** What is sent of the camera, size by size, and what comes of others. */
gallery.figures = async () => {
  const { peer } = gallery;
  const pick = (one, ...names) => Object.fromEntries(names.map((name) => [name, one[name]]));
  return [...(await peer.getStats()).values()].filter((one) => /^(in|out)bound-rtp$/.test(one.type) && one.kind === 'video')
    .map((one) => pick(one, 'type', 'mid', 'rid', 'frameHeight', 'framesPerSecond', 'bytesSent', 'bytesReceived', 'qualityLimitationReason', 'targetBitrate', 'keyFramesEncoded', 'pliCount', 'packetsLost'));
};

{
  const { RTCPeerConnection: Real } = window;
  window.RTCPeerConnection = class extends Real {
    constructor(...how) {
      super(...how);
      gallery.peer = this;
    }

    /** Where there is another network, it stands in place of the server's port. */
    setRemoteDescription({ type, sdp }) {
      const { port } = gallery;
      return super.setRemoteDescription({ type, sdp: port === undefined ? sdp : sdp.replace(/^(a=candidate:\S+ \d udp \d+ \S+) \d+/gm, `$1 ${port}`) });
    }
  };
}

window.gallery = gallery;

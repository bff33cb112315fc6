/** A page with a client of others, as it is, and a painted camera, for the tests of rooms with pictures. */

const layouts = [];
const microphone = () => navigator.mediaDevices.getUserMedia({ audio: true });

let call;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The picture of a camera that sees that colour, with something that moves. */
function camera([red, green, blue]) {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
  const pen = canvas.getContext('2d');
  let frame = 0;
  setInterval(() => {
    pen.fillStyle = `rgb(${red},${green},${blue})`;
    pen.fillRect(0, 0, 320, 240);
    pen.fillStyle = '#fff';
    pen.fillRect((frame++ * 5) % 320, 0, 8, 48);
  }, 40);
  return canvas.captureStream(25).getVideoTracks()[0];
}

const screen = Object.assign(document.createElement('video'), { id: 'theirs', autoplay: true, muted: true, playsInline: true });
document.body.append(screen);

const clients = {
  signalwire: () => {
    let client;
    let user;
    return {
      login(url, login, passwd) {
        user = login;
        client = new window.Verto({ host: url, login, passwd });
        client.remoteElement = screen;
        return new Promise((resolve, reject) => {
          client.on('signalwire.ready', resolve);
          client.on('signalwire.error', (error) => reject(error.error ?? error));
          client.on('signalwire.notification', (told) => {
            if (told.type === 'callUpdate') call = told.call;
            if (told.type === 'conferenceUpdate' && told.action === 'layoutInfo') layouts.push(told.canvasInfo ?? told);
          });
          client.connect();
        });
      },
      dial(number, picture) {
        // The library opens a camera by itself.
        const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (wanted) => {
          const stream = wanted.audio ? await open({ audio: true }) : new MediaStream();
          if (wanted.video) stream.addTrack(picture);
          return stream;
        };
        client.newCall({ destinationNumber: number, callerName: 'Theirs', callerNumber: user, audio: true, video: true, remoteElement: screen });
      },
    };
  },

  vertojs: () => {
    let client;
    let user;
    return {
      login(url, login, passwd) {
        user = login;
        client = new window.Verto.Verto({ transportConfig: { socketUrl: url, login, passwd }, ice_timeout: 1000 });
        return client.login();
      },
      async dial(number, picture) {
        const tracks = [...(await microphone()).getTracks(), picture];
        const begun = client.call(tracks, number, { caller_id_name: 'Theirs', caller_id_number: user });
        begun.subscribeEvent('track', (track) => {
          if (track.kind === 'video') screen.srcObject = new MediaStream([track]);
        });
        begun.subscribeEvent('answer', () => {
          call = { state: 'active' };
        });
      },
    };
  },
};

let client;

window.theirs = {
  login(name, ...how) {
    client = clients[name]();
    return client.login(...how);
  },
  async dial(number, colour) {
    await client.dial(number, camera(colour));
    for (let i = 0; i < 300 && call?.state !== 'active'; i++) await wait(50);
    if (call?.state !== 'active') throw new Error(`the call is ${call?.state}`);
  },
  async seesAt(wanted, limit = 15_000) {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    const began = performance.now();
    for (;;) {
      const seen = wanted.map(([x, y]) => {
        pen.drawImage(screen, screen.videoWidth * x - 8, screen.videoHeight * y - 8, 16, 16, 0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
      });
      if (wanted.every(([, , colour], i) => seen[i].every((value, c) => Math.abs(value - colour[c]) < 60))) return;
      if (performance.now() - began > limit) throw new Error(`sees ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`);
      await wait(50);
    }
  },
  /** Waits until the library tells of a layout of that name. */
  async layout(name) {
    for (let i = 0; i < 300 && !layouts.some((one) => one.layoutName === name); i++) await wait(50);
    return layouts.findLast((one) => one.layoutName === name)?.layoutName ?? JSON.stringify(layouts);
  },
};

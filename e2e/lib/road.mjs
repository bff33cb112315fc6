import { bindUdp } from './udp.mjs';

/**
 * A road for the media of a page that can be closed: everything between its peer connections and the server goes through UDP sockets of this
 * process. Call it before the page is opened.
 */
export async function roadOf(page) {
  let open = true;
  const doors = new Map();
  await page.exposeFunction('doorTo', async (address, port) => {
    const name = `${address}:${port}`;
    if (!doors.has(name)) doors.set(name, doorTo(address, port, () => open));
    return (await doors.get(name)).port;
  });
  await page.addInitScript(() => {
    const line = /^(a=candidate:\S+ 1 udp \d+ )(\S+) (\d+)( typ host.*)$/gim;
    // Neither side learns the other's address, so that no packet finds another way.
    const { setRemoteDescription } = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.setRemoteDescription = async function setTheirs({ type, sdp }) {
      const lines = await Promise.all(sdp.split('\r\n').map(async (text) => {
        const [, start, address, port, end] = new RegExp(line.source, 'i').exec(text) ?? [];
        return start === undefined ? text : `${start}127.0.0.1 ${await window.doorTo(address, Number(port))}${end}`;
      }));
      return setRemoteDescription.call(this, { type, sdp: lines.join('\r\n') });
    };
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function sendWithout(data) {
      if (typeof data !== 'string' || !data.startsWith('{')) return send.call(this, data);
      const message = JSON.parse(data);
      if (message.method === 'verto.candidate') message.params.candidate = [{ candidate: '' }];
      if (message.params?.sdp !== undefined) message.params.sdp = message.params.sdp.replace(/^a=candidate:.*\r\n/gm, '');
      return send.call(this, JSON.stringify(message));
    };
  });
  return {
    /** Nothing passes any more, in either direction. */
    cut: () => {
      open = false;
    },
    mend: () => {
      open = true;
    },
    close: async () => {
      for (const door of doors.values()) (await door).close();
    },
  };
}

/** One socket for the browser, and for each of the browser's sockets one towards the server. */
async function doorTo(address, port, isOpen) {
  const near = await bindUdp({ address: '127.0.0.1' });
  const far = new Map();
  near.on('message', async (bytes, from) => {
    const name = `${from.address}:${from.port}`;
    if (!far.has(name)) {
      far.set(name, bindUdp().then((socket) => socket.on('message', (back) => isOpen() && near.send(back, from.port, from.address))));
    }
    const socket = await far.get(name);
    if (isOpen()) socket.send(bytes, port, address);
  });
  return {
    port: near.address().port,
    close: async () => {
      near.close();
      for (const socket of far.values()) (await socket).close();
    },
  };
}

import { bindUdp } from './udp.mjs';

/** How much of a capped network's traffic may wait, in seconds; what is beyond is lost, as in a router. */
const QUEUE_SECONDS = 0.2;

/**
 * A network between a browser and the server's media port that loses packets, each way, by a generator that always says the same, and
 * carries no more than it is told. STUN and DTLS pass, or the call would not come up in time.
 *
 * @param share of the packets that are lost
 * @returns `port`, to be named in place of the server's; `counts`, of what passed and was lost by now; `cap`, to let no more kbit/s
 *        through from the browser from now on, `Infinity` for whatever comes, and `capDown`, the same to the browser
 */
async function lossy({ address, port }, share) {
  const near = await bindUdp({ address });
  const ends = new Map(); // by the address of each browser's socket
  let state = 7;
  const [up, down] = [0, 1].map(() => ({ kbps: Infinity, freeAt: 0 })); // free when it has carried what it has taken
  const counts = { passed: 0, lost: 0 };
  const isMedia = (datagram) => datagram[0] >= 128 && datagram[0] < 192;
  const passes = (datagram) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    const lost = isMedia(datagram) && state / 2147483648 < share;
    counts[lost ? 'lost' : 'passed']++;
    return !lost;
  };
  /** Sends now, or when the line is free, or never. */
  const carry = (line, datagram, send) => {
    const now = performance.now() / 1000;
    if (line.kbps === Infinity || !isMedia(datagram)) return send();
    if (line.freeAt - now > QUEUE_SECONDS) return counts.lost++;
    line.freeAt = Math.max(line.freeAt, now) + (datagram.length * 8) / (line.kbps * 1000);
    setTimeout(send, (line.freeAt - now) * 1000);
  };
  near.on('message', async (datagram, from) => {
    const key = `${from.address}:${from.port}`;
    if (!ends.has(key)) {
      ends.set(key, bindUdp({ address }).then((far) => far.on('message', (back) => passes(back)
        && carry(down, back, () => open && near.send(back, from.port, from.address)))));
    }
    const far = await ends.get(key);
    if (passes(datagram)) carry(up, datagram, () => open && far.send(datagram, port, address));
  });
  let open = true;
  return {
    port: near.address().port,
    counts,
    cap: (limit) => {
      up.kbps = limit;
    },
    capDown: (limit) => {
      down.kbps = limit;
    },
    close: async () => {
      open = false;
      near.close();
      for (const far of ends.values()) (await far).close();
    },
  };
}

/** Such a network to where the media of calls go, as a client of [eye] that has no call learns it. */
export async function lossyFor(probe, share) {
  await probe.dial('9196', { colour: [0, 0, 0] });
  const [, address, port] = /a=candidate:\S+ 1 udp \d+ (\S+) (\d+)/.exec((await probe.next('active')).sdp);
  await probe.hangUp();
  return lossy({ address, port: Number(port) }, share);
}

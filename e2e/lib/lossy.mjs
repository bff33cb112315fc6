import { bindUdp } from './udp.mjs';

/**
 * A network between a browser and the server's media port that loses packets, each way, by a generator that always says the same.
 * STUN and DTLS pass, or the call would not come up in time.
 *
 * @param share of the packets that are lost
 * @returns `port`, to be named in place of the server's; `lost`, how many by now
 */
export async function lossy({ address, port }, share) {
  const near = await bindUdp({ address });
  const ends = new Map(); // by the address of each browser's socket
  let state = 7;
  const counts = { passed: 0, lost: 0 };
  const isMedia = (datagram) => datagram[0] >= 128 && datagram[0] < 192;
  const passes = (datagram) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    const lost = isMedia(datagram) && state / 2147483648 < share;
    counts[lost ? 'lost' : 'passed']++;
    return !lost;
  };
  near.on('message', async (datagram, from) => {
    const key = `${from.address}:${from.port}`;
    if (!ends.has(key)) {
      ends.set(key, bindUdp({ address }).then((far) => far.on('message', (back) => passes(back) && near.send(back, from.port, from.address))));
    }
    const far = await ends.get(key);
    if (passes(datagram)) far.send(datagram, port, address);
  });
  return {
    port: near.address().port,
    counts,
    close: async () => {
      near.close();
      for (const far of ends.values()) (await far).close();
    },
  };
}

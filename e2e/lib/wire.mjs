import { once } from 'node:events';
import net from 'node:net';

/** A wire to the server that can be cut and mended: a TCP proxy. TLS passes through it. */
export async function wireTo(url) {
  const { port } = new URL(url);
  const ends = new Set();
  let whole = true;
  const server = net.createServer((near) => {
    if (!whole) {
      near.destroy();
      return;
    }
    const far = net.connect(Number(port), 'localhost');
    for (const [end, other] of [[near, far], [far, near]]) {
      ends.add(end);
      end.on('error', () => undefined).once('close', () => {
        ends.delete(end);
        other.destroy();
      });
      end.pipe(other);
    }
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    url: `wss://localhost:${server.address().port}`,
    /** Everything on it is lost without a goodbye, and nothing new comes through. */
    cut: () => {
      whole = false;
      for (const end of ends) end.resetAndDestroy();
    },
    mend: () => {
      whole = true;
    },
    close: () => {
      for (const end of ends) end.destroy();
      server.close();
    },
  };
}

import { once } from 'node:events';
import net from 'node:net';
import { after, afterEach, before } from 'node:test';
import { clear, theServer } from './stage.mjs';

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

/** For the tests of one suite, which calls this first: a wire to the server of all that is mended after each test. */
export function wireOfSuite() {
  let wire;
  before(async () => {
    wire = await wireTo(theServer().url);
  });
  afterEach(async () => {
    wire.mend();
    await clear();
  });
  after(() => wire.close());
  return {
    get url() {
      return wire.url;
    },
    cut: () => wire.cut(),
    mend: () => wire.mend(),
  };
}

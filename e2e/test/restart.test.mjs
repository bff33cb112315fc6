import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { startServer } from '../lib/server.mjs';
import { clear, connected, loggedIn, TONES } from '../lib/stage.mjs';

/** How often the server is started again; `JVERTO_RESTARTS=4` makes the 20 calls of which the promise speaks. */
const BY_HAND = process.env.JVERTO_RESTARTS !== undefined;
const ROUNDS = BY_HAND ? Number(process.env.JVERTO_RESTARTS) : 2;
/** What is promised on a machine that does nothing else; beside other tests the browsers alone may take longer. */
const PROMISE_MS = BY_HAND ? 5_000 : 15_000;
const LIMIT = { timeout: 60_000 + ROUNDS * 60_000 };

describe('a server that is started again in the middle of calls', () => {
  let server;
  before(async () => {
    server = await startServer();
  });
  afterEach(clear);
  after(() => server.stop());

  test('gives a talk, an echo and a room their sound back, whether it was told to end or killed', LIMIT, async () => {
    const at = { at: server };
    const ada = await loggedIn('a', '1000', at);
    const bob = await loggedIn('b', '1001', at);
    const cy = await loggedIn('c', '1002', at);
    const one = await loggedIn('a', '1003', at);
    const two = await loggedIn('b', '1004', at);
    await connected(ada, bob, '1001');
    await cy.dial('9196');
    await one.dial('3070');
    await two.dial('3070');
    await Promise.all([cy, one, two].map((client) => client.next('active')));
    const heard = [[ada, TONES.b, 'talk'], [bob, TONES.a, 'talk'], [cy, TONES.c, 'echo'], [one, TONES.b, 'room'], [two, TONES.a, 'room']];
    await Promise.all(heard.map(([client, tone]) => client.untilHears({ present: [tone] })));

    const figures = [];
    for (let round = 0; round < ROUNDS; round++) {
      const signal = round % 2 === 0 ? 'SIGTERM' : 'SIGKILL';
      await server.end(signal);
      await Promise.all(heard.map(([client, tone]) => client.untilHears({ absent: [tone] })));
      await server.startAgain();
      const ready = performance.now();
      const times = await Promise.all(heard.map(async ([client, tone]) => {
        await client.untilHears({ present: [tone] }, 40_000);
        return Math.round(performance.now() - ready);
      }));
      console.log(`${signal}: ${heard.map(([, , what], i) => `${what} ${times[i]} ms`).join(', ')}`);
      figures.push(...times);
    }

    assert.deepEqual(figures.filter((time) => time > PROMISE_MS), [], `${figures.length} calls had sound again after ${figures.join(', ')} ms`);
    await ada.hangUp();
    const { causeCode } = await bob.next('ended');
    assert.equal(causeCode, 16);
  });
});

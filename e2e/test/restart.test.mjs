import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { BLUE, eye, GREEN, RED } from '../lib/eye.mjs';
import { dial, ENGLISH, ready, signIn, state } from '../lib/page.mjs';
import { startServer } from '../lib/server.mjs';
import { clear, connected, loggedIn, openAt, TONES } from '../lib/stage.mjs';

/** How often the server is started again; `JVERTO_RESTARTS=4` makes the 20 calls of which the promise speaks. */
const BY_HAND = process.env.JVERTO_RESTARTS !== undefined;
const ROUNDS = BY_HAND ? Number(process.env.JVERTO_RESTARTS) : 2;
/** What is promised is asked of a machine that does nothing else; beside other work the browsers alone may take longer. */
const PROMISE_MS = BY_HAND ? 5_000 : 40_000;
const LIMIT = { timeout: 60_000 + ROUNDS * 60_000 };

/** A client hears from the element in the page what the page plays. */
async function listen(client) {
  await client.page.waitForFunction(() => document.querySelector('audio[data-call]')?.srcObject != null);
  await client.page.evaluate(() => window.kit.listenTo(document.querySelector('audio[data-call]')));
}

/** What it plays is another stream when the call is back. */
async function untilPageHears(client, tone) {
  for (let left = 20; ; left--) {
    await listen(client);
    try {
      return await client.untilHears({ present: [tone] }, 2_000);
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

describe('a server that is started again in the middle of calls', () => {
  let server;
  before(async () => {
    server = await startServer();
  });
  afterEach(clear);
  after(() => server.stop());

  test('gives a talk, an echo and a room their sound back, and a call its picture, whether it was told to end or killed', LIMIT, async () => {
    const at = { at: server };
    const ada = await loggedIn('a', '1000', at);
    const bob = await loggedIn('b', '1001', { client: 'signalwire', ...at }); // it comes back by itself as well
    const cy = await openAt('c', server.url, undefined, ENGLISH);
    await signIn(cy.page, '1002');
    const one = await loggedIn('a', '1003', at);
    const two = await loggedIn('b', '1004', at);
    await connected(ada, bob, '1001');
    await dial(cy.page, '9196');
    await state(cy.page, 'active');
    await listen(cy);
    let seen = await eye('c', '1005', undefined, server);
    await seen.dial('9196', { colour: RED });
    await seen.next('active');
    await one.dial('3070');
    await two.dial('3070');
    await Promise.all([one, two].map((client) => client.next('active')));
    const heard = [[ada, TONES.b, 'talk'], [bob, TONES.a, 'talk'], [cy, TONES.c, 'echo'], [one, TONES.b, 'room'], [two, TONES.a, 'room']];
    await Promise.all([seen.sees(RED), ...heard.map(([client, tone]) => client.untilHears({ present: [tone] }))]);

    const figures = [];
    for (let round = 0; round < ROUNDS; round++) {
      const signal = round % 2 === 0 ? 'SIGTERM' : 'SIGKILL';
      await server.end(signal);
      await Promise.all(heard.map(([client, tone]) => client.untilHears({ absent: [tone] })));
      await cy.page.locator('.presence:not([data-state="ready"])').waitFor();
      await server.startAgain();
      const begun = performance.now();
      const picture = seen.reload().then(async (again) => { // the plainest of clients, whose page somebody loads anew
        seen = again;
        await seen.next('attach');
        await seen.answer({ colour: round % 2 === 0 ? GREEN : BLUE }, 'verto.attach');
        await seen.sees(round % 2 === 0 ? GREEN : BLUE);
        return Math.round(performance.now() - begun);
      });
      const times = await Promise.all(heard.map(async ([client, tone]) => {
        if (client === cy) await ready(cy.page); // the page of the server: nobody clicks
        await (client === cy ? untilPageHears(cy, tone) : client.untilHears({ present: [tone] }, 40_000));
        return Math.round(performance.now() - begun);
      }));
      times.push(await picture);
      console.log(`${signal}: ${[...heard.map(([, , what]) => what), 'picture'].map((what, i) => `${what} ${times[i]} ms`).join(', ')}`);
      figures.push(...times);
    }

    assert.deepEqual(figures.filter((time) => time > PROMISE_MS), [], `${figures.length} calls had sound again after ${figures.join(', ')} ms`);
    await ada.hangUp();
    const { causeCode } = await bob.next('ended');
    assert.equal(causeCode, 16);
  });
});

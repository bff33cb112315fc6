import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ENGLISH, button, ready, signIn, state } from '../lib/page.mjs';
import { roadOf } from '../lib/road.mjs';
import { loggedIn, LOUD, openAt, QUIET, theServer, TONES } from '../lib/stage.mjs';
import { wireOfSuite } from '../lib/wire.mjs';

/** How often a call is interrupted; `JVERTO_SURVIVALS=20` tries as often as is promised. */
const BY_HAND = process.env.JVERTO_SURVIVALS !== undefined;
const ROUNDS = BY_HAND ? Number(process.env.JVERTO_SURVIVALS) : 6;
const LIMIT = { timeout: 40_000 + ROUNDS * 12_000 };
/** Longer than the window in which tones are measured: what was heard before it is not in it. */
const LISTEN_MS = 800;
const WAIT_MS = 15_000;

/** Waits for a stretch in which the tone was there, or was not. */
async function untilStretch(client, tone, isHeard) {
  const end = performance.now() + WAIT_MS;
  for (;;) {
    const { counts, channels: [left] } = await client.measure([tone], LISTEN_MS);
    const level = left?.tones[0] ?? -120;
    if (isHeard ? level > LOUD && counts.packetsReceived > 10 : level < QUIET) return;
    assert.ok(performance.now() < end, `${client.name}, ${tone} Hz: ${level} dB, ${JSON.stringify(counts)}`);
  }
}

const listen = (client) =>
  client.page.waitForFunction(() => document.querySelector('audio[data-call]')?.srcObject != null)
    .then(() => client.page.evaluate(() => window.kit.listenTo(document.querySelector('audio[data-call]'))));

describe('a call in the page', () => {
  const wire = wireOfSuite();

  test(`goes on with sound both ways over ${ROUNDS} interruptions: pages loaded anew, and networks that are gone`, LIMIT, async (context) => {
    let road;
    const a = await openAt('a', theServer().url, async (page) => {
      road = await roadOf(page);
    }, ENGLISH);
    context.after(() => road.close());
    const { page } = a;
    await signIn(page, '1000', { server: wire.url });
    const b = await loggedIn('b', '1001');
    await b.dial('1000');
    await state(page, 'incoming');
    await button(page, 'Answer').click();
    await b.next('active');
    await listen(a);
    await Promise.all([untilStretch(a, TONES.b, true), untilStretch(b, TONES.a, true)]);

    for (let round = 0; round < ROUNDS; round++) {
      const begun = performance.now();
      if (round % 2 === 0) {
        await page.reload();
      } else {
        wire.cut();
        road.cut();
        await page.locator('.presence:not([data-state="ready"])').waitFor();
        await untilStretch(b, TONES.a, false);
        road.mend();
        wire.mend();
      }
      await ready(page);
      await state(page, 'active');
      await listen(a);
      await Promise.all([untilStretch(a, TONES.b, true), untilStretch(b, TONES.a, true)]);
      console.log(`${round % 2 === 0 ? 'page loaded anew' : 'network gone'}: both hear each other after ${Math.round(performance.now() - begun)} ms`);
    }

    await button(page, 'Hang up').click();
    const { causeCode } = await b.next('ended');
    assert.equal(causeCode, 16);
  });

  // By hand: a browser takes its time to see that a path is dead.
  if (BY_HAND) test('whose path alone is gone finds another as soon as there is one', LIMIT, async (context) => {
    let road;
    const a = await openAt('a', theServer().url, async (page) => {
      road = await roadOf(page);
    }, ENGLISH);
    context.after(() => road.close());
    await signIn(a.page, '1000');
    const b = await loggedIn('b', '1001');
    await b.dial('1000');
    await state(a.page, 'incoming');
    await button(a.page, 'Answer').click();
    await b.next('active');
    await listen(a);
    await Promise.all([untilStretch(a, TONES.b, true), untilStretch(b, TONES.a, true)]);

    road.cut();
    await untilStretch(b, TONES.a, false);
    // It looks for another path by itself, and does not find one yet.
    await a.page.waitForFunction(() => window.kit.sent('verto.modify').length > 0, undefined, { timeout: 25_000 });
    road.mend();

    await Promise.all([untilStretch(a, TONES.b, true), untilStretch(b, TONES.a, true)]);
    await state(a.page, 'active');
    await button(a.page, 'Hang up').click();
    await b.next('ended');
  });
});

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { BLUE, eye, GREEN, RED } from '../lib/eye.mjs';
import { clear } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

const both = async () => Promise.all([eye('a', '1000'), eye('b', '1001')]);

/** Two in a call, each with a camera of its colour unless other options are given. */
async function together(a, b, ofA = { colour: RED }, ofB = { colour: GREEN }) {
  await a.dial('1001', ofA);
  const ring = await b.next('incoming');
  await b.answer(ofB);
  await Promise.all([a.next('active'), b.next('active')]);
  return ring;
}

describe('video', () => {
  afterEach(clear);

  test('two users see each other, and nothing freezes', LIMIT, async () => {
    const [a, b] = await both();
    await together(a, b);

    await Promise.all([a.sees(GREEN), b.sees(RED)]);

    for (const seen of await Promise.all([a.steadiness(4000), b.steadiness(4000)])) {
      assert.ok(seen.longestGap < 500, JSON.stringify(seen));
      assert.ok(seen.fps > 12, JSON.stringify(seen));
      assert.deepEqual(new Set(seen.stats.codec), new Set(['video/VP8']));
      assert.equal(seen.stats.pairs, 1, 'sound and picture share a transport');
    }
  });

  test('an echo shows oneself', LIMIT, async () => {
    const a = await eye('a', '1000');
    await a.dial('9196', { colour: BLUE });
    await a.next('active');
    await a.sees(BLUE);
  });
});

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { BLUE, eye, GREEN, RED } from '../lib/eye.mjs';
import { noFirefox } from '../lib/firefox.mjs';
import { clear, DISTANCE, LOUD, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

/** Each hears the other and not itself. */
const hearEachOther = (fox, b) => Promise.all([
  fox.hears(TONES.b, { loud: LOUD, other: TONES.firefox, distance: DISTANCE }),
  b.hears(TONES.firefox, { loud: LOUD, other: TONES.b, distance: DISTANCE }),
]);

describe('Firefox', { skip: noFirefox }, () => {
  afterEach(clear);

  test('calls Chromium: each sees and hears the other, and nothing freezes', LIMIT, async () => {
    const [fox, b] = await Promise.all([eye('firefox', '1000'), eye('b', '1001')]);
    await fox.dial('1001', { colour: RED });
    await b.next('incoming');
    await b.answer({ colour: GREEN });
    await Promise.all([fox.next('active'), b.next('active')]);

    await Promise.all([fox.sees(GREEN), b.sees(RED)]);
    await hearEachOther(fox, b);
    for (const seen of await Promise.all([fox.steadiness(3000), b.steadiness(3000)])) {
      assert.ok(seen.longestGap < 500, JSON.stringify(seen));
      assert.ok(seen.fps > 12, JSON.stringify(seen));
    }
  });

  test('is called by Chromium, puts the call on hold, and both see each other again', LIMIT, async () => {
    const [fox, b] = await Promise.all([eye('firefox', '1000'), eye('b', '1001')]);
    await b.dial('1000', { colour: GREEN });
    await fox.next('incoming');
    await fox.answer({ colour: RED });
    await Promise.all([fox.next('active'), b.next('active')]);
    await Promise.all([fox.sees(GREEN), b.sees(RED), hearEachOther(fox, b)]);

    await fox.modify('hold');
    await Promise.all([fox.stands(), b.stands()]);
    await fox.modify('unhold');
    await Promise.all([fox.sees(GREEN), b.sees(RED)]);
  });

  test('is on a canvas with Chromium, each in its place, and hears the room', LIMIT, async () => {
    const [fox, b] = await Promise.all([eye('firefox', '1000'), eye('b', '1001')]);
    await fox.dial('3711', { colour: BLUE, size: [320, 240] });
    await fox.next('active');
    await b.dial('3711', { colour: GREEN, size: [320, 240] });
    await b.next('active');

    await Promise.all([fox, b].map((one) => one.seesAt([[0.25, 0.5, BLUE], [0.75, 0.5, GREEN]])));
    await hearEachOther(fox, b);
    for (const seen of await Promise.all([fox.steadiness(3000), b.steadiness(3000)])) {
      assert.ok(seen.longestGap < 500, JSON.stringify(seen));
      assert.ok(seen.fps > 10, JSON.stringify(seen));
    }
  });
});

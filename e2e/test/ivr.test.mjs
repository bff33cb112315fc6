import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { clear, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };
/** What a prompt is louder than, in dB, and what silence is quieter than. */
const SPEECH = -45;

/** In a call with the menu of 5000, which speaks. */
async function inMenu() {
  const a = await loggedIn('a', '1000');
  await a.dial('5000');
  await a.next('active');
  await a.untilHears({ atLeast: SPEECH });
  return a;
}

describe('menus', () => {
  afterEach(clear);

  test('5000 speaks, and 1 leads to the echo', LIMIT, async () => {
    const a = await inMenu();

    await a.digits('1');

    await a.hearsSteadily({ present: [TONES.a], absent: [TONES.b, TONES.c] });
  });

  test('keys inside the sound count too, and a number of four digits is an extension', LIMIT, async () => {
    const b = await loggedIn('b', '1007');
    const a = await inMenu();

    await a.digitsInSound('1007');

    await b.next('incoming');
    await b.answer();
    await a.hearsSteadily({ present: [TONES.b], absent: [TONES.c] });
    await b.hearsSteadily({ present: [TONES.a], absent: [TONES.c] });
  });

  test('a smaller menu and back, and then the music', LIMIT, async () => {
    const a = await inMenu();

    for (const digit of ['5', '*']) {
      await a.digits(digit);
      // Four digits are waited for: a single one counts after two seconds of nothing.
      await a.untilHears({ atMost: -70 });
      await a.untilHears({ atLeast: SPEECH });
    }
    await a.digits('2');

    await a.page.waitForFunction(() => (window.kit.levels([1000])[0]?.all ?? -120) < -70);
    await a.steady([], ({ channels: [left] }) => assert.ok(left.all > SPEECH, `${left.all} dB`));
  });

  test('9386 is for a laugh', LIMIT, async () => {
    const a = await loggedIn('a', '1000');

    await a.dial('9386');

    await a.next('active');
    // It speaks, with pauses.
    for (let i = 0; i < 3; i++) {
      await a.untilHears({ atLeast: SPEECH });
      await a.untilHears({ atMost: -60 });
    }
  });

  test('9170 tells the time and hangs up', LIMIT, async () => {
    const a = await loggedIn('a', '1000');

    await a.dial('9170');

    await a.next('active');
    await a.untilHears({ atLeast: SPEECH });
    const { causeCode } = await a.next('ended');
    assert.equal(causeCode, 16);
  });
});

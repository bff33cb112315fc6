import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { FILE_TONES } from '../lib/server.mjs';
import { clear, loggedIn, openKit, PASSWORD, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 40_000 };

describe('numbers to dial', () => {
  afterEach(clear);

  test('9196 returns what one says', LIMIT, async () => {
    const a = await loggedIn('a', '1000');

    await a.dial('9196');

    await a.next('active');
    await a.hearsSteadily({ present: [TONES.a], absent: [TONES.b, TONES.c] });
  });

  test('9195 returns what one says five seconds later', LIMIT, async () => {
    const a = await loggedIn('a', '1000', { stereo: true });

    await a.dial('9195');
    await a.next('active');
    const start = performance.now();
    await assert.rejects(a.untilHears({ present: [TONES.a] }, 3_000), 'nothing comes back before');
    await a.untilHears({ present: [TONES.a] });

    const seconds = (performance.now() - start) / 1000;
    assert.ok(seconds > 4 && seconds < 8, `after ${seconds} s`);
    assert.match(await a.answerSdp(), /stereo=1/);
    await a.hearsSteadily({ present: [TONES.a], absent: [TONES.b, TONES.c] });
  });

  test('9198 plays a tone, and not what one says', LIMIT, async () => {
    const a = await loggedIn('a', '1000');

    await a.dial('9198');

    await a.next('active');
    await a.hearsSteadily({ present: [440], absent: [TONES.a] });
  });

  test('9664 plays music in stereo', LIMIT, async () => {
    const a = await loggedIn('a', '1000', { stereo: true });

    await a.dial('9664');
    await a.next('active');
    await a.page.waitForFunction(() => (window.kit.levels([1000])[0]?.all ?? -120) > -50);
    await a.steady([], ({ channels: [left, right] }) => {
      assert.ok(right.all > -50, 'the right channel sounds');
      assert.ok(left.apart > 0.5, 'left and right differ');
    });
    assert.match(await a.answerSdp(), /stereo=1/);
  });

  test('9664 plays in mono to who did not ask for stereo', LIMIT, async () => {
    const a = await loggedIn('a', '1000');

    await a.dial('9664');

    await a.next('active');
    await a.page.waitForFunction(() => (window.kit.levels([1000])[0]?.all ?? -120) > -50);
    await a.steady([], ({ channels: [left] }) => assert.ok(left.apart < 0.01, 'left and right are the same'));
  });

  test('a file is heard in stereo', LIMIT, async () => {
    const a = await loggedIn('a', '1000', { stereo: true });

    await a.dial('7000');

    await a.next('active');
    await a.steady(FILE_TONES, ({ channels: [left, right] }) => {
      assert.ok(left.tones[0] > -20 && right.tones[1] > -20, 'both channels sound');
      assert.ok(left.tones[0] - left.tones[1] > 40 && right.tones[1] - right.tones[0] > 40, 'they are apart');
    });
  });

  test('what one says is recorded and played', LIMIT, async () => {
    const a = await loggedIn('a', '1000');

    await a.dial('7001');
    await a.next('active');

    await a.hearsSteadily({ present: [TONES.a], absent: [TONES.b, TONES.c] });
  });

  test('9182 is busy', LIMIT, async () => {
    const a = await loggedIn('a', '1000');

    await a.dial('9182');

    const { cause, causeCode, by } = await a.next('ended');
    assert.deepEqual({ cause, causeCode, by }, { cause: 'USER_BUSY', causeCode: 17, by: 'them' });
  });

  test('9180 is not answered after five seconds', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const start = performance.now();

    await a.dial('9180');

    const { cause, causeCode } = await a.next('ended');
    const seconds = (performance.now() - start) / 1000;
    assert.deepEqual({ cause, causeCode }, { cause: 'NO_ANSWER', causeCode: 19 });
    assert.ok(seconds > 4.5 && seconds < 8, `after ${seconds} s`);
  });

  test('9181 is heard before it answers, then returns what one says', LIMIT, async () => {
    const a = await loggedIn('a', '1000');

    await a.dial('9181');

    await a.next('early');
    await a.untilHears({ present: [440, 480] }, 3_000);
    await a.next('active');
    await a.untilHears({ present: [TONES.a], absent: [440, 480] });
  });

  test('a number that nobody has', LIMIT, async () => {
    const a = await loggedIn('a', '1000');

    await a.dial('8675');

    const { cause, causeCode } = await a.next('ended');
    assert.deepEqual({ cause, causeCode }, { cause: 'NO_ROUTE_DESTINATION', causeCode: 3 });
  });

  test('a wrong password', LIMIT, async () => {
    const a = await openKit('a');

    const result = await a.login('1000', `not-${PASSWORD}`);

    assert.equal(result.ok, false);
    assert.equal(result.trouble.kind, 'wrong-password');
  });
});

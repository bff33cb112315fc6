import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { silentStun } from '../lib/silence.mjs';
import { clear, connected, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

const othersThan = (tone) => Object.values(TONES).filter((other) => other !== tone);

describe('candidates that follow the SDP', () => {
  afterEach(clear);

  for (const [how, servers] of [['no STUN server', undefined], ['a STUN server that does not answer', silentStun]]) {
    test(`with ${how} the invite does not wait for them, and the call connects`, LIMIT, async (context) => {
      const stun = await servers?.();
      context.after(() => stun?.close());
      const options = { iceServers: stun?.iceServers ?? [] };
      const patient = await loggedIn('b', '1001', { ...options, trickle: false });
      await patient.dial('9196');
      await patient.next('active');
      const [late] = await patient.sent('verto.invite');

      const a = await loggedIn('a', '1000', options);
      await a.dial('9196');
      await a.next('active');
      await a.hearsSteadily({ present: [TONES.a], absent: othersThan(TONES.a) });

      const [early] = await a.sent('verto.invite');
      const candidates = await a.sent('verto.candidate');
      assert.notEqual(early.gathering, 'complete');
      assert.ok(candidates.length > 0 && candidates.every(({ milliseconds }) => milliseconds >= early.milliseconds));
      assert.equal((await patient.sent('verto.candidate')).length, 0);
      console.log(`invite after ${Math.round(early.milliseconds)} ms with trickle, ${Math.round(late.milliseconds)} ms without (${how})`);
    });
  }
});

describe('another path in mid-call', () => {
  afterEach(clear);

  test('the caller looks for one, and goes on hearing', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    await a.dial('9196');
    await a.next('active');
    await a.hearsSteadily({ present: [TONES.a], absent: othersThan(TONES.a) });
    const before = await a.path();

    await a.restartIce();

    const after = await a.path();
    assert.notEqual(after.ours, before.ours);
    assert.notEqual(after.theirs, before.theirs);
    await a.hearsSteadily({ present: [TONES.a], absent: othersThan(TONES.a) });
  });

  test('the one who was called does, and both go on hearing each other', LIMIT, async () => {
    const [a, b] = await Promise.all([loggedIn('a', '1000'), loggedIn('b', '1001')]);
    await connected(a, b, '1001');
    await Promise.all([a.untilHears({ present: [TONES.b] }), b.untilHears({ present: [TONES.a] })]);
    const before = await b.path();

    await b.restartIce();

    assert.notEqual((await b.path()).theirs, before.theirs);
    await Promise.all([
      a.hearsSteadily({ present: [TONES.b], absent: othersThan(TONES.b) }),
      b.hearsSteadily({ present: [TONES.a], absent: othersThan(TONES.a) }),
    ]);
  });

  test('a network that is back makes a call look for one by itself', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    await a.dial('9196');
    await a.next('active');
    await a.untilHears({ present: [TONES.a] });
    const before = await a.path();

    await a.page.evaluate(() => window.dispatchEvent(new Event('online')));

    await a.page.waitForFunction((theirs) => window.kit.path().theirs !== theirs, before.theirs);
    assert.equal((await a.sent('verto.modify')).length, 1);
    await a.hearsSteadily({ present: [TONES.a], absent: othersThan(TONES.a) });
  });
});

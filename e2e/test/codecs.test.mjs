import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { clear, connected, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 40_000 };

describe('codecs', () => {
  afterEach(clear);

  for (const codec of ['pcmu', 'pcma', 'g722', 'opus']) {
    test(`a browser that offers ${codec} alone hears its echo`, LIMIT, async () => {
      const a = await loggedIn('a', '1000');
      await a.only(codec);

      await a.dial('9196');

      await a.next('active');
      assert.match(await a.answerSdp(), new RegExp(`a=rtpmap:\\d+ ${codec}/`, 'i'));
      await a.hearsSteadily({ present: [TONES.a], absent: [TONES.b] });
    });
  }

  test('two users without a common choice of codec hear each other', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await a.only('pcmu');

    await connected(a, b, '1001');

    await Promise.all([
      a.hearsSteadily({ present: [TONES.b], absent: [TONES.a] }),
      b.hearsSteadily({ present: [TONES.a], absent: [TONES.b] }),
    ]);
  });

  test('one with G.722 and one with Opus hear each other', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await a.only('g722');
    await b.only('opus');

    await connected(a, b, '1001');

    assert.match(await a.answerSdp(), /a=rtpmap:9 G722\/8000/);
    await Promise.all([
      a.hearsSteadily({ present: [TONES.b], absent: [TONES.a] }),
      b.hearsSteadily({ present: [TONES.a], absent: [TONES.b] }),
    ]);
  });

  test('one with G.711 and one with Opus meet in a room', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await a.only('pcma');
    for (const member of [a, b]) {
      await member.dial('3004');
      await member.next('active');
    }

    await Promise.all([
      a.hearsSteadily({ present: [TONES.b], absent: [TONES.a] }),
      b.hearsSteadily({ present: [TONES.a], absent: [TONES.b] }),
    ]);
  });
});

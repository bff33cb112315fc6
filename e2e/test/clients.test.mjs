import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { clear, connected, loggedIn, openKit, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 45_000 };

// Unmodified packages from npm. What works with the reference server must work here.
for (const client of ['signalwire', 'vertojs']) {
  describe(`the client ${client}`, () => {
    afterEach(clear);

    test('logs in and hears its echo', LIMIT, async () => {
      const a = await loggedIn('a', '1000', { client });

      await a.dial('9196');

      await a.next('active');
      await a.hearsSteadily({ present: [TONES.a], absent: [TONES.b, TONES.c] });
      await a.hangUp();
      await a.next('ended');
    });

    test('calls its like, and each hears the other', LIMIT, async () => {
      const a = await loggedIn('a', '1000', { client });
      const b = await loggedIn('b', '1001', { client });
      await connected(a, b, '1001');

      await Promise.all([
        a.hearsSteadily({ present: [TONES.b], absent: [TONES.a] }),
        b.hearsSteadily({ present: [TONES.a], absent: [TONES.b] }),
      ]);
      await a.hangUp();

      await b.next('ended');
    });

    test('is called by our own client, and calls it', LIMIT, async () => {
      const ours = await loggedIn('a', '1000');
      const theirs = await loggedIn('b', '1001', { client });
      await connected(ours, theirs, '1001');
      await Promise.all([
        ours.untilHears({ present: [TONES.b], absent: [TONES.a] }),
        theirs.untilHears({ present: [TONES.a], absent: [TONES.b] }),
      ]);
      await ours.hangUp();
      await theirs.next('ended');

      await connected(theirs, ours, '1000');

      await ours.untilHears({ present: [TONES.b], absent: [TONES.a] });
      await theirs.hangUp();
      await ours.next('ended');
    });

    test('meets others in a room, where its keys arrive', LIMIT, async () => {
      const theirs = await loggedIn('a', '1000', { client });
      const ours = await loggedIn('b', '1001');
      for (const member of [theirs, ours]) {
        await member.dial('3010');
        await member.next('active');
      }
      await Promise.all([theirs.untilHears({ present: [TONES.b] }), ours.untilHears({ present: [TONES.a] })]);

      await theirs.digits('0');

      await ours.untilHears({ absent: [TONES.a] });
    });

    test('learns that its password is wrong', LIMIT, async () => {
      const a = await openKit('a', client);

      const result = await a.login('1000', 'wrong');

      assert.equal(result.ok, false);
    });
  });
}

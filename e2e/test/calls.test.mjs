import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { IMPATIENT, PATIENCE_SECONDS } from '../lib/server.mjs';
import { clear, connected, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 45_000 };

const both = async () => Promise.all([loggedIn('a', '1000'), loggedIn('b', '1001')]);

describe('calls between users', () => {
  afterEach(clear);

  test('each hears the other and not oneself; the caller hangs up', LIMIT, async () => {
    const [a, b] = await both();
    await a.dial('1001');
    const ring = await b.next('incoming');
    await a.next('early');
    await b.answer();
    await Promise.all([a.next('active'), b.next('active')]);

    await Promise.all([
      a.hearsSteadily({ present: [TONES.b], absent: [TONES.a, TONES.c] }),
      b.hearsSteadily({ present: [TONES.a], absent: [TONES.b, TONES.c] }),
    ]);
    await a.hangUp();

    assert.equal(ring.number, '1000');
    const { cause, causeCode, by } = await b.next('ended');
    assert.deepEqual({ cause, causeCode, by }, { cause: 'NORMAL_CLEARING', causeCode: 16, by: 'them' });
  });

  test('the one who was called hangs up', LIMIT, async () => {
    const [a, b] = await both();
    await connected(a, b, '1001');
    await Promise.all([a.untilHears({ present: [TONES.b] }), b.untilHears({ present: [TONES.a] })]);

    await b.hangUp();

    const { cause, causeCode, by } = await a.next('ended');
    assert.deepEqual({ cause, causeCode, by }, { cause: 'NORMAL_CLEARING', causeCode: 16, by: 'them' });
  });

  test('the caller hears ringing until the answer', LIMIT, async () => {
    const [a, b] = await both();

    await a.dial('1001');

    await b.next('incoming');
    await a.untilHears({ present: [440, 480] });
    await b.answer();
    await a.untilHears({ present: [TONES.b], absent: [440, 480] });
    await a.hangUp();
    await b.next('ended');
  });

  test('the caller gives up while it rings', LIMIT, async () => {
    const [a, b] = await both();
    await a.dial('1001');
    await b.next('incoming');

    await a.hangUp();

    const { cause, causeCode } = await b.next('ended');
    assert.deepEqual({ cause, causeCode }, { cause: 'ORIGINATOR_CANCEL', causeCode: 487 });
  });

  for (const [cause, causeCode] of [['CALL_REJECTED', 21], ['USER_BUSY', 17]]) {
    test(`the one who is called refuses with ${cause}`, LIMIT, async () => {
      const [a, b] = await both();
      await a.dial('1001');
      await b.next('incoming');

      await b.reject(cause);

      const end = await a.next('ended');
      assert.deepEqual({ cause: end.cause, causeCode: end.causeCode }, { cause, causeCode });
    });
  }

  test('who is not signed in has a mailbox', LIMIT, async () => {
    const a = await loggedIn('a', '1000');

    await a.dial('1019');

    await a.next('active');
    await a.untilHears({ atLeast: -45 });
  });

  test('whoever lets it ring too long has his mailbox take the call', LIMIT, async () => {
    const a = await loggedIn('a', IMPATIENT);
    const b = await loggedIn('b', '1001');
    const start = performance.now();
    await a.dial('1001');
    await b.next('incoming');

    await Promise.all([a.next('active'), b.next('ended')]);

    const seconds = (performance.now() - start) / 1000;
    assert.ok(seconds > PATIENCE_SECONDS - 1, `after ${seconds} s`);
    await a.untilHears({ atLeast: -45 });
  });

  test('two tabs of one user ring; the one that answers has the call', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const first = await loggedIn('b', '1001');
    const second = await loggedIn('c', '1001');
    await a.dial('1001');
    await Promise.all([first.next('incoming'), second.next('incoming')]);

    await second.answer();

    const { causeCode } = await first.next('ended');
    assert.ok([702, 487, 16].includes(causeCode), `cause ${causeCode}`);
    await Promise.all([a.next('active'), second.next('active')]);
    await Promise.all([a.untilHears({ present: [TONES.c] }), second.untilHears({ present: [TONES.a] })]);
  });

  test('two users ring together; who answers first has the call, and the other one stops to ring', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    const c = await loggedIn('c', '1002');
    await a.dial('7005');
    await Promise.all([b.next('incoming'), c.next('incoming')]);

    await c.answer();

    const { causeCode } = await b.next('ended');
    assert.equal(causeCode, 702); // LOSE_RACE
    await Promise.all([a.untilHears({ present: [TONES.c] }), c.untilHears({ present: [TONES.a] })]);
  });

  test('a page that goes away while it is called does not keep the caller waiting', LIMIT, async () => {
    const [a, b] = await both();
    await a.dial('1001');
    await b.next('incoming');

    await b.page.context().close();

    const { by } = await a.next('ended');
    assert.equal(by, 'them');
  });
});

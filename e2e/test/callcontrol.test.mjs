import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { clear, connected, DOMAIN, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 45_000 };

/** Hold music, and not a voice beside it: it is far from full scale, and from the tones of the microphones a and c. */
const music = (without) => ({ absent: [without], quiet: -50, atLeast: -40 });
const SILENCE = { atMost: -70 };

const hearEachOther = (one, other) =>
  Promise.all([
    one.untilHears({ present: [other.hertz], absent: [one.hertz] }),
    other.untilHears({ present: [one.hertz], absent: [other.hertz] }),
  ]);

for (const client of ['signalwire', 'vertojs']) {
  describe(`calls in the hands of ${client}`, () => {
    afterEach(clear);

    test('on hold one hears music, and who holds hears nothing, until it is over', LIMIT, async () => {
      const a = await loggedIn('a', '1000', { client });
      const c = await loggedIn('c', '1001', { client });
      await connected(a, c, '1001');
      await hearEachOther(a, c);

      await a.act('hold');
      await a.next('held');
      await Promise.all([c.untilHears(music(TONES.a)), a.untilHears(SILENCE)]);
      await a.act('unhold');
      await a.next('active');
      await hearEachOther(a, c);

      await c.act('toggleHold');
      await c.next('held');
      await Promise.all([a.untilHears(music(TONES.c)), c.untilHears(SILENCE)]);
      await c.act('toggleHold');
      await c.next('active');
      await hearEachOther(a, c);
    });

    test('its keys are heard by the other', LIMIT, async () => {
      const a = await loggedIn('a', '1000', { client });
      const b = await loggedIn('b', '1001', { client: 'signalwire' });
      await connected(a, b, '1001');
      await hearEachOther(a, b);

      // A browser plays the digits that come with the sound (RFC 4733): # is 941 and 1477 Hz.
      await Promise.all([b.untilHears({ present: [941, 1477] }), a.digits('###')]);

      await b.untilHears({ present: [TONES.a], absent: [941, 1477] });
    });

    test('who it talks with can be sent on', LIMIT, async () => {
      const theirs = await loggedIn('a', '1000', { client });
      const b = await loggedIn('b', '1001', { client: 'signalwire' });
      const c = await loggedIn('c', '1002', { client });
      await connected(theirs, b, '1001');
      await hearEachOther(theirs, b);

      await b.act('transfer', '1002');

      const [end, ring] = await Promise.all([b.next('ended'), c.next('incoming')]);
      await c.answer();
      await Promise.all([c.next('active'), hearEachOther(theirs, c)]);
      assert.deepEqual({ causeCode: end.causeCode, number: ring.number }, { causeCode: 16, number: '1000' });
      await theirs.hangUp();
      await c.next('ended');
    });
  });
}

describe('calls of three', () => {
  afterEach(clear);

  const three = (first, others) =>
    Promise.all([
      loggedIn('a', '1000', { client: first }),
      loggedIn('b', '1001', { client: others }),
      loggedIn('c', '1002', { client: others }),
    ]);

  test('the caller sends the one who was called to a number', LIMIT, async () => {
    const a = await loggedIn('a', '1000', { client: 'signalwire' });
    const b = await loggedIn('b', '1001', { client: 'vertojs' });
    await connected(a, b, '1001');
    await hearEachOther(a, b);

    await a.act('transfer', '9196');

    await a.next('ended');
    await b.untilHears({ present: [TONES.b], absent: [TONES.a] });
    await b.hangUp();
    await b.next('ended');
  });

  test('an attended transfer by signalwire leaves two who hear each other and see whom', LIMIT, async () => {
    const [a, b, c] = await three('signalwire', 'sdk');
    await connected(a, b, '1001');
    await hearEachOther(a, b);
    await a.act('hold');
    await a.next('held');
    await connected(a, c, '1002');
    await hearEachOther(a, c);
    await Promise.all([b.next('display'), c.next('display')]); // whom they talked with before

    await a.act('replace');

    const ends = [await a.next('ended'), await a.next('ended')];
    const [shownToB, shownToC] = await Promise.all([b.next('display'), c.next('display')]);
    await hearEachOther(b, c);
    assert.deepEqual(ends.map(({ causeCode }) => causeCode).sort(), [16, 801]);
    assert.deepEqual([shownToB.name, shownToB.number], ['Tester 1002', '1002']);
    assert.deepEqual([shownToC.name, shownToC.number], ['Tester 1001', '1001']);
    await b.hangUp();
    await c.next('ended');
  });

  test('an attended transfer by our own client while the third still rings', LIMIT, async () => {
    const [a, b, c] = await three('sdk', 'signalwire');
    await connected(a, b, '1001');
    await hearEachOther(a, b);
    await a.act('hold');
    await a.next('held');
    await a.dial('1002');
    await c.next('incoming');
    await a.next('early');

    await a.act('replace');

    await a.next('ended');
    await a.next('ended');
    await b.untilHears({ atLeast: -40, absent: [TONES.a, TONES.c] });
    await c.answer();
    await c.next('active');
    await hearEachOther(b, c);
    await c.hangUp();
    await b.next('ended');
  });

  test('words arrive at another user, and his answer', LIMIT, async () => {
    const a = await loggedIn('a', '1000', { client: 'signalwire' });
    const b = await loggedIn('b', '1001');
    await connected(a, b, '1001');

    await a.act('message', `1001@${DOMAIN}`, 'Lunch?');
    const question = await b.next('message');
    await b.act('message', question.from, 'Yes');
    const reply = await a.next('message');

    assert.deepEqual([question.from, question.body], [`1000@${DOMAIN}`, 'Lunch?']);
    assert.deepEqual([reply.from, reply.body], [`1001@${DOMAIN}`, 'Yes']);
  });

  test('keys reach, as messages, who cannot take them in the sound', LIMIT, async () => {
    const a = await loggedIn('a', '1000', { client: 'signalwire' });
    const b = await loggedIn('b', '1001', { client: 'signalwire' });
    await a.only('opus', { keys: false });
    await connected(a, b, '1001');

    await b.digits('7');

    const { digit } = await a.next('digit');
    assert.equal(digit, '7');
  });
});

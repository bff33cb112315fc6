import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { clear, connected, loggedIn, TONES } from '../lib/stage.mjs';
import { startServer } from '../lib/server.mjs';
import { wireOfSuite, wireTo } from '../lib/wire.mjs';

const LIMIT = { timeout: 45_000 };
const SIGNALWIRE = { client: 'signalwire' };

const hearEachOther = (one, other) =>
  Promise.all([
    one.untilHears({ present: [other.hertz], absent: [one.hertz] }),
    other.untilHears({ present: [one.hertz], absent: [other.hertz] }),
  ]);

describe('a page that is loaded anew', () => {
  afterEach(clear);

  for (const [who, caller, callee] of [['called', 'a', 'b'], ['was called', 'b', 'a']]) {
    test(`in a call that it ${who} gets the call back, with sound both ways`, LIMIT, async () => {
      const users = { a: '1000', b: '1001' };
      const clients = { a: await loggedIn('a', users.a, SIGNALWIRE), b: await loggedIn('b', users.b, SIGNALWIRE) };
      await connected(clients[caller], clients[callee], users[callee]);
      await hearEachOther(clients.a, clients.b);

      await clients.a.reload();

      const { reattached } = await clients.a.next('ready');
      await clients.a.next('active');
      await hearEachOther(clients.a, clients.b);
      assert.equal(reattached.length, 1);
      await clients.b.hangUp();
      await clients.a.next('ended');
    });
  }

  test('in a room is a member as before, and sees the others', LIMIT, async () => {
    const a = await loggedIn('a', '1000', SIGNALWIRE);
    const b = await loggedIn('b', '1001');
    await b.dial('3020');
    await b.next('active');
    // Whether the client first says that it is in the room or that its call is active is a matter of moments.
    await a.dial('3020');
    const joined = await a.next('conference-join');
    const shown = await a.next('conference-bootstrap');

    await a.reload();

    const again = await a.next('conference-join');
    const list = await a.next('conference-bootstrap');
    await hearEachOther(a, b);
    assert.equal(shown.participants.length, 2);
    assert.deepEqual(list.participants, shown.participants);
    assert.deepEqual(again, joined);
    await b.hangUp();
    await a.next('conference-delete');
  });
});

describe('a connection that is lost', () => {
  const wire = wireOfSuite();

  for (const client of ['signalwire', 'sdk']) {
    test(`is not heard, and ${client} has its call again when it is back`, LIMIT, async () => {
      const a = await loggedIn('a', '1000', { client, url: wire.url });
      const b = await loggedIn('b', '1001', SIGNALWIRE);
      await connected(a, b, '1001');
      await hearEachOther(a, b);

      wire.cut();
      await a.page.waitForFunction(() => window.kit.sockets().open === 0);
      await Promise.all([
        a.hearsSteadily({ present: [TONES.b], absent: [TONES.a] }),
        b.hearsSteadily({ present: [TONES.a], absent: [TONES.b] }),
      ]);
      wire.mend();

      await a.next('active');
      await hearEachOther(a, b);
      assert.equal((await a.sockets()).open, 1);
      await a.hangUp();
      const { causeCode } = await b.next('ended');
      assert.equal(causeCode, 16);
    });
  }

  test('does not take a member out of its room', LIMIT, async () => {
    const a = await loggedIn('a', '1000', { ...SIGNALWIRE, url: wire.url });
    const b = await loggedIn('b', '1001', SIGNALWIRE);
    await b.dial('3021');
    await b.next('active');
    await a.dial('3021');
    const { participants } = await a.next('conference-bootstrap');
    await hearEachOther(a, b);

    wire.cut();
    await b.hearsSteadily({ present: [TONES.a], absent: [TONES.b] });
    wire.mend();

    const again = await a.next('conference-bootstrap');
    await hearEachOther(a, b);
    assert.deepEqual(again.participants, participants);
  });
});

describe('a client that cannot attach to its calls', () => {
  let impatient;
  before(async () => {
    impatient = await startServer({ detachSeconds: 2 });
  });
  afterEach(clear);
  after(() => impatient.stop());

  test('logs in again as another session; the call that was left behind ends in time', LIMIT, async () => {
    const wire = await wireTo(impatient.url);
    const a = await loggedIn('a', '1000', { client: 'vertojs', at: impatient, url: wire.url });
    const b = await loggedIn('b', '1001', { client: 'vertojs', at: impatient });
    await connected(a, b, '1001');
    await hearEachOther(a, b);

    wire.cut();
    wire.mend();

    await b.next('ended');
    await a.page.waitForFunction(() => window.kit.sockets().open === 1);
    await connected(a, b, '1001');
    await hearEachOther(a, b);
    await a.hangUp();
    await b.next('ended');
    wire.close();
  });
});

describe('a session that is opened in a second tab', () => {
  afterEach(clear);

  test('is gone from the first, which stays away; the call goes on in the second', LIMIT, async () => {
    const first = await loggedIn('a', '1000', SIGNALWIRE);
    const b = await loggedIn('b', '1001', SIGNALWIRE);
    await connected(first, b, '1001');
    await hearEachOther(first, b);

    const second = await first.secondTab();

    await first.next('ended');
    await second.next('active');
    await hearEachOther(second, b);
    // Long enough for the first to come back, if it wished to: its pause is one second.
    await second.hearsSteadily({ present: [TONES.b], absent: [TONES.a] });
    assert.deepEqual(await first.sockets(), { opened: 1, open: 0 });
    assert.deepEqual(await second.sockets(), { opened: 1, open: 1 });
    await b.hangUp();
    await second.next('ended');
  });
});

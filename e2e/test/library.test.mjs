import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { withLibrary } from '../lib/library.mjs';
import { clear, DOMAIN, loggedIn } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

/** Calls a room, and waits until the list of its members has come. */
const inRoom = ({ page }, number) =>
  page.evaluate(async (room) => {
    const came = new Promise((resolve) => window.session.on('room', resolve));
    window.call = window.session.dial(room);
    window.room = await came;
    if (window.room.members.length === 0) await new Promise((resolve) => window.room.on('members', (members) => members.length > 0 && resolve()));
  }, number);

describe('the library in a room', () => {
  afterEach(clear);

  test('a moderator learns what the server says: places, volumes, and what it refuses', LIMIT, async () => {
    const a = await withLibrary('a');
    await inRoom(a, '3109');

    const said = await a.page.evaluate(async () => {
      const { room } = window;
      const { me } = room;
      const troubleOf = (doing) => doing.then(() => undefined, (error) => error.trouble);
      await room.sit(-0.5, 0, -1);
      return {
        place: await room.askPosition(me),
        volume: (await room.ask('volume_in', me.id, '2')).response.trim(),
        nobody: await troubleOf(room.ask('kick', 999)),
        unknown: await troubleOf(room.ask('no-such-command')),
        layouts: await room.layouts(),
        canvases: room.canvasCount,
      };
    });

    assert.deepEqual(said.place, { x: -0.5, y: 0, z: -1 });
    assert.match(said.volume, /^\+OK Volume IN \d+ = 2$/);
    assert.equal(said.nobody.kind, 'refused');
    assert.match(said.nobody.message, /^-ERR/);
    assert.deepEqual([said.unknown.kind, said.unknown.message], ['refused', 'Invalid Command']);
    assert.deepEqual([said.layouts, said.canvases], [[], 0]);
  });

  test('who comes later reads what was said before', LIMIT, async () => {
    const a = await withLibrary('a');
    await inRoom(a, '3010');
    await a.page.evaluate(async () => {
      const heard = new Promise((resolve) => window.room.on('message', resolve));
      await window.room.say('hello <b>all</b>');
      await heard;
    });

    const b = await withLibrary('b', '1001');
    await inRoom(b, '3010');
    const history = await b.page.evaluate(() => window.room.history());

    assert.deepEqual(history, [{ from: `1000@${DOMAIN}`, name: '1000', text: 'hello <b>all</b>', mine: false }]);
  });

  test('who is no moderator may not sit elsewhere, and is told so', LIMIT, async () => {
    const a = await withLibrary('a');
    await inRoom(a, '3011');

    const trouble = await a.page.evaluate(() => window.room.sit(1, 0, 0).catch((error) => error.trouble));

    assert.deepEqual([trouble.kind, trouble.message], ['refused', 'Permission Denied']);
  });

  test('words of a megabyte are refused, and the connection stays', LIMIT, async () => {
    const a = await withLibrary('a');
    await inRoom(a, '3012');

    const found = await a.page.evaluate(async () => {
      const kind = await window.room.say('x'.repeat(1_000_000)).catch((error) => error.trouble.kind);
      return [kind, window.session.state.name, (await window.session.send('echo', { n: 1 }).catch((error) => error.trouble)).kind];
    });

    assert.deepEqual(found.slice(0, 2), ['too-long', 'ready']);
  });
});

describe('the library beside calls', () => {
  afterEach(clear);

  test('sees who is in a call, and which voice messages wait', LIMIT, async () => {
    const a = await withLibrary('a');
    await a.page.evaluate(async (account) => {
      window.presence = await window.session.watchPresence();
      window.waiting = await new Promise((resolve) => window.session.watchVoicemail(resolve, account));
    }, `1000@${DOMAIN}`);
    assert.equal(await a.page.evaluate(() => window.waiting.account), `1000@${DOMAIN}`);

    const b = await loggedIn('b', '1001');
    await b.dial('9196');
    await b.next('active');
    await a.page.waitForFunction((user) => window.presence.of(user).state === 'active', `1001@${DOMAIN}`);
    await b.hangUp();

    await a.page.waitForFunction((user) => window.presence.of(user).state === 'idle', `1001@${DOMAIN}`);
  });

  test('an untrusted certificate cannot be told from a server that is gone, so both are said', LIMIT, async () => {
    const a = await withLibrary('a');

    const trouble = await a.page.evaluate(async () => {
      const other = new window.sdk.Session({ url: 'wss://localhost:9/', login: '1000', password: 'x' });
      return other.open().catch((error) => error.trouble);
    });

    assert.deepEqual(trouble, { kind: 'unreachable', url: 'wss://localhost:9/', certificate: 'https://localhost:9/' });
  });

  test('two tabs with one session: the newer one has it, and the other says so', LIMIT, async () => {
    const a = await withLibrary('a');

    const troubles = await a.page.evaluate(async () => {
      const closed = new Promise((resolve) => window.session.on('state', (state) => state.name === 'closed' && resolve(state.trouble.kind)));
      const { url, login, password } = window.session.options;
      const second = new window.sdk.Session({ url, login, password, sessionId: window.session.state.sessionId });
      await second.open();
      return [await closed, second.state.name];
    });

    assert.deepEqual(troubles, ['replaced', 'ready']);
  });
});

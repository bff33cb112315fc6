import { describe, expect, it } from 'vitest';
import type { Call, VertoError } from '../src/index.ts';
import { FAILURE_MS } from '../src/media/PeerMedia.ts';
import { reconnectDelay } from '../src/session/backoff.ts';
import { REPLY_MS } from '../src/session/Connection.ts';
import { HEARTBEAT_MS } from '../src/session/Session.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
import { Scene } from './scene.ts';

const troubleOf = (opened: Promise<void>) => opened.then(
  () => undefined,
  (error: VertoError) => error.trouble,
);

describe('login', () => {
  it('sends name and password first and is ready with the result', async () => {
    const scene = new Scene();

    await scene.login();

    expect(scene.socket.sent).toEqual([
      {
        jsonrpc: '2.0',
        method: 'login',
        id: 1,
        params: { login: '1000', passwd: 'secret', loginParams: {}, userVariables: {}, extensions: ['trickle', 'login-wait', 'ice-servers', 'gallery'] },
      },
    ]);
    expect(scene.session.state).toEqual({ name: 'ready', sessionId: 's-1' });
  });

  it('gives a session id of before, to get its calls back', async () => {
    const scene = new Scene({ sessionId: 'old' });

    await scene.login();

    expect(scene.socket.last('login').params).toMatchObject({ sessid: 'old' });
  });

  it('ends with the reason when the password is wrong, and does not try again', async () => {
    const scene = new Scene();
    const trouble = troubleOf(scene.session.open());
    await scene.socket.accept();

    await scene.refuse('login', -32001, 'Authentication Failure');
    await scene.browser.pass(60_000);

    expect(await trouble).toEqual({ kind: 'wrong-password', message: 'login was refused: Authentication Failure' });
    expect(scene.states).toEqual(['connecting', 'closed']);
    expect(scene.browser.sockets).toHaveLength(1);
  });

  it('waits for as long as the server says that it looks at no login, and then tries again', async () => {
    const scene = new Scene();
    let opened = false;
    void scene.session.open().then(() => (opened = true));
    await scene.socket.accept();

    await scene.socket.receive({
      jsonrpc: '2.0', id: scene.socket.last('login').id, error: { code: -32001, message: 'Authentication Failure', data: { 'retry-after': 4 } },
    });

    expect(scene.session.state).toEqual({ name: 'waiting', delayMs: 4_250, trouble: { kind: 'must-wait', seconds: 4 } });
    await scene.browser.pass(4_249);
    expect(scene.browser.sockets).toHaveLength(1);
    await scene.browser.pass(1);
    await scene.acceptLogin();
    expect(opened).toBe(true);
    expect(scene.session.state).toMatchObject({ name: 'ready' });
  });

  it('fetches a token anew for each login', async () => {
    let fetched = 0;
    const scene = new Scene({ token: () => Promise.resolve(`jvt1.${++fetched}`) });
    const opened = scene.session.open();
    await scene.acceptLogin();
    await opened;
    expect(scene.socket.last('login').params).toMatchObject({ login: '1000', passwd: 'jvt1.1' });

    await scene.socket.lose();
    await scene.browser.pass(1_000);
    await scene.acceptLogin();

    expect(scene.socket.last('login').params).toMatchObject({ passwd: 'jvt1.2' });
  });

  it('says that a token has expired, also the first time', async () => {
    const scene = new Scene({ token: 'jvt1.old' });
    const trouble = troubleOf(scene.session.open());
    await scene.socket.accept();

    await scene.refuse('login', -32001, 'Token Expired');

    expect(await trouble).toEqual({ kind: 'login-expired', message: 'login was refused: Token Expired' });
  });

  it('says that the server cannot be reached', async () => {
    const scene = new Scene();
    const trouble = troubleOf(scene.session.open());

    await scene.socket.lose();

    expect(await trouble).toEqual({ kind: 'unreachable', url: 'wss://pbx.test:8082' });
  });

  it('says where to look at the certificate when the page came from elsewhere, and it may be why', async () => {
    const scene = new Scene();
    scene.browser.page = 'www.test';
    const trouble = troubleOf(scene.session.open());

    await scene.socket.lose();

    expect(await trouble).toEqual({ kind: 'unreachable', url: 'wss://pbx.test:8082', certificate: 'https://pbx.test:8082/' });
  });

  it('gives up on a server that does not reply', async () => {
    const scene = new Scene();
    const trouble = troubleOf(scene.session.open());
    await scene.socket.accept();

    await scene.browser.pass(REPLY_MS);

    expect(await trouble).toMatchObject({ kind: 'unreachable' });
  });
});

describe('STUN and TURN servers that come with the login', () => {
  it('are for its calls, beside those of the application, and are fetched anew before their passwords end', async () => {
    const turn = { urls: ['turn:turn.test'], username: '1:1000', credential: 'c' };
    const scene = new Scene({ media: { iceServers: [{ urls: 'stun:own.test' }, { urls: ['turn:turn.test'] }] } });
    const open = scene.session.open();
    await scene.socket.accept();
    const expire = scene.browser.wallClock() / 1000 + 35;
    await scene.reply('login', { message: 'logged in', iceServers: [turn, { urls: 7 }], iceServersExpire: expire, sessid: 's-1' });
    await scene.tell('verto.clientReady', { reattached_sessions: [] });
    await open;

    scene.session.dial('9196');
    await settle();
    expect(scene.browser.configurations.at(-1)?.iceServers).toEqual([{ urls: 'stun:own.test' }, turn]);

    const before = scene.socket.sent.length;
    await scene.browser.pass(10_000);
    expect(scene.socket.sent.slice(before).map((frame) => frame.method)).toContain('login');
  });
});

describe('a login that expires', () => {
  const loggedIn = (scene: Scene, expires: number) => scene.reply('login', { message: 'logged in', 'auth-expires': expires, sessid: 's-1' });

  async function opened(scene: Scene, expires: number): Promise<void> {
    const open = scene.session.open();
    await scene.socket.accept();
    await loggedIn(scene, expires);
    await open;
  }

  it('is renewed in time, with a password that is asked for anew', async () => {
    let asked = 0;
    const scene = new Scene({ password: () => Promise.resolve(`token-${++asked}`) });
    const expiring: Date[] = [];
    scene.session.on('expiring', ({ at }) => expiring.push(at));
    await opened(scene, 300);
    expect(scene.socket.last('login').params).toMatchObject({ passwd: 'token-1' });
    expect(scene.session.account.expires).toEqual(new Date(300_000));

    // The heartbeat in between is answered, or the connection would count as dead.
    for (let at = 0; at < 270; at += 25) {
      await scene.browser.pass(25_000);
      await scene.reply('verto.ping', { message: 'PONG' });
    }
    expect(scene.socket.last('login').params).toMatchObject({ passwd: 'token-2' });
    await loggedIn(scene, 600);

    expect(scene.session.account.expires).toEqual(new Date(600_000));
    expect(scene.states).toEqual(['connecting', 'ready']);
    expect(expiring).toEqual([]);
  });

  it.each([
    ['refused', (scene: Scene) => scene.refuse('login', -32001, 'Authentication Failure')],
    ['of no use', (scene: Scene) => loggedIn(scene, 20)],
  ])('and whose renewal is %s says so, and goes on till then', async (_, answer) => {
    const scene = new Scene();
    const expiring: Date[] = [];
    scene.session.on('expiring', ({ at }) => expiring.push(at));
    await opened(scene, 20);

    await scene.browser.pass(1_000);
    await answer(scene);
    await scene.browser.pass(15_000);

    expect(scene.socket.count('login')).toBe(2);
    expect(expiring).toEqual([new Date(20_000)]);
    expect(scene.session.state.name).toBe('ready');
  });

  it('ends the session when the server wants no more of it', async () => {
    const scene = new Scene();
    await scene.login();

    await scene.socket.lose();
    await scene.browser.pass(500);
    await scene.socket.accept();
    await scene.refuse('login', -32001, 'Authentication Failure');

    expect(scene.session.state).toMatchObject({ name: 'closed', trouble: { kind: 'login-expired' } });
  });

  it('ends at once when the application has no password', async () => {
    const scene = new Scene({ password: () => Promise.reject(new Error('sign in first')) });
    const trouble = troubleOf(scene.session.open());

    await scene.socket.accept();

    expect(await trouble).toEqual({ kind: 'login-expired', message: 'sign in first' });
  });

  it('is tried again when the application has no password for now', async () => {
    let offline = false;
    const scene = new Scene({ password: () => (offline ? Promise.reject(new TypeError('Failed to fetch')) : 'token') });
    await scene.login();
    offline = true;
    await scene.socket.lose();
    await scene.browser.pass(500);

    await scene.socket.accept();
    offline = false;
    await scene.browser.pass(1_000);
    await scene.acceptLogin();

    expect(scene.states).toEqual(['connecting', 'ready', 'waiting', 'connecting', 'waiting', 'connecting', 'ready']);
  });
});

describe('a lost connection', () => {
  it('is opened anew with the same session after a pause', async () => {
    const scene = new Scene();
    await scene.login();

    await scene.socket.lose();
    await scene.browser.pass(500);
    await scene.acceptLogin();

    expect(scene.browser.sockets).toHaveLength(2);
    expect(scene.socket.last('login').params).toMatchObject({ sessid: 's-1' });
    expect(scene.states).toEqual(['connecting', 'ready', 'waiting', 'connecting', 'ready']);
  });

  it('is opened anew at once when the system says that there is a network, or somebody asks for it', async () => {
    const scene = new Scene();
    await scene.login();
    await scene.socket.lose();

    await scene.browser.comesOnline();
    expect(scene.browser.sockets).toHaveLength(2);
    await scene.acceptLogin();
    await scene.socket.lose();
    scene.session.reconnect();
    expect(scene.browser.sockets).toHaveLength(3);
    scene.session.reconnect();
    await scene.acceptLogin();
    await scene.browser.pass(1_000);

    expect(scene.browser.sockets).toHaveLength(3);
    expect(scene.session.state.name).toBe('ready');
  });

  it('that nobody noticed is noticed soon after the network is another one', async () => {
    const scene = new Scene();
    await scene.login();

    await scene.browser.comesOnline();
    expect(scene.socket.count('verto.ping')).toBe(1);
    await scene.browser.pass(REPLY_MS);

    expect(scene.states.slice(0, 3)).toEqual(['connecting', 'ready', 'waiting']);
  });

  it('makes the pauses longer and spreads them', () => {
    expect([0, 1, 2, 3].map((attempt) => reconnectDelay(attempt, 0.5))).toEqual([500, 1000, 2000, 4000]);
    expect(reconnectDelay(0, 0)).toBe(250);
    expect(reconnectDelay(0, 0.998)).toBe(749);
    expect(reconnectDelay(1000, 0.5)).toBe(15_000);
    // A call waits for its server, but not for ever.
    expect([0, 1, 2, 3, 89, 90].map((attempt) => reconnectDelay(attempt, 0.5, true))).toEqual([500, 1000, 1500, 1500, 1500, 15_000]);
  });

  it('keeps an answered call if the server brings it back', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();
    await scene.tell('verto.answer', { callID: call.callId, sdp: 'server-answer', variables: {} });
    await scene.socket.lose();
    await scene.browser.pass(500);
    await scene.socket.accept();
    await scene.reply('login', { message: 'logged in', sessid: 's-1' });

    await scene.tell('verto.attach', { callID: call.callId, sdp: 'new-offer', display_direction: 'inbound' });
    await scene.tell('verto.clientReady', { reattached_sessions: [call.callId] });
    await scene.reply('verto.attach', { sessid: 's-1' });

    expect(scene.browser.lastPeer.remoteDescriptions).toEqual(['new-offer']);
    expect(scene.socket.last('verto.attach').params).toMatchObject({ sdp: 'answer-2', dialogParams: { callID: call.callId } });
    expect(scene.browser.microphones).toHaveLength(1);
    expect(call.state).toBe('active');
  });

  it('keeps a call whose media fail while the server is away, and has new media when it is back', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();
    await scene.tell('verto.answer', { callID: call.callId, sdp: 'server-answer', variables: {} });
    const before = scene.browser.lastPeer;
    await scene.socket.lose();
    before.connectionState = 'failed';
    before.onconnectionstatechange?.();

    await scene.browser.pass(FAILURE_MS);
    expect(call.state).toBe('recovering');
    await scene.socket.accept();
    await scene.reply('login', { message: 'logged in', sessid: 's-1' });
    await scene.tell('verto.attach', { callID: call.callId, sdp: 'new-offer', display_direction: 'inbound' });
    await scene.reply('verto.attach', { sessid: 's-1' });

    expect(call.state).toBe('active');
    expect(scene.browser.lastPeer).not.toBe(before);
  });

  it('of a page that is loaded anew brings its calls back as they were', async () => {
    const scene = new Scene({ sessionId: 's-1' });
    const resumed: Call[] = [];
    const recovered: unknown[] = [];
    scene.session.on('recovered', (calls) => recovered.push(calls));
    scene.session.on('resumed', (call) => resumed.push(call));
    const opened = scene.session.open();
    await scene.socket.accept();
    await scene.reply('login', { message: 'logged in', sessid: 's-1' });
    await opened;

    await scene.tell('verto.attach', {
      callID: 'of-before',
      sdp: 'new-offer',
      caller_id_name: 'Ada',
      caller_id_number: '1000',
      callee_id_name: 'Bob',
      callee_id_number: '1001',
      display_direction: 'inbound',
    });
    await scene.tell('verto.clientReady', { reattached_sessions: ['of-before'] });
    await scene.reply('verto.attach', { sessid: 's-1' });

    const [call] = resumed;
    expect(recovered).toEqual([['of-before']]);
    expect(scene.incoming).toEqual([]);
    expect(call).toMatchObject({ callId: 'of-before', direction: 'outgoing', party: { name: 'Bob', number: '1001' } });
    expect(call?.state).toBe('active');
    expect(scene.socket.last('verto.attach').params).toMatchObject({ sdp: 'answer-1', dialogParams: { callID: 'of-before' } });
  });

  it('ends an answered call that the server has forgotten', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();
    await scene.tell('verto.answer', { callID: call.callId, sdp: 'server-answer', variables: {} });
    await scene.socket.lose();
    await scene.browser.pass(500);

    await scene.acceptLogin([]);

    expect(call.end).toMatchObject({ cause: 'RECOVERY_ON_TIMER_EXPIRE', by: 'them' });
  });

  it('ends a call that was not answered', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();

    await scene.socket.lose();

    expect(call.end).toMatchObject({ causeCode: 27, trouble: { kind: 'connection-lost' } });
  });

  it('is noticed when the server falls silent', async () => {
    const scene = new Scene();
    await scene.login();

    await scene.browser.pass(HEARTBEAT_MS + REPLY_MS);

    expect(scene.socket.count('verto.ping')).toBe(1);
    expect(scene.socket.closed).toBe(true);
    expect(scene.session.state.name).toBe('waiting');
  });
});

describe('a session', () => {
  it('gives way to another that took it over, and stays away', async () => {
    const scene = new Scene();
    await scene.login();

    await scene.tell('verto.punt', {});
    await scene.browser.pass(60_000);

    expect(scene.session.state).toEqual({ name: 'closed', trouble: { kind: 'replaced' } });
    expect(scene.browser.sockets).toHaveLength(1);
  });

  it('hangs up its calls when it closes', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();

    const closed = scene.session.close();
    await scene.reply('verto.bye', { callID: call.callId, message: 'CALL ENDED' });
    await closed;

    expect(scene.socket.closed).toBe(true);
    expect(call.state).toBe('ended');
  });

  it('does not send what the server would close the connection for', async () => {
    const scene = new Scene();
    await scene.login();

    await expect(scene.session.sendMessage('1001@pbx.test', 'ä'.repeat(500_000))).rejects.toMatchObject({
      trouble: { kind: 'too-long', limit: 1_000_000 },
    });

    expect(scene.socket.count('verto.info')).toBe(0);
    expect(scene.session.state.name).toBe('ready');
  });

  it('hears a message of a megabyte whole', async () => {
    const scene = new Scene();
    await scene.login();
    const heard: number[] = [];
    scene.session.on('message', ({ body }) => heard.push(body.length));

    await scene.tell('verto.info', { msg: { from: '1001@pbx.test', to: '1000@pbx.test', body: '<b>'.repeat(333_333) } });

    expect(heard).toEqual([999_999]);
  });

  it('tells what the server says of its user', async () => {
    const scene = new Scene({ loginParams: { tenant: 'east' } });
    const opened = scene.session.open();
    await scene.socket.accept();
    await scene.reply('login', { message: 'logged in', moderator: true, stereoAudio: true, sessid: 's-1' });
    await opened;

    expect(scene.session.account).toEqual({ moderator: true, superuser: false, stereo: true });
    expect(scene.socket.last('login').params).toMatchObject({ loginParams: { tenant: 'east' } });
  });

  it('takes rubbish from the server calmly', async () => {
    const scene = new Scene();
    await scene.login();

    for (const text of ['{', '[]', '{"jsonrpc":"2.0","id":99,"result":{}}', '{"id":1,"method":"verto.bye","params":null}']) {
      await scene.socket.receive(text);
    }

    expect(scene.session.state.name).toBe('ready');
  });
});

describe('contacts', () => {
  it('come page by page, and what is none of them is passed over', async () => {
    const scene = new Scene();
    await scene.login();

    const contacts = scene.session.contacts();
    await scene.reply('verto.contacts', { contacts: [{ number: '1001', name: 'Ada', online: true }, 'rubbish', { name: 'Nobody' }], next: '1001' });
    await scene.reply('verto.contacts', { contacts: [{ number: '1002', online: false }] });

    expect(await contacts).toEqual([{ number: '1001', name: 'Ada', online: true }, { number: '1002', name: '', online: false }]);
    expect(scene.socket.last('verto.contacts').params).toMatchObject({ after: '1001' });
  });

  it('are refused by a server that does not tell', async () => {
    const scene = new Scene();
    await scene.login();

    const contacts = scene.session.contacts();
    const refused = expect(contacts).rejects.toMatchObject({ trouble: { kind: 'refused', code: -32601 } });
    await scene.refuse('verto.contacts', -32601, 'Invalid Method, Missing Method or Permission Denied');

    await refused;
  });
});

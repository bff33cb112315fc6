import { afterEach, describe, expect, it } from 'vitest';
import { ClassicConference } from '../src/compat/ClassicConference.ts';
import type { ClassicDialog } from '../src/compat/ClassicDialog.ts';
import { ClassicVerto, SESSION_KEY } from '../src/compat/ClassicVerto.ts';
import { classicEnum } from '../src/compat/enums.ts';
import { classic, install } from '../src/compat/install.ts';
import { LiveArray, type LiveChange } from '../src/compat/LiveArray.ts';
import type { Page } from '../src/compat/Page.ts';
import type { ClassicOptions } from '../src/compat/types.ts';
import type { Player } from '../src/media/browser/Browser.ts';
import { VertoError } from '../src/index.ts';
import { FakeBrowser, FakePlayer, type FakeSocket, FakeStream, settle } from '../src/testing/FakeBrowser.ts';

class FakePage implements Page {
  readonly browser = new FakeBrowser();
  readonly stored = new Map<string, string>();
  readonly said: string[] = [];
  readonly rings: string[] = [];
  readonly elements = new Map<string, FakePlayer>();

  player(tag: string): Player {
    const player = this.elements.get(tag) ?? new FakePlayer(this.browser);
    this.elements.set(tag, player);
    return player as unknown as Player;
  }

  recall(key: string): string | undefined {
    return this.stored.get(key);
  }

  remember(key: string, value: string): void {
    this.stored.set(key, value);
  }

  ring(file: string): () => void {
    this.rings.push(`rings ${file}`);
    return () => this.rings.push('quiet');
  }

  say(words: string): void {
    this.said.push(words);
  }
}

/** An old page, and the server that it talks to. */
class OldPage {
  readonly page = new FakePage();
  readonly log: string[] = [];
  readonly dialogs: ClassicDialog[] = [];
  readonly verto: ClassicVerto;
  private serial = 1_000_000_000;

  constructor(options: ClassicOptions = {}) {
    this.verto = new ClassicVerto(
      { login: '1000@pbx.test', passwd: 'secret', socketUrl: 'wss://pbx.test:8082', tag: 'webcam', ringFile: 'bell.wav', ...options },
      {
        onWSLogin: (_verto, success) => this.log.push(`login ${success}`),
        onWSClose: (_verto, success) => this.log.push(`close ${success}`),
        onDialogState: (dialog) => {
          if (!this.dialogs.includes(dialog)) this.dialogs.push(dialog);
          this.log.push(dialog.state.name);
        },
        onMessage: (_verto, dialog, message, params) => this.log.push(`${message.name} ${dialog?.callID ?? 'none'} ${JSON.stringify(params)}`),
        onEvent: (_verto, event) => this.log.push(`event ${String(event['eventChannel'])}`),
      },
      this.page,
    );
  }

  get socket(): FakeSocket {
    return this.page.browser.lastSocket;
  }

  /** The last dialog that the page was told of. */
  get dialog(): ClassicDialog {
    return this.dialogs.at(-1) as ClassicDialog;
  }

  async loggedIn(attached: readonly string[] = []): Promise<void> {
    await this.socket.accept();
    await this.reply('login', { message: 'logged in', sessid: this.verto.sessid });
    for (const callID of attached) await this.tell('verto.attach', { callID, sdp: 'offer', display_direction: 'inbound', callee_id_number: '9196' });
    await this.tell('verto.clientReady', { reattached_sessions: attached });
    if (attached.length > 0) await this.reply('verto.attach', {});
  }

  async called(): Promise<ClassicDialog> {
    const dialog = this.verto.newCall({ destination_number: '9196', caller_id_name: 'Ada', caller_id_number: '1000', useStereo: true }) as ClassicDialog;
    await settle();
    await this.reply('verto.invite', { message: 'CALL CREATED', callID: dialog.callID });
    return dialog;
  }

  async talking(): Promise<ClassicDialog> {
    const dialog = await this.called();
    await this.tell('verto.answer', { callID: dialog.callID, sdp: 'answer' });
    return dialog;
  }

  reply(method: string, result: Record<string, unknown>): Promise<void> {
    return this.socket.receive({ jsonrpc: '2.0', id: this.socket.last(method).id, result });
  }

  tell(method: string, params: Record<string, unknown>): Promise<void> {
    return this.socket.receive({ jsonrpc: '2.0', id: ++this.serial, method, params });
  }

  /** Lets a subscription be had. */
  async granted(): Promise<void> {
    await this.reply('verto.subscribe', { subscribedChannels: this.socket.last('verto.subscribe').params?.['eventChannel'] });
  }

  event(eventChannel: string, data: unknown): Promise<void> {
    return this.tell('verto.event', { eventChannel, data, eventSerno: 0 });
  }
}

afterEach(() => void ClassicVerto.saved.splice(0));

describe('the classic names', () => {
  it('of states are in their old order, each with its number', () => {
    expect(Object.values(classicEnum.state).map(({ name, val }) => `${val} ${name}`)).toEqual([
      '0 new', '1 requesting', '2 trying', '3 recovering', '4 ringing', '5 answering', '6 early', '7 active', '8 held', '9 hangup', '10 destroy', '11 purge',
    ]);
    expect(classicEnum.direction.inbound.name).toBe('inbound');
    expect(Object.keys(classicEnum.message)).toEqual(['display', 'info', 'pvtEvent', 'clientReady']);
  });

  it('stand on jQuery where the page has it, and on a name of their own where not', () => {
    const jQuery: Record<string, unknown> = {};
    const bare: { $?: Record<string, unknown>; jQuery?: Record<string, unknown>; addEventListener: () => void } = { addEventListener: () => undefined };

    install({ jQuery, $: jQuery, addEventListener: () => undefined }, new FakeBrowser());
    install(bare, new FakeBrowser());

    expect(Object.keys(jQuery)).toEqual(['verto', 'FSRTC']);
    expect(bare.$?.['verto']).toBe(ClassicVerto);
    expect(bare.jQuery).toBe(bare.$);
  });

  it('find the devices after asking, and keep the same lists', async () => {
    const browser = new FakeBrowser();
    const { verto } = classic(browser);
    const { audioInDevices } = verto;
    const told: unknown[] = [];

    verto.init({}, (status) => told.push(status));
    await settle();

    expect(told).toEqual([true]);
    expect(audioInDevices).toEqual([{ id: 'mic-1', kind: 'audio', label: 'Desk microphone' }]);
    expect(verto.audioOutDevices).toHaveLength(1);
    expect(browser.microphones[0]?.track.stopped).toBe(true);
  });

  it('tell that the microphone was refused', async () => {
    const browser = new FakeBrowser();
    browser.microphoneTrouble = new VertoError({ kind: 'microphone-refused' });
    const told: unknown[] = [];

    classic(browser).verto.init({ skipDeviceCheck: true }, (status) => told.push(status));
    classic(browser).verto.init({ skipDeviceCheck: true, skipPermissionCheck: true }, (status) => told.push(status));
    await settle();

    expect(told).toEqual([null, false]);
  });
});

describe('an old page', () => {
  it('is logged in with a session that it keeps', async () => {
    const old = new OldPage();
    await old.loggedIn();

    expect(old.log).toEqual(['login true', 'clientReady none {"reattached_sessions":[]}']);
    expect(old.page.stored.get(SESSION_KEY)).toBe(old.verto.sessid);
    expect(old.socket.last('login').params).toMatchObject({ login: '1000@pbx.test', passwd: 'secret', sessid: old.verto.sessid });
    expect(old.verto.rpcClient.socketReady()).toBe(true);
  });

  it('is told of a wrong password', async () => {
    const old = new OldPage();
    await old.socket.accept();

    await old.socket.receive({ jsonrpc: '2.0', id: old.socket.last('login').id, error: { code: -32001, message: 'Authentication Failure' } });

    expect(old.log).toEqual(['login false']);
  });

  it('tries again for as long as there is no server', async () => {
    const old = new OldPage();

    await old.socket.lose();
    await old.page.browser.pass(1_000);
    await old.socket.lose();
    await old.page.browser.pass(2_000);
    await old.loggedIn();

    expect(old.log.slice(0, 3)).toEqual(['close false', 'close false', 'login true']);
  });

  it('makes a call and goes through its states', async () => {
    const old = new OldPage();
    await old.loggedIn();
    old.log.length = 0;

    const dialog = await old.called();
    await old.tell('verto.media', { callID: dialog.callID, sdp: 'answer' });
    await old.tell('verto.answer', { callID: dialog.callID });
    old.page.browser.lastPeer.ontrack?.({ streams: [new FakeStream()], track: new FakeStream().track });
    dialog.hangup();
    await settle();

    expect(old.log).toEqual(['requesting', 'trying', 'early', 'active', 'hangup', 'destroy']);
    expect(old.socket.last('verto.invite').params?.['dialogParams']).toMatchObject({
      destination_number: '9196', caller_id_name: 'Ada', caller_id_number: '1000', useStereo: true,
    });
    expect(old.page.elements.get('webcam')?.srcObject).not.toBeNull();
    expect(dialog.cidString()).toBe('Outbound Call <9196>');
    expect(old.verto.dialogs).toEqual({});
    expect(old.socket.last('verto.bye').params).toMatchObject({ cause: 'NORMAL_CLEARING' });
  });

  it('is told why the other side ended it', async () => {
    const old = new OldPage();
    await old.loggedIn();
    const dialog = await old.called();

    await old.tell('verto.bye', { callID: dialog.callID, cause: 'USER_BUSY', causeCode: 17 });

    expect(dialog).toMatchObject({ cause: 'USER_BUSY', causeCode: 17, state: classicEnum.state.destroy, lastState: classicEnum.state.hangup });
  });

  it('is told that there is no microphone', async () => {
    const old = new OldPage();
    await old.loggedIn();
    old.page.browser.microphoneTrouble = new VertoError({ kind: 'microphone-missing' });

    const dialog = old.verto.newCall({ destination_number: '9196' });
    await settle();

    expect(dialog?.cause).toBe('Device or Permission Error');
    expect(dialog?.state.name).toBe('destroy');
  });

  it('rings and answers, through the microphone that it says', async () => {
    const old = new OldPage();
    await old.loggedIn();
    old.page.browser.plugged.push({ kind: 'audioinput', deviceId: 'mic-2', label: 'Headset' });
    old.log.length = 0;

    await old.tell('verto.invite', {
      callID: 'in-1', sdp: 'offer', caller_id_name: 'Bob', caller_id_number: '1001', display_direction: 'outbound', verto_h_color: 'red',
    });
    const { dialog } = old;
    expect(old.page.rings).toEqual(['rings bell.wav']);
    expect(dialog.params).toMatchObject({ caller_id_number: '1001', remote_caller_id_name: 'Bob', verto_h_color: 'red' });
    dialog.answer({ useMic: 'mic-2' });
    dialog.answer();
    await settle();
    await old.reply('verto.answer', {});

    expect(old.log).toEqual(['ringing', 'answering', 'active']);
    expect(old.page.rings).toEqual(['rings bell.wav', 'quiet']);
    expect(old.page.browser.microphones.at(-1)?.device.label).toBe('Headset');
    expect(dialog.direction).toBe(classicEnum.direction.inbound);
  });

  it('holds, mutes, sends digits, words and calls elsewhere', async () => {
    const old = new OldPage();
    await old.loggedIn();
    const dialog = await old.talking();

    dialog.hold();
    await old.reply('verto.modify', { action: 'hold', holdState: 'held' });
    expect(dialog.state.name).toBe('held');
    dialog.unhold();
    await old.reply('verto.modify', { action: 'unhold', holdState: 'active' });
    expect(dialog.state.name).toBe('active');
    expect([dialog.setMute('off'), dialog.getMute(), dialog.setMute('toggle'), dialog.setMute('on'), dialog.getMute()]).toEqual([true, false, false, false, true]);
    dialog.dtmf('12#');
    expect(old.socket.last('verto.info').params).toMatchObject({ dtmf: '12#' });
    dialog.rtt({ code: 65 });
    expect(old.socket.last('verto.info').params).toMatchObject({ txt: { chars: 'A' } });
    expect(dialog.message({ to: '1001@pbx.test', body: 'hi' })).toBe(true);
    expect(old.socket.last('verto.info').params).toMatchObject({ msg: { to: '1001@pbx.test', body: 'hi' }, dialogParams: { callID: dialog.callID } });
    expect(dialog.message({ to: '1001@pbx.test' })).toBe(false);
    dialog.transfer('3000');
    expect(old.socket.last('verto.modify').params).toMatchObject({ action: 'transfer', destination: '3000' });
    dialog.replace('other');
    expect(old.socket.last('verto.modify').params).toMatchObject({ action: 'replace', replaceCallID: 'other' });
  });

  it('shows oneself by the classic names, in the element that is named for it', async () => {
    const old = new OldPage({ videoParams: { minWidth: 640, maxWidth: 1280, maxFrameRate: 30 } });
    const { browser } = old.page;
    browser.plugged.push({ kind: 'videoinput', deviceId: 'cam-1', label: 'Camera' }, { kind: 'videoinput', deviceId: 'cam-2', label: 'Other camera' });
    await old.loggedIn();

    const dialog = old.verto.newCall({ destination_number: '3500', useVideo: true, localTag: 'self', useCamera: 'cam-2' });
    await settle();

    expect(browser.cameras[0]?.constraints).toEqual({ deviceId: { exact: 'cam-2' }, width: { min: 640, max: 1280 }, frameRate: { max: 30 } });
    expect(old.socket.last('verto.invite').params).toMatchObject({ sdp: 'offer-1 picture-sendrecv', dialogParams: { useVideo: true } });
    expect(old.page.elements.get('self')).toMatchObject({ srcObject: browser.cameras[0], muted: true, playing: true });
    expect(dialog?.getVideoMute()).toBe(true);
    expect(dialog?.setVideoMute('toggle')).toBe(true);
    expect(browser.cameras[0]?.track.enabled).toBe(false);
    expect(dialog?.getVideoMute()).toBe(false);
    expect(old.page.said).toEqual([]);
  });

  it('shares a screen in a call of its own, which has no sound', async () => {
    const old = new OldPage();
    await old.loggedIn();

    old.verto.newCall({ destination_number: '3500-screen', screenShare: true, useVideo: true });
    await settle();

    expect(old.page.browser.microphones).toHaveLength(0);
    expect(old.page.browser.screens).toHaveLength(1);
    expect(old.socket.last('verto.invite').params).toMatchObject({ sdp: 'offer-1 picture-sendonly', dialogParams: { destination_number: '3500-screen', screenShare: true } });
  });

  it('plays on another speaker, and says when that is not there', async () => {
    const old = new OldPage();
    await old.loggedIn();
    const dialog = await old.talking();
    const told: unknown[] = [];

    dialog.setAudioPlaybackDevice('speaker-1', (...given) => told.push(given), 7);
    dialog.setAudioPlaybackDevice('gone', (...given) => told.push(given));
    await settle();

    expect(told).toEqual([[true, 'speaker-1', 7], [false, null, undefined]]);
    expect(old.page.elements.get('webcam')?.sink).toBe('speaker-1');
  });

  it('gets its call back as another dialog when the connection was lost', async () => {
    const old = new OldPage();
    await old.loggedIn();
    const dialog = await old.talking();
    old.log.length = 0;

    await old.socket.lose();
    expect(old.log).toEqual(['close false', 'purge', 'destroy']);
    await old.page.browser.pass(1_000);
    await old.loggedIn([dialog.callID]);

    expect(old.log.slice(3)).toEqual([
      'login true', `clientReady none {"reattached_sessions":["${dialog.callID}"]}`, 'recovering', 'answering', 'active',
    ]);
    expect(Object.keys(old.verto.dialogs)).toEqual([dialog.callID]);
    expect(old.dialog).not.toBe(dialog);
    expect(old.socket.count('verto.bye')).toBe(0);
  });

  it('gets its call back after it was loaded anew', async () => {
    const old = new OldPage({ sessid: 'of-before' });

    await old.loggedIn(['call-of-before']);

    expect(old.log).toEqual(['login true', 'recovering', 'clientReady none {"reattached_sessions":["call-of-before"]}', 'answering', 'active']);
    expect(old.page.stored.size).toBe(0);
    expect(old.dialog.params).toMatchObject({ attach: true, remote_caller_id_number: '9196' });
  });

  it('leaves without hanging up, and signs in anew with other words', async () => {
    const old = new OldPage();
    await old.loggedIn();
    await old.talking();
    old.log.length = 0;

    old.verto.loginData({ login: '1001@pbx.test', passwd: 'other' });
    old.verto.login();
    await old.loggedIn();

    expect(old.log).toEqual(['hangup', 'destroy', 'close false', 'login true', 'clientReady none {"reattached_sessions":[]}']);
    expect(old.socket.last('login').params).toMatchObject({ login: '1001@pbx.test', passwd: 'other' });
    expect(old.page.browser.sockets[0]?.count('verto.bye')).toBe(0);
  });

  it('gives way to another tab, for good', async () => {
    const old = new OldPage();
    await old.loggedIn();

    await old.tell('verto.punt', {});
    await old.page.browser.pass(60_000);

    expect(old.log.at(-1)).toBe('close false');
    expect(old.page.browser.sockets).toHaveLength(1);
    expect(old.verto.newCall({ destination_number: '9196' })).toBeUndefined();
    expect(old.page.said).toEqual(['not connected']);
  });

  it('hears words, names and private events where it always did', async () => {
    const old = new OldPage();
    await old.loggedIn();
    const { callID } = await old.talking();
    old.log.length = 0;

    await old.tell('verto.info', { msg: { from: '1001@pbx.test', to: '1000@pbx.test', body: 'hi', from_msg_name: 'Bob' } });
    await old.tell('verto.info', { callID, msg: { from: 'x', to: 'y', body: 'in call' } });
    await old.tell('verto.display', { callID, display_name: 'Echo', display_number: '9196' });
    await old.tell('verto.event', { eventChannel: old.verto.sessid, eventType: 'channelPvtData', pvtData: { callID, action: 'conference-liveArray-join', laChannel: 'la', laName: '3500' } });

    expect(old.log).toEqual([
      'info none {"from":"1001@pbx.test","to":"1000@pbx.test","body":"hi","from_msg_name":"Bob"}',
      `info ${callID} {"from":"x","to":"y","body":"in call"}`,
      `display ${callID} {}`,
      expect.stringContaining(`pvtEvent ${callID} {"eventChannel"`),
    ]);
    expect(old.dialog.cidString(true)).toBe('Echo &lt;9196&gt;');
  });

  it('hears channels by a handler, or by onEvent, until it wants no more', async () => {
    const old = new OldPage();
    await old.loggedIn();
    const heard: unknown[] = [];
    old.log.length = 0;

    const [handle] = old.verto.subscribe('demo', {
      handler: (_verto, event, userData) => heard.push([event['data'], userData]),
      userData: 'mine',
      readyHandler: (_verto, channel) => heard.push(`ready ${channel}`),
    });
    await old.granted();
    old.verto.subscribe(['presence']);
    await old.granted();
    await old.event('demo', { n: 1 });
    await old.event('presence.1001', {});
    old.verto.unsubscribe([handle as NonNullable<typeof handle>]);
    await old.event('demo', { n: 2 });
    old.verto.broadcast('demo', { n: 3 });

    expect(heard).toEqual(['ready demo', [{ n: 1 }, 'mine']]);
    expect(old.log).toEqual(['event presence.1001']);
    expect(old.socket.last('verto.broadcast').params).toMatchObject({ eventChannel: 'demo', data: { n: 3 } });
    expect(old.socket.last('verto.unsubscribe').params).toMatchObject({ eventChannel: ['demo'] });
  });

  it('calls the server as it likes', async () => {
    const old = new OldPage();
    await old.loggedIn();
    const heard: unknown[] = [];

    old.verto.rpcClient.call('echo', { n: 1 }, (result) => heard.push(result));
    await old.reply('echo', { n: 1 });
    old.verto.rpcClient.call('jsapi', {}, undefined, (error) => heard.push(error));
    await old.socket.receive({ jsonrpc: '2.0', id: old.socket.last('jsapi').id, error: { code: -32601, message: 'no' } });
    old.verto.rpcClient.speedTest(1024, (_event, speed) => heard.push(speed));
    await old.socket.receive('#SPU 8');
    await old.page.browser.pass(4);
    await old.socket.receive(`#SPB${'.'.repeat(1020)}`);
    await old.socket.receive('#SPD 4');
    await settle();

    expect(heard).toEqual([{ n: 1 }, { code: -32601, message: 'no' }, { upKPS: 1024, downKPS: 2048, upDur: 8, downDur: 4 }]);
  });
});

describe('a live array', () => {
  const LA = 'conference-liveArray.3500@pbx.test';

  async function watched(): Promise<{ old: OldPage; array: LiveArray; changes: string[] }> {
    const old = new OldPage();
    await old.loggedIn();
    const changes: string[] = [];
    const array = new LiveArray(old.verto, LA, '3500', {
      onChange: (_array, { action, key, index }: LiveChange) => changes.push([action, key, index].filter((part) => part !== undefined).join(' ')),
    });
    await old.granted();
    await old.event(LA, { action: 'bootObj', name: '3500', wireSerno: -1, data: [['a', ['0001']], ['b', ['0002']]] });
    return { old, array, changes };
  }

  const change = (old: OldPage, action: string, hashKey: string, wireSerno: number, more = {}): Promise<void> =>
    old.event(LA, { action, name: '3500', hashKey, wireSerno, data: [hashKey], ...more });

  it('follows the list of the server', async () => {
    const { old, array, changes } = await watched();

    await change(old, 'add', 'c', 5, { arrIndex: 99 });
    await change(old, 'modify', 'a', 6);
    await change(old, 'del', 'b', 7);
    await old.event(LA, { action: 'add', name: 'other', hashKey: 'x', wireSerno: 1, data: [] });

    expect(changes).toEqual(['bootObj', 'add c 2', 'modify a 0', 'del b 1']);
    expect(array.order()).toEqual(['a', 'c']);
    expect(array.asArray()).toEqual([['a'], ['c']]);
    expect([array.arrayLen(), array.indexOf('c'), array.indexOf('b'), array.get('a')]).toEqual([2, 1, undefined, ['a']]);
    await old.event(LA, { action: 'clear', name: '3500', wireSerno: -1, data: {} });
    expect(array.arrayLen()).toBe(0);
  });

  it('asks for all of it after a gap, and goes on', async () => {
    const { old, array } = await watched();
    const errors: unknown[] = [];
    array.onErr = (_array, error) => errors.push(error);
    await change(old, 'add', 'c', 5);

    await change(old, 'add', 'd', 7);
    expect(old.socket.count('verto.broadcast')).toBe(2);
    await old.event(LA, { action: 'bootObj', name: '3500', wireSerno: -1, data: [['a', ['0001']], ['d', ['0004']]] });
    await change(old, 'add', 'e', 8);

    expect(errors).toEqual([{ lastSerno: 5, serno: 7 }]);
    expect(array.order()).toEqual(['a', 'd', 'e']);
  });

  it('beats, and ends', async () => {
    const { old, array } = await watched();

    array.startHeartbeat();
    old.page.browser.after(25_001, () => void old.reply('verto.ping', {}));
    await old.page.browser.pass(30_000);
    expect(old.socket.last('verto.broadcast').params).toMatchObject({ data: { liveArray: { command: 'heartbeat', context: LA, name: '3500' } } });
    array.destroy();
    await settle();

    expect(old.socket.last('verto.unsubscribe').params).toMatchObject({ eventChannel: [LA] });
  });
});

describe('a conference', () => {
  const DATA = { laChannel: 'la', laName: '3500', chatChannel: 'chat', infoChannel: 'info' };

  it('of a moderator gives commands and tells what is said to them', async () => {
    const old = new OldPage();
    await old.loggedIn();
    const heard: unknown[] = [];
    const conference = new ClassicConference(old.verto, {
      laData: { ...DATA, modChannel: 'mod' },
      onBroadcast: (_verto, _conference, data) => heard.push(data),
      chatCallback: (_verto, event) => heard.push(event['data']),
    });
    await old.granted();
    await old.event('mod', { action: 'response', response: '+OK' });
    await old.event('chat', { message: 'hi' });
    const sent: unknown[] = [];
    const last = (): unknown => (old.socket.last('verto.broadcast').params as { data: unknown }).data;

    conference.muteMic(7);
    sent.push(last());
    conference.volumeUp('0007');
    sent.push(last());
    conference.record('a.wav');
    sent.push(last());
    conference.setVideoLayout('2x2', 1);
    sent.push(last());
    conference.sendChat('hello');
    sent.push(last());
    conference.destroy();
    await old.event('mod', { action: 'response', response: 'late' });

    expect(sent).toEqual([
      { application: 'conf-control', command: 'tmute', id: 7, value: null },
      { application: 'conf-control', command: 'volume_out', id: '0007', value: 'up' },
      { application: 'conf-control', command: 'recording', id: null, value: ['start', 'a.wav'] },
      { application: 'conf-control', command: 'vid-layout', id: null, value: ['2x2', '1'] },
      { action: 'send', message: 'hello', type: 'message' },
    ]);
    expect(heard).toEqual([{ action: 'response', response: '+OK' }, { message: 'hi' }]);
  });

  it('of others says that they are none', async () => {
    const old = new OldPage();
    await old.loggedIn();
    const conference = new ClassicConference(old.verto, { laData: DATA });

    conference.kick(7);

    expect(conference.hasMod).toBe(false);
    expect(old.page.said).toEqual(['only moderators can do that: kick']);
    expect(old.socket.count('verto.broadcast')).toBe(0);
  });
});

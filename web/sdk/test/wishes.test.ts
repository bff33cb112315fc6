import { describe, expect, it } from 'vitest';
import { microphoneOf, type WireLine } from '../src/index.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
import { LIST, RoomScene } from './roomScene.ts';
import { Scene } from './scene.ts';

describe('a call with wishes of its own', () => {
  it('bears another name, its variables and an id that is given', async () => {
    const scene = new Scene({ callerName: 'Ada' });
    await scene.login();

    scene.session.dial('3000', { callerName: 'Desk', callerNumber: '77', callId: 'mine', userVariables: { email: 'ada@pbx.test' }, stereo: true });
    await settle();

    expect(scene.socket.last('verto.invite').params?.['dialogParams']).toEqual({
      callID: 'mine', destination_number: '3000', caller_id_name: 'Desk', caller_id_number: '77', useStereo: true, userVariables: { email: 'ada@pbx.test' },
    });
  });

  it('is answered through another microphone than that of the session', async () => {
    const scene = new Scene();
    await scene.login();
    scene.browser.plugged.push({ kind: 'audioinput', deviceId: 'mic-2', label: 'Headset' });
    const call = await scene.rung();

    void call.answer({ microphone: microphoneOf('mic-2') });
    await settle();

    expect(scene.browser.microphones.at(-1)?.device.label).toBe('Headset');
  });
});

describe('inside a call', () => {
  it('words, typed text and digits come, and words reach the session too', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();
    const heard: unknown[] = [];
    call.on('message', ({ body }) => heard.push(body));
    call.on('text', (text) => heard.push(text));
    call.on('digits', (digits) => heard.push(digits));
    scene.session.on('message', ({ body }) => heard.push(`session: ${body}`));

    await scene.tell('verto.info', { callID: call.callId, msg: { from: '1001@pbx.test', to: '1000@pbx.test', body: 'hi' } });
    await scene.tell('verto.info', { callID: call.callId, txt: { chars: 'ty' } });
    await scene.tell('verto.info', { callID: call.callId, dtmf: '5' });
    await scene.tell('verto.info', { callID: 'unknown', dtmf: '6' });
    await scene.tell('verto.info', { callID: call.callId });

    expect(heard).toEqual(['hi', 'session: hi', 'ty', '5']);
  });

  it('words and typed text are sent', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled('1001');

    void call.sendMessage('hi').catch(() => undefined);
    expect(scene.socket.last('verto.info').params).toMatchObject({ msg: { to: '1001', body: 'hi', inDialog: true }, dialogParams: { callID: call.callId } });
    void call.sendText('t').catch(() => undefined);
    expect(scene.socket.last('verto.info').params).toMatchObject({ txt: { chars: 't' }, dialogParams: { callID: call.callId } });
  });
});

describe('a session', () => {
  it('logs every message, and no password', async () => {
    const lines: WireLine[] = [];
    const scene = new Scene({ log: (line) => lines.push(line) });
    await scene.login();
    await scene.socket.receive('{');

    expect(lines.map(({ direction, message }) => `${direction} ${(message as { method?: string }).method ?? 'none'}`)).toEqual([
      'sent login', 'received none', 'received verto.clientReady', 'received none',
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('sends any request, and tells what is said to it', async () => {
    const scene = new Scene();
    await scene.login();

    const echoed = scene.session.send('echo', { n: 1 });
    await scene.reply('echo', { n: 1, sessid: 's-1' });
    expect(await echoed).toEqual({ n: 1, sessid: 's-1' });
    const refused = scene.session.send('jsapi', { command: 'status' });
    refused.catch(() => undefined);
    await scene.refuse('jsapi', -32601, 'Permission Denied');

    await expect(refused).rejects.toMatchObject({ trouble: { kind: 'refused', method: 'jsapi', code: -32601 } });
  });

  it('makes no rooms where the application does not want them, and passes on what it is told', async () => {
    const scene = new RoomScene({ rooms: false });
    const told: unknown[] = [];
    scene.session.on('private', (params) => told.push(params['eventType']));
    scene.session.on('room', () => told.push('room'));
    await scene.login();
    scene.callId = (await scene.dialled('3500')).callId;

    await scene.place('conference-liveArray-join');

    expect(told).toEqual(['channelPvtData']);
    expect(scene.socket.sent.some((frame) => JSON.stringify(frame.params).includes(LIST))).toBe(false);
  });

  it('hears what who runs the server announces', async () => {
    const scene = new Scene();
    await scene.login();
    const heard: string[] = [];
    scene.session.on('announcement', (words) => heard.push(words));

    await scene.tell('verto.announce', { msg: ['down', 'at', 'noon'] });
    await scene.tell('verto.announce', { msg: 'none' });

    expect(heard).toEqual(['down at noon']);
  });

  it('tells who said what on an event channel', async () => {
    const scene = new Scene();
    await scene.login();
    const heard: unknown[] = [];
    const subscribed = scene.session.subscribe('demo', ({ from, fromName, params }) => heard.push([from, fromName, params?.['eventSerno']]));
    await scene.reply('verto.subscribe', { subscribedChannels: ['demo'] });
    await subscribed;

    await scene.tell('verto.event', { eventChannel: 'demo', data: {}, userid: '1001@pbx.test', fromDisplay: 'Bob', eventSerno: 4 });

    expect(heard).toEqual([['1001@pbx.test', 'Bob', 4]]);
  });
});

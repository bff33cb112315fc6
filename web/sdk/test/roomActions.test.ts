import { describe, expect, it } from 'vitest';
import type { Canvas, Member, Position } from '../src/index.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
import { CHAT, INFO, MOD, RoomScene } from './roomScene.ts';

const bob = (scene: RoomScene): Member => scene.rooms[0]?.members[1] as Member;

describe('a moderator who asks', () => {
  it('learns what the server says to that very command', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');

    const first = room.ask('volume_in', 8, '2');
    await scene.reply('verto.broadcast', {});
    const second = room.ask('mute', 8);
    await scene.reply('verto.broadcast', {});
    // Somebody else's command is none of ours.
    await scene.event(MOD, { action: 'response', 'conf-command': '3500 mute 9', response: '+OK mute 9\n' });
    await scene.event(MOD, { action: 'response', 'conf-command': '3500 mute 8', response: '+OK mute 8\n' });
    await scene.event(MOD, { action: 'response', 'conf-command': '3500 volume_in 8 2', response: '+OK Volume IN 8 = 2\n' });

    expect((await first).response).toBe('+OK Volume IN 8 = 2\n');
    expect(await second).toEqual({ command: '3500 mute 8', response: '+OK mute 8\n', ok: true, data: undefined });
  });

  it.each([
    ['an error', { 'conf-command': '3500 kick 8', response: '-ERR Non-Existant ID 8\n' }, '-ERR Non-Existant ID 8\n'],
    ['a command that is none', { error: 'Invalid Command' }, 'Invalid Command'],
  ])('is refused with the words of the server: %s', async (_, said, message) => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');
    const ok: boolean[] = [];
    room.on('reply', (reply) => ok.push(reply.ok));

    const asked = room.ask('kick', 8);
    asked.catch(() => undefined);
    await scene.answers(said);

    await expect(asked).rejects.toMatchObject({ trouble: { kind: 'refused', method: 'kick 8', message } });
    expect(ok).toEqual([false]);
  });

  it('is told when nobody answers, and at the end of the room', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');
    const late = room.ask('play', null, 'a.wav');
    late.catch(() => undefined);
    await scene.reply('verto.broadcast', {});
    await scene.browser.pass(5_000);
    const cut = room.ask('play', null, 'b.wav');
    cut.catch(() => undefined);
    await scene.reply('verto.broadcast', {});
    await scene.place('conference-liveArray-part');

    await expect(late).rejects.toMatchObject({ trouble: { kind: 'timeout', method: 'play' } });
    await expect(cut).rejects.toMatchObject({ trouble: { kind: 'wrong-state' } });
  });

  it('knows the reply to a transfer, which names only where to', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');

    const asked = room.ask('transfer', 8, '9196');
    await scene.answers({ 'conf-command': '9196 XML default', response: '+OK Call transferred to 9196\n' });

    expect((await asked).ok).toBe(true);
  });

  it('waits until he hears what is said to him', async () => {
    const scene = new RoomScene();
    let asked: Promise<unknown> | undefined;
    scene.session.on('room', (room) => (asked = room.ask('mute', 8)));

    await scene.joined('moderator');
    await settle();

    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ data: { command: 'mute', id: 8 } });
    await scene.answers({ 'conf-command': '3500 mute 8', response: '+OK mute 8\n' });
    expect(await asked).toMatchObject({ ok: true });
  });

  it('hears of recordings', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');
    const heard: boolean[] = [];
    room.on('recording', (now) => heard.push(now));

    const started = room.startRecording('/tmp/x.wav');
    await scene.answers({ 'conf-command': '3500 recording start /tmp/x.wav', response: '+OK Record file /tmp/x.wav\n' });
    await started;
    expect(room.isRecorded).toBe(true);
    await scene.event(MOD, { action: 'response', 'conf-command': '3500 recording stop all', response: 'Stopped recording file a.wav\n+OK Stopped recording 1 file(s)\n' });

    expect(heard).toEqual([true, false]);
    expect(room.isRecorded).toBe(false);
  });

  it('locks and unlocks the room', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');
    const heard: boolean[] = [];
    room.on('locked', (locked) => heard.push(locked));

    const locked = room.lock();
    await scene.answers({ 'conf-command': '3500 lock', response: '+OK 3500 locked\n' });
    await locked;
    expect(room.isLocked).toBe(true);
    await scene.event(MOD, { action: 'response', 'conf-command': '3500 unlock', response: '+OK 3500 unlocked\n' });

    expect(heard).toEqual([true, false]);
    expect(scene.socket.count('fsapi')).toBe(0);
  });

  it('locks it by a command of the switch where the server knows no other way', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');

    const locked = room.lock();
    await scene.answers({ error: 'Invalid Command' });
    expect(scene.socket.last('fsapi').params).toMatchObject({ cmd: 'conference', arg: '3500 lock' });
    await scene.reply('fsapi', { message: '+OK 3500 locked\n' });
    await locked;

    expect(room.isLocked).toBe(true);
  });

  it.each([
    ['may not', (scene: RoomScene) => scene.refuse('fsapi', -32601, 'Permission Denied'), 'Permission Denied'],
    ['names no room', (scene: RoomScene) => scene.reply('fsapi', { message: '-ERR Conference 3500 not found\n' }), '-ERR Conference 3500 not found'],
    ['knows no such command', (scene: RoomScene) => scene.reply('fsapi', { message: 'INVALID CALL' }), 'INVALID CALL'],
  ])('is refused by a switch that he %s', async (_, answer, message) => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');

    const locked = room.lock();
    locked.catch(() => undefined);
    await scene.answers({ error: 'Invalid Command' });
    await answer(scene);

    await expect(locked).rejects.toMatchObject({ trouble: { kind: 'refused', message } });
    expect(room.isLocked).toBe(false);
  });
});

describe('places in a room', () => {
  it('of others are a moderator\'s to give, and all moderators hear of them', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');
    const heard: [number, Position][] = [];
    room.on('position', ({ memberId, position }) => heard.push([memberId, position]));

    const asked = room.askPosition(bob(scene));
    await scene.answers({ 'conf-command': '3500 position 8', response: '+OK Position 8 = -0.50:0.00:-1.00\n' });

    expect(await asked).toEqual({ x: -0.5, y: 0, z: -1 });
    expect(heard).toEqual([[8, { x: -0.5, y: 0, z: -1 }]]);
    expect(room.positionOf(bob(scene))).toEqual({ x: -0.5, y: 0, z: -1 });
  });

  it('are one\'s own to take where the room lets everybody', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();

    const sat = room.sit(1, 0, -0.25);
    expect(scene.socket.last('verto.broadcast').params).toMatchObject({
      eventChannel: INFO, data: { application: 'conf-control', command: 'position', id: 7, value: '1.00:0.00:-0.25' },
    });
    await scene.reply('verto.broadcast', {});
    await scene.tell('verto.event', {
      eventChannel: MOD, data: { action: 'response', 'conf-command': '3500 position 7 1.00:0.00:-0.25', response: '+OK Position 7 = 1.00:0.00:-0.25\n' },
    });
    await sat;

    expect(room.positionOf(room.me as Member)).toEqual({ x: 1, y: 0, z: -0.25 });
  });

  it('are refused where the room does not', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();

    const sat = room.sit(1, 0, 0);
    sat.catch(() => undefined);
    await scene.answers({ error: 'Permission Denied' });

    await expect(sat).rejects.toMatchObject({ trouble: { kind: 'refused', message: 'Permission Denied' } });
  });
});

describe('what was said before', () => {
  it('comes when it is asked for', async () => {
    const scene = new RoomScene({ login: '2101' });
    const room = await scene.joined();

    const asked = room.history();
    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ eventChannel: CHAT, data: { action: 'history' } });
    await scene.reply('verto.broadcast', {});
    await scene.event(CHAT, {
      action: 'history',
      messages: [{ message: 'one', from: '2101@pbx.test', fromDisplay: 'Ada' }, { message: 'two', from: '2102@pbx.test' }, null, { from: 'x' }],
    });

    expect(await asked).toEqual([
      { from: '2101@pbx.test', name: 'Ada', text: 'one', mine: true },
      { from: '2102@pbx.test', name: '2102@pbx.test', text: 'two', mine: false },
    ]);
  });

  it('comes too when it is asked for at the very door', async () => {
    const scene = new RoomScene();
    let asked: Promise<readonly unknown[]> | undefined;
    scene.session.on('room', (room) => (asked = room.history()));
    await scene.login();
    scene.callId = (await scene.dialled('3500')).callId;

    await scene.place('conference-liveArray-join');
    await scene.reply('verto.broadcast', {});
    await scene.event(CHAT, { action: 'history', messages: [{ message: 'one', from: 'x' }] });

    expect(await asked).toHaveLength(1);
  });

  it('is nothing where the server keeps nothing', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();

    const asked = room.history();
    await scene.reply('verto.broadcast', {});
    await scene.browser.pass(2_000);

    expect(await asked).toEqual([]);
  });
});

describe('recordings of a room', () => {
  it('are listed, and each has an address', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');

    const asked = room.recordings();
    await settle();
    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ data: { command: 'recording', value: ['list'] } });
    await scene.answers({ 'conf-command': '3500 recording list', response: '/rec/a;b.wav;1700000000;61500\n/rec/c.wav;1700000100;\nnonsense\n' });
    expect(await asked).toEqual([
      { path: '/rec/a;b.wav', begunAt: 1_700_000_000_000, milliseconds: 61_500 },
      { path: '/rec/c.wav', begunAt: 1_700_000_100_000, milliseconds: undefined },
    ]);
    const address = room.recordingAddress({ path: '/rec/c.wav' });
    await settle();
    await scene.answers({ 'conf-command': '3500 recording link /rec/c.wav', response: '+OK /recordings/ticket/c.wav\n' });
    expect(await address).toBe('/recordings/ticket/c.wav');
  });

  it('may be none', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');

    const asked = room.recordings();
    await settle();
    await scene.answers({ 'conf-command': '3500 recording list', response: '+OK Nothing was recorded.\n' });

    expect(await asked).toEqual([]);
  });
});

describe('pictures in a room', () => {
  it('are not asked for where there are none', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');

    expect(await room.layouts()).toEqual([]);
    expect(scene.socket.sent.some((frame) => JSON.stringify(frame.params).includes(INFO))).toBe(false);
  });

  it('are arranged as the server tells', async () => {
    const scene = new RoomScene();
    scene.canvasCount = 1;
    const room = await scene.joined('moderator');
    const canvases: Canvas[] = [];
    room.on('canvas', (canvas) => canvases.push(canvas));

    const asked = room.layouts();
    await scene.answers({
      'conf-command': 'list-videoLayouts', response: 'OK',
      responseData: [{ type: 'layout', name: '2x2', resIDS: ['presenter'], slots: [[0, 0, 180, 360], 'odd', [180, 0, 180, 360]] }, { type: 'layoutGroup', name: 'group:grid', groupLayouts: ['1x1', '2x2'] }, 5],
    });
    await scene.tell('verto.event', {
      eventChannel: INFO,
      eventData: {
        contentType: 'layout-info',
        canvasInfo: { canvasID: 0, layersUsed: 2, layoutName: '2x2', canvasLayouts: [{ x: 180, y: 0, scale: 180, hscale: 90, xPOS: 640, yPOS: 0, screenWidth: 640, screenHeight: 180, floor: 1 }] },
      },
    });

    expect(await asked).toEqual([
      { name: '2x2', isGroup: false, reservations: ['presenter'], members: [], slots: [{ x: 0, y: 0, width: 0.5, height: 1 }, { x: 0.5, y: 0, width: 0.5, height: 1 }] },
      { name: 'group:grid', isGroup: true, reservations: [], members: ['1x1', '2x2'], slots: [] },
    ]);
    expect(canvases).toEqual([
      { id: 0, layout: '2x2', used: 2, places: [{ x: 640, y: 0, width: 640, height: 180, isFloor: true, reservation: undefined, slot: { x: 0.5, y: 0, width: 0.5, height: 0.25 } }] },
    ]);
    const set = room.setLayout('2x2', 1);
    await settle();
    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ data: { command: 'vid-layout', value: ['2x2', '1'] } });
    await scene.answers({ 'conf-command': '3500 vid-layout 2x2 1', response: '+OK Change canvas 1 to layout [2x2]\n' });
    await set;
  });
});

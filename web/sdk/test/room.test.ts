import { describe, expect, it } from 'vitest';
import type { Member, Room, RoomMessage } from '../src/index.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
import { CHAT, LIST, MOD, RoomScene, row, status } from './roomScene.ts';
import { Scene } from './scene.ts';

const names = (room: Room): string[] => room.members.map((member) => member.name);

describe('a room', () => {
  it('knows who is in it when the list has come', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();

    expect(names(room)).toEqual(['Ada', 'Bob']);
    expect(room.me?.id).toBe(7);
    expect(room.name).toBe('3500');
    expect(room.isModerator).toBe(false);
    expect(room.members[1]).toEqual({
      callId: 'b', id: 8, name: 'Bob', number: '2101', codec: 'opus@48000', muted: false, deaf: false, held: false, talking: false, floor: false,
      energy: 0, moderator: false, video: undefined, variables: { email: 'Bob@pbx.test' },
    });
  });

  it('tells who comes, talks and goes', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();
    const heard: string[] = [];
    room.on('joined', (member) => heard.push(`${member.name} joined`));
    room.on('changed', ({ member, before }) => heard.push(`${member.name} ${before.talking}->${member.talking}`));
    room.on('parted', (member) => heard.push(`${member.name} parted`));

    await scene.change('add', 'c', row('0009', 'Cy'));
    await scene.change('modify', 'c', row('0009', 'Cy', status({ talking: true })));
    await scene.change('del', 'c', row('0009', 'Cy'));

    expect(heard).toEqual(['Cy joined', 'Cy false->true', 'Cy parted']);
    expect(names(room)).toEqual(['Ada', 'Bob']);
  });

  it('asks for the list anew when a change is missing, and believes nothing until it comes', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();
    await scene.change('add', 'c', row('0009', 'Cy'), 5);

    await scene.change('add', 'd', row('0010', 'Di'), 7);
    await scene.change('del', 'c', row('0009', 'Cy'), 8);

    expect(names(room)).toEqual(['Ada', 'Bob', 'Cy']);
    expect(scene.socket.count('verto.broadcast')).toBe(2);
    await scene.event(LIST, { action: 'bootObj', name: '3500', wireSerno: -1, data: [['d', row('0010', 'Di')]] });
    await scene.change('add', 'e', row('0011', 'Ed'), 9);
    expect(names(room)).toEqual(['Di', 'Ed']);
  });

  it('reads a status that is written in words', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();

    await scene.change('modify', 'b', ['0008', '2101', 'Bob', 'opus@48000', 'TALKING (FLOOR) VIDEO (BLIND)', null]);

    expect(room.members[1]).toMatchObject({ talking: true, floor: true, video: { muted: true, floor: false }, variables: {} });
  });

  it.each<[string, unknown]>([['no array', 'x'], ['no id', [null, '', '', '', '', {}]], ['an empty one', []]])('passes over a row that is %s', async (_, broken) => {
    const scene = new RoomScene();
    const room = await scene.joined();

    await scene.change('modify', 'b', broken as unknown[]);

    expect(room.members[1]?.name).toBe('Bob');
  });

  it('carries chat both ways', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();
    const heard: RoomMessage[] = [];
    room.on('message', (message) => heard.push(message));

    const said = room.say('hello');
    await scene.reply('verto.broadcast', {});
    await said;
    await scene.event(CHAT, { direction: 'outbound', message: 'hello', fromDisplay: 'Ada', from: '2101@pbx.test', type: 'message' });
    await scene.event(CHAT, { direction: 'outbound', message: '<b>hi</b>', from: '2102@pbx.test' });

    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ eventChannel: CHAT, data: { action: 'send', message: 'hello' } });
    expect(heard).toEqual([
      { from: '2101@pbx.test', name: 'Ada', text: 'hello', mine: false },
      { from: '2102@pbx.test', name: '2102@pbx.test', text: '<b>hi</b>', mine: false },
    ]);
  });

  it('tells why words are refused', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();

    const said = room.say('hello');
    said.catch(() => undefined);
    await scene.reply('verto.broadcast', { message: 'Permission Denied.', code: -32602 });

    await expect(said).rejects.toMatchObject({ trouble: { kind: 'refused', message: 'Permission Denied.' } });
  });

  it('obeys moderators only', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();

    await expect(room.mute(room.members[1] as Member)).rejects.toThrow('only moderators');
  });

  it('takes the commands of a moderator, and tells what the server said', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');
    const replies: string[] = [];
    room.on('reply', ({ response }) => replies.push(response));

    const muted = room.mute(room.members[1] as Member);
    await scene.reply('verto.broadcast', {});
    await muted;
    await scene.event(MOD, { action: 'response', 'conf-command': '3500 mute 8', response: '+OK mute 8\n' });
    await scene.event(MOD, { action: 'response', error: 'Invalid Command' });

    expect(room.isModerator).toBe(true);
    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ eventChannel: MOD, data: { application: 'conf-control', command: 'mute', id: 8 } });
    expect(replies).toEqual(['+OK mute 8\n', 'Invalid Command']);
  });

  it('lets a moderator say where a member is heard', async () => {
    const scene = new RoomScene();
    const room = await scene.joined('moderator');

    const placed = room.setPosition(room.members[1] as Member, -0.5, 0, -1 / 3);
    await scene.reply('verto.broadcast', {});
    await placed;

    expect(scene.socket.last('verto.broadcast').params).toMatchObject({
      eventChannel: MOD, data: { application: 'conf-control', command: 'position', id: 8, value: '-0.50:0.00:-0.33' },
    });
  });

  it('is left when the server says so, and says so once', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();
    let left = 0;
    room.on('left', () => left++);

    await scene.place('conference-liveArray-part');
    await scene.tell('verto.bye', { callID: scene.callId, causeCode: 16, cause: 'NORMAL_CLEARING' });

    expect(left).toBe(1);
    await expect(room.say('hello')).rejects.toThrow('no chat');
  });

  it('is the same room after a reconnect, with the list of then', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();
    await scene.tell('verto.answer', { callID: scene.callId, sdp: 'answer' });
    await scene.change('add', 'c', row('0009', 'Cy'), 40);

    await scene.socket.lose();
    await scene.browser.pass(10_000);
    await scene.acceptLogin([scene.callId]);
    await scene.letIn();
    await scene.change('modify', 'b', row('0008', 'Bob', status({ talking: true })), 77);

    expect(scene.rooms).toHaveLength(1);
    expect(names(room)).toEqual(['Ada', 'Bob']);
    expect(room.members[1]?.talking).toBe(true);
  });

  it('hears each change once when the server lets it in twice', async () => {
    const scene = new RoomScene();
    const room = await scene.joined();
    let joined = 0;
    room.on('joined', () => joined++);

    await scene.letIn();
    await scene.change('add', 'c', row('0009', 'Cy'));

    expect(joined).toBe(1);
  });
});

describe('an event channel', () => {
  it('is heard until nobody listens, and again after a reconnect', async () => {
    const scene = new Scene();
    await scene.login();
    const heard: unknown[] = [];
    const subscribed = scene.session.subscribe('demo', ({ data }) => heard.push(data['n']));
    await scene.reply('verto.subscribe', { subscribedChannels: ['demo'] });
    const end = await subscribed;

    await scene.tell('verto.event', { eventChannel: 'demo', data: { n: 1 } });
    await scene.tell('verto.event', { eventChannel: 'demo.part', data: { n: 2 } });
    await scene.tell('verto.event', { eventChannel: 'other', data: { n: 3 } });
    await scene.socket.lose();
    await scene.browser.pass(10_000);
    await scene.acceptLogin();
    expect(scene.socket.last('verto.subscribe').params).toMatchObject({ eventChannel: ['demo'] });
    await scene.reply('verto.subscribe', { subscribedChannels: ['demo'] });
    await scene.tell('verto.event', { eventChannel: 'demo', data: { n: 4 } });
    end();
    await settle();
    await scene.tell('verto.event', { eventChannel: 'demo', data: { n: 5 } });

    expect(heard).toEqual([1, 2, 4]);
    expect(scene.socket.last('verto.unsubscribe').params).toMatchObject({ eventChannel: ['demo'] });
  });

  it('that is not allowed is refused', async () => {
    const scene = new Scene();
    await scene.login();

    const subscribed = scene.session.subscribe('FSevent', () => undefined);
    subscribed.catch(() => undefined);
    await scene.refuse('verto.subscribe', -32602, 'no');

    await expect(subscribed).rejects.toMatchObject({ trouble: { kind: 'refused' } });
  });

  it('carries words to all who listen', async () => {
    const scene = new Scene();
    await scene.login();

    const said = scene.session.broadcast('demo', { n: 1 });
    await scene.reply('verto.broadcast', {});
    await said;

    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ eventChannel: 'demo', data: { n: 1 }, localBroadcast: true });
  });
});

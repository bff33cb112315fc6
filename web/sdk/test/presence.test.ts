import { describe, expect, it } from 'vitest';
import { loadConfig, type Presence, type VoiceMessages } from '../src/index.ts';
import { SPEED_LIMIT_MS } from '../src/session/SpeedTest.ts';
import { Scene } from './scene.ts';

class PresenceScene extends Scene {
  async watched(): Promise<Presence> {
    await this.login();
    const watching = this.session.watchPresence();
    await this.reply('verto.subscribe', { subscribedChannels: ['presence'] });
    return watching;
  }

  async state(user: string, channelUUID: string, channelCallState: string, more: Record<string, string> = {}): Promise<void> {
    await this.tell('verto.event', {
      eventChannel: `presence.${user}`,
      subscribedChannel: 'presence',
      data: { channelCallState, channelUUID, channelPresenceID: user, callerIDName: 'Ada', callerIDNumber: '1000', calleeIDName: 'Bob', calleeIDNumber: '1001', ...more },
    });
  }
}

describe('presence', () => {
  it('tells who is in a call, and with whom', async () => {
    const scene = new PresenceScene();
    const presence = await scene.watched();
    const seen: string[] = [];
    presence.on('changed', ({ user, state }) => seen.push(`${user} ${state}`));

    await scene.state('1000@pbx.test', 'a', 'RING_WAIT', { presenceCallDirection: 'inbound' });
    await scene.state('1001@pbx.test', 'b', 'RINGING', { presenceCallDirection: 'outbound' });
    await scene.state('1000@pbx.test', 'a', 'ACTIVE', { presenceCallDirection: 'inbound' });
    await scene.state('1001@pbx.test', 'b', 'ACTIVE', { presenceCallDirection: 'outbound' });

    expect(seen).toEqual(['1000@pbx.test calling', '1001@pbx.test ringing', '1000@pbx.test active', '1001@pbx.test active']);
    expect(presence.of('1000@pbx.test').calls).toEqual([{ callId: 'a', state: 'active', name: 'Bob', number: '1001' }]);
    expect(presence.of('1001@pbx.test').calls).toEqual([{ callId: 'b', state: 'active', name: 'Ada', number: '1000' }]);
    await scene.state('1000@pbx.test', 'a', 'HANGUP');
    await scene.state('1000@pbx.test', 'a', 'HANGUP');
    expect(presence.busy.map(({ user }) => user)).toEqual(['1001@pbx.test']);
    expect(seen.slice(4)).toEqual(['1000@pbx.test idle']);
  });

  it('of somebody with two calls is that of the one that counts more', async () => {
    const scene = new PresenceScene();
    const presence = await scene.watched();

    await scene.state('1000@pbx.test', 'a', 'HELD');
    await scene.state('1000@pbx.test', 'b', 'RINGING');

    expect(presence.of('1000@pbx.test')).toMatchObject({ state: 'held', calls: [{ callId: 'a' }, { callId: 'b' }] });
  });

  it('forgets what it knew when the connection was lost, for that may be over', async () => {
    const scene = new PresenceScene();
    const presence = await scene.watched();
    await scene.state('1000@pbx.test', 'a', 'ACTIVE');
    const seen: string[] = [];
    presence.on('changed', ({ state }) => seen.push(state));

    await scene.socket.lose();
    await scene.browser.pass(500);
    await scene.acceptLogin();

    expect(presence.busy).toEqual([]);
    expect(seen).toEqual(['idle']);
    presence.close();
  });

  it('passes over an event that names no call', async () => {
    const scene = new PresenceScene();
    const presence = await scene.watched();

    await scene.tell('verto.event', { eventChannel: 'presence.1000@pbx.test', data: { channelCallState: 'ACTIVE' } });

    expect(presence.busy).toEqual([]);
  });
});

describe('voice messages', () => {
  it('are counted for the user of the session', async () => {
    const scene = new Scene();
    await scene.login();
    const heard: VoiceMessages[] = [];

    const watching = scene.session.watchVoicemail((messages) => heard.push(messages));
    expect(scene.socket.last('verto.subscribe').params).toMatchObject({ eventChannel: ['voicemail.1000@pbx.test'] });
    await scene.reply('verto.subscribe', { subscribedChannels: ['voicemail.1000@pbx.test'] });
    const end = await watching;
    for (const words of ['2/1 (1/0)', '0/0', 'rubbish']) {
      await scene.tell('verto.event', { eventChannel: 'voicemail.1000@pbx.test', data: { 'MWI-Voice-Message': words } });
    }
    end();

    expect(heard).toEqual([
      { account: '1000@pbx.test', fresh: 2, saved: 1, freshUrgent: 1, savedUrgent: 0 },
      { account: '1000@pbx.test', fresh: 0, saved: 0, freshUrgent: 0, savedUrgent: 0 },
    ]);
    expect(scene.socket.count('verto.unsubscribe')).toBe(1);
  });
});

describe('a speed test', () => {
  it('sends what was asked for and tells how fast both ways are', async () => {
    const scene = new Scene();
    await scene.login();

    const tested = scene.session.speedTest(4096);
    expect(scene.socket.other).toEqual(['#SPU 4096', ...Array.from({ length: 4 }, () => `#SPB${'.'.repeat(1020)}`), '#SPE']);
    await scene.socket.receive('#SPU 8');
    for (let round = 0; round < 4; round++) {
      await scene.browser.pass(4);
      await scene.socket.receive(`#SPB${'.'.repeat(1020)}`);
    }
    await scene.socket.receive('#SPD 1');

    expect(await tested).toEqual({ up: 4096, down: 2048 });
  });

  it('survives a server that took no time', async () => {
    const scene = new Scene();
    await scene.login();

    const tested = scene.session.speedTest(1024);
    await scene.socket.receive('#SPU 0');
    await scene.socket.receive('#SPD 0');

    expect(await tested).toEqual({ up: 8192, down: 0 });
  });

  it.each([0, 10_485_761, Number.NaN])('is not made of %d bytes', async (bytes) => {
    const scene = new Scene();
    await scene.login();

    await expect(scene.session.speedTest(bytes)).rejects.toMatchObject({ trouble: { kind: 'wrong-state' } });
  });

  it('fails when the server says nothing, when another is under way, and when the connection is lost', async () => {
    const scene = new Scene();
    await scene.login();
    const silent = scene.session.speedTest(1024);
    silent.catch(() => undefined);
    await expect(scene.session.speedTest(1024)).rejects.toMatchObject({ trouble: { kind: 'wrong-state' } });
    scene.browser.after(25_001, () => void scene.reply('verto.ping', {}));
    await scene.browser.pass(SPEED_LIMIT_MS);
    await expect(silent).rejects.toMatchObject({ trouble: { kind: 'timeout' } });

    const cut = scene.session.speedTest(1024);
    cut.catch(() => undefined);
    await scene.socket.lose();

    await expect(cut).rejects.toMatchObject({ trouble: { kind: 'connection-lost' } });
    await expect(scene.session.speedTest(1024)).rejects.toMatchObject({ trouble: { kind: 'connection-lost' } });
  });
});

describe('the configuration for pages', () => {
  const served = (body: unknown) => () => Promise.resolve(Response.json(body));

  it('names where to connect to, and servers for the network path', async () => {
    const config = await loadConfig('config.json', served({
      websocket: 'wss://pbx.test', iceServers: [{ urls: 'stun:pbx.test' }, { urls: ['turn:a', 5] }, { urls: [] }, 'x'], features: ['directory', 7], domain: 'pbx.test',
    }));

    expect(config).toEqual({ websocket: 'wss://pbx.test', iceServers: [{ urls: 'stun:pbx.test' }], features: ['directory'], domain: 'pbx.test' });
  });

  it('may say nothing', async () => {
    expect(await loadConfig('config.json', served({}))).toEqual({ websocket: undefined, iceServers: [], features: [] });
  });

  it.each<[string, () => Promise<Response>]>([
    ['is missing', () => Promise.resolve(new Response('', { status: 404 }))],
    ['is no JSON', () => Promise.resolve(new Response('<html>'))],
    ['is an array', () => Promise.resolve(Response.json([]))],
    ['cannot be fetched', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('%s', async (_, load) => {
    await expect(loadConfig('config.json', load)).rejects.toMatchObject({ trouble: { kind: 'unreachable', url: 'config.json' } });
  });
});

import { describe, expect, it } from 'vitest';
import type { Call } from '../src/index.ts';
import { BROKEN_LIMIT_MS, DISCONNECTED_MS } from '../src/media/PathGuard.ts';
import { FAILURE_MS } from '../src/media/PeerMedia.ts';
import type { FakePeer } from '../src/testing/FakeBrowser.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
import { Scene } from './scene.ts';

/** The first two pauses between attempts, with the random number in the middle. */
const PAUSES_MS = [3000, 6000] as const;

interface Talk {
  readonly scene: Scene;
  readonly call: Call;
  readonly peer: FakePeer;
}

async function talking(granted: readonly string[] = ['trickle']): Promise<Talk> {
  const scene = new Scene();
  scene.granted = granted;
  await scene.login();
  const call = await scene.dialled();
  await scene.tell('verto.answer', { callID: call.callId, sdp: 'server-answer', variables: {} });
  const peer = scene.browser.lastPeer;
  await peer.pathBecomes('connected');
  return { scene, call, peer };
}

/** Lets a long time pass; the server answers pings. */
async function passAlive(scene: Scene, milliseconds: number): Promise<void> {
  const STEP_MS = 1000;
  let answered = scene.socket.count('verto.ping');
  for (let left = milliseconds; left > 0; left -= STEP_MS) {
    await scene.browser.pass(Math.min(left, STEP_MS));
    if (scene.socket.count('verto.ping') > answered) {
      answered++;
      await scene.reply('verto.ping', { message: 'PONG' });
    }
  }
}

const restarts = (scene: Scene): number => scene.socket.count('verto.modify');

describe('a restart of ICE', () => {
  it('offers new credentials at once, trickles, and takes the answer', async () => {
    const { scene, call, peer } = await talking();
    peer.iceGatheringState = 'gathering';

    const restarted = call.restartIce();
    await settle();
    await peer.finds('candidate:1 1 udp 1 192.0.2.7 5000 typ host', 'new');
    await scene.reply('verto.modify', { callID: call.callId, action: 'updateMedia', sdp: 'answer-to-restart', sessid: 's-1' });
    await restarted;

    expect(scene.socket.last('verto.modify').params).toMatchObject({
      action: 'updateMedia',
      sdp: 'offer-1-restart-1',
      dialogParams: { callID: 'call-1' },
    });
    expect(scene.socket.last('verto.candidate').params).toMatchObject({ candidate: [{ usernameFragment: 'new' }] });
    expect(peer.remoteDescriptions).toEqual(['server-answer', 'answer-to-restart']);
    expect(call.state).toBe('active');
  });

  it('is one at a time', async () => {
    const { scene, call } = await talking();

    const both = Promise.all([call.restartIce(), call.restartIce()]);
    await settle();
    await scene.reply('verto.modify', { sdp: 'answer-to-restart' });
    await both;

    expect(restarts(scene)).toBe(1);
  });

  it('waits for its candidates where the server does not take them by themselves', async () => {
    const { scene, call, peer } = await talking([]);
    peer.iceGatheringState = 'gathering';

    void call.restartIce();
    await settle();
    const before = restarts(scene);
    peer.iceGatheringState = 'complete';
    peer.onicegatheringstatechange?.();
    await settle();

    expect(before).toBe(0);
    expect(restarts(scene)).toBe(1);
  });

  it.each([
    ['is refused', (scene: Scene) => scene.refuse('verto.modify', -32002, 'MEDIA ERROR'), 'MEDIA ERROR'],
    ['is answered without a description', (scene: Scene) => scene.reply('verto.modify', { sessid: 's-1' }), 'no answer'],
  ])('that %s is taken back, and the call goes on', async (_how, respond, reason) => {
    const { scene, call, peer } = await talking();

    const restarted = call.restartIce();
    await settle();
    const rejected = expect(restarted).rejects.toThrow(reason);
    await respond(scene);
    await rejected;

    expect(peer.rollbacks).toBe(1);
    expect(call.state).toBe('active');
  });

  it('is for an answered call', async () => {
    const { scene } = await talking();
    const other = scene.session.dial('1001');

    await expect(other.restartIce()).rejects.toThrow('has no path');
  });
});

describe('a path that breaks', () => {
  it('is given a moment to come back by itself', async () => {
    const { scene, peer } = await talking();

    await peer.pathBecomes('disconnected');
    await scene.browser.pass(DISCONNECTED_MS - 1);
    await peer.pathBecomes('connected');
    await scene.browser.pass(60_000);

    expect(restarts(scene)).toBe(0);
  });

  it('is mended when it does not, with growing pauses, until it works', async () => {
    const { scene, call, peer } = await talking();
    const answered = async (): Promise<number> => {
      await scene.reply('verto.modify', { sdp: 'answer-to-restart' });
      return restarts(scene);
    };

    await peer.pathBecomes('disconnected');
    await scene.browser.pass(DISCONNECTED_MS);
    expect(await answered()).toBe(1);
    await peer.pathBecomes('failed'); // makes it no faster
    await scene.browser.pass(PAUSES_MS[0] - 1);
    expect(restarts(scene)).toBe(1);
    await scene.browser.pass(1);
    expect(await answered()).toBe(2);
    await scene.browser.pass(PAUSES_MS[1]);
    expect(await answered()).toBe(3);
    await peer.pathBecomes('connected');
    await passAlive(scene, 2 * BROKEN_LIMIT_MS);

    expect(restarts(scene)).toBe(3);
    expect(call.state).toBe('active');
  });

  it('is mended at once when it failed, and its failure ends nothing meanwhile', async () => {
    const { scene, call, peer } = await talking();

    await peer.pathBecomes('failed');
    peer.connectionState = 'failed';
    peer.onconnectionstatechange?.();
    await scene.browser.pass(0);
    await scene.reply('verto.modify', { sdp: 'answer-to-restart' });
    await scene.browser.pass(FAILURE_MS + 1);
    await peer.pathBecomes('connected');
    peer.connectionState = 'connected';
    peer.onconnectionstatechange?.();
    await passAlive(scene, BROKEN_LIMIT_MS);

    expect(restarts(scene)).toBe(2);
    expect(call.state).toBe('active');
  });

  it('ends the call when it stays broken', async () => {
    const { scene, call, peer } = await talking();

    await peer.pathBecomes('failed');
    await passAlive(scene, BROKEN_LIMIT_MS);

    expect(call.end).toMatchObject({ by: 'us', trouble: { kind: 'media-failed' } });
    expect(restarts(scene)).toBeGreaterThan(3);
    await passAlive(scene, BROKEN_LIMIT_MS);
    expect(scene.socket.count('verto.bye')).toBe(1);
  });

  it('is left alone when the server knows no restart, and then its failure ends the call', async () => {
    const { scene, call, peer } = await talking();

    await peer.pathBecomes('disconnected');
    await scene.browser.pass(DISCONNECTED_MS);
    await scene.refuse('verto.modify', -32601, 'Invalid Method, Missing Method or Permission Denied');
    await scene.browser.pass(20_000);
    const after = { restarts: restarts(scene), state: call.state };
    await peer.pathBecomes('failed');
    peer.connectionState = 'failed';
    peer.onconnectionstatechange?.();
    await scene.browser.pass(FAILURE_MS);

    expect(after).toEqual({ restarts: 1, state: 'active' });
    expect(call.end).toMatchObject({ trouble: { kind: 'media-failed' } });
  });

  it('is not mended where the server does not grant it', async () => {
    const { scene, peer } = await talking([]);

    await peer.pathBecomes('failed');
    await scene.browser.comesOnline();
    await scene.browser.pass(FAILURE_MS - 1);

    expect(restarts(scene)).toBe(0);
  });

  it('is the matter of the next login when the connection is lost as well', async () => {
    const { scene, call, peer } = await talking();

    await peer.pathBecomes('disconnected');
    await scene.socket.lose();
    await scene.browser.pass(BROKEN_LIMIT_MS * 2);

    expect(call.state).toBe('recovering');
    expect(scene.browser.sockets[0]?.count('verto.modify')).toBe(0);
  });
});

describe('a network that is back', () => {
  it('makes an answered call look for another path', async () => {
    const { scene } = await talking();

    await scene.browser.comesOnline();

    expect(restarts(scene)).toBe(1);
  });

  it('concerns no call that is not answered, and no session that is closed', async () => {
    const scene = new Scene();
    scene.granted = ['trickle'];
    await scene.login();
    await scene.dialled();

    await scene.browser.comesOnline();
    const closed = scene.session.close();
    await settle();
    await scene.reply('verto.bye', { message: 'CALL ENDED' });
    await closed;

    expect(restarts(scene)).toBe(0);
    expect(scene.browser.listensToTheNetwork).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import type { FakePeer } from '../src/testing/FakeBrowser.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
import { Scene } from './scene.ts';

const HOST = 'candidate:1 1 udp 2122260223 192.0.2.2 44492 typ host';
const REFLEXIVE = 'candidate:2 1 udp 1677729535 203.0.113.9 44492 typ srflx';

const init = (candidate: string) => ({ candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'ufrag' });

async function granted(): Promise<Scene> {
  const scene = new Scene();
  scene.granted = ['trickle'];
  await scene.login();
  return scene;
}

/** A call whose peer connection is there, but has gathered nothing yet. */
async function begun(scene: Scene): Promise<FakePeer> {
  scene.session.dial('9196');
  await Promise.resolve();
  await Promise.resolve();
  const peer = scene.browser.lastPeer;
  peer.iceGatheringState = 'gathering';
  return peer;
}

describe('candidates, where the server takes them by themselves', () => {
  it('do not hold up the invite', async () => {
    const scene = await granted();

    await begun(scene);
    await settle();

    expect(scene.socket.last('verto.invite').params).toMatchObject({ sdp: 'offer-1' });
    expect(scene.socket.count('verto.candidate')).toBe(0);
  });

  it('follow the invite, those that waited in one message', async () => {
    const scene = await granted();
    const peer = await begun(scene);
    void peer.finds(HOST);
    void peer.finds(REFLEXIVE);
    await settle();
    await peer.finds('');

    const methods = scene.socket.sent.map((frame) => frame.method);
    expect(methods).toEqual(['login', 'verto.invite', 'verto.candidate', 'verto.candidate']);
    expect(scene.socket.sent[2]?.params).toEqual({
      candidate: [init(HOST), init(REFLEXIVE)],
      dialogParams: { callID: 'call-1' },
      sessid: 's-1',
    });
    expect(scene.socket.sent[3]?.params).toMatchObject({ candidate: [init('')] });
  });

  it('follow an answer too, and the answer to an offer of a running call', async () => {
    const scene = await granted();
    const call = await scene.rung();
    const answered = call.answer();
    await settle();
    await scene.browser.lastPeer.finds(HOST);
    await scene.reply('verto.answer', { sessid: 's-1' });
    await answered;
    await scene.socket.lose();
    await scene.browser.pass(500);
    await scene.socket.accept();
    await scene.reply('login', { message: 'logged in', extensions: ['trickle'], sessid: 's-1' });

    await scene.tell('verto.attach', { callID: call.callId, sdp: 'new-offer', display_direction: 'outbound' });
    await scene.browser.peers[0]?.finds(HOST);
    await scene.browser.lastPeer.finds(REFLEXIVE);

    expect(scene.browser.sockets[0]?.last('verto.candidate').params).toMatchObject({ candidate: [init(HOST)] });
    expect(scene.socket.sent.map((frame) => frame.method).filter(Boolean)).toEqual(['login', 'verto.attach', 'verto.candidate']);
    expect(scene.socket.last('verto.candidate').params).toMatchObject({ candidate: [init(REFLEXIVE)] });
  });

  it('are not sent for a call that is over, and a refusal ends nothing', async () => {
    const scene = await granted();
    const call = await scene.dialled();
    const peer = scene.browser.lastPeer;
    await peer.finds(HOST);
    await scene.refuse('verto.candidate', -32002, 'CALL DOES NOT EXIST');
    expect(call.state).toBe('trying');

    await scene.tell('verto.bye', { callID: call.callId, causeCode: 16, cause: 'NORMAL_CLEARING' });
    await peer.finds(REFLEXIVE);

    expect(scene.socket.count('verto.candidate')).toBe(1);
  });
});

describe('where the server does not grant it', () => {
  it('the invite waits for its candidates, as ever', async () => {
    const scene = new Scene();
    await scene.login();
    const peer = await begun(scene);
    await settle();
    expect(scene.socket.count('verto.invite')).toBe(0);

    peer.iceGatheringState = 'complete';
    peer.onicegatheringstatechange?.();
    await settle();

    expect(scene.socket.count('verto.invite')).toBe(1);
    expect(scene.socket.count('verto.candidate')).toBe(0);
  });

  it('an older server that takes a session over is not taken for the newer one', async () => {
    const scene = await granted();
    await scene.socket.lose();
    await scene.browser.pass(500);
    scene.granted = [];
    await scene.acceptLogin();

    await begun(scene);
    await settle();

    expect(scene.socket.count('verto.invite')).toBe(0);
  });

  it('a page may do without it', async () => {
    const scene = new Scene({ trickle: false });

    await scene.login();

    expect(scene.socket.last('login').params).toHaveProperty('extensions', ['login-wait', 'ice-servers', 'gallery']);
  });

  it.each([undefined, 'trickle', { trickle: true }, [1, null]])('an odd list of extensions grants nothing: %s', async (extensions) => {
    const scene = new Scene();
    const opened = scene.session.open();
    await scene.socket.accept();
    await scene.reply('login', { message: 'logged in', extensions, sessid: 's-1' });
    await opened;

    await begun(scene);
    await settle();

    expect(scene.socket.count('verto.invite')).toBe(0);
  });
});

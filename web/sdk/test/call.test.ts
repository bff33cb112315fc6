import { describe, expect, it } from 'vitest';
import { VertoError } from '../src/index.ts';
import { FAILURE_MS, GATHERING_MS } from '../src/media/PeerMedia.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
import { Scene } from './scene.ts';

async function ready(): Promise<Scene> {
  const scene = new Scene();
  await scene.login();
  return scene;
}

describe('an outgoing call', () => {
  it('goes from invite to answer and to its end', async () => {
    const scene = await ready();
    const call = scene.session.dial('9196');
    const states: string[] = [];
    call.on('state', (state) => states.push(state));
    await settle();
    await scene.reply('verto.invite', { message: 'CALL CREATED', callID: call.callId, sessid: 's-1' });
    await scene.tell('verto.answer', { callID: call.callId, sdp: 'server-answer', variables: {} });

    await scene.tell('verto.bye', { callID: call.callId, causeCode: 16, cause: 'NORMAL_CLEARING' });

    expect(scene.socket.last('verto.invite').params).toEqual({
      sdp: 'offer-1',
      dialogParams: {
        callID: 'call-1',
        destination_number: '9196',
        caller_id_name: '1000',
        caller_id_number: '1000',
        useStereo: false,
      },
      sessid: 's-1',
    });
    expect(states).toEqual(['requesting', 'trying', 'active', 'ended']);
    expect(scene.browser.lastPeer.remoteDescriptions).toEqual(['server-answer']);
    expect(scene.browser.lastPeer.closed).toBe(true);
    expect(scene.browser.microphones[0]?.track.stopped).toBe(true);
    expect(call.end).toEqual({ cause: 'NORMAL_CLEARING', causeCode: 16, by: 'them' });
    expect(scene.socket.count('verto.bye')).toBe(0);
  });

  it('hears early media and applies the answer once', async () => {
    const scene = await ready();
    const call = await scene.dialled('1001');

    await scene.tell('verto.media', { callID: call.callId, sdp: 'server-answer', variables: {} });
    const early = call.state;
    await scene.tell('verto.answer', { callID: call.callId, sdp: 'server-answer', variables: {} });

    expect(early).toBe('early');
    expect(call.state).toBe('active');
    expect(scene.browser.lastPeer.remoteDescriptions).toEqual(['server-answer']);
  });

  it('takes the answer that comes while early media is being set up', async () => {
    const scene = await ready();
    const call = await scene.dialled('1001');

    void scene.tell('verto.media', { callID: call.callId, sdp: 'server-answer', variables: {} });
    await scene.tell('verto.answer', { callID: call.callId, variables: {} });

    expect(call.state).toBe('active');
  });

  it('acknowledges what the server says about it', async () => {
    const scene = await ready();
    const call = await scene.dialled();

    await scene.tell('verto.bye', { callID: call.callId, causeCode: 17, cause: 'USER_BUSY' });

    expect(scene.socket.sent.at(-1)?.result).toEqual({ method: 'verto.bye' });
    expect(call.end).toMatchObject({ cause: 'USER_BUSY', causeCode: 17 });
  });

  it('is cancelled with a bye before it is answered', async () => {
    const scene = await ready();
    const call = await scene.dialled('1001');

    const done = call.hangUp();
    await scene.reply('verto.bye', { callID: call.callId, message: 'CALL ENDED', causeCode: 16, cause: 'NORMAL_CLEARING' });
    await done;

    expect(scene.socket.last('verto.bye').params).toMatchObject({ cause: 'NORMAL_CLEARING', causeCode: 16 });
    expect(call.end).toMatchObject({ by: 'us' });
  });

  it('does not reach the server when the microphone is refused', async () => {
    const scene = await ready();
    scene.browser.microphoneTrouble = new VertoError({ kind: 'microphone-refused' });

    const call = scene.session.dial('9196');
    await settle();

    expect(call.end?.trouble).toEqual({ kind: 'microphone-refused' });
    expect(scene.socket.count('verto.invite')).toBe(0);
    expect(scene.socket.count('verto.bye')).toBe(0);
  });

  it('ends with the reason of the server when it is refused', async () => {
    const scene = await ready();
    const call = scene.session.dial('9196');
    await settle();

    await scene.refuse('verto.invite', -32002, 'CALL ERROR');

    expect(call.end?.trouble).toMatchObject({ kind: 'refused', code: -32002, message: 'CALL ERROR' });
    expect(scene.socket.count('verto.bye')).toBe(0);
  });

  it('hangs up when the answer cannot be used', async () => {
    const scene = await ready();
    const call = await scene.dialled();
    scene.browser.lastPeer.rejectsRemote = true;

    await scene.tell('verto.answer', { callID: call.callId, sdp: 'nonsense', variables: {} });

    expect(call.end?.trouble?.kind).toBe('media-failed');
    expect(scene.socket.count('verto.bye')).toBe(1);
  });

  it('waits for candidates, but not for ever', async () => {
    const scene = await ready();
    scene.session.dial('9196');
    await Promise.resolve();
    await Promise.resolve();
    const peer = scene.browser.lastPeer;
    peer.iceGatheringState = 'gathering';
    await settle();

    const before = scene.socket.count('verto.invite');
    peer.onicecandidate?.({ candidate: { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host' } });
    await scene.browser.pass(GATHERING_MS);

    expect(before).toBe(0);
    expect(scene.socket.count('verto.invite')).toBe(1);
  });

  it('ends when its media path breaks for good', async () => {
    const scene = await ready();
    const call = await scene.dialled();
    await scene.tell('verto.answer', { callID: call.callId, sdp: 'server-answer', variables: {} });
    const peer = scene.browser.lastPeer;

    peer.connectionState = 'failed';
    peer.onconnectionstatechange?.();
    await scene.browser.pass(FAILURE_MS);

    expect(call.end).toMatchObject({ by: 'us', trouble: { kind: 'media-failed' } });
    expect(scene.socket.count('verto.bye')).toBe(1);
  });

  it('takes the reason of a server that closes its media before it says so', async () => {
    const scene = await ready();
    const call = await scene.dialled();
    const peer = scene.browser.lastPeer;

    peer.connectionState = 'failed';
    peer.onconnectionstatechange?.();
    await scene.tell('verto.bye', { callID: call.callId, causeCode: 19, cause: 'NO_ANSWER' });
    await scene.browser.pass(FAILURE_MS);

    expect(call.end).toEqual({ cause: 'NO_ANSWER', causeCode: 19, by: 'them' });
    expect(scene.socket.count('verto.bye')).toBe(0);
  });

  it('sends key presses and refuses other letters', async () => {
    const scene = await ready();
    const call = await scene.dialled();
    await scene.tell('verto.answer', { callID: call.callId, sdp: 'server-answer', variables: {} });

    const sent = call.sendDigits('1#');
    await scene.reply('verto.info', { message: 'SENT', sessid: 's-1' });
    await sent;

    expect(scene.socket.last('verto.info').params).toMatchObject({ dtmf: '1#', dialogParams: { callID: call.callId } });
    await expect(call.sendDigits('x')).rejects.toThrow('not digits');
  });

  it('shows who it is with once the server says so', async () => {
    const scene = await ready();
    const call = await scene.dialled('3000');

    await scene.tell('verto.display', { callID: call.callId, display_name: 'Sales', display_number: '3000' });

    expect(call.party).toEqual({ name: 'Sales', number: '3000' });
  });

  it('mutes without a message', async () => {
    const scene = await ready();
    const call = await scene.dialled();
    const before = scene.socket.sent.length;

    call.setMuted(true);

    expect(scene.browser.microphones[0]?.track.enabled).toBe(false);
    expect(scene.socket.sent).toHaveLength(before);
  });
});

describe('an incoming call', () => {
  it('rings, is answered, and is active with the result', async () => {
    const scene = await ready();
    const call = await scene.rung();
    const ringing = call.state;

    const answered = call.answer();
    await settle();
    await scene.reply('verto.answer', { sessid: 's-1' });
    await answered;

    expect(ringing).toBe('ringing');
    expect(call.party).toEqual({ name: 'Extension 1001', number: '1001' });
    expect(scene.browser.lastPeer.remoteDescriptions).toEqual(['server-offer']);
    expect(scene.socket.last('verto.answer').params).toEqual({
      sdp: 'answer-1',
      dialogParams: { callID: 'server-call-1', callee_id_name: '1000', callee_id_number: '1000' },
      sessid: 's-1',
    });
    expect(call.state).toBe('active');
  });

  it('opens no microphone before it is answered', async () => {
    const scene = await ready();

    await scene.rung();

    expect(scene.browser.microphones).toHaveLength(0);
  });

  it('is rejected with a cause', async () => {
    const scene = await ready();
    const call = await scene.rung();

    const done = call.reject();
    await scene.reply('verto.bye', { callID: call.callId, message: 'CALL ENDED', causeCode: 21, cause: 'CALL_REJECTED' });
    await done;

    expect(scene.socket.last('verto.bye').params).toMatchObject({ cause: 'CALL_REJECTED', causeCode: 21 });
  });

  it('stops ringing when the caller gives up', async () => {
    const scene = await ready();
    const call = await scene.rung();

    await scene.tell('verto.bye', { callID: call.callId, causeCode: 487, cause: 'ORIGINATOR_CANCEL' });

    expect(call.end).toEqual({ cause: 'ORIGINATOR_CANCEL', causeCode: 487, by: 'them' });
    await expect(call.answer()).rejects.toThrow('cannot be answered');
  });

  it('does not answer when the caller gives up while the microphone opens', async () => {
    const scene = await ready();
    const call = await scene.rung();

    const answered = call.answer();
    await scene.tell('verto.bye', { callID: call.callId, causeCode: 487, cause: 'ORIGINATOR_CANCEL' });
    await answered;

    expect(scene.socket.count('verto.answer')).toBe(0);
    expect(scene.browser.microphones.every((stream) => stream.track.stopped)).toBe(true);
  });
});

describe('a microphone', () => {
  it('can be changed in mid-call, and what is muted stays muted', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();
    call.setMuted(true);

    await call.useMicrophone({ deviceId: 'other' });

    const [before, after] = scene.browser.microphones;
    expect(scene.browser.peers[0]?.tracks).toEqual([after?.track]);
    expect(before?.track.stopped).toBe(true);
    expect(after?.track).toMatchObject({ enabled: false, stopped: false });
  });

  it('that cannot be opened leaves the call with the one it has', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();
    scene.browser.microphoneTrouble = new VertoError({ kind: 'microphone-missing' });

    await expect(call.useMicrophone(true)).rejects.toMatchObject({ trouble: { kind: 'microphone-missing' } });

    expect(scene.browser.microphones[0]?.track.stopped).toBe(false);
    expect(scene.browser.peers[0]?.tracks).toEqual([scene.browser.microphones[0]?.track]);
  });

  it('is closed again when the call is over by then', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();
    void call.hangUp();

    await expect(call.useMicrophone(true)).rejects.toThrow('no media');

    expect(scene.browser.microphones.every(({ track }) => track.stopped)).toBe(true);
  });
});

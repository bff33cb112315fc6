import { describe, expect, it } from 'vitest';
import type { Call } from '../src/index.ts';
import { Scene } from './scene.ts';

async function talking(): Promise<{ scene: Scene; call: Call }> {
  const scene = new Scene();
  await scene.login();
  return { scene, call: await answered(scene, '1001') };
}

async function answered(scene: Scene, number: string): Promise<Call> {
  const call = await scene.dialled(number);
  await scene.tell('verto.answer', { callID: call.callId, sdp: 'server-answer', variables: {} });
  return call;
}

describe('a call on hold', () => {
  it('is what the server says it is', async () => {
    const { scene, call } = await talking();
    const told: boolean[] = [];
    call.on('held', (held) => told.push(held));

    const held = call.hold();
    await scene.reply('verto.modify', { callID: call.callId, action: 'hold', holdState: 'held', sessid: 's-1' });
    await held;
    const again = call.hold();
    await scene.reply('verto.modify', { callID: call.callId, action: 'hold', holdState: 'held', sessid: 's-1' });
    await again;
    const toggled = call.toggleHold();
    await scene.reply('verto.modify', { callID: call.callId, action: 'toggleHold', holdState: 'active', sessid: 's-1' });
    await toggled;

    expect(told).toEqual([true, false]);
    expect(call.held).toBe(false);
    expect(scene.socket.last('verto.modify').params).toMatchObject({
      action: 'toggleHold',
      dialogParams: { callID: call.callId },
      sessid: 's-1',
    });
  });

  it('talks again when the server offers it anew', async () => {
    const { scene, call } = await talking();
    const held = call.hold();
    await scene.reply('verto.modify', { callID: call.callId, action: 'hold', holdState: 'held' });
    await held;

    await scene.tell('verto.attach', { callID: call.callId, sdp: 'new-offer', display_direction: 'inbound' });
    await scene.reply('verto.attach', { sessid: 's-1' });

    expect(call.state).toBe('active');
    expect(call.held).toBe(false);
  });

  it('was answered before', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled('1001');

    await expect(call.hold()).rejects.toThrow('cannot be held');
    expect(scene.socket.count('verto.modify')).toBe(0);
  });

  it('keeps its state when the server refuses', async () => {
    const { scene, call } = await talking();

    const held = call.hold();
    held.catch(() => undefined);
    await scene.refuse('verto.modify', -32002, 'CALL DOES NOT EXIST');

    await expect(held).rejects.toMatchObject({ trouble: { kind: 'refused', message: 'CALL DOES NOT EXIST' } });
    expect(call.held).toBe(false);
  });
});

describe('a transfer', () => {
  it('names the number, and the call ends by the server', async () => {
    const { scene, call } = await talking();

    const sent = call.transfer('9196');
    await scene.reply('verto.modify', { callID: call.callId, action: 'transfer', message: 'CALL TRANSFERRED', holdState: 'active' });
    await sent;
    await scene.tell('verto.bye', { callID: call.callId, causeCode: 16, cause: 'NORMAL_CLEARING' });

    expect(scene.socket.last('verto.modify').params).toMatchObject({ action: 'transfer', destination: '9196' });
    expect(call.end).toMatchObject({ causeCode: 16, by: 'them' });
  });

  it('fails with the reason of the server, and the call goes on', async () => {
    const { scene, call } = await talking();

    const sent = call.transfer('9196');
    sent.catch(() => undefined);
    await scene.refuse('verto.modify', -32002, 'call is not bridged');

    await expect(sent).rejects.toMatchObject({ trouble: { kind: 'refused', message: 'call is not bridged' } });
    expect(call.state).toBe('active');
  });

  it('joins the other sides of two calls', async () => {
    const { scene, call } = await talking();
    const consultation = await answered(scene, '1002');

    const joined = consultation.replace(call);
    await scene.reply('verto.modify', { callID: consultation.callId, action: 'replace', holdState: 'active' });
    await joined;

    expect(scene.socket.last('verto.modify').params).toMatchObject({
      action: 'replace',
      replaceCallID: call.callId,
      dialogParams: { callID: consultation.callId },
    });
  });
});

describe('a consultation', () => {
  it('may still ring when it takes the place of the call', async () => {
    const { scene, call } = await talking();
    const consultation = await scene.dialled('1002');

    const joined = consultation.replace(call);
    await scene.reply('verto.modify', { callID: consultation.callId, action: 'replace', holdState: 'active' });
    await joined;

    expect(scene.socket.count('verto.modify')).toBe(1);
  });

  it('that is over cannot', async () => {
    const { scene, call } = await talking();
    const consultation = await scene.dialled('1002');
    await scene.tell('verto.bye', { callID: consultation.callId, causeCode: 17, cause: 'USER_BUSY' });

    await expect(consultation.replace(call)).rejects.toThrow('cannot be');
  });
});

describe('words', () => {
  it('go to another user', async () => {
    const scene = new Scene();
    await scene.login();

    const sent = scene.session.sendMessage('1001@pbx.test', 'Lunch?');
    await scene.reply('verto.info', { message: 'SENT', sessid: 's-1' });
    await sent;

    expect(scene.socket.last('verto.info').params).toEqual({
      msg: { to: '1001@pbx.test', body: 'Lunch?' },
      sessid: 's-1',
    });
  });

  it('come from another user', async () => {
    const scene = new Scene();
    await scene.login();
    const heard: unknown[] = [];
    scene.session.on('message', (message) => heard.push(message));

    await scene.tell('verto.info', { msg: { from: '1001@pbx.test', to: '1000@pbx.test', body: 'Yes', from_user: '1001' } });
    await scene.tell('verto.info', { msg: { from: '1001@pbx.test', body: 7 } });
    await scene.tell('verto.info', { callID: 'x', dtmf: '5' });

    expect(heard).toEqual([
      {
        from: '1001@pbx.test', to: '1000@pbx.test', body: 'Yes',
        params: { from: '1001@pbx.test', to: '1000@pbx.test', body: 'Yes', from_user: '1001' },
      },
    ]);
  });

  it('that nobody can take are refused', async () => {
    const scene = new Scene();
    await scene.login();

    const sent = scene.session.sendMessage('nobody', 'Hello?');
    sent.catch(() => undefined);
    await scene.refuse('verto.info', -32002, 'MESSAGE CANNOT BE DELIVERED');

    await expect(sent).rejects.toMatchObject({ trouble: { kind: 'refused' } });
  });
});

// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { VertoCall, type VertoCallDetail } from '../src/element/index.ts';
import type { Call } from '../src/index.ts';
import { FakeStream, settle } from '../src/testing/FakeBrowser.ts';
import { Scene } from './scene.ts';

function placed(attributes: Readonly<Record<string, string>> = { number: '9196' }): { element: VertoCall; states: string[] } {
  const element = document.createElement('verto-call');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const states: string[] = [];
  element.addEventListener('verto-state', (event) => states.push((event as CustomEvent<VertoCallDetail>).detail.state));
  document.body.append(element);
  return { element, states };
}

const part = (element: VertoCall, name: string): HTMLElement => element.shadowRoot?.querySelector(`[part=${name}]`) as HTMLElement;

// The page of these tests takes no streams but its own.
const shown = new WeakMap<object, unknown>();
Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
  get(this: object) {
    return shown.get(this) ?? null;
  },
  set(this: object, stream: unknown) {
    shown.set(this, stream);
  },
});

afterEach(() => document.body.replaceChildren());

describe('<verto-call>', () => {
  it('calls its number at a click, and says how far it is', async () => {
    const scene = new Scene();
    await scene.login();
    const { element, states } = placed();
    element.session = scene.session;

    part(element, 'call').click();
    await settle();
    await scene.reply('verto.invite', { message: 'CALL CREATED' });
    const [call] = scene.session.activeCalls;
    await scene.tell('verto.answer', { callID: call?.callId, sdp: 'answer' });
    expect(part(element, 'status').textContent).toBe('Connected');
    expect(part(element, 'call').hidden).toBe(true);
    part(element, 'mute').click();
    expect(call?.muted).toBe(true);
    expect(part(element, 'mute').getAttribute('aria-pressed')).toBe('true');
    part(element, 'hangup').click();
    await settle();

    expect(states).toEqual(['calling', 'active', 'idle']);
    expect(element.getAttribute('state')).toBe('idle');
    expect(scene.socket.last('verto.invite').params).toMatchObject({ dialogParams: { destination_number: '9196' } });
  });

  it('rings where it receives, shows who calls as text, and takes one call at a time', async () => {
    const scene = new Scene();
    await scene.login();
    const { element } = placed({ receive: '' });
    element.session = scene.session;

    const call = await scene.rung('in-1');
    await scene.rung('in-2');

    expect(part(element, 'status').textContent).toBe('Incoming call: Extension 1001');
    expect(part(element, 'hangup').textContent).toBe('Decline');
    expect(scene.socket.last('verto.bye').params).toMatchObject({ cause: 'USER_BUSY', dialogParams: { callID: 'in-2' } });
    part(element, 'answer').click();
    await settle();
    await scene.reply('verto.answer', {});
    expect(call.state).toBe('active');
    expect(element.state).toBe('active');
  });

  it('does not ring where it only calls', async () => {
    const scene = new Scene();
    await scene.login();
    const { element } = placed();
    element.session = scene.session;

    await scene.rung();

    expect(element.state).toBe('idle');
  });

  it('says what is wrong and what to do', async () => {
    const scene = new Scene();
    await scene.login();
    scene.browser.plugged = [];
    const { element, states } = placed();
    element.session = scene.session;

    part(element, 'call').click();
    await settle();

    expect(states).toEqual(['calling', 'failed']);
    expect(part(element, 'status').textContent).toBe('No microphone was found. Plug one in and call again.');
    expect(part(element, 'call').hidden).toBe(false);
  });

  describe('with video', () => {
    const CAMERAS = [{ kind: 'videoinput', deviceId: 'cam-1', label: 'Desk camera' }, { kind: 'videoinput', deviceId: 'cam-2', label: 'Other camera' }] as const;
    const source = (element: VertoCall, name: string): unknown => (part(element, name) as HTMLVideoElement).srcObject;

    async function pictured(video = ''): Promise<{ scene: Scene; element: VertoCall; call: Call }> {
      const scene = new Scene();
      scene.browser.plugged.push(...CAMERAS);
      await scene.login();
      const { element } = placed({ number: '9196', video });
      element.session = scene.session;
      part(element, 'call').click();
      await settle();
      await scene.reply('verto.invite', { message: 'CALL CREATED' });
      const [call] = scene.session.activeCalls;
      await scene.tell('verto.answer', { callID: call?.callId, sdp: 'answer' });
      return { scene, element, call: call as Call };
    }

    it('shows both sides, and neither when the call is over', async () => {
      const { scene, element, call } = await pictured();

      expect(scene.socket.last('verto.invite').params).toMatchObject({ dialogParams: { useVideo: true } });
      expect(source(element, 'own')).toBe(scene.browser.cameras[0]);
      expect(part(element, 'theirs').hidden).toBe(true);
      expect(part(element, 'own').className).toBe('alone mirrored');
      expect(part(element, 'pictures').hidden).toBe(false);
      const theirs = new FakeStream(undefined, true, 'video');
      theirs.track.muted = true;
      scene.browser.lastPeer.ontrack?.({ streams: [theirs], track: theirs.track });
      theirs.track.becomes(false);
      expect(source(element, 'theirs')).toBe(call.picture);
      expect(part(element, 'theirs').hidden).toBe(false);
      expect(part(element, 'own').className).toBe('mirrored');
      part(element, 'hangup').click();
      await settle();

      expect(part(element, 'pictures').hidden).toBe(true);
      expect(source(element, 'own')).toBeNull();
      expect(scene.browser.cameras[0]?.track.stopped).toBe(true);
    });

    it('turns the camera black and back, and takes another one', async () => {
      const { scene, element, call } = await pictured();
      const camera = part(element, 'camera');
      expect(camera.hidden).toBe(false);
      expect(camera.getAttribute('aria-pressed')).toBe('true');

      camera.click();
      expect(call.cameraMuted).toBe(true);
      expect(camera.getAttribute('aria-pressed')).toBe('false');
      camera.click();
      expect(call.cameraMuted).toBe(false);

      const choice = part(element, 'choice') as HTMLSelectElement;
      expect(choice.hidden).toBe(false);
      expect([...choice.options].map(({ text }) => text)).toEqual(['Desk camera', 'Other camera']);
      expect(choice.value).toBe('cam-1');
      choice.value = 'cam-2';
      choice.dispatchEvent(new Event('change'));
      await settle();
      expect(source(element, 'own')).toBe(scene.browser.cameras[1]);
      expect(choice.value).toBe('cam-2');
    });

    it('goes on with sound where there is no camera, and says why', async () => {
      const scene = new Scene();
      await scene.login();
      const { element } = placed({ number: '9196', video: '' });
      element.session = scene.session;
      part(element, 'call').click();
      await settle();
      await scene.reply('verto.invite', { message: 'CALL CREATED' });
      await scene.tell('verto.answer', { callID: scene.session.activeCalls[0]?.callId, sdp: 'answer' });

      expect(element.state).toBe('active');
      expect(part(element, 'status').textContent).toBe('No camera was found. Plug one in and turn it on again.');
      expect(part(element, 'pictures').hidden).toBe(true);
      scene.browser.plugged.push(CAMERAS[0]);
      part(element, 'camera').click();
      await settle();
      expect(part(element, 'status').textContent).toBe('Connected');
    });

    it('may only look', async () => {
      const { scene, element } = await pictured('receive');

      expect(scene.browser.cameras).toEqual([]);
      expect(part(element, 'camera').hidden).toBe(true);
      expect(part(element, 'choice').hidden).toBe(true);
    });

    it('is no part of an element without it', async () => {
      const scene = new Scene();
      scene.browser.plugged.push(...CAMERAS);
      await scene.login();
      const { element } = placed();
      element.session = scene.session;
      part(element, 'call').click();
      await settle();

      expect(scene.browser.cameras).toEqual([]);
      expect(scene.socket.last('verto.invite').params).not.toHaveProperty('dialogParams.useVideo');
      expect(part(element, 'camera').hidden).toBe(true);
    });
  });

  it('ends its call when it is taken out of the page', async () => {
    const scene = new Scene();
    await scene.login();
    const { element } = placed();
    element.session = scene.session;
    part(element, 'call').click();
    await settle();

    element.remove();
    await settle();

    expect(scene.session.activeCalls).toEqual([]);
    await scene.rung();
    expect(element.state).not.toBe('ringing');
  });

  it('is defined once, and shows what the page wrote', () => {
    const { element } = placed();

    expect(element).toBeInstanceOf(VertoCall);
    expect(part(element, 'call').querySelector('slot')?.textContent).toBe('Call');
  });
});

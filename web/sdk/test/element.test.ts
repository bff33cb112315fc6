// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { VertoCall, type VertoCallDetail } from '../src/element/index.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
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

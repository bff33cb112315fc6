// @vitest-environment happy-dom
import { act, createElement, type ReactElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Devices, type Session } from '../src/index.ts';
import { type CameraView, useCall, useCalls, useCamera, useDevices, useMembers, useMessages, usePresence, useOwnPicture, usePicture, useRoom, useSamples, useSession, useSound } from '../src/react/index.ts';
import { FakeBrowser, FakeStream, FakeTrack, settle } from '../src/testing/FakeBrowser.ts';
import { CHAT, RoomScene, row, status } from './roomScene.ts';
import { Scene } from './scene.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let container: HTMLElement;
let root: Root;

beforeEach(() => {
  container = document.createElement('div');
  root = createRoot(container);
});

afterEach(() => act(() => root.unmount()));

const render = (element: ReactElement): Promise<void> => act(async () => root.render(element));
const p = (text: string): ReactElement => createElement('p', null, text);
const shown = (): string => container.textContent ?? '';

describe('hooks', () => {
  it('open a session while the component is there, and close it with it', async () => {
    const browser = new FakeBrowser();
    const options = { url: 'wss://pbx.test', login: '1000', password: 'x', browser };
    function Page(): ReactElement {
      const { state, trouble } = useSession(options);
      return p(`${state.name} ${trouble?.kind ?? ''}`);
    }

    await render(createElement(Page));
    expect(shown()).toBe('connecting ');
    await act(async () => {
      await browser.lastSocket.accept();
      await browser.lastSocket.receive({ jsonrpc: '2.0', id: 1, result: { message: 'logged in', sessid: 's' } });
    });
    expect(shown()).toBe('ready ');
    await render(createElement('div'));

    expect(browser.lastSocket.closed).toBe(true);
  });

  it('tell why a session did not open', async () => {
    const browser = new FakeBrowser();
    const options = { url: 'wss://pbx.test:8082', login: '1000', password: 'x', browser };
    function Page(): ReactElement {
      return p(useSession(options).trouble?.kind ?? 'none');
    }

    await render(createElement(Page));
    await act(() => browser.lastSocket.lose());

    expect(shown()).toBe('unreachable');
  });

  it('wait for somebody to sign in', async () => {
    function Page(): ReactElement {
      const { session, state } = useSession(undefined);
      return p(`${String(session)} ${state.name}`);
    }

    await render(createElement(Page));

    expect(shown()).toBe('undefined idle');
  });

  it('follow the calls of a session, and one of them', async () => {
    const scene = new Scene();
    await scene.login();
    function Page({ session }: { session: Session }): ReactElement {
      const calls = useCalls(session);
      const call = useCall(calls[0]);
      const ref = useSound(calls[0]);
      return createElement('div', null, p(`${calls.length} ${call?.party.number ?? ''} ${call?.state ?? ''} ${call?.muted === true ? 'muted' : ''}`), createElement('audio', { ref }));
    }
    await render(createElement(Page, { session: scene.session }));
    expect(shown()).toBe('0   ');

    await act(async () => {
      const call = await scene.dialled('9196');
      await scene.tell('verto.answer', { callID: call.callId, sdp: 'answer' });
      call.setMuted(true);
    });
    expect(shown()).toBe('1 9196 active muted');
    const stream = new MediaStream();
    await act(async () => scene.browser.lastPeer.ontrack?.({ streams: [stream as unknown as FakeStream], track: new FakeStream().track }));
    expect(container.querySelector('audio')?.srcObject).toBe(stream);
    await act(async () => {
      void scene.session.activeCalls[0]?.hangUp();
    });

    expect(shown()).toBe('0   ');
  });

  it('follow a room: who is there, who talks, and what is said', async () => {
    const scene = new RoomScene();
    await scene.joined();
    function Page({ session }: { session: Session }): ReactElement {
      const call = useCalls(session)[0];
      const room = useRoom(session, call);
      const members = useMembers(room).map(({ name, talking }) => (talking ? `${name}!` : name));
      return p(`${room?.name ?? 'no room'}: ${members.join()}; ${useMessages(room).map(({ text }) => text).join()}`);
    }
    await render(createElement(Page, { session: scene.session }));
    await act(async () => {
      await scene.reply('verto.broadcast', {});
      await scene.event(CHAT, { action: 'history', messages: [{ message: 'before', from: 'x' }] });
      await scene.change('modify', 'b', row('0008', 'Bob', status({ talking: true })));
      await scene.event(CHAT, { message: 'now', from: 'x' });
    });
    expect(shown()).toBe('3500: Ada,Bob!; before,now');

    await act(() => scene.place('conference-liveArray-part'));

    expect(shown()).toBe('no room: ; ');
  });

  it('shows both pictures of a call', async () => {
    const scene = new Scene();
    await scene.login();
    // Elements take nothing but the DOM's own.
    const [stream, own] = [new MediaStream(), new MediaStream()];
    scene.browser.stream = () => stream;
    scene.browser.camera = () => Promise.resolve(own);
    function Page({ session }: { session: Session }): ReactElement {
      const [call] = useCalls(session);
      return createElement('div', null, createElement('video', { id: 'theirs', ref: usePicture(call) }), createElement('video', { id: 'own', ref: useOwnPicture(call) }));
    }
    await render(createElement(Page, { session: scene.session }));

    await act(async () => {
      scene.session.dial('9196', { video: true });
      await scene.browser.pass(0);
      scene.browser.lastPeer.ontrack?.({ streams: [], track: new FakeTrack('', 'video') });
    });

    expect(container.querySelector<HTMLVideoElement>('#theirs')?.srcObject).toBe(stream);
    expect(container.querySelector<HTMLVideoElement>('#own')?.srcObject).toBe(own);
  });

  it('list devices, and who is in a call', async () => {
    const scene = new Scene();
    await scene.login();
    const devices = new Devices(scene.browser);
    function Page({ session }: { session: Session }): ReactElement {
      return p(`${useDevices(devices).microphones.map(({ name }) => name).join()}; ${usePresence(session).map(({ user, state }) => `${user} ${state}`).join()}`);
    }
    await render(createElement(Page, { session: scene.session }));

    await act(async () => {
      await scene.reply('verto.subscribe', { subscribedChannels: ['presence'] });
      await scene.tell('verto.event', { eventChannel: 'presence.1001@pbx.test', data: { channelUUID: 'a', channelCallState: 'ACTIVE' } });
      await scene.browser.plugIn({ kind: 'audioinput', deviceId: 'mic-2', label: 'Headset' });
    });

    expect(shown()).toBe('Desk microphone,Headset; 1001@pbx.test active');
  });

  it('sample how a call goes', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();
    scene.browser.lastPeer.statistics = [{ type: 'inbound-rtp', kind: 'audio', packetsReceived: 0 }];
    function Page(): ReactElement {
      return p(String(useSamples(call).length));
    }
    await render(createElement(Page));

    await act(() => scene.browser.pass(2_000));

    expect(shown()).toBe('2');
  });

  it('know the camera of a call, turn it off and on, and change it', async () => {
    const scene = new Scene();
    scene.browser.plugged.push({ kind: 'videoinput', deviceId: 'cam-1', label: 'Desk camera' }, { kind: 'videoinput', deviceId: 'cam-2', label: 'Other camera' });
    await scene.login();
    const devices = new Devices(scene.browser);
    let camera: CameraView | undefined;
    function Page(): ReactElement {
      const [call] = useCalls(scene.session);
      camera = useCamera(call, devices);
      return p(`${camera.on} ${camera.muted} ${camera.chosen ?? ''} ${camera.cameras.length} ${camera.trouble?.kind ?? ''}`);
    }
    await render(createElement(Page));
    expect(shown()).toBe('false false  2 ');
    await act(async () => {
      scene.session.dial('9196', { video: true });
      await settle();
      await scene.reply('verto.invite', { message: 'CALL CREATED' });
    });
    expect(shown()).toBe('true false cam-1 2 ');

    await act(() => camera?.toggle());
    expect(shown()).toBe('true true cam-1 2 ');
    await act(() => camera?.choose('cam-2'));
    expect(shown()).toBe('true true cam-2 2 ');
    await act(() => camera?.choose('cam-9'));
    expect(shown()).toBe('true true cam-2 2 camera-missing');
  });
});

import { describe, expect, it } from 'vitest';
import { type Call, Devices, type MicrophoneNews, microphoneOf, Speaker, VertoError } from '../src/index.ts';
import { FakeBrowser, type FakeDevice, type FakeTrack, settle } from '../src/testing/FakeBrowser.ts';
import { Scene } from './scene.ts';

const HEADSET: FakeDevice = { kind: 'audioinput', deviceId: 'mic-2', label: 'Headset' };
const EARS: FakeDevice = { kind: 'audiooutput', deviceId: 'speaker-2', label: 'Headset' };
const stream = {} as MediaStream;

/** A call that is answered, and what its microphone went through. */
class MicrophoneScene extends Scene {
  readonly news: string[] = [];

  async talking(): Promise<Call> {
    await this.login();
    const call = await this.dialled();
    call.on('microphone', (news: MicrophoneNews) => this.news.push(`${news.kind} ${'name' in news ? news.name : news.trouble.kind}`));
    await this.tell('verto.answer', { callID: call.callId, sdp: 'answer' });
    return call;
  }

  /** The device whose sound goes out now. */
  get speaks(): string {
    const track = this.browser.lastPeer.tracks[0] as FakeTrack;
    return track.readyState === 'live' ? track.label : 'nothing';
  }
}

describe('the list of devices', () => {
  it('names microphones and speakers, and what is plugged in and out', async () => {
    const browser = new FakeBrowser();
    browser.plugged.push({ kind: 'audioinput', deviceId: 'communications', label: 'Communications - Desk microphone' });
    const devices = new Devices(browser);
    await devices.refresh();
    const changes: string[] = [];
    devices.on('changed', ({ added, removed }) => changes.push(`+${added.map(({ name }) => name)} -${removed.map(({ name }) => name)}`));

    await browser.plugIn(HEADSET);
    await browser.pullOut('speaker-1');
    devices.close();
    await browser.plugIn(EARS);

    expect(devices.microphones).toEqual([{ id: 'mic-1', name: 'Desk microphone' }, { id: 'mic-2', name: 'Headset' }]);
    expect(devices.speakers).toEqual([]);
    expect(changes).toEqual(['+Headset -', '+ -Desk speaker']);
    expect(browser.deviceWatchers).toBe(0);
  });

  it('opens a microphone to ask for permission, and lets it go', async () => {
    const browser = new FakeBrowser();

    const lists = await new Devices(browser).ask();

    expect(lists.microphones).toHaveLength(1);
    expect(browser.microphones[0]?.track.stopped).toBe(true);
  });

  it.each(['microphone-refused', 'microphone-missing', 'microphone-busy', 'insecure-page'] as const)('asks in vain: %s', async (kind) => {
    const browser = new FakeBrowser();
    browser.microphoneTrouble = new VertoError({ kind });

    await expect(new Devices(browser).ask()).rejects.toMatchObject({ trouble: { kind } });
  });

  it('tells whether one may choose a speaker', () => {
    const browser = new FakeBrowser();
    const devices = new Devices(browser);
    expect(devices.canChooseSpeaker).toBe(true);

    browser.openPlayer = () => ({}) as ReturnType<FakeBrowser['openPlayer']>;

    expect(devices.canChooseSpeaker).toBe(false);
  });
});

describe('the microphone of a call', () => {
  it('is another one when that is asked for, and stays muted', async () => {
    const scene = new MicrophoneScene();
    const call = await scene.talking();
    await scene.browser.plugIn(HEADSET);
    call.setMuted(true);

    await call.useMicrophone(microphoneOf('mic-2'));

    expect(scene.speaks).toBe('Headset');
    expect(scene.news).toEqual(['chosen Headset']);
    expect(scene.browser.microphones[0]?.track.stopped).toBe(true);
    expect((scene.browser.lastPeer.tracks[0] as FakeTrack).enabled).toBe(false);
  });

  it('falls back when it is unplugged in mid-call, says so, and comes back with it', async () => {
    const scene = new MicrophoneScene({ media: { input: { echoCancellation: false } } });
    const call = await scene.talking();
    await scene.browser.plugIn(HEADSET);
    await call.useMicrophone(microphoneOf('mic-2'));

    await scene.browser.pullOut('mic-2');
    expect(scene.speaks).toBe('Desk microphone');
    await scene.browser.plugIn(HEADSET);

    expect(scene.speaks).toBe('Headset');
    expect(scene.news).toEqual(['chosen Headset', 'fell-back Desk microphone', 'back Headset']);
    expect(call.state).toBe('active');
    expect(scene.browser.microphones.at(-1)?.constraints).toEqual({ echoCancellation: false, deviceId: { exact: 'mic-2' } });
  });

  it('is replaced once, though the system says twice that it is gone', async () => {
    const scene = new MicrophoneScene();
    const call = await scene.talking();
    await scene.browser.plugIn(HEADSET);
    await call.useMicrophone(microphoneOf('mic-2'));
    scene.browser.microphoneMs = 300;

    await scene.browser.pullOut('mic-2');
    await scene.browser.pass(2_000);

    expect(scene.news).toEqual(['chosen Headset', 'fell-back Desk microphone']);
    expect(scene.browser.microphones.filter(({ track }) => !track.stopped)).toHaveLength(1);
  });

  it('is lost when it was the only one, and the call goes on until one is plugged in', async () => {
    const scene = new MicrophoneScene();
    const call = await scene.talking();

    await scene.browser.pullOut('mic-1');
    expect(scene.speaks).toBe('nothing');
    expect(call.state).toBe('active');
    await scene.browser.plugIn(HEADSET);

    expect(scene.speaks).toBe('Headset');
    expect(scene.news).toEqual(['lost microphone-missing', 'back Headset']);
  });

  it('of those that remain, any speaks when neither it nor the one after it is there', async () => {
    const scene = new MicrophoneScene();
    const call = await scene.talking();
    await scene.browser.plugIn(HEADSET);
    await call.useMicrophone(microphoneOf('mic-2'));
    await scene.browser.pullOut('mic-1');
    await scene.browser.pullOut('mic-2');

    await scene.browser.plugIn({ kind: 'audioinput', deviceId: 'mic-3', label: 'Camera' });

    expect(scene.speaks).toBe('Camera');
    expect(scene.news).toEqual(['chosen Headset', 'lost microphone-missing', 'fell-back Camera']);
  });

  it('is opened anew with what the browser shall do to its sound', async () => {
    const scene = new MicrophoneScene({ media: { microphone: microphoneOf('mic-1'), input: { autoGainControl: true } } });
    const call = await scene.talking();

    await call.useInput({ noiseSuppression: false, stereo: true });

    expect(scene.browser.microphones.map(({ constraints }) => constraints)).toEqual([
      { autoGainControl: true, deviceId: { exact: 'mic-1' } },
      { autoGainControl: true, noiseSuppression: false, channelCount: { ideal: 2 }, deviceId: { exact: 'mic-1' } },
    ]);
  });

  it('is silent from the first moment of a call that was muted before it opened', async () => {
    const scene = new MicrophoneScene();
    await scene.login();
    const call = scene.session.dial('9196');
    const heard: boolean[] = [];
    call.on('muted', (muted) => heard.push(muted));

    call.setMuted(true);
    call.setMuted(true);
    await settle();

    expect(scene.browser.microphones[0]?.track.enabled).toBe(false);
    expect(heard).toEqual([true]);
  });

  it('is let go at the end, and nothing is watched any more', async () => {
    const scene = new MicrophoneScene();
    const call = await scene.talking();

    void call.hangUp();
    await settle();
    await scene.browser.pullOut('mic-1');

    expect(scene.browser.deviceWatchers).toBe(0);
    expect(scene.news).toEqual([]);
  });
});

describe('a speaker', () => {
  it('plays where it is told, and back at the system\'s choice when that is unplugged', async () => {
    const browser = new FakeBrowser();
    await browser.plugIn(EARS);
    const speaker = new Speaker({ browser });
    const news: string[] = [];
    speaker.on('device', ({ kind }) => news.push(kind));
    await speaker.play(stream);

    await speaker.use('speaker-2');
    expect(browser.players[0]?.sink).toBe('speaker-2');
    await browser.pullOut('speaker-2');
    expect(browser.players[0]?.sink).toBe('');
    await browser.plugIn(EARS);

    expect(browser.players[0]?.sink).toBe('speaker-2');
    expect(news).toEqual(['fell-back', 'back']);
  });

  it('that is not there is refused, and all stays as it was', async () => {
    const browser = new FakeBrowser();
    const speaker = new Speaker({ browser });

    await expect(speaker.use('gone')).rejects.toMatchObject({ trouble: { kind: 'speaker-missing' } });

    expect(speaker.device).toBe('');
  });

  it('cannot be chosen in a browser that has no say in it, but for the system\'s choice', async () => {
    const browser = new FakeBrowser();
    const speaker = new Speaker({ browser });
    delete browser.players[0]?.setSinkId;

    await expect(speaker.use('speaker-1')).rejects.toMatchObject({ trouble: { kind: 'speaker-fixed' } });
    await speaker.use('');
  });

  it('that the browser blocks says so, and plays after a click', async () => {
    const browser = new FakeBrowser();
    browser.mayPlay = false;
    const speaker = new Speaker({ browser });
    const blocked: boolean[] = [];
    speaker.on('blocked', (now) => blocked.push(now));

    await speaker.play(stream);
    await speaker.play(stream);
    expect(browser.players[0]?.playing).toBe(false);
    await browser.click();

    expect(browser.players[0]?.playing).toBe(true);
    expect(blocked).toEqual([true, false]);
  });

  it('keeps its volume within bounds, and falls silent', async () => {
    const browser = new FakeBrowser();
    const speaker = new Speaker({ browser });
    await speaker.play(stream);

    speaker.volume = 3;
    await speaker.play(undefined);
    speaker.close();

    expect(speaker.volume).toBe(1);
    expect(browser.players[0]).toMatchObject({ playing: false, srcObject: null });
    expect(browser.deviceWatchers).toBe(0);
  });
});

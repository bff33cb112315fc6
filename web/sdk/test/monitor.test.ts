import { describe, expect, it } from 'vitest';
import { preCallTest, type PreCallStep, type Sample, VertoError } from '../src/index.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
import { Scene } from './scene.ts';

/** Counters after so many seconds of sound, of which some was lost. */
const counters = (seconds: number, lost = 0): Readonly<Record<string, unknown>>[] => [
  {
    type: 'inbound-rtp', kind: 'audio', packetsReceived: 50 * seconds - lost, packetsLost: lost, jitter: 0.003, audioLevel: 0.4,
    totalSamplesReceived: 48_000 * seconds, concealedSamples: 0, bytesReceived: 4_000 * seconds,
  },
  { type: 'outbound-rtp', kind: 'audio', packetsSent: 50 * seconds, bytesSent: 5_000 * seconds },
  { type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0.02 },
  { type: 'media-source', kind: 'audio', audioLevel: 0.25 },
  { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
  { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.04 },
];

describe('a monitor', () => {
  it('tells each second how the call went, and keeps the last samples for a plot', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();
    const peer = scene.browser.lastPeer;
    peer.statistics = counters(0);
    const monitor = call.monitor({ keep: 2 });
    const samples: Sample[] = [];
    monitor.on('sample', (sample) => samples.push(sample));

    await settle();
    for (const [second, lost] of [[1, 0], [2, 5], [3, 5]] as const) {
      peer.statistics = counters(second, lost);
      await scene.browser.pass(1000);
    }

    expect(samples[0]).toEqual({
      atMs: 1000, loss: 0, lossThere: 0.02, jitterMs: 3, roundTripMs: 40, received: 32, sent: 40, level: 0.4, ownLevel: 0.25,
      quality: expect.objectContaining({ grade: 'good' }) as unknown,
    });
    expect(samples.map(({ loss }) => loss)).toEqual([0, 0.1, 0]);
    expect(monitor.samples.map(({ atMs }) => atMs)).toEqual([2000, 3000]);
  });

  it('begins anew with a peer connection that was made anew, and goes on without one', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();
    const peer = scene.browser.lastPeer;
    peer.statistics = counters(10);
    const monitor = call.monitor();

    await settle();
    peer.statistics = counters(1);
    await scene.browser.pass(1000);
    expect(monitor.samples).toEqual([]);
    peer.getStats = () => Promise.reject(new Error('closed'));
    await scene.browser.pass(1000);
    peer.getStats = () => Promise.resolve(new Map(counters(2).entries()) as unknown as Map<string, unknown>);
    await scene.browser.pass(1000);
    expect(monitor.samples).toEqual([]);
    await scene.browser.pass(1000);

    expect(monitor.samples).toHaveLength(1);
  });

  it('ends with the call', async () => {
    const scene = new Scene();
    await scene.login();
    const call = await scene.dialled();
    const monitor = call.monitor();
    await scene.tell('verto.bye', { callID: call.callId, causeCode: 16, cause: 'NORMAL_CLEARING' });

    await scene.browser.pass(5000);

    expect(monitor.samples).toEqual([]);
    expect(call.monitor().samples).toEqual([]);
  });
});

describe('a test before a call', () => {
  /** The server does the speed test at once, and answers the call. */
  async function run(scene: Scene, lost = 0, answer = true): ReturnType<typeof preCallTest> {
    const steps: PreCallStep[] = [];
    const tested = preCallTest(scene.session, { onStep: (step) => steps.push(step), speedBytes: 1024 });
    await settle();
    await scene.browser.pass(10);
    await scene.socket.receive('#SPU 8');
    await scene.socket.receive(`#SPB${'.'.repeat(1020)}`);
    await scene.socket.receive('#SPD 8');
    await settle();
    if (answer && steps.includes('call')) {
      const callID = (scene.socket.last('verto.invite').params?.['dialogParams'] as { callID: string }).callID;
      await scene.reply('verto.invite', { message: 'CALL CREATED', callID });
      scene.browser.lastPeer.statistics = counters(0);
      await scene.tell('verto.answer', { callID, sdp: 'answer' });
      for (let second = 1; second <= 5; second++) {
        scene.browser.lastPeer.statistics = counters(second, lost);
        await scene.browser.pass(1000);
      }
      await scene.reply('verto.bye', { message: 'CALL ENDED' });
    }
    return tested;
  }

  it('finds all well', async () => {
    const scene = new Scene();
    await scene.login();

    const report = await run(scene);

    expect(report).toMatchObject({
      devices: { microphones: [{ name: 'Desk microphone' }] },
      speed: { up: 1024 },
      network: { loss: 0, jitterMs: 3, roundTripMs: 40, grade: 'good' },
      ownLevel: 0.25,
      troubles: {},
      verdict: 'good',
    });
    expect(scene.socket.last('verto.invite').params).toMatchObject({ dialogParams: { destination_number: '9196' } });
    expect(scene.browser.microphones.every(({ track }) => track.stopped)).toBe(true);
  });

  it('measures a network that loses', async () => {
    const scene = new Scene();
    await scene.login();

    const report = await run(scene, 50);

    expect(report.network?.loss).toBeCloseTo(0.2);
    expect(report.verdict).toBe('poor');
  });

  it('does not call without a microphone, and says why', async () => {
    const scene = new Scene();
    await scene.login();
    scene.browser.microphoneTrouble = new VertoError({ kind: 'microphone-refused' });

    const report = await run(scene);

    expect(report).toMatchObject({ devices: undefined, troubles: { microphone: { kind: 'microphone-refused' } }, verdict: 'failed' });
    expect(scene.socket.count('verto.invite')).toBe(0);
  });

  it('says that the number is none', async () => {
    const scene = new Scene();
    await scene.login();
    const tested = run(scene, 0, false);
    for (let turn = 0; turn < 5; turn++) await settle();
    const callID = (scene.socket.last('verto.invite').params?.['dialogParams'] as { callID: string }).callID;
    await scene.reply('verto.invite', { message: 'CALL CREATED', callID });

    await scene.tell('verto.bye', { callID, causeCode: 3, cause: 'NO_ROUTE_DESTINATION' });

    expect(await tested).toMatchObject({ network: undefined, troubles: { call: { kind: 'refused', message: 'NO_ROUTE_DESTINATION' } }, verdict: 'failed' });
  });
});

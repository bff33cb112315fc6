import { expect, it } from 'vitest';
import { between, soundStats } from '../src/media/stats.ts';

const report = (packets: number, concealed: number) =>
  new Map<string, unknown>([
    ['v', { type: 'inbound-rtp', kind: 'video', packetsReceived: 999 }],
    [
      'a',
      {
        type: 'inbound-rtp',
        kind: 'audio',
        packetsReceived: packets,
        packetsLost: 1,
        jitter: 0.004,
        totalSamplesReceived: packets * 960,
        concealedSamples: concealed,
      },
    ],
    ['o', { type: 'outbound-rtp', kind: 'audio', packetsSent: packets + 5 }],
    ['r', { type: 'remote-inbound-rtp', roundTripTime: 0.02 }],
  ]) as unknown as RTCStatsReport;

it('picks the sound out of a report and takes the difference of two', () => {
  const first = soundStats(report(50, 960));
  const second = soundStats(report(100, 1060));

  expect(between(first, second)).toEqual({
    packetsReceived: 50,
    packetsLost: 0,
    jitterMs: 4,
    samples: 48_000,
    concealedSamples: 100,
    packetsSent: 50,
    roundTripMs: 20,
  });
});

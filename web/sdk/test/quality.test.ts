import { describe, expect, it } from 'vitest';
import { quality, type SoundStats } from '../src/index.ts';

const SECOND: SoundStats = {
  packetsReceived: 50, packetsLost: 0, jitterMs: 2, samples: 48_000, concealedSamples: 0, packetsSent: 50, roundTripMs: 30,
};

describe('quality', () => {
  it('is good on a calm network', () => {
    expect(quality(SECOND)).toMatchObject({ grade: 'good', loss: 0, concealed: 0 });
    expect(quality(SECOND)?.score).toBeGreaterThan(4.3);
  });

  it('falls with loss', () => {
    expect(quality({ ...SECOND, packetsReceived: 48, packetsLost: 2 })?.grade).toBe('fair');
    expect(quality({ ...SECOND, packetsReceived: 40, packetsLost: 10 })?.grade).toBe('poor');
  });

  it('falls with sound that is made up, though nothing was lost', () => {
    expect(quality({ ...SECOND, concealedSamples: 9_600 })).toMatchObject({ grade: 'poor', concealed: 0.2 });
  });

  it('falls with a long way', () => {
    const near = quality(SECOND)?.score ?? 0;
    const far = quality({ ...SECOND, roundTripMs: 900 })?.score ?? 5;
    expect(far).toBeLessThan(near - 1);
  });

  it('is between 1 and 4.5, whatever was counted', () => {
    for (const packetsLost of [-5, 0, 50, 10_000]) {
      const score = quality({ ...SECOND, packetsReceived: 1, packetsLost, roundTripMs: 10_000 })?.score ?? 0;
      expect(score).toBeGreaterThanOrEqual(1);
      expect(score).toBeLessThanOrEqual(4.5);
    }
  });

  it('is unknown when nothing comes', () => {
    expect(quality({ ...SECOND, packetsReceived: 0 })).toBeUndefined();
  });
});

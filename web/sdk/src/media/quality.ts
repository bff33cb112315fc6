import type { SoundStats } from './stats.ts';

/** How a stretch of a call sounds, for people. */
export type Grade = 'good' | 'fair' | 'poor';

export interface Quality {
  /** Mean opinion score, 1 to 4.5, of what is heard here (ITU-T G.107). */
  readonly score: number;
  readonly grade: Grade;
  /** Share of packets that did not come, 0 to 1. */
  readonly loss: number;
  /** Share of the sound that had to be made up, 0 to 1. */
  readonly concealed: number;
}

/** What a jitter buffer and a codec take, milliseconds, one way. */
const PLAYOUT_MS = 60;
/** How well Opus bears loss: the factor Bpl of the E-model, with redundancy. */
const ROBUSTNESS = 20;
const GOOD = 4;
const FAIR = 3.2;

/**
 * Judges what happened between two readings, see `between`.
 *
 * @returns undefined when nothing came: there is nothing to judge
 */
export function quality(stretch: SoundStats): Quality | undefined {
  const expected = stretch.packetsReceived + Math.max(0, stretch.packetsLost);
  if (expected <= 0) return undefined;
  const loss = Math.max(0, stretch.packetsLost) / expected;
  const concealed = stretch.samples > 0 ? stretch.concealedSamples / stretch.samples : 0;
  const score = opinion(rating((stretch.roundTripMs ?? 0) / 2 + 2 * stretch.jitterMs + PLAYOUT_MS, Math.max(loss, concealed)));
  return { score, loss, concealed, grade: score >= GOOD ? 'good' : score >= FAIR ? 'fair' : 'poor' };
}

/** The rating R of the E-model for a delay in milliseconds one way and a share of sound that is missing. */
function rating(delayMs: number, missing: number): number {
  const late = delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0;
  const percent = 100 * missing;
  return 93.2 - 0.024 * delayMs - late - (95 * percent) / (percent + ROBUSTNESS);
}

/** R as an opinion (ITU-T G.107 annex B). */
function opinion(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r));
}

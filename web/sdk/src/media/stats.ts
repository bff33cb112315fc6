/** Counters of the sound received by a call since it began. */
export interface SoundStats {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly samples: number;
  readonly concealedSamples: number;
  readonly packetsSent: number;
  readonly roundTripMs: number | undefined;
}

const NONE: SoundStats = {
  packetsReceived: 0,
  packetsLost: 0,
  jitterMs: 0,
  samples: 0,
  concealedSamples: 0,
  packetsSent: 0,
  roundTripMs: undefined,
};

/** Picks what matters out of a statistics report. */
export function soundStats(report: RTCStatsReport): SoundStats {
  let stats = NONE;
  report.forEach((entry: Readonly<Record<string, unknown>>) => {
    if (entry['type'] === 'inbound-rtp' && entry['kind'] === 'audio') {
      stats = {
        ...stats,
        packetsReceived: count(entry['packetsReceived']),
        packetsLost: count(entry['packetsLost']),
        jitterMs: count(entry['jitter']) * 1000,
        samples: count(entry['totalSamplesReceived']),
        concealedSamples: count(entry['concealedSamples']),
      };
    } else if (entry['type'] === 'outbound-rtp' && entry['kind'] === 'audio') {
      stats = { ...stats, packetsSent: count(entry['packetsSent']) };
    } else if (entry['type'] === 'remote-inbound-rtp' && typeof entry['roundTripTime'] === 'number') {
      stats = { ...stats, roundTripMs: entry['roundTripTime'] * 1000 };
    }
  });
  return stats;
}

/** What happened between two readings. */
export function between(earlier: SoundStats, later: SoundStats): SoundStats {
  return {
    packetsReceived: later.packetsReceived - earlier.packetsReceived,
    packetsLost: later.packetsLost - earlier.packetsLost,
    jitterMs: later.jitterMs,
    samples: later.samples - earlier.samples,
    concealedSamples: later.concealedSamples - earlier.concealedSamples,
    packetsSent: later.packetsSent - earlier.packetsSent,
    roundTripMs: later.roundTripMs,
  };
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

import { type PictureReport, pictureReport } from './pictureStats.ts';

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

/** All that is read of a call at one moment. */
export interface SoundReport {
  readonly sound: SoundStats;
  readonly pictures: PictureReport;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** Share of what is sent that does not arrive at the server, 0 to 1, as it says itself. */
  readonly lossThere: number | undefined;
  /** How loud it is now, 0 to 1: what is heard, and what the microphone hears. */
  readonly level: number | undefined;
  readonly ownLevel: number | undefined;
}

/** Reads a statistics report of a browser (W3C WebRTC statistics). */
export function soundReport(report: RTCStatsReport, pictureMid?: string): SoundReport {
  const sound = soundStats(report);
  let pairMs: number | undefined;
  let read: SoundReport = { sound, pictures: pictureReport(report, pictureMid), bytesReceived: 0, bytesSent: 0, lossThere: undefined, level: undefined, ownLevel: undefined };
  report.forEach((entry: Readonly<Record<string, unknown>>) => {
    const isSound = entry['kind'] === 'audio';
    if (entry['type'] === 'inbound-rtp' && isSound) {
      read = { ...read, bytesReceived: count(entry['bytesReceived']), level: known(entry['audioLevel']) };
    } else if (entry['type'] === 'outbound-rtp' && isSound) {
      read = { ...read, bytesSent: count(entry['bytesSent']) };
    } else if (entry['type'] === 'remote-inbound-rtp' && isSound) {
      read = { ...read, lossThere: known(entry['fractionLost']) };
    } else if (entry['type'] === 'media-source' && isSound) {
      read = { ...read, ownLevel: known(entry['audioLevel']) };
    } else if (entry['type'] === 'candidate-pair' && entry['nominated'] === true) {
      const seconds = known(entry['currentRoundTripTime']);
      if (seconds !== undefined) pairMs = seconds * 1000;
    }
  });
  // Who sends no reports of what it receives answers checks all the same.
  return { ...read, sound: { ...sound, roundTripMs: sound.roundTripMs ?? pairMs } };
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

function known(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** What is known of the picture that comes, since the call began or was taken up. */
export interface ReceivedPicture {
  readonly frames: number;
  readonly framesPerSecond: number;
  readonly framesDropped: number;
  /** In pixels; 0 before the first frame. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly packetsLost: number;
  readonly packetsReceived: number;
  /** How often the picture stood still, and for how long in all. */
  readonly freezes: number;
  readonly frozenMs: number;
}

/** What is known of the picture that is sent. */
export interface SentPicture {
  readonly frames: number;
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Why it is not better than it is: `none`, `cpu`, `bandwidth` or `other`. */
  readonly limitedBy: string;
}

/** Each is undefined where there is no such picture. */
export interface PictureReport {
  readonly received: ReceivedPicture | undefined;
  readonly sent: SentPicture | undefined;
}

/**
 * Reads the pictures in a statistics report (W3C WebRTC statistics).
 *
 * @param mid the line whose pictures these are, where there may be others
 */
export function pictureReport(report: RTCStatsReport, mid?: string): PictureReport {
  let received: ReceivedPicture | undefined;
  let sent: SentPicture | undefined;
  report.forEach((entry: Readonly<Record<string, unknown>>) => {
    if (entry['kind'] !== 'video' || (mid !== undefined && entry['mid'] !== undefined && entry['mid'] !== mid)) return;
    const count = (key: string): number => (typeof entry[key] === 'number' && Number.isFinite(entry[key]) ? entry[key] : 0);
    const size = { framesPerSecond: count('framesPerSecond'), width: count('frameWidth'), height: count('frameHeight') };
    if (entry['type'] === 'inbound-rtp') {
      received = {
        ...size,
        frames: count('framesDecoded'),
        framesDropped: count('framesDropped'),
        bytes: count('bytesReceived'),
        packetsLost: count('packetsLost'),
        packetsReceived: count('packetsReceived'),
        freezes: count('freezeCount'),
        frozenMs: count('totalFreezesDuration') * 1000,
      };
    } else if (entry['type'] === 'outbound-rtp') {
      const why = entry['qualityLimitationReason'];
      sent = { ...size, frames: count('framesEncoded'), bytes: count('bytesSent'), limitedBy: typeof why === 'string' ? why : 'none' };
    }
  });
  return { received, sent };
}

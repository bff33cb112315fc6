import type { Browser, PeerConnection } from './browser/Browser.ts';

type Transceiver = ReturnType<PeerConnection['addTransceiver']>;

/** Lines of a call on which the server shows single members of a room (verto-extensions.md, gallery). */
export class GalleryMedia {
  private lines: Transceiver[] = [];
  private readonly streams = new Map<Transceiver, MediaStream>();

  constructor(private readonly browser: Browser) {}

  /** Adds lines to the next offer, until there are so many; lines are never taken out of a call. */
  extend(peer: PeerConnection, count: number, mimeType: string | undefined): void {
    while (this.lines.length < count) {
      const line = peer.addTransceiver('video', { direction: 'recvonly' });
      // The format of the call's first picture is the only one that the server sends; others would make the offer long.
      const codecs = this.browser.videoCodecs().filter((codec) => codec.mimeType === mimeType || codec.mimeType === 'video/rtx');
      if (mimeType !== undefined && codecs.length > 0) line.setCodecPreferences(codecs);
      this.lines.push(line);
    }
  }

  /** How many lines the server has taken. */
  get size(): number {
    return this.lines.filter((line) => line.currentDirection === 'recvonly').length;
  }

  owns(line: Pick<RTCRtpTransceiver, 'receiver'>): boolean {
    return this.lines.some(({ receiver }) => receiver === line.receiver);
  }

  /** What comes on a line; the same stream whoever is shown there. */
  streamOn(mid: string): MediaStream | undefined {
    const line = this.lines.find((one) => one.mid === mid);
    if (line === undefined) return undefined;
    const stream = this.streams.get(line) ?? this.browser.stream([line.receiver.track]);
    this.streams.set(line, stream);
    return stream;
  }

  /** The peer connection goes. */
  drop(): void {
    this.lines = [];
    this.streams.clear();
  }
}

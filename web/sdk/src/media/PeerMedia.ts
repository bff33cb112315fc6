import { VertoError } from '../errors.ts';
import type { Browser, Cancel, PeerConnection } from './browser/Browser.ts';
import { wantsStereo, withStereo } from './sdp.ts';
import { type SoundStats, soundStats } from './stats.ts';

/** Candidates go into the SDP, for the protocol has no trickle (12.1); this long is waited for more of them. */
export const GATHERING_MS = 1000;
/** How long to wait when there is no candidate at all. */
export const GATHERING_LIMIT_MS = 3000;

/**
 * How long a broken media path is given: a server that ends a call may close its media just before it says so, and
 * then its reason is the better one.
 */
export const FAILURE_MS = 3000;

export interface MediaOptions {
  readonly microphone?: MediaTrackConstraints | true;
  readonly stereo?: boolean;
  readonly iceServers?: readonly RTCIceServer[];
}

/** The media of one call: microphone, peer connection, and the sound that comes back. */
export class PeerMedia {
  private microphone: MediaStream | undefined;
  private peer: PeerConnection | undefined;
  private cancelGathering: Cancel = () => undefined;
  private cancelFailure: Cancel = () => undefined;
  private closed = false;

  onSound: (stream: MediaStream) => void = () => undefined;
  onFailure: () => void = () => undefined;

  constructor(
    private readonly browser: Browser,
    private readonly options: MediaOptions,
  ) {}

  /** An offer with all candidates. */
  async offer(): Promise<string> {
    const peer = await this.start();
    const offer = await peer.createOffer({});
    return this.describe(peer, 'offer', offer.sdp ?? '', this.options.stereo ?? false);
  }

  /** An answer with all candidates. */
  async answer(offerSdp: string): Promise<string> {
    const peer = await this.start();
    await this.apply(peer, 'offer', offerSdp);
    const answer = await peer.createAnswer();
    return this.describe(peer, 'answer', answer.sdp ?? '', (this.options.stereo ?? false) && wantsStereo(offerSdp));
  }

  async acceptAnswer(sdp: string): Promise<void> {
    if (this.peer === undefined) throw new VertoError({ kind: 'wrong-state', message: 'no offer was made' });
    await this.apply(this.peer, 'answer', sdp);
  }

  setMuted(muted: boolean): void {
    for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = !muted;
  }

  async stats(): Promise<SoundStats> {
    if (this.peer === undefined) throw new VertoError({ kind: 'wrong-state', message: 'the call has no media' });
    return soundStats(await this.peer.getStats());
  }

  /** Drops the peer connection but keeps the microphone: the server offers anew (4.5). */
  drop(): void {
    this.cancelGathering();
    this.cancelFailure();
    this.peer?.close();
    this.peer = undefined;
  }

  close(): void {
    this.closed = true;
    this.drop();
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.microphone = undefined;
  }

  private async start(): Promise<PeerConnection> {
    this.microphone ??= await this.browser.microphone(this.options.microphone ?? true);
    if (this.closed) {
      this.close();
      throw new VertoError({ kind: 'wrong-state', message: 'the call ended while its microphone opened' });
    }
    const peer = this.browser.openPeerConnection({ iceServers: [...(this.options.iceServers ?? [])] });
    for (const track of this.microphone.getAudioTracks()) peer.addTrack(track, this.microphone);
    peer.ontrack = (event) => this.onSound(event.streams[0] ?? new MediaStream([event.track]));
    peer.onconnectionstatechange = () => this.watch(peer);
    this.peer = peer;
    return peer;
  }

  private watch(peer: PeerConnection): void {
    this.cancelFailure();
    if (peer.connectionState !== 'failed') return;
    this.cancelFailure = this.browser.after(FAILURE_MS, () => {
      if (this.peer === peer) this.onFailure();
    });
  }

  private async describe(peer: PeerConnection, type: RTCSdpType, sdp: string, stereo: boolean): Promise<string> {
    await peer.setLocalDescription({ type, sdp: stereo ? withStereo(sdp) : sdp });
    await this.gathered(peer);
    return peer.localDescription?.sdp ?? '';
  }

  private gathered(peer: PeerConnection): Promise<void> {
    return new Promise((resolve) => {
      let seen = false;
      let patient = true;
      const done = (): void => {
        short();
        long();
        this.cancelGathering = () => undefined;
        peer.onicecandidate = null;
        peer.onicegatheringstatechange = null;
        resolve();
      };
      const look = (): void => {
        if (peer.iceGatheringState === 'complete' || (seen && !patient)) done();
      };
      const short = this.browser.after(GATHERING_MS, () => {
        patient = false;
        look();
      });
      const long = this.browser.after(GATHERING_LIMIT_MS, done);
      this.cancelGathering = done;
      peer.onicegatheringstatechange = look;
      peer.onicecandidate = (event) => {
        seen ||= event.candidate !== null && event.candidate.candidate !== '';
        look();
      };
      look();
    });
  }

  private async apply(peer: PeerConnection, type: RTCSdpType, sdp: string): Promise<void> {
    try {
      await peer.setRemoteDescription({ type, sdp });
    } catch (error) {
      throw new VertoError({ kind: 'media-failed', message: `the server's SDP was not understood: ${String(error)}` });
    }
  }
}

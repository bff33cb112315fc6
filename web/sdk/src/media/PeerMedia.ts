import { VertoError } from '../errors.ts';
import type { MicrophoneNews } from '../events.ts';
import type { TrickledCandidate } from '../wire/messages.ts';
import type { Browser, Cancel, PeerConnection } from './browser/Browser.ts';
import { GalleryMedia } from './GalleryMedia.ts';
import { asksForOne, type InputOptions, ofAny, withInput } from './microphone.ts';
import { PictureMedia, type PictureLimits, type PictureWish } from './PictureMedia.ts';
import { wantsStereo, withReceiveLimit, withStereo } from './sdp.ts';
import { type SoundReport, soundReport } from './stats.ts';

/** Without trickle the candidates go into the SDP (12.1); this long is waited for more of them. */
export const GATHERING_MS = 1000;
/** How long to wait when there is no candidate at all. */
export const GATHERING_LIMIT_MS = 3000;

/**
 * How long a broken media path is given: a server that ends a call may close its media just before it says so, and
 * then its reason is the better one.
 */
export const FAILURE_MS = 3000;

export interface MediaOptions {
  /** False: nothing is said, as of a screen that is shared in a call of its own. */
  readonly microphone?: MediaTrackConstraints | boolean;
  /** `true` or constraints: with one's camera; `receive`: others are seen alone. False, or without it: sound alone. */
  readonly video?: PictureWish;
  /** A screen instead of a camera. */
  readonly screen?: DisplayMediaStreamOptions | true;
  readonly bandwidth?: PictureLimits;
  /** What the browser may do to what the microphone hears. */
  readonly input?: InputOptions;
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
  private muted = false;
  private sender: Pick<RTCRtpSender, 'replaceTrack'> | undefined;
  readonly pictures: PictureMedia;
  readonly gallery: GalleryMedia;
  /** The microphone that was asked for, and what may be done to its sound. */
  private wanted: MediaTrackConstraints | true;
  private input: InputOptions | undefined;
  /** The one that was asked for is not there: another one speaks, or none. */
  private fallen = false;
  private lost = false;
  private turn: Promise<void> = Promise.resolve();
  private cancelDevices: Cancel | undefined;

  onMicrophone: (news: MicrophoneNews) => void = () => undefined;
  onSound: (stream: MediaStream) => void = () => undefined;
  onFailure: () => void = () => undefined;
  /** How the path is. */
  onPath: (state: RTCIceConnectionState) => void = () => undefined;
  /** A candidate that is not in the description, because that was made to be trickled. */
  onCandidate: (candidate: TrickledCandidate) => void = () => undefined;

  constructor(
    private readonly browser: Browser,
    private options: MediaOptions,
  ) {
    this.wanted = wished(options);
    this.input = options.input;
    this.pictures = new PictureMedia(browser);
    this.gallery = new GalleryMedia(browser);
  }

  /** Other wishes than at first, before anything is opened. */
  choose(options: MediaOptions): void {
    this.options = { ...this.options, ...options };
    this.wanted = wished(this.options);
    this.input = this.options.input;
  }

  /** What is said here. */
  get voice(): MediaStream | undefined {
    return this.microphone;
  }

  /** An offer with all candidates, or, to be trickled, at once. */
  async offer(trickle: boolean): Promise<string> {
    const peer = await this.start();
    this.pictures.attach(peer, this.microphone);
    const offer = await peer.createOffer({});
    return this.describe(peer, { type: 'offer', sdp: this.withWish(offer.sdp) }, trickle);
  }

  /** An answer with all candidates, or, to be trickled, at once. */
  async answer(offerSdp: string, trickle: boolean): Promise<string> {
    const peer = await this.start();
    await this.apply(peer, 'offer', offerSdp);
    await this.pictures.answer(peer, this.microphone);
    const answer = await peer.createAnswer();
    const sdp = wantsStereo(offerSdp) ? this.withWish(answer.sdp) : this.limited(answer.sdp);
    const described = await this.describe(peer, { type: 'answer', sdp }, trickle);
    await this.pictures.agreed();
    return described;
  }

  /** An offer of what is sent and taken now, over the path that there is. */
  async offerAgain(trickle: boolean): Promise<string> {
    const peer = this.thePeer();
    const offer = await peer.createOffer({});
    return this.describe(peer, { type: 'offer', sdp: this.withWish(offer.sdp) }, trickle);
  }

  /** Whether the others' first picture is agreed on; without it the next offer asks for it. */
  takePicture(): boolean {
    return this.pictures.receive(this.thePeer());
  }

  /** Lines for the members of a room, and one's own picture in several sizes, for the next offer. */
  async extendGallery(count: number): Promise<void> {
    this.gallery.extend(this.thePeer(), count, this.pictures.mimeType);
    await this.pictures.sendSizes(this.thePeer(), this.microphone);
  }

  startCamera(wanted: MediaTrackConstraints | true): Promise<void> {
    return this.pictures.startCamera(this.thePeer(), this.microphone, wanted);
  }

  share(options: DisplayMediaStreamOptions | true): Promise<void> {
    return this.pictures.share(this.thePeer(), this.microphone, options);
  }

  /** An offer that looks for another path (RFC 8445 §9); sound goes on over the old one while that works. */
  async restart(trickle: boolean): Promise<string> {
    const peer = this.thePeer();
    const offer = await peer.createOffer({ iceRestart: true });
    return this.describe(peer, { type: 'offer', sdp: this.withWish(offer.sdp) }, trickle);
  }

  /** Takes the offer of `restart` back: the server did not answer it. */
  async takeBack(): Promise<void> {
    await this.peer?.setLocalDescription({ type: 'rollback' });
  }

  async acceptAnswer(sdp: string): Promise<void> {
    await this.apply(this.thePeer(), 'answer', sdp);
    await this.pictures.agreed();
  }

  /**
   * Speaks through another microphone from now on, without a new description. Where that one cannot be opened, the call keeps
   * the one it has.
   */
  useMicrophone(wanted: MediaTrackConstraints | true, input = this.input): Promise<void> {
    return this.inTurn(async () => {
      const stream = await this.speakThrough(wanted, input);
      this.wanted = wanted;
      this.input = input;
      this.fallen = false;
      this.onMicrophone({ kind: 'chosen', ...nameOf(stream) });
    });
  }

  /** Has the browser do this to what the microphone hears from now on. */
  useInput(input: InputOptions): Promise<void> {
    return this.useMicrophone(this.wanted, { ...this.input, ...input });
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = !muted;
  }

  async report(): Promise<SoundReport> {
    return soundReport(await this.thePeer().getStats(), this.pictures.mid);
  }

  /** Drops the peer connection but keeps the microphone: the server offers anew (4.5). */
  drop(): void {
    this.cancelGathering();
    this.cancelFailure();
    if (this.peer !== undefined) this.peer.onicecandidate = null;
    this.peer?.close();
    this.peer = undefined;
    this.sender = undefined;
    this.pictures.drop();
    this.gallery.drop();
  }

  close(): void {
    this.closed = true;
    this.cancelDevices?.();
    this.pictures.close();
    this.drop();
    this.silence();
    this.microphone = undefined;
  }

  private thePeer(): PeerConnection {
    if (this.peer === undefined) throw new VertoError({ kind: 'wrong-state', message: 'the call has no media' });
    return this.peer;
  }

  private withWish(sdp: string | undefined): string {
    return this.options.stereo === true ? withStereo(this.limited(sdp)) : this.limited(sdp);
  }

  private limited(sdp = ''): string {
    const kbps = this.pictures.receiveLimit;
    return kbps === undefined ? sdp : withReceiveLimit(sdp, kbps);
  }

  private async start(): Promise<PeerConnection> {
    const { microphone, video, screen, bandwidth } = this.options;
    const speaks = microphone !== false && screen === undefined;
    // What somebody must choose comes first: browsers let pages ask for a moment after a click.
    if (screen !== undefined) await this.pictures.showScreen(screen);
    if (speaks && this.microphone === undefined) this.take(await this.browser.microphone(withInput(this.wanted, this.input)));
    this.pictures.restrict(bandwidth);
    if (screen === undefined && video !== undefined && video !== false && !this.closed) await this.pictures.open(video);
    if (this.closed || (speaks && this.microphone === undefined)) {
      this.close();
      throw new VertoError({ kind: 'wrong-state', message: 'the call ended while its microphone opened' });
    }
    const peer = this.browser.openPeerConnection({ iceServers: [...(this.options.iceServers ?? [])] });
    // Servers of today want a line of sound in every call (verto-wire 12.3).
    if (!speaks) peer.addTransceiver('audio', { direction: 'recvonly' });
    for (const track of this.microphone?.getAudioTracks() ?? []) this.sender = peer.addTrack(track, this.microphone as MediaStream);
    peer.ontrack = ({ track, streams, transceiver }) => {
      if (track.kind === 'video' && this.gallery.owns(transceiver)) return;
      if (track.kind === 'video') this.pictures.onTrack(peer, track);
      else this.onSound(streams[0] ?? this.browser.stream([track]));
    };
    peer.onconnectionstatechange = () => this.watch(peer);
    peer.oniceconnectionstatechange = () => {
      if (this.peer === peer) this.onPath(peer.iceConnectionState);
    };
    this.peer = peer;
    return peer;
  }

  /** One change of the microphone at a time: a browser says in one moment that it is gone and that devices have changed. */
  private inTurn(change: () => Promise<void>): Promise<void> {
    const done = this.turn.then(change);
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** Keeps a microphone as the one that speaks. */
  private take(stream: MediaStream): void {
    this.microphone = stream;
    this.lost = false;
    this.setMuted(this.muted);
    for (const track of stream.getAudioTracks()) {
      // Not by our own `stop`: it was unplugged, or taken away by the system.
      track.onended = () => void this.inTurn(() => this.onUnplugged(track));
    }
    this.cancelDevices ??= this.browser.onDevicesChanged(() => void this.inTurn(() => this.onDevices()));
  }

  private silence(): void {
    for (const track of this.microphone?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
  }

  private async speakThrough(wanted: MediaTrackConstraints | true, input: InputOptions | undefined): Promise<MediaStream> {
    const next = await this.browser.microphone(withInput(wanted, input));
    const track = next.getAudioTracks()[0];
    if (this.closed || this.sender === undefined || track === undefined) {
      for (const unused of next.getTracks()) unused.stop();
      throw new VertoError({ kind: 'wrong-state', message: 'the call has no media' });
    }
    await this.sender.replaceTrack(track);
    this.silence();
    this.take(next);
    return next;
  }

  private async onUnplugged(track: MediaStreamTrack): Promise<void> {
    if (this.closed || this.microphone?.getAudioTracks()[0] !== track) return;
    this.fallen = true;
    await this.fallBack();
  }

  private async fallBack(): Promise<void> {
    try {
      const stream = await this.speakThrough(ofAny(this.wanted), this.input);
      this.fallen = asksForOne(this.wanted);
      this.onMicrophone({ kind: 'fell-back', ...nameOf(stream) });
    } catch (error) {
      if (this.closed || this.lost) return;
      this.lost = true;
      const trouble = error instanceof VertoError ? error.trouble : { kind: 'media-failed' as const, message: String(error) };
      this.onMicrophone({ kind: 'lost', trouble });
    }
  }

  /** Something was plugged in or out: the one that was asked for may be back. */
  private async onDevices(): Promise<void> {
    if (!this.fallen || this.closed) return;
    try {
      const stream = await this.speakThrough(this.wanted, this.input);
      this.fallen = false;
      this.onMicrophone({ kind: 'back', ...nameOf(stream) });
    } catch {
      const speaks = this.microphone?.getAudioTracks()[0]?.readyState === 'live';
      if (!speaks && asksForOne(this.wanted)) await this.fallBack();
    }
  }

  private watch(peer: PeerConnection): void {
    this.cancelFailure();
    if (peer.connectionState !== 'failed') return;
    this.cancelFailure = this.browser.after(FAILURE_MS, () => {
      if (this.peer === peer) this.onFailure();
    });
  }

  private async describe(peer: PeerConnection, ours: RTCSessionDescriptionInit, trickle: boolean): Promise<string> {
    if (trickle) peer.onicecandidate = (event) => this.trickle(event.candidate);
    await peer.setLocalDescription(ours);
    if (!trickle) await this.gathered(peer);
    return peer.localDescription?.sdp ?? '';
  }

  private trickle(found: RTCIceCandidate | null): void {
    if (found === null) return; // all lines are done, each of which has said so
    const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = found;
    this.onCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment });
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

function nameOf(stream: MediaStream): { readonly name: string; readonly stream: MediaStream } {
  return { name: stream.getAudioTracks()[0]?.label ?? '', stream };
}

function wished({ microphone }: MediaOptions): MediaTrackConstraints | true {
  return typeof microphone === 'object' ? microphone : true;
}

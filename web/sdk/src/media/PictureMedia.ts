import { VertoError } from '../errors.ts';
import type { CameraNews } from '../events.ts';
import type { Browser, Cancel, PeerConnection } from './browser/Browser.ts';
import { asksForOne, ofAny } from './microphone.ts';
import { pictureReport } from './pictureStats.ts';

/** What picture a call wants: one's own and the others', the others' alone, or none. */
export type PictureWish = boolean | 'receive' | MediaTrackConstraints;

/** What the pictures of a call may cost, in kbit/s; what is left out is for the browser to find out. */
export interface PictureLimits {
  readonly send?: number;
  readonly receive?: number;
}

/** What a picture's owner does for it. */
export interface PictureOwner {
  /** Tells the other side what is sent and taken from now on. */
  renegotiate(): Promise<void>;
}

const WATCH_MS = 1_000;
/** A picture of which nothing has come for so long is over; a screen on which nothing happens is sent once a second all the same. */
export const STILL_MS = 4_000;

const VP8 = 'video/VP8';
/** Smallest first (RFC 8853); who has place for less is sent less. */
const SIZES = [
  { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_700_000 },
] as const;

type VideoTransceiver = ReturnType<PeerConnection['addTransceiver']>;

/** The pictures of one call: a camera, a shared screen, and what comes. One at a time is sent. */
export class PictureMedia {
  private camera: MediaStream | undefined;
  private screen: MediaStream | undefined;
  /** The line of the picture that comes, and of one's own while that is sent in one size. */
  private transceiver: VideoTransceiver | undefined;
  /** The line of one's own in several sizes. */
  private sized: VideoTransceiver | undefined;
  private inSizes = false;
  private received: MediaStream | undefined;
  private wanted: MediaTrackConstraints | true = true;
  /** Whether pictures of others are taken. */
  private takes = false;
  private muted = false;
  private fallen = false;
  private closed = false;
  private limits: PictureLimits = {};
  private cancelDevices: Cancel | undefined;
  private cancelWatch: Cancel = () => undefined;
  private turn: Promise<void> = Promise.resolve();

  onCamera: (news: CameraNews) => void = () => undefined;
  onPicture: (stream: MediaStream | undefined) => void = () => undefined;
  onSharing: (sharing: boolean) => void = () => undefined;
  owner: PictureOwner = { renegotiate: () => Promise.resolve() };

  constructor(private readonly browser: Browser) {}

  /** What is sent: the shared screen, or else the camera. */
  get own(): MediaStream | undefined {
    return this.screen ?? this.camera;
  }

  get hasCamera(): boolean {
    return this.camera !== undefined;
  }

  /** The name of its line; undefined before it is agreed on. */
  get mid(): string | undefined {
    return this.transceiver?.mid ?? undefined;
  }

  /** The format in which the others' picture comes, where the browser tells. */
  get mimeType(): string | undefined {
    return this.transceiver?.receiver.getParameters().codecs[0]?.mimeType;
  }

  get sharing(): boolean {
    return this.screen !== undefined;
  }

  /** What the other side shows, while it shows anything. */
  get picture(): MediaStream | undefined {
    return this.received;
  }

  /** For a call that is of a screen alone; without that it is none. */
  async showScreen(options: DisplayMediaStreamOptions | true): Promise<void> {
    if (this.screen === undefined) await this.openScreen(options);
  }

  /** Opens what the call begins with. A call without its camera is better than none. */
  async open(wish: Exclude<PictureWish, false>): Promise<void> {
    this.takes = true;
    if (wish === 'receive' || this.camera !== undefined) return;
    try {
      await this.openCamera(wish);
    } catch (error) {
      this.onCamera({ kind: 'lost', trouble: troubleOf(error) });
    }
  }

  /** Puts the pictures into an offer. */
  attach(peer: PeerConnection, voice: MediaStream | undefined): void {
    const track = this.track;
    const stream = voice ?? this.own;
    if (track !== undefined) {
      this.transceiver = peer.addTransceiver(track, { direction: this.direction, streams: stream === undefined ? [] : [stream] });
    } else if (this.takes) {
      this.transceiver = peer.addTransceiver('video', { direction: 'recvonly' });
    }
  }

  /** Takes pictures of others from now on: true where that is agreed on already, otherwise with the next offer. */
  receive(peer: PeerConnection): boolean {
    const taken = this.transceiver?.currentDirection;
    if (taken === 'sendrecv' || taken === 'recvonly') return true;
    this.takes = true;
    if (this.transceiver === undefined) this.transceiver = peer.addTransceiver('video', { direction: 'recvonly' });
    else this.transceiver.direction = this.direction;
    return false;
  }

  /**
   * Sends one's own in several sizes at the same time from the next offer on, so that everybody can be given what he has place and bandwidth for.
   * Where the server does not take them, `sizesAgreed` goes back to one.
   */
  async sendSizes(peer: PeerConnection, voice: MediaStream | undefined): Promise<void> {
    this.inSizes = this.mimeType === VP8;
    const track = this.track;
    if (!this.inSizes || this.sized !== undefined || track === undefined) return;
    const stream = voice ?? this.own;
    this.sized = peer.addTransceiver(track, { direction: 'sendonly', streams: stream === undefined ? [] : [stream], sendEncodings: SIZES.map((size) => ({ ...size })) });
    const codecs = this.browser.videoCodecs().filter(({ mimeType }) => mimeType === VP8 || mimeType === 'video/rtx');
    if (codecs.length > 0) this.sized.setCodecPreferences(codecs);
    nameSizes(this.sized);
    await this.transceiver?.sender.replaceTrack(null);
    if (this.transceiver !== undefined) this.transceiver.direction = this.direction;
  }

  /** @returns false where the server takes one size alone, so that another offer is due */
  async sizesAgreed(): Promise<boolean> {
    if (this.sized === undefined || isSent(this.sized) || this.track === undefined) return true;
    await this.sized.sender.replaceTrack(null);
    this.sized = undefined;
    this.inSizes = false;
    await this.transceiver?.sender.replaceTrack(this.track);
    if (this.transceiver !== undefined) this.transceiver.direction = this.direction;
    return false;
  }

  /** Puts them into the answer to an offer that the peer connection has taken: where that has no picture, there is none. */
  async answer(peer: PeerConnection, voice: MediaStream | undefined): Promise<void> {
    const offered = peer.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video');
    if (offered === undefined) return;
    this.transceiver = offered;
    if (this.track !== undefined) {
      if (voice !== undefined) offered.sender.setStreams(voice);
      await offered.sender.replaceTrack(this.track);
    }
    offered.direction = this.direction;
  }

  /** What was agreed on holds: limits can be set now. */
  async agreed(): Promise<void> {
    const sender = this.outgoing?.sender;
    if (sender === undefined || this.limits.send === undefined) return;
    const most = this.limits.send * 1000;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) encoding.maxBitrate = Math.min(SIZES.find(({ rid }) => rid === encoding.rid)?.maxBitrate ?? most, most);
    await sender.setParameters(parameters).catch(() => undefined);
  }

  get receiveLimit(): number | undefined {
    return this.limits.receive;
  }

  restrict(limits: PictureLimits | undefined): void {
    this.limits = { ...this.limits, ...limits };
  }

  limit(limits: PictureLimits): Promise<void> {
    this.restrict(limits);
    return this.agreed();
  }

  onTrack(peer: PeerConnection, track: MediaStreamTrack): void {
    const stream = this.browser.stream([track]);
    const look = (comes = true): void => {
      const shown = comes && !track.muted && track.readyState === 'live';
      if (shown !== (this.received === stream)) this.show(shown ? stream : undefined);
    };
    track.onunmute = () => look();
    track.onmute = () => look();
    track.onended = () => look();
    // It comes muted, until there is a picture.
    look();
    this.watchOver(peer, look);
  }

  /** Who stops sending does not always say so: then the last picture would stand there for ever. */
  private watchOver(peer: PeerConnection, look: (comes: boolean) => void): void {
    let before: number | undefined;
    let still = 0;
    const tick = async (): Promise<void> => {
      const report = await peer.getStats().catch(() => undefined);
      // A browser that receives none any more has no figures of it either.
      const now = report === undefined ? undefined : pictureReport(report, this.mid).received?.bytes;
      still = now === before ? still + WATCH_MS : 0;
      look(still < STILL_MS);
      before = now;
      plan();
    };
    const plan = (): void => {
      if (peer.connectionState !== 'closed' && !this.closed) this.cancelWatch = this.browser.after(WATCH_MS, () => void tick());
    };
    this.cancelWatch();
    plan();
  }

  /** Sends a camera from now on. */
  startCamera(peer: PeerConnection, voice: MediaStream | undefined, wanted: MediaTrackConstraints | true): Promise<void> {
    return this.inTurn(async () => {
      await this.openCamera(wanted);
      this.takes = true;
      if (this.screen !== undefined) return;
      try {
        await this.send(peer, voice);
      } catch (error) {
        this.forgetCamera();
        throw error;
      }
    });
  }

  /** Another one, or another resolution of the same; what is muted stays so. */
  useCamera(wanted: MediaTrackConstraints | true): Promise<void> {
    return this.inTurn(async () => {
      if (this.camera === undefined) throw new VertoError({ kind: 'wrong-state', message: 'the call has no camera' });
      await this.openCamera(wanted);
      if (this.screen === undefined) await this.outgoing?.sender.replaceTrack(this.track ?? null);
    });
  }

  stopCamera(): Promise<void> {
    return this.inTurn(async () => {
      if (this.camera === undefined) return;
      this.forgetCamera();
      if (this.screen === undefined) await this.sendNothing();
    });
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    for (const track of this.camera?.getVideoTracks() ?? []) track.enabled = !muted;
  }

  share(peer: PeerConnection, voice: MediaStream | undefined, options: DisplayMediaStreamOptions | true): Promise<void> {
    return this.inTurn(async () => {
      if (this.screen !== undefined) return;
      await this.openScreen(options);
      try {
        await this.send(peer, voice);
      } catch (error) {
        this.forgetScreen();
        throw error;
      }
    });
  }

  stopSharing(): Promise<void> {
    return this.inTurn(async () => {
      if (this.screen === undefined) return;
      this.forgetScreen();
      if (this.camera === undefined) await this.sendNothing();
      else await this.outgoing?.sender.replaceTrack(this.track ?? null);
    });
  }

  /** What the server would like the camera to give (verto-wire 5.10). */
  async suit(constraints: MediaTrackConstraints): Promise<void> {
    await this.camera?.getVideoTracks()[0]?.applyConstraints(constraints).catch(() => undefined);
  }

  /** The peer connection goes; cameras stay for the next one. */
  drop(): void {
    this.cancelWatch();
    this.transceiver = undefined;
    this.sized = undefined;
    this.inSizes = false;
    if (this.received !== undefined) this.show(undefined);
  }

  close(): void {
    this.closed = true;
    this.cancelDevices?.();
    for (const stream of [this.camera, this.screen]) if (stream !== undefined) stop(stream);
    this.camera = undefined;
    this.screen = undefined;
    this.drop();
  }

  private get track(): MediaStreamTrack | undefined {
    return this.own?.getVideoTracks()[0];
  }

  private get outgoing(): VideoTransceiver | undefined {
    return this.sized ?? this.transceiver;
  }

  private get direction(): RTCRtpTransceiverDirection {
    if (this.track !== undefined && this.sized === undefined) return this.takes ? 'sendrecv' : 'sendonly';
    return this.takes ? 'recvonly' : 'inactive';
  }

  private forgetCamera(): void {
    if (this.camera !== undefined) stop(this.camera);
    this.camera = undefined;
    this.onCamera({ kind: 'off' });
  }

  private forgetScreen(): void {
    if (this.screen !== undefined) stop(this.screen);
    this.screen = undefined;
    this.onSharing(false);
  }

  private show(stream: MediaStream | undefined): void {
    this.received = stream;
    this.onPicture(stream);
  }

  private async openCamera(wanted: MediaTrackConstraints | true): Promise<void> {
    const stream = await this.browser.camera(wanted);
    if (this.closed) {
      stop(stream);
      throw new VertoError({ kind: 'wrong-state', message: 'the call ended while its camera opened' });
    }
    this.wanted = wanted;
    this.fallen = false;
    this.take(stream);
    this.onCamera({ kind: 'on', ...nameOf(stream) });
  }

  private take(stream: MediaStream): void {
    if (this.camera !== undefined) stop(this.camera);
    this.camera = stream;
    this.setMuted(this.muted);
    for (const track of stream.getVideoTracks()) track.onended = () => void this.inTurn(() => this.onUnplugged(track));
    this.cancelDevices ??= this.browser.onDevicesChanged(() => void this.inTurn(() => this.onDevices()));
  }

  private async onUnplugged(track: MediaStreamTrack): Promise<void> {
    if (this.closed || this.camera?.getVideoTracks()[0] !== track) return;
    this.fallen = true;
    await this.swap(asksForOne(this.wanted) ? ofAny(this.wanted) : this.wanted, 'fell-back');
  }

  private async onDevices(): Promise<void> {
    if (this.fallen && !this.closed && (await this.swap(this.wanted, 'back'))) this.fallen = false;
  }

  private async swap(wanted: MediaTrackConstraints | true, kind: 'fell-back' | 'back'): Promise<boolean> {
    try {
      this.take(await this.browser.camera(wanted));
      if (this.screen === undefined) await this.outgoing?.sender.replaceTrack(this.track ?? null);
      if (this.camera !== undefined) this.onCamera({ kind, ...nameOf(this.camera) });
      return true;
    } catch (error) {
      if (kind === 'fell-back') this.onCamera({ kind: 'lost', trouble: troubleOf(error) });
      return false;
    }
  }

  private async openScreen(options: DisplayMediaStreamOptions | true): Promise<void> {
    const stream = await this.browser.display(options === true ? {} : options);
    if (this.closed) {
      stop(stream);
      throw new VertoError({ kind: 'wrong-state', message: 'the call ended while its screen was chosen' });
    }
    this.screen = stream;
    for (const track of stream.getVideoTracks()) {
      // Sharp letters rather than smooth motion.
      track.contentHint = 'detail';
      // The browser has a button of its own for that.
      track.onended = () => void this.stopSharing().catch(() => undefined);
    }
    this.onSharing(true);
  }

  /** Sends what there is, and says so where it was not agreed on yet. */
  private async send(peer: PeerConnection, voice: MediaStream | undefined): Promise<void> {
    if (this.sized !== undefined) {
      await this.sized.sender.replaceTrack(this.track ?? null);
      this.sized.direction = 'sendonly';
    } else if (this.inSizes) {
      await this.sendSizes(peer, voice);
    } else if (this.transceiver === undefined) {
      this.attach(peer, voice);
    } else {
      if (voice !== undefined) this.transceiver.sender.setStreams(voice);
      await this.transceiver.sender.replaceTrack(this.track ?? null);
      this.transceiver.direction = this.direction;
    }
    if (isSent(this.outgoing)) return;
    await this.owner.renegotiate();
    if (!(await this.sizesAgreed())) await this.owner.renegotiate();
    if (!isSent(this.outgoing)) {
      throw new VertoError({ kind: 'refused', method: 'verto.modify', code: undefined, message: 'the server takes no pictures' });
    }
  }

  private async sendNothing(): Promise<void> {
    const line = this.outgoing;
    if (line === undefined) return;
    await line.sender.replaceTrack(null);
    line.direction = line === this.sized ? 'inactive' : this.direction;
    await this.owner.renegotiate();
  }

  private inTurn(change: () => Promise<void>): Promise<void> {
    const done = this.turn.then(change);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

interface HeaderExtension {
  readonly uri: string;
  readonly direction: RTCRtpTransceiverDirection;
}

/** Where the call's first line was agreed on without names of sizes, Chromium leaves them out of others too, unless it is told to have them (W3C WebRTC extensions). */
function nameSizes(line: VideoTransceiver): void {
  const known = line as Partial<Record<'getHeaderExtensionsToNegotiate', () => HeaderExtension[]> & Record<'setHeaderExtensionsToNegotiate', (all: HeaderExtension[]) => void>>;
  const all = known.getHeaderExtensionsToNegotiate?.();
  if (all === undefined) return;
  known.setHeaderExtensionsToNegotiate?.(all.map((one) => (one.uri.endsWith('rtp-stream-id') ? { ...one, direction: 'sendrecv' } : one)));
}

function isSent(transceiver: VideoTransceiver | undefined): boolean {
  return transceiver?.currentDirection === 'sendrecv' || transceiver?.currentDirection === 'sendonly';
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) {
    track.onended = null;
    track.stop();
  }
}

function nameOf(stream: MediaStream): { readonly name: string; readonly stream: MediaStream } {
  return { name: stream.getVideoTracks()[0]?.label ?? '', stream };
}

function troubleOf(error: unknown): VertoError['trouble'] {
  return error instanceof VertoError ? error.trouble : { kind: 'media-failed', message: String(error) };
}

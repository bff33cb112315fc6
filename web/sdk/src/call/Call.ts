import { type Trouble, VertoError } from '../errors.ts';
import { type CallEvents, type CallState, Emitter, type Ending, type Party } from '../events.ts';
import type { Browser } from '../media/browser/Browser.ts';
import type { InputOptions } from '../media/microphone.ts';
import type { PictureLimits } from '../media/PictureMedia.ts';
import { hasPicture } from '../media/sdp.ts';
import { type MediaOptions, PeerMedia } from '../media/PeerMedia.ts';
import { Monitor, type MonitorOptions } from '../media/Monitor.ts';
import type { SoundReport, SoundStats } from '../media/stats.ts';
import type { Answer, Bye, ClientRequest, DialogParams, Display, Info, Media, MediaWish, Result } from '../wire/messages.ts';
import { causeCodeOf } from './causes.ts';
import { MediaExchange } from './MediaExchange.ts';

/** What a call needs of its session. */
export interface CallPort {
  readonly browser: Browser;
  /** Whether the server takes candidates by themselves, and another path in mid-call (verto-extensions.md). */
  trickles(): boolean;
  /** Whether it shows the members of rooms on lines of their own. */
  hasGalleries(): boolean;
  request(request: ClientRequest): Promise<Result>;
}

export interface CallOptions {
  readonly media: MediaOptions;
  readonly callerName: string;
  readonly callerNumber: string;
  /** What the dialplan, and a room's other members, hear of this call. */
  readonly userVariables?: Readonly<Record<string, string | boolean>>;
}

export interface CallIdentity {
  readonly callId: string;
  readonly direction: 'outgoing' | 'incoming';
  readonly party: Party;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Digits a call can send (6.2). */
const DIGITS = /^[0-9A-Da-d*#]+$/;

/** One call, in or out. States and their order: protocol reference 5.11. */
export class Call extends Emitter<CallEvents> {
  readonly callId: string;
  readonly direction: 'outgoing' | 'incoming';
  /** What the server said as it offered the call, as it came: for instance `variables` and `verto_h_...` of the dialplan. */
  readonly details: Readonly<Record<string, unknown>>;

  private readonly media: PeerMedia;
  private readonly exchange: MediaExchange;
  private current: CallState = 'new';
  private other: Party;
  private destination: string | undefined;
  private offerSdp: string | undefined;
  private stream: MediaStream | undefined;
  private ending: Ending | undefined;
  /** The one application of the server's answer: it may come in either of two messages, and late. */
  private applied: Promise<void> | undefined;
  private silent = false;
  private dark = false;
  private onHold = false;

  constructor(
    private readonly port: CallPort,
    private readonly options: CallOptions,
    identity: CallIdentity,
  ) {
    super();
    this.callId = identity.callId;
    this.direction = identity.direction;
    this.other = identity.party;
    this.details = identity.details ?? {};
    this.media = new PeerMedia(port.browser, options.media);
    this.media.onSound = (stream) => {
      this.stream = stream;
      this.emit('sound', stream);
    };
    this.media.onMicrophone = (news) => this.emit('microphone', news);
    const { pictures } = this.media;
    pictures.onPicture = (stream) => this.emit('picture', stream);
    pictures.onCamera = (news) => this.emit('camera', news);
    pictures.onSharing = (sharing) => {
      this.emit('sharing', sharing);
      // A call that is for a screen alone is over without it.
      if (!sharing && options.media.screen !== undefined) void this.hangUp();
    };
    this.exchange = new MediaExchange(port, this.media, {
      dialogParams: () => this.dialogParams(),
      isUp: () => this.ending === undefined,
      isActive: () => this.current === 'active',
      isRecovering: () => this.current === 'recovering',
      onPathBroken: () => this.fail(new VertoError({ kind: 'media-failed', message: 'the media path broke' })),
    });
  }

  get state(): CallState {
    return this.current;
  }

  get party(): Party {
    return this.other;
  }

  /** What the other side sends, once it does. */
  get sound(): MediaStream | undefined {
    return this.stream;
  }

  /** What is said here, for a level meter; another stream after each event `microphone`. */
  get voice(): MediaStream | undefined {
    return this.media.voice;
  }

  /** How the call ended, once it has. */
  get end(): Ending | undefined {
    return this.ending;
  }

  get muted(): boolean {
    return this.silent;
  }

  get held(): boolean {
    return this.onHold;
  }

  /** What the other side shows, while it shows anything. */
  get picture(): MediaStream | undefined {
    return this.media.pictures.picture;
  }

  /** What is shown of this side: the camera, or a shared screen; another stream after each event `camera` or `sharing`. */
  get ownPicture(): MediaStream | undefined {
    return this.media.pictures.own;
  }

  /** Whether this call has a camera, be it black at the moment or behind a shared screen. */
  get cameraOn(): boolean {
    return this.media.pictures.hasCamera;
  }

  get sharing(): boolean {
    return this.media.pictures.sharing;
  }

  get cameraMuted(): boolean {
    return this.dark;
  }

  /** Whether a call that comes in, or comes back, offers a picture or would take one. */
  get offersPicture(): boolean {
    const sdp = this.offerSdp ?? this.details['sdp'];
    return typeof sdp === 'string' && hasPicture(sdp);
  }

  /** Other wishes than the session's, before a call is answered or, after a reload, taken up: for listeners of `incoming` and `resumed`. */
  prepare(options: MediaOptions): void {
    this.media.choose(options);
  }

  /**
   * Shows oneself from now on, in a running call.
   *
   * @throws VertoError `camera-refused`, `camera-missing`, `camera-busy`, or `refused` by a server without pictures; the call goes on without
   */
  startCamera(wanted: MediaTrackConstraints | true = true): Promise<void> {
    this.mustBeActive();
    return this.media.startCamera(wanted);
  }

  /** Shows oneself no more, and lets go of the camera. */
  stopCamera(): Promise<void> {
    return this.media.pictures.stopCamera();
  }

  /** Another camera, or another resolution, without a break. */
  useCamera(wanted: MediaTrackConstraints | true): Promise<void> {
    return this.media.pictures.useCamera(wanted);
  }

  /** Sends black instead of one's picture, at once and without a word to the server, or the picture again. */
  setCameraMuted(muted: boolean): void {
    if (this.dark === muted) return;
    this.dark = muted;
    this.media.pictures.setMuted(muted);
    this.emit('cameraMuted', muted);
  }

  /**
   * Shows a screen or a window instead of the camera. Call it from a click: the browser asks which one.
   *
   * @throws VertoError `screen-refused` when none was chosen
   */
  shareScreen(options: DisplayMediaStreamOptions | true = true): Promise<void> {
    this.mustBeActive();
    return this.media.share(options);
  }

  stopSharing(): Promise<void> {
    return this.media.pictures.stopSharing();
  }

  /** How much one's picture may cost from now on; what comes is limited where the call begins. */
  limitPicture(limits: PictureLimits): Promise<void> {
    return this.media.pictures.limit(limits);
  }

  /** Asks both sides for a whole picture at once, where one has got stuck. */
  async refreshPicture(): Promise<void> {
    this.mustBeActive();
    await this.port.request({ method: 'verto.modify', params: { action: 'videoRefresh', dialogParams: this.dialogParams() } });
  }

  /**
   * Lines on which a room can show its members, each on one of its own. For the call's room, which knows who is on them.
   *
   * @returns what comes on a line, by the name of it
   * @throws VertoError `refused` by a server without galleries
   */
  async openGallery(lines: number): Promise<(mid: string) => MediaStream | undefined> {
    this.mustBeActive();
    const refused = new VertoError({ kind: 'refused', method: 'verto.modify', code: undefined, message: 'the server has no galleries' });
    if (!this.port.hasGalleries()) throw refused;
    const { gallery } = this.media;
    // The server shows members in the format of the call's first picture.
    if (!this.media.takePicture()) await this.exchange.renegotiate();
    await this.media.extendGallery(lines);
    await this.exchange.renegotiate();
    if (!(await this.media.pictures.sizesAgreed())) await this.exchange.renegotiate();
    if (gallery.size === 0) throw refused;
    return (mid) => gallery.streamOn(mid);
  }

  /** Stops or starts sending one's own voice. */
  setMuted(muted: boolean): void {
    if (this.silent === muted) return;
    this.silent = muted;
    this.media.setMuted(muted);
    this.emit('muted', muted);
  }

  /**
   * Speaks through another microphone from now on; what is muted stays muted.
   *
   * @throws VertoError when there is none; the call goes on with the one it has
   */
  useMicrophone(wanted: MediaTrackConstraints | true): Promise<void> {
    return this.media.useMicrophone(wanted);
  }

  /**
   * Has the browser cancel echo, suppress noise or even out levels from now on, or not; what is not named stays as it is.
   *
   * @throws VertoError when the microphone does not open anew; the call goes on as it was
   */
  useInput(input: InputOptions): Promise<void> {
    return this.media.useInput(input);
  }

  async stats(): Promise<SoundStats> {
    return (await this.media.report()).sound;
  }

  /** All that can be read of the call now. */
  report(): Promise<SoundReport> {
    return this.media.report();
  }

  /** Reads again and again how the call goes, until the call is over. */
  monitor(options: MonitorOptions = {}): Monitor {
    const monitor = new Monitor(this.port.browser, () => this.media.report(), options);
    if (this.ending === undefined) this.on('ended', () => monitor.close());
    else monitor.close();
    return monitor;
  }

  /**
   * Takes an incoming call.
   *
   * @param options instead of what the session has
   */
  async answer(options: MediaOptions = {}): Promise<void> {
    const offer = this.offerSdp;
    if (this.current !== 'ringing' || offer === undefined) {
      throw new VertoError({ kind: 'wrong-state', message: `a call that is ${this.current} cannot be answered` });
    }
    this.become('answering');
    this.media.choose(options);
    await this.guard(async () => {
      await this.exchange.describe(
        (trickle) => this.media.answer(offer, trickle),
        (sdp) => ({ method: 'verto.answer', params: { sdp, dialogParams: this.introduction() } }),
      );
      this.become('active');
    });
  }

  /** Ends the call in any state; before an answer it cancels or rejects it. */
  async hangUp(cause = 'NORMAL_CLEARING'): Promise<void> {
    if (this.ending !== undefined) return;
    const begun = this.current !== 'new';
    this.finish({ cause, causeCode: causeCodeOf(cause), by: 'us' });
    if (begun) await this.sayBye(cause);
  }

  /** Refuses an incoming call. */
  reject(cause = 'CALL_REJECTED'): Promise<void> {
    return this.hangUp(cause);
  }

  /** Sends key presses. */
  async sendDigits(digits: string): Promise<void> {
    if (!DIGITS.test(digits)) throw new VertoError({ kind: 'wrong-state', message: `not digits: ${digits}` });
    await this.port.request({ method: 'verto.info', params: { dtmf: digits, dialogParams: this.dialogParams() } });
  }

  /** Sends text as it is typed, where the server carries it. */
  async sendText(characters: string): Promise<void> {
    await this.port.request({ method: 'verto.info', params: { txt: { chars: characters }, dialogParams: this.dialogParams() } });
  }

  /** Sends words to whom the call is with. */
  async sendMessage(body: string): Promise<void> {
    const msg = { to: this.other.number === '' ? 'party' : this.other.number, body, inDialog: true as const };
    await this.port.request({ method: 'verto.info', params: { msg, dialogParams: this.dialogParams() } });
  }

  /**
   * Looks for another network path while the call goes on. Where the server grants it a call does so by itself: when its
   * path breaks, and when the network is back.
   */
  async restartIce(): Promise<void> {
    if (this.current !== 'active') {
      throw new VertoError({ kind: 'wrong-state', message: `a call that is ${this.current} has no path` });
    }
    await this.exchange.restartIce();
  }

  /** The other side hears music, and nothing is heard or said here, until `unhold`. */
  hold(): Promise<void> {
    return this.changeHold('hold');
  }

  unhold(): Promise<void> {
    return this.changeHold('unhold');
  }

  toggleHold(): Promise<void> {
    return this.changeHold('toggleHold');
  }

  /** Sends the other side to a number; this call ends. */
  async transfer(destination: string): Promise<void> {
    this.mustBeActive();
    const dialogParams = this.dialogParams();
    await this.port.request({ method: 'verto.modify', params: { action: 'transfer', destination, dialogParams } });
  }

  /** Brings the other sides of this call, which may still ring, and of another one together; both calls end. */
  async replace(other: Pick<Call, 'callId'>): Promise<void> {
    if (this.current !== 'trying' && this.current !== 'early') this.mustBeActive();
    const dialogParams = this.dialogParams();
    const params = { action: 'replace' as const, replaceCallID: other.callId, dialogParams };
    await this.port.request({ method: 'verto.modify', params });
  }

  /** Sends the invite. For the session only. */
  place(destination: string): void {
    this.destination = destination;
    void this.guard(async () => {
      await this.exchange.describe(
        (trickle) => this.media.offer(trickle),
        (sdp) => {
          this.become('requesting');
          return { method: 'verto.invite', params: { sdp, dialogParams: this.dialogParams() } };
        },
      );
      // The result comes before media and answer (1.5), so nothing has overtaken us here but an ending.
      if (this.current === 'requesting') this.become('trying');
    });
  }

  onInvite(sdp: string): void {
    this.offerSdp = sdp;
    this.become('ringing');
  }

  /** The server offers the media of a running call anew (4.5). */
  onAttach(sdp: string): void {
    this.become('recovering');
    this.exchange.leave();
    // The server lets who attaches talk.
    this.setHeld(false);
    this.media.drop();
    void this.guard(async () => {
      await this.exchange.describe(
        (trickle) => this.media.answer(sdp, trickle),
        (answer) => ({ method: 'verto.attach', params: { sdp: answer, dialogParams: this.dialogParams() } }),
      );
      this.become('active');
    });
  }

  onMessage(message: Media | Answer | Bye | Display | Info | MediaWish): void {
    switch (message.method) {
      case 'verto.media':
        void this.onAnswerSdp(message.sdp, 'early');
        return;
      case 'verto.answer':
        void this.onAnswerSdp(message.sdp, 'active');
        return;
      case 'verto.bye':
        this.finish({ cause: message.cause, causeCode: message.causeCode, by: 'them' });
        return;
      case 'verto.display': {
        const { displayName, displayNumber } = message.names;
        this.other = { name: displayName ?? this.other.name, number: displayNumber ?? this.other.number };
        this.emit('party', this.other);
        return;
      }
      case 'verto.mediaParams':
        void this.media.pictures.suit(message.video);
        return;
      case 'verto.info':
        if (message.message !== undefined) this.emit('message', message.message);
        if (message.text !== undefined) this.emit('text', message.text);
        if (message.digits !== undefined) this.emit('digits', message.digits);
        return;
    }
  }

  /** After a new login: a call that the server did not bring back is over. */
  onClientReady(reattached: readonly string[]): void {
    if (this.current === 'recovering' && !reattached.includes(this.callId)) {
      this.finish({ cause: 'RECOVERY_ON_TIMER_EXPIRE', causeCode: 102, by: 'them', trouble: { kind: 'connection-lost' } });
    }
  }

  /** The server keeps answered calls for a while and ends the others (4.4). */
  onConnectionLost(): void {
    this.exchange.leave();
    if (this.current === 'active') {
      this.become('recovering');
    } else if (this.current !== 'recovering') {
      this.onSessionClosed({ kind: 'connection-lost' });
    }
  }

  /** The system says that there is a network again. */
  onNetwork(): void {
    this.exchange.onNetwork();
  }

  onSessionClosed(trouble: Trouble): void {
    this.finish({ cause: 'DESTINATION_OUT_OF_ORDER', causeCode: 27, by: 'them', trouble });
  }

  private async onAnswerSdp(sdp: string | undefined, next: 'early' | 'active'): Promise<void> {
    if (this.current === 'active' && next === 'early') return;
    await this.guard(async () => {
      if (sdp !== undefined) this.applied ??= this.media.acceptAnswer(sdp);
      await this.applied;
      if (this.current !== 'active') this.become(next);
    });
  }

  private async changeHold(action: 'hold' | 'unhold' | 'toggleHold'): Promise<void> {
    this.mustBeActive();
    const dialogParams = this.dialogParams();
    const { holdState } = await this.port.request({ method: 'verto.modify', params: { action, dialogParams } });
    if (this.current === 'active') this.setHeld(holdState === 'held');
  }

  private setHeld(held: boolean): void {
    if (this.onHold === held) return;
    this.onHold = held;
    this.emit('held', held);
  }

  private mustBeActive(): void {
    if (this.current === 'active') return;
    throw new VertoError({ kind: 'wrong-state', message: `a call that is ${this.current} cannot be held or sent on` });
  }

  private async guard(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (this.ending !== undefined) return;
    const trouble: Trouble =
      error instanceof VertoError ? error.trouble : { kind: 'media-failed', message: String(error) };
    // A loss of the connection is the session's matter: it may come back with the call.
    if (trouble.kind === 'connection-lost' && this.current === 'recovering') return;
    const known = this.current !== 'new' && !(trouble.kind === 'refused' && trouble.method === 'verto.invite');
    this.finish({ cause: 'NORMAL_TEMPORARY_FAILURE', causeCode: 41, by: 'us', trouble });
    if (known) void this.sayBye('NORMAL_TEMPORARY_FAILURE');
  }

  private async sayBye(cause: string): Promise<void> {
    try {
      await this.port.request({
        method: 'verto.bye',
        params: { dialogParams: this.dialogParams(), cause, causeCode: causeCodeOf(cause) },
      });
    } catch {
      // The call is over here in any case: the server has ended it already or will when the session does.
    }
  }

  /** The caller is shown who answers: otherwise it would see no name, or one that stands for none. */
  private introduction(): DialogParams {
    const { callerName, callerNumber } = this.options;
    return { ...this.dialogParams(), callee_id_name: callerName, callee_id_number: callerNumber };
  }

  private dialogParams(): DialogParams {
    const { callerName, callerNumber, media, userVariables } = this.options;
    if (this.destination === undefined) return { callID: this.callId };
    return {
      callID: this.callId,
      destination_number: this.destination,
      caller_id_name: callerName,
      caller_id_number: callerNumber,
      useStereo: media.stereo ?? false,
      ...pictureParams(media),
      ...(userVariables === undefined ? {} : { userVariables }),
    };
  }

  private finish(ending: Ending): void {
    if (this.ending !== undefined) return;
    this.ending = ending;
    this.exchange.leave();
    this.media.close();
    this.become('ended');
    this.emit('ended', ending);
  }

  private become(state: CallState): void {
    if (this.current === state || (this.ending !== undefined && state !== 'ended')) return;
    this.current = state;
    this.emit('state', state);
  }
}

/** What a server reads of pictures beside the SDP (verto-wire 5.2). */
function pictureParams({ video, screen, bandwidth }: MediaOptions): Partial<DialogParams> {
  const wanted = screen !== undefined || (video !== undefined && video !== false);
  if (!wanted) return {};
  return {
    useVideo: true,
    ...(screen === undefined ? {} : { screenShare: true }),
    ...(bandwidth?.send === undefined ? {} : { outgoingBandwidth: bandwidth.send }),
    ...(bandwidth?.receive === undefined ? {} : { incomingBandwidth: bandwidth.receive }),
  };
}

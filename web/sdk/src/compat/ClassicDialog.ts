import type { Call } from '../call/Call.ts';
import type { Trouble } from '../errors.ts';
import type { CallState } from '../events.ts';
import type { Player } from '../media/browser/Browser.ts';
import { type ClassicName, classicEnum, type StateName } from './enums.ts';
import { chosen, mediaOf, pictureOf } from './media.ts';
import type { ClassicCallbacks, ClassicCallParams, Params } from './types.ts';
import type { ClassicVerto } from './ClassicVerto.ts';

const { state: STATE, direction: DIRECTION, message: MESSAGE } = classicEnum;
/** What a page is told when there is no microphone. */
const NO_DEVICE = 'Device or Permission Error';

/** A call, by the names of the classic client (`$.verto.dialog`). */
export class ClassicDialog {
  readonly callID: string;
  readonly direction: ClassicName;
  readonly params: ClassicCallParams;
  callbacks: ClassicCallbacks;
  state: ClassicName = STATE.new;
  lastState: ClassicName = STATE.new;
  cause = 'NORMAL CLEARING';
  causeCode = 16;
  answered = false;
  useMic: unknown;
  useSpeak: unknown;
  private stopRing: () => void = () => undefined;
  private readonly unhear: (() => void)[] = [];

  constructor(
    readonly verto: ClassicVerto,
    private readonly call: Call,
    params: ClassicCallParams,
    direction: ClassicName,
  ) {
    this.callID = call.callId;
    this.direction = direction;
    this.params = params;
    this.callbacks = verto.callbacks;
    this.useMic = params.useMic;
    this.useSpeak = params.useSpeak ?? verto.options.deviceParams?.useSpeak;
    this.params.callID = this.callID;
    this.params['login'] = verto.options.login;
    this.params.tag = this.tag;
    this.takeParty();
    this.unhear.push(
      call.on('state', (state) => this.onState(state)),
      call.on('held', (held) => this.setState(held ? STATE.held : STATE.active)),
      call.on('sound', (stream) => this.play(stream)),
      call.on('party', () => {
        this.takeParty();
        this.sendMessage(MESSAGE.display, {});
      }),
      call.on('camera', () => this.showOwn()),
      call.on('sharing', () => this.showOwn()),
      call.on('message', (message) => this.sendMessage(MESSAGE.info, message.params ?? message)),
    );
    if (call.sound !== undefined) this.play(call.sound);
  }

  /** The element that plays. */
  get audioStream(): Player {
    return this.verto.page.player(this.tag);
  }

  /** Tells the page of a state; what cannot follow the one before is passed over. */
  setState(state: ClassicName): boolean {
    if (this.state === state || this.state === STATE.destroy) return false;
    if (this.state === STATE.ringing) this.stopRinging();
    this.lastState = this.state;
    this.state = state;
    this.callbacks.onDialogState?.(this);
    if (state === STATE.hangup || state === STATE.purge) this.setState(STATE.destroy);
    if (state === STATE.destroy) {
      for (const end of this.unhear.splice(0)) end();
      this.verto.forget(this);
    }
    return true;
  }

  ring(): void {
    this.setState(STATE.ringing);
    this.indicateRing();
  }

  indicateRing(): void {
    this.stopRinging();
    const { ringFile } = this.verto.options;
    if (typeof ringFile === 'string' && ringFile !== '') this.stopRing = this.verto.page.ring(ringFile);
  }

  stopRinging(): void {
    this.stopRing();
    this.stopRing = () => undefined;
  }

  answer(params: ClassicCallParams = {}): void {
    if (this.answered) return;
    this.answered = true;
    Object.assign(this.params, params);
    this.useMic = params.useMic ?? this.useMic;
    this.useSpeak = params.useSpeak ?? this.useSpeak;
    this.done(this.call.answer(mediaOf(this.verto.options, { ...this.params, useMic: this.useMic })));
  }

  hangup(params: { cause?: string; causeCode?: number } = {}): void {
    this.cause = params.cause ?? this.cause;
    this.causeCode = params.causeCode ?? this.causeCode;
    void this.call.hangUp(params.cause);
  }

  transfer(destination: string, _params?: unknown): void {
    if (destination) this.done(this.call.transfer(destination));
  }

  /** Brings the other sides of this dialog and of that one together. */
  replace(replaceCallID: string, _params?: unknown): void {
    if (replaceCallID) this.done(this.call.replace({ callId: replaceCallID }));
  }

  hold(_params?: unknown): void {
    this.done(this.call.hold());
  }

  unhold(_params?: unknown): void {
    this.done(this.call.unhold());
  }

  toggleHold(_params?: unknown): void {
    this.done(this.call.toggleHold());
  }

  dtmf(digits: string): void {
    if (digits) this.done(this.call.sendDigits(digits));
  }

  /** Text as it is typed. */
  rtt(text: { chars?: string; code?: number }): void {
    const characters = text.code === undefined ? text.chars : String.fromCharCode(text.code);
    if (characters) this.done(this.call.sendText(characters));
  }

  /** Sends words; false when it is not said to whom, or what. */
  message(message: Params & { to?: string; body?: string }): boolean {
    if (!message.to || !message.body) {
      this.verto.page.say('a message needs "to" and "body"');
      return false;
    }
    this.done(this.verto.command('verto.info', { msg: message, dialogParams: { callID: this.callID } }));
    return true;
  }

  /**
   * `on` sends one's own voice, `off` does not, `toggle` changes it.
   *
   * @returns whether one is muted now
   */
  setMute(what: string): boolean {
    if (what === 'on' || what === 'off') this.call.setMuted(what === 'off');
    else if (what === 'toggle') this.call.setMuted(!this.call.muted);
    return this.call.muted;
  }

  /** Whether one's own voice is sent: true when one is not muted, as it always was. */
  getMute(): boolean {
    return !this.call.muted;
  }

  /** For calls that come later; this one keeps what it has. */
  useStereo(on: boolean): void {
    this.params.useStereo = on;
  }

  /** Plays elsewhere; tells `callback(done, name, arg)`. */
  setAudioPlaybackDevice(sinkId: string, callback?: (success: boolean, name: string | null, arg: unknown) => void, arg?: unknown): void {
    this.verto.speaker(this.tag).use(sinkId).then(
      () => callback?.(true, this.verto.nameOf(sinkId), arg),
      (error: unknown) => {
        this.verto.page.say(String(error));
        callback?.(false, null, arg);
      },
    );
  }

  /** @param encoded for a page that writes it as HTML; the name itself is text of a stranger and is not encoded */
  cidString(encoded?: boolean): string {
    const [open, close] = encoded === true ? ['&lt;', '&gt;'] : ['<', '>'];
    return `${String(this.params['remote_caller_id_name'])} ${open}${String(this.params['remote_caller_id_number'])}${close}`;
  }

  /** Passes on what came for this dialog. */
  sendMessage(message: ClassicName, params: unknown): void {
    this.callbacks.onMessage?.(this.verto, this, message, params);
  }

  /** Shows oneself, or no longer; before an answer it says how that will be. */
  useVideo(on?: unknown, localTag?: string): void {
    if (localTag !== undefined) this.params.localTag = localTag;
    this.params['useVideo'] = Boolean(on);
    if (this.call.state !== 'active') return;
    const wish = pictureOf(this.verto.options, this.params);
    if (wish === false || wish === 'receive') this.done(this.call.stopCamera());
    else this.done(this.call.startCamera(wish as MediaTrackConstraints | true));
  }

  /**
   * As `setMute`, of one's picture.
   *
   * @returns whether it is black now
   */
  setVideoMute(what?: string): boolean {
    if (what === 'on' || what === 'off') this.call.setCameraMuted(what === 'off');
    else if (what === 'toggle') this.call.setCameraMuted(!this.call.cameraMuted);
    return this.call.cameraMuted;
  }

  /** Whether one's picture is sent. */
  getVideoMute(): boolean {
    return this.call.ownPicture !== undefined && !this.call.cameraMuted;
  }

  useCamera(camera?: unknown): void {
    this.params['useCamera'] = camera;
    const wish = pictureOf(this.verto.options, { ...this.params, useVideo: true });
    if (this.call.ownPicture !== undefined && typeof wish !== 'string' && wish !== false) this.done(this.call.useCamera(wish));
  }

  /** Shows a screen in place of the camera, or no longer. */
  screenShare(on?: unknown): void {
    if (this.call.state === 'active') this.done(on ? this.call.shareScreen() : this.call.stopSharing());
  }

  private get tag(): string {
    const tag = this.params.tag ?? this.verto.options.tag;
    return (typeof tag === 'function' ? tag() : tag) ?? 'verto';
  }

  private onState(state: CallState): void {
    switch (state) {
      case 'new':
      case 'ringing':
        return;
      case 'active':
        // What the server brought back was answered by itself.
        if (this.state === STATE.recovering) this.setState(STATE.answering);
        this.setState(STATE.active);
        this.stopRinging();
        return;
      case 'recovering':
        // The page hears of it once it is back: as another dialog.
        return;
      case 'ended':
        this.onEnd();
        return;
      default:
        this.setState(STATE[state satisfies StateName]);
    }
  }

  private onEnd(): void {
    const end = this.call.end;
    if (end !== undefined) {
      const mine = end.by === 'us' && end.trouble === undefined;
      this.cause = mine && this.cause !== 'NORMAL CLEARING' ? this.cause : causeOf(end.trouble, end.cause);
      if (!mine) this.causeCode = end.causeCode;
    }
    this.setState(STATE.hangup);
  }

  private play(stream: MediaStream): void {
    const speaker = this.verto.speaker(this.tag);
    const wanted = chosen(this.useSpeak);
    if (wanted !== undefined) this.done(speaker.use(wanted));
    this.done(speaker.play(stream));
  }

  /** The element for one's own picture, where the page has named one. */
  private showOwn(): void {
    const { localTag } = this.params;
    if (!localTag) return;
    const player = this.verto.page.player(localTag);
    player.muted = true;
    player.srcObject = this.call.ownPicture ?? null;
    if (player.srcObject !== null) this.done(Promise.resolve(player.play()));
  }

  private takeParty(): void {
    const { name, number } = this.call.party;
    const outbound = this.direction === DIRECTION.outbound;
    this.params['remote_caller_id_name'] = name || (outbound ? 'Outbound Call' : 'Nobody');
    this.params['remote_caller_id_number'] = number || 'UNKNOWN';
  }

  /** The classic client only logs what goes wrong. */
  private done(doing: Promise<unknown>): void {
    doing.catch((error: unknown) => this.verto.page.say(String(error)));
  }
}

function causeOf(trouble: Trouble | undefined, cause: string): string {
  const noDevice = trouble !== undefined && (trouble.kind.startsWith('microphone-') || trouble.kind === 'insecure-page');
  return noDevice ? NO_DEVICE : cause;
}

import {
  between, type Browser, type Call, type CallState, type CameraNews, LevelMeter, type MicrophoneNews, type Party, type Quality, quality, type ReceivedPicture, type Room, type SoundStats,
} from '@jverto/sdk';
import { explain, refusal } from '../words/phrases.ts';
import { type Phrase, phrase } from '../words/words.ts';
import { playOn } from './Devices.ts';
import { RoomModel } from './RoomModel.ts';
import type { Settings } from './Settings.ts';
import { Store } from './Store.ts';

/** What was measured in one stretch of a call. */
export interface Sample {
  /** Share of packets, 0 to 1. */
  readonly loss: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | undefined;
}

export interface LiveCallState {
  readonly state: CallState;
  readonly party: Party;
  readonly muted: boolean;
  readonly held: boolean;
  /** Key presses so far. */
  readonly digits: string;
  readonly trouble: Phrase | undefined;
  readonly quality: Quality | undefined;
  /** The newest last. */
  readonly samples: readonly Sample[];
  readonly room: RoomModel | undefined;
  /** The members of the room are seen each by itself. */
  readonly gallery: boolean;
  /** What the other side shows, and what is shown of this one. */
  readonly picture: MediaStream | undefined;
  readonly own: MediaStream | undefined;
  readonly camera: boolean;
  readonly sharing: boolean;
  readonly received: ReceivedPicture | undefined;
}

const STRETCH_MS = 2_000;
/** Two minutes. */
export const MOST_SAMPLES = 60;
const MOST_DIGITS = 24;
const DARK_MS = 250;

/** A call and all that the page shows of it. */
export class LiveCall extends Store<LiveCallState> {
  readonly begunAt = Date.now();
  /** What to say when the call ends because its other side was sent elsewhere. */
  farewell: Phrase | undefined;
  /** The room that it was in last. */
  wasIn: string | undefined;
  /** The call whose other side waits to be connected with that of this one. */
  consultFor: LiveCall | undefined;
  /** The call that shows a screen in this one's room. */
  private screen: Call | undefined;
  private answeredAt: number | undefined;
  private meter: LevelMeter | undefined;
  private voiceMeter: LevelMeter | undefined;
  private voiceHeard: MediaStream | undefined;
  private before: SoundStats | undefined;
  private timer: number | undefined;
  private readonly sound: HTMLAudioElement;
  private readonly endings: (() => void)[] = [];

  constructor(
    readonly call: Call,
    private readonly browser: Browser,
    private readonly settings: Settings,
  ) {
    super({
      state: call.state,
      party: call.party,
      muted: call.muted,
      held: call.held,
      digits: '',
      trouble: undefined,
      quality: undefined,
      samples: [],
      room: undefined,
      gallery: false,
      picture: call.picture,
      own: call.ownPicture,
      camera: call.cameraOn,
      sharing: call.sharing,
      received: undefined,
    });
    this.sound = document.createElement('audio');
    this.sound.autoplay = true;
    this.sound.dataset['call'] = call.callId;
    document.body.append(this.sound);
    void playOn(this.sound, settings.get().speaker);
    this.endings.push(settings.subscribe(() => void playOn(this.sound, settings.get().speaker)));
    call.on('party', (party) => {
      // It goes on with somebody else.
      if (this.get().room === undefined) this.wasIn = undefined;
      this.set({ party });
    });
    call.on('held', (held) => this.set({ held }));
    call.on('sound', (stream) => this.play(stream));
    call.on('state', (state) => this.onState(state));
    call.on('microphone', (news) => this.onMicrophone(news));
    call.on('picture', (picture) => this.set({ picture }));
    call.on('camera', (news) => this.onCamera(news));
    call.on('sharing', (sharing) => this.set({ sharing, own: call.ownPicture }));
    if (call.sound !== undefined) this.play(call.sound);
  }

  get id(): string {
    return this.call.callId;
  }

  get incoming(): boolean {
    return this.call.direction === 'incoming';
  }

  get who(): string {
    const { name, number } = this.get().party;
    return name === '' ? number : name;
  }

  /** How long it has been answered. */
  get seconds(): number | undefined {
    return this.answeredAt === undefined ? undefined : (performance.now() - this.answeredAt) / 1000;
  }

  /** Of the page before this one: milliseconds of the epoch. */
  answeredSince(at: number | undefined): void {
    this.answeredAt = at === undefined ? undefined : performance.now() - (Date.now() - at);
  }

  /** How loud the other side is now, 0 to 1. */
  readonly loudness = (): number => this.meter?.share() ?? 0;

  /** How loud one's own microphone is, 0 to 1; nothing while it is muted. */
  readonly voiceLoudness = (): number => {
    const { voice, muted } = this.call;
    if (voice === undefined || muted) return 0;
    if (this.voiceHeard !== voice) {
      this.voiceMeter?.close();
      this.voiceHeard = voice;
      this.voiceMeter = new LevelMeter(this.browser, voice);
    }
    return this.voiceMeter?.share() ?? 0;
  };

  setMuted(muted: boolean): void {
    this.call.setMuted(muted);
    this.set({ muted });
  }

  press(digits: string): void {
    this.set({ digits: (this.get().digits + digits).slice(-MOST_DIGITS) });
    void this.attempt(() => this.call.sendDigits(digits));
  }

  hold(held: boolean): Promise<boolean> {
    if (this.call.state !== 'active' || this.call.held === held) return Promise.resolve(true);
    return this.attempt(() => (held ? this.call.hold() : this.call.unhold()));
  }

  transfer(number: string): Promise<boolean> {
    return this.attempt(async () => {
      await this.call.transfer(number);
      this.farewell = phrase('end.sentOn', { who: this.who, number });
    });
  }

  useMicrophone(): Promise<boolean> {
    return this.attempt(() => this.call.useMicrophone(this.settings.microphone()));
  }

  /** Shows oneself, or no longer. */
  setCamera(on: boolean): Promise<boolean> {
    return this.attempt(async () => {
      if (on) {
        await this.call.startCamera(this.settings.camera());
        return;
      }
      // Black at once: the last picture must not stand there while the other side waits for the next one.
      this.call.setCameraMuted(true);
      await new Promise((resolve) => window.setTimeout(resolve, DARK_MS));
      await this.call.stopCamera();
      this.call.setCameraMuted(false);
    });
  }

  useCamera(): Promise<boolean> {
    return this.call.cameraOn ? this.attempt(() => this.call.useCamera(this.settings.camera())) : Promise.resolve(true);
  }

  /**
   * Shows a screen: in a room that puts pictures together as a picture of its own, which all are to look at, elsewhere in place of the camera.
   *
   * @param apart begins a call for the screen alone
   */
  setSharing(on: boolean, apart: () => Call): Promise<boolean> {
    return this.attempt(async () => {
      if (this.screen !== undefined) {
        await this.screen.hangUp();
      } else if (on && (this.get().room?.canvasCount ?? 0) > 0) {
        this.follow(apart());
      } else {
        await (on ? this.call.shareScreen() : this.call.stopSharing());
      }
    });
  }

  private follow(screen: Call): void {
    this.screen = screen;
    const tell = (): void => this.set({ sharing: this.screen !== undefined && screen.sharing, own: this.screen?.ownPicture ?? this.call.ownPicture });
    screen.on('sharing', tell);
    screen.on('ended', ({ trouble }) => {
      this.screen = undefined;
      tell();
      if (trouble !== undefined) this.say(explain(trouble));
    });
  }

  hangUp(): Promise<void> {
    return this.call.state === 'ringing' ? this.call.reject() : this.call.hangUp();
  }

  enter(room: Room): RoomModel {
    const model = new RoomModel(room);
    model.onGallery = (gallery) => this.set({ gallery });
    this.wasIn = model.name;
    this.set({ room: model });
    room.on('left', () => {
      if (this.get().room === model) this.set({ room: undefined, gallery: false });
    });
    return model;
  }

  say(trouble: Phrase | undefined): void {
    this.set({ trouble });
  }

  /** Does something with the call, or says why it cannot be. */
  async attempt(action: () => Promise<void>): Promise<boolean> {
    this.set({ trouble: undefined });
    try {
      await action();
      return true;
    } catch (error) {
      this.set({ trouble: refusal(error) });
      return false;
    }
  }

  close(): void {
    window.clearInterval(this.timer);
    void this.screen?.hangUp();
    for (const end of this.endings) end();
    this.meter?.close();
    this.voiceMeter?.close();
    this.sound.srcObject = null;
    this.sound.remove();
  }

  private onMicrophone(news: MicrophoneNews): void {
    switch (news.kind) {
      case 'lost':
        return this.say(phrase('trouble.microphoneGone'));
      case 'fell-back':
        return this.say(phrase('trouble.otherMicrophone', { name: news.name }));
      default:
        return this.say(undefined);
    }
  }

  private onCamera(news: CameraNews): void {
    this.set({ own: this.screen?.ownPicture ?? this.call.ownPicture, camera: this.call.cameraOn });
    switch (news.kind) {
      case 'lost':
        return this.say(this.call.state === 'active' ? phrase('trouble.cameraGone') : explain(news.trouble));
      case 'fell-back':
        return this.say(phrase('trouble.otherCamera', { name: news.name }));
      default:
        return this.say(undefined);
    }
  }

  private onState(state: CallState): void {
    if (state === 'active') {
      this.answeredAt ??= performance.now();
      this.timer ??= window.setInterval(() => void this.measure(), STRETCH_MS);
    }
    this.set({ state });
  }

  private async measure(): Promise<void> {
    if (this.call.state !== 'active') {
      this.before = undefined;
      return;
    }
    try {
      const { sound: now, pictures } = await this.call.report();
      if (pictures.received !== this.get().received) this.set({ received: pictures.received });
      const { before } = this;
      this.before = now;
      if (before === undefined || now.packetsReceived < before.packetsReceived) return;
      const stretch = between(before, now);
      const judged = quality(stretch);
      if (judged === undefined) return;
      const sample = { loss: judged.loss, jitterMs: stretch.jitterMs, roundTripMs: stretch.roundTripMs };
      this.set({ quality: judged, samples: [...this.get().samples, sample].slice(-MOST_SAMPLES) });
    } catch {
      // The media just ended, or are made anew: the next stretch tells.
      this.before = undefined;
    }
  }

  private play(stream: MediaStream): void {
    this.sound.srcObject = stream;
    // Playing is allowed after the click that placed or took the call; a page that was loaded anew may need another.
    const play = async (): Promise<void> => {
      try {
        await this.sound.play();
        if (this.get().trouble?.key === 'trouble.soundBlocked') this.say(undefined);
      } catch (error) {
        if (!(error instanceof DOMException && error.name === 'NotAllowedError')) return;
        this.say(phrase('trouble.soundBlocked'));
        document.addEventListener('pointerdown', () => void play(), { once: true });
      }
    };
    void play();
    this.meter?.close();
    this.meter = new LevelMeter(this.browser, stream);
  }
}

import { type Call, LevelMeter, RealBrowser, Session, type SessionState, VertoError } from '@jverto/sdk';
import { forgetSession, leavePassage, type Passage, recall, remember, takePassage } from './memory.ts';
import { Ringer } from './Ringer.ts';
import { element } from './view/elements.ts';
import { type LoginInput, LoginView } from './view/LoginView.ts';
import { PhoneView, type RecentCall } from './view/PhoneView.ts';
import { SoundLine } from './view/SoundLine.ts';
import { duration, ended, explain, presenceOf, refusal, sentOn, stateOf } from './words.ts';

const RECENT_LIMIT = 5;
/** Tones and music survive only what the browser does not improve. */
const STUDIO = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** The application: one session, one call at a time. */
export class Phone {
  private readonly browser = new RealBrowser();
  private readonly phoneView = new PhoneView();
  private readonly loginView: LoginView;
  private readonly soundLine = new SoundLine(element('sound-line', HTMLCanvasElement));
  private readonly sound = element('sound', HTMLAudioElement);
  private readonly ringer = new Ringer();
  private session: Session | undefined;
  private input: LoginInput | undefined;
  private login = '';
  private call: Call | undefined;
  private meter: LevelMeter | undefined;
  private answeredAt: number | undefined;
  /** The number that the other side of the call was sent to. */
  private sentTo: string | undefined;
  /** From the page before this one, until its call is back. */
  private passage: Passage | undefined;
  private recent: RecentCall[] = [];

  constructor(private readonly defaultUrl: string) {
    this.loginView = new LoginView(defaultUrl);
    this.loginView.onSubmit = (input) => void this.signIn(input);
    this.phoneView.onDial = (number) => this.dial(number);
    this.phoneView.onDigit = (digit) => void this.call?.sendDigits(digit).catch(() => undefined);
    this.phoneView.onAnswer = () => void this.call?.answer();
    this.phoneView.onHangUp = () => void this.hangUp();
    this.phoneView.onMute = () => this.toggleMute();
    this.phoneView.onHold = () => void this.toggleHold();
    this.phoneView.onTransfer = (number) => void this.transfer(number);
    this.phoneView.onSignOut = () => void this.signOut();
    window.setInterval(() => this.tick(), 250);
    window.addEventListener('pagehide', () => this.leave());
    // A page that the browser brings back whole has lost nothing.
    window.addEventListener('pageshow', (event) => void (event.persisted && takePassage()));
  }

  start(): void {
    const { login, url, studio } = recall();
    this.loginView.fill(login, url, studio);
    const passage = takePassage();
    if (passage === undefined) this.loginView.show('');
    else void this.comeBack(passage);
  }

  /** What the next page needs, when this one goes away in mid-call. */
  private leave(): void {
    const { call, input } = this;
    if (call === undefined || input === undefined || (call.state !== 'active' && call.state !== 'recovering')) return;
    const seconds = this.secondsOfCall();
    leavePassage({
      ...input,
      party: call.party,
      incoming: call.direction === 'incoming',
      muted: call.muted,
      answeredAt: seconds === undefined ? undefined : Date.now() - seconds * 1000,
    });
  }

  /** The page was loaded anew in mid-call: the call goes on by itself. */
  private async comeBack(passage: Passage): Promise<void> {
    this.passage = passage;
    this.loginView.hide();
    this.phoneView.show(true);
    this.phoneView.presence('connecting', presenceOf({ name: 'connecting' }, ''));
    this.phoneView.call('recovering', stateOf('recovering', 'outgoing'), passage.party, passage.incoming);
    await this.open(passage);
  }

  private async signIn(input: LoginInput): Promise<void> {
    this.loginView.busy(true);
    if ((await this.open(input)) && this.call === undefined) this.phoneView.idle(this.login, '', '', this.recent);
  }

  /** Logs in, or says why not. */
  private async open(input: LoginInput): Promise<boolean> {
    const before = recall();
    const url = input.url === this.defaultUrl ? '' : input.url;
    const same = before.login === input.login && before.url === url;
    const session = new Session({
      url: input.url,
      login: input.login,
      password: input.password,
      ...(same && before.sessionId !== undefined ? { sessionId: before.sessionId } : {}),
      media: { microphone: input.studio ? STUDIO : true, stereo: input.studio },
    });
    session.on('incoming', (call) => this.onIncoming(call));
    session.on('resumed', (call) => this.onResumed(call));
    session.on('recovered', () => this.onRecovered());
    try {
      await session.open();
    } catch (error) {
      this.passage = undefined;
      this.phoneView.show(false);
      this.loginView.show(error instanceof VertoError ? explain(error.trouble) : String(error));
      return false;
    }
    this.session = session;
    this.input = input;
    this.login = input.login.split('@')[0] ?? input.login;
    session.on('state', (state) => this.onSession(state));
    const sessionId = session.state.name === 'ready' ? session.state.sessionId : undefined;
    remember({ login: input.login, url, studio: input.studio, sessionId });
    this.loginView.hide();
    this.phoneView.show(true);
    this.onSession(session.state);
    return true;
  }

  private async signOut(): Promise<void> {
    forgetSession();
    await this.session?.close();
  }

  private onSession(state: SessionState): void {
    this.phoneView.presence(state.name, presenceOf(state, this.login));
    if (state.name !== 'closed') return;
    this.session = undefined;
    this.input = undefined;
    this.recent = [];
    this.phoneView.show(false);
    this.loginView.show(explain(state.trouble));
  }

  private dial(number: string): void {
    if (this.session === undefined || this.call !== undefined) return;
    try {
      this.follow(this.session.dial(number));
    } catch (error) {
      const trouble = error instanceof VertoError ? explain(error.trouble) : String(error);
      this.phoneView.idle(this.login, '', trouble, this.recent);
    }
  }

  private onIncoming(call: Call): void {
    if (this.call !== undefined) {
      void call.reject('USER_BUSY');
      return;
    }
    this.follow(call);
    this.ringer.start();
  }

  private onResumed(call: Call): void {
    if (this.call !== undefined) {
      void call.hangUp();
      return;
    }
    this.follow(call);
    // Nobody must begin to be heard by loading a page.
    if (this.passage?.muted) this.toggleMute();
    const since = this.passage?.answeredAt;
    this.answeredAt = since === undefined ? undefined : performance.now() - (Date.now() - since);
    this.passage = undefined;
  }

  /** The server has nothing more of before. */
  private onRecovered(): void {
    if (this.passage === undefined) return;
    this.passage = undefined;
    this.phoneView.idle(this.login, 'The call is over', '', this.recent);
  }

  private hangUp(): Promise<void> {
    const { call } = this;
    if (call === undefined) return Promise.resolve();
    return call.state === 'ringing' ? call.reject() : call.hangUp();
  }

  private toggleMute(): void {
    const { call } = this;
    if (call === undefined) return;
    call.setMuted(!call.muted);
    this.phoneView.muted(call.muted);
  }

  private async toggleHold(): Promise<void> {
    const { call } = this;
    if (call !== undefined) await this.attempt(call, () => call.toggleHold());
  }

  private async transfer(number: string): Promise<void> {
    const { call } = this;
    if (call === undefined) return;
    await this.attempt(call, async () => {
      await call.transfer(number);
      this.sentTo = number;
    });
  }

  /** Does something with the call, or says why it cannot be. */
  private async attempt(call: Call, action: () => Promise<void>): Promise<void> {
    this.phoneView.trouble('');
    try {
      await action();
    } catch (error) {
      if (this.call === call) this.phoneView.trouble(error instanceof VertoError ? refusal(error.trouble) : String(error));
    }
  }

  private follow(call: Call): void {
    this.call = call;
    this.answeredAt = undefined;
    this.sentTo = undefined;
    const show = (): void => {
      const words = call.held ? 'On hold' : stateOf(call.state, call.direction);
      this.phoneView.call(call.state, words, call.party, call.direction === 'incoming');
      this.phoneView.held(call.held);
    };
    show();
    this.soundLine.start(() => this.meter?.share() ?? 0);
    call.on('party', () => show());
    call.on('held', () => show());
    call.on('sound', (stream) => this.play(stream));
    call.on('state', (state) => {
      if (state !== 'ringing') this.ringer.stop();
      if (state === 'active') this.answeredAt ??= performance.now();
      if (state !== 'ended') show();
    });
    call.on('ended', () => this.onEnded(call));
  }

  private onEnded(call: Call): void {
    const seconds = this.secondsOfCall();
    this.call = undefined;
    this.meter?.close();
    this.meter = undefined;
    this.soundLine.stop();
    this.sound.srcObject = null;
    const { end, party } = call;
    if (end === undefined) return;
    const incoming = call.direction === 'incoming';
    const who = party.name === '' ? party.number : party.name;
    const words = this.sentTo === undefined ? ended(end, who, seconds !== undefined, incoming) : sentOn(who, this.sentTo);
    const failed = end.trouble !== undefined;
    // The row of the list names the other side already.
    const short = words.startsWith(`${who} `) ? words.slice(who.length + 1) : words;
    const outcome = seconds === undefined ? (failed ? 'failed' : short) : duration(seconds);
    this.recent = [{ number: party.number, name: party.name, incoming, outcome }, ...this.recent].slice(0, RECENT_LIMIT);
    this.phoneView.idle(this.login, failed ? 'The call failed' : words, failed ? words : '', this.recent);
  }

  private play(stream: MediaStream): void {
    this.sound.srcObject = stream;
    // Playing is allowed after the click that placed or took the call; a page that was loaded anew may need another.
    const play = (): void => void this.sound.play().catch(() => document.addEventListener('pointerdown', play, { once: true }));
    play();
    this.meter?.close();
    this.meter = new LevelMeter(this.browser, stream);
  }

  private tick(): void {
    if (this.call !== undefined) this.phoneView.seconds(this.secondsOfCall());
  }

  private secondsOfCall(): number | undefined {
    return this.answeredAt === undefined ? undefined : (performance.now() - this.answeredAt) / 1000;
  }
}

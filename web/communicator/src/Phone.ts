import { type Call, LevelMeter, RealBrowser, Session, type SessionState, VertoError } from '@jverto/sdk';
import { forgetSession, recall, remember } from './memory.ts';
import { Ringer } from './Ringer.ts';
import { element } from './view/elements.ts';
import { type LoginInput, LoginView } from './view/LoginView.ts';
import { PhoneView, type RecentCall } from './view/PhoneView.ts';
import { SoundLine } from './view/SoundLine.ts';
import { duration, ended, explain, presenceOf, stateOf } from './words.ts';

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
  private login = '';
  private call: Call | undefined;
  private meter: LevelMeter | undefined;
  private answeredAt: number | undefined;
  private recent: RecentCall[] = [];

  constructor(defaultUrl: string) {
    this.loginView = new LoginView(defaultUrl);
    this.loginView.onSubmit = (input) => void this.signIn(input, defaultUrl);
    this.phoneView.onDial = (number) => this.dial(number);
    this.phoneView.onDigit = (digit) => void this.call?.sendDigits(digit).catch(() => undefined);
    this.phoneView.onAnswer = () => void this.call?.answer();
    this.phoneView.onHangUp = () => void this.hangUp();
    this.phoneView.onMute = () => this.toggleMute();
    this.phoneView.onSignOut = () => void this.signOut();
    window.setInterval(() => this.tick(), 250);
  }

  start(): void {
    const { login, url, studio } = recall();
    this.loginView.fill(login, url, studio);
    this.loginView.show('');
  }

  private async signIn(input: LoginInput, defaultUrl: string): Promise<void> {
    this.loginView.busy(true);
    const before = recall();
    const same = before.login === input.login && before.url === (input.url === defaultUrl ? '' : input.url);
    const session = new Session({
      url: input.url,
      login: input.login,
      password: input.password,
      ...(same && before.sessionId !== undefined ? { sessionId: before.sessionId } : {}),
      media: { microphone: input.studio ? STUDIO : true, stereo: input.studio },
    });
    session.on('incoming', (call) => this.onIncoming(call));
    session.on('resumed', (call) => this.follow(call));
    try {
      await session.open();
    } catch (error) {
      this.loginView.show(error instanceof VertoError ? explain(error.trouble) : String(error));
      return;
    }
    this.session = session;
    this.login = input.login.split('@')[0] ?? input.login;
    session.on('state', (state) => this.onSession(state));
    const sessionId = session.state.name === 'ready' ? session.state.sessionId : undefined;
    remember({ login: input.login, url: input.url === defaultUrl ? '' : input.url, studio: input.studio, sessionId });
    this.loginView.hide();
    this.phoneView.show(true);
    this.onSession(session.state);
    if (this.call === undefined) this.phoneView.idle(this.login, '', '', this.recent);
  }

  private async signOut(): Promise<void> {
    forgetSession();
    await this.session?.close();
  }

  private onSession(state: SessionState): void {
    this.phoneView.presence(state.name, presenceOf(state, this.login));
    if (state.name !== 'closed') return;
    this.session = undefined;
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

  private follow(call: Call): void {
    this.call = call;
    this.answeredAt = undefined;
    const show = (): void =>
      this.phoneView.call(call.state, stateOf(call.state, call.direction), call.party, call.direction === 'incoming');
    show();
    this.soundLine.start(() => this.meter?.share() ?? 0);
    call.on('party', () => show());
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
    const words = ended(end, who, seconds !== undefined, incoming);
    const failed = end.trouble !== undefined;
    // The row of the list names the other side already.
    const short = words.startsWith(`${who} `) ? words.slice(who.length + 1) : words;
    const outcome = seconds === undefined ? (failed ? 'failed' : short) : duration(seconds);
    this.recent = [{ number: party.number, name: party.name, incoming, outcome }, ...this.recent].slice(0, RECENT_LIMIT);
    this.phoneView.idle(this.login, failed ? 'The call failed' : words, failed ? words : '', this.recent);
  }

  private play(stream: MediaStream): void {
    this.sound.srcObject = stream;
    // Playing is allowed after the click that placed or took the call.
    this.sound.play().catch(() => undefined);
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

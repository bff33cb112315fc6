import { type Call, RealBrowser, Session, type SessionState, VertoError } from '@jverto/sdk';
import { userOf } from '../words/format.ts';
import { ended, explain, explainError } from '../words/phrases.ts';
import { type Phrase, phrase } from '../words/words.ts';
import { Alerts } from './Alerts.ts';
import type { PageConfig } from './config.ts';
import { Devices } from './Devices.ts';
import { History } from './History.ts';
import { LiveCall } from './LiveCall.ts';
import { forgetSession, leavePassage, type Passage, type PassedCall, recall, remember, signedOut, stayOut, takePassage } from './memory.ts';
import { People } from './People.ts';
import { Ringer } from './Ringer.ts';
import type { Resolution, Settings } from './Settings.ts';
import { Store } from './Store.ts';
import { Tabs } from './Tabs.ts';
import { Talks } from './Talks.ts';

export interface Account {
  readonly login: string;
  readonly password: string;
  readonly url: string;
}

export interface PhoneState {
  readonly stage: 'out' | 'going-in' | 'in';
  readonly session: SessionState;
  /** When the next attempt to connect begins, by `performance.now()`. */
  readonly retryAt: number;
  /** The number that others dial. */
  readonly user: string;
  /** What the sign-in form says. */
  readonly signInTrouble: Phrase | undefined;
  readonly calls: readonly LiveCall[];
  readonly shown: LiveCall | undefined;
  /** A call of the page before this one, until it is back. */
  readonly awaited: PassedCall | undefined;
  /** What became of the last call. */
  readonly outcome: Phrase | undefined;
  /** Why it did not come about. */
  readonly failure: Phrase | undefined;
  /** What whoever runs the server told everybody last. */
  readonly announcement: string | undefined;
  /** New messages in the mailbox; undefined when nobody says. */
  readonly voiceMessages: number | undefined;
}

/** How long a page that was loaded anew tries to reach the server, and how often. */
const PATIENCE_MS = 100_000;
const RETRY_MS = 1_500;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => window.setTimeout(resolve, milliseconds));

/** The application: one session, any number of calls of which one is shown. */
export class Phone extends Store<PhoneState> {
  readonly browser = new RealBrowser();
  readonly devices = new Devices();
  readonly history = new History();
  readonly people = new People();
  readonly talks = new Talks();
  readonly alerts: Alerts;
  private readonly tabs = new Tabs(`jverto:${new URL(document.baseURI).pathname}`);
  private readonly ringer = new Ringer();
  private session: Session | undefined;
  private account: Account | undefined;
  private passed: readonly PassedCall[] = [];

  constructor(
    readonly settings: Settings,
    readonly config: PageConfig,
  ) {
    super({
      stage: 'out',
      session: { name: 'idle' },
      retryAt: 0,
      user: '',
      signInTrouble: undefined,
      calls: [],
      shown: undefined,
      awaited: undefined,
      outcome: undefined,
      failure: undefined,
      announcement: undefined,
      voiceMessages: undefined,
    });
    this.alerts = new Alerts(settings);
    this.tabs.mine = () => (this.account === undefined || this.session === undefined ? undefined : { account: this.account, sessionId: recall().sessionId });
    this.talks.onHeard = (from, text) => this.alerts.show(`talk-${from}`, 'notify.message', this.people.nameOf(from) ?? from, text);
    window.addEventListener('pagehide', () => this.leave());
    // A page that the browser brings back whole has lost nothing.
    window.addEventListener('pageshow', (event) => void (event.persisted && takePassage()));
  }

  /** Goes on where the page before this one was, if there was one; or is signed in, with a session of its own, as another tab is. */
  start(): void {
    const passage = takePassage();
    if (passage !== undefined) void this.comeBack(passage);
    else void this.join();
  }

  async signIn(account: Account): Promise<void> {
    this.set({ stage: 'going-in', signInTrouble: undefined, outcome: undefined, failure: undefined });
    await this.open(account);
  }

  async signOut(): Promise<void> {
    forgetSession();
    stayOut(true);
    if (this.session !== undefined) {
      await this.session.close();
      return;
    }
    // It was still being tried.
    this.account = undefined;
    this.passed = [];
    this.set({ stage: 'out', session: { name: 'idle' }, signInTrouble: undefined, awaited: undefined });
  }

  /** Does not wait for the next attempt to connect. */
  reconnect(): void {
    this.session?.reconnect();
  }

  /** The announcement was read. */
  dismiss(): void {
    this.set({ announcement: undefined });
  }

  /** Calls a number; other calls wait meanwhile. */
  async dial(number: string, { consultFor, video = false }: { readonly consultFor?: LiveCall; readonly video?: boolean } = {}): Promise<void> {
    if (this.session === undefined) return;
    await this.holdAllBut(undefined);
    try {
      const live = this.follow(this.session.dial(number, video ? { video: this.settings.camera() } : {}));
      live.consultFor = consultFor;
      this.set({ shown: live, failure: undefined });
    } catch (error) {
      if (this.get().shown === undefined) this.set({ outcome: undefined, failure: explainError(error) });
      else this.get().shown?.say(explainError(error));
    }
  }

  /** @param video whether one shows oneself; whoever calls with a picture is seen in any case */
  async answer(live: LiveCall, video = false): Promise<void> {
    this.set({ shown: live });
    await this.holdAllBut(live);
    const { call } = live;
    await live.attempt(() => call.answer(call.offersPicture ? { video: video ? this.settings.camera() : 'receive' } : {}));
  }

  /** Talks on in another call. */
  async show(live: LiveCall): Promise<void> {
    this.set({ shown: live });
    if (live.get().state === 'ringing') return;
    await this.holdAllBut(live);
    await live.hold(false);
  }

  /** Brings together the one who was asked and the one who waits. */
  async connect(live: LiveCall): Promise<void> {
    const waiting = live.consultFor;
    if (waiting === undefined) return;
    const done = await live.attempt(() => live.call.replace(waiting.call));
    if (done) live.farewell = waiting.farewell = phrase('end.joined', { who: waiting.who, number: live.who });
  }

  /** Speaks through the microphone that is chosen, in all calls that there are. */
  async useMicrophone(id: string): Promise<void> {
    this.settings.change({ microphone: id });
    await Promise.all(this.get().calls.filter(({ call }) => call.state === 'active').map((live) => live.useMicrophone()));
    await this.devices.refresh();
  }

  setSharing(live: LiveCall, on: boolean): Promise<boolean> {
    return live.setSharing(on, () => {
      if (this.session === undefined) throw new VertoError({ kind: 'connection-lost' });
      return this.session.shareScreen(live.call);
    });
  }

  /** Shows oneself by the camera that is chosen, in all calls that have one. */
  async useCamera(change: { readonly camera?: string; readonly resolution?: Resolution }): Promise<void> {
    this.settings.change(change);
    await Promise.all(this.get().calls.filter(({ call }) => call.state === 'active').map((live) => live.useCamera()));
  }

  /** The login that there is. */
  get login(): Session | undefined {
    return this.session;
  }

  private async holdAllBut(live: LiveCall | undefined): Promise<void> {
    await Promise.all(this.get().calls.filter((other) => other !== live).map((other) => other.hold(true)));
  }

  /** What the next page needs, when this one goes away. */
  private leave(): void {
    const { account } = this;
    if (account === undefined) return;
    const { calls, shown } = this.get();
    leavePassage({
      ...account,
      leftAt: Date.now(),
      // Those that are not back yet are the next page's.
      calls: calls.length === 0 ? this.passed : calls
        .filter(({ call }) => call.state === 'active' || call.state === 'recovering')
        .map((live) => ({
          callId: live.id,
          party: live.call.party,
          incoming: live.incoming,
          muted: live.call.muted,
          held: live.call.held,
          camera: live.call.cameraOn,
          shown: live === shown,
          answeredAt: live.seconds === undefined ? undefined : Date.now() - live.seconds * 1000,
        })),
    });
  }

  private async join(): Promise<void> {
    const own = recall().sessionId;
    const other = await this.tabs.neighbour(own);
    if (other === undefined || this.get().stage !== 'out') return;
    // A tab that was duplicated has a copy of what the other one has kept: it must not take its session away.
    if (other.sessionId === own) forgetSession();
    if (!signedOut()) await this.signIn(other.account);
  }

  /** The page was loaded anew: sessions and calls go on by themselves. */
  private async comeBack(passage: Passage): Promise<void> {
    this.passed = passage.calls;
    const awaited = passage.calls.find(({ shown }) => shown) ?? passage.calls[0];
    this.set({ stage: 'in', session: { name: 'connecting' }, user: userOf(passage.login), awaited });
    // The server keeps calls for a while, so it is worth while to try for as long.
    this.account = passage;
    const until = performance.now() + PATIENCE_MS;
    while (this.account === passage && !(await this.open(passage, performance.now() < until))) await pause(RETRY_MS);
  }

  /**
   * Logs in, or says why not.
   *
   * @param patient whether to say nothing while the server is out of reach
   * @returns false when it should be tried again
   */
  private async open({ login, password, url }: Account, patient = false): Promise<boolean> {
    const before = recall();
    const kept = url === this.config.websocket ? '' : url;
    const same = before.login === login && before.url === kept;
    const session = new Session({
      url,
      login,
      password,
      ...(same && before.sessionId !== undefined ? { sessionId: before.sessionId } : {}),
      media: this.settings.media(this.config.iceServers),
    });
    const user = userOf(login);
    session.on('incoming', (call) => this.onIncoming(call));
    session.on('resumed', (call) => this.onResumed(call));
    session.on('recovered', () => this.onRecovered());
    session.on('announcement', (announcement) => this.set({ announcement }));
    session.on('room', (room) => this.enter(room.callId));
    const untold = session.on('state', (state) => {
      // After too many wrong passwords: it goes on by itself.
      if (state.name === 'waiting' && state.trouble !== undefined) this.set({ signInTrouble: explain(state.trouble) });
    });
    // Before the login: what waited for this user comes right behind it.
    this.talks.start(user, session);
    this.history.open(user);
    try {
      await session.open();
    } catch (error) {
      if (patient && error instanceof VertoError && error.trouble.kind === 'unreachable') return false;
      this.passed = [];
      this.account = undefined;
      const trouble = error instanceof VertoError ? explain(error.trouble) : explainError(error);
      this.set({ stage: 'out', session: session.state, signInTrouble: trouble, awaited: undefined });
      return true;
    }
    untold();
    if (patient && this.account === undefined) {
      await session.close();
      return true;
    }
    this.session = session;
    this.account = { login, password, url };
    stayOut(false);
    session.on('state', (state) => this.onSession(state));
    remember({ login, url: kept, sessionId: session.state.name === 'ready' ? session.state.sessionId : undefined });
    void this.people.open(user, session);
    this.set({ voiceMessages: undefined });
    const account = kept === '' && this.config.domain !== undefined ? `${user}@${this.config.domain}` : undefined;
    session.watchVoicemail((mailbox) => this.set({ voiceMessages: mailbox.fresh }), account).catch(() => undefined);
    this.set({ stage: 'in', user, signInTrouble: undefined });
    this.onSession(session.state);
    return true;
  }

  private onSession(state: SessionState): void {
    this.set({ session: state, ...(state.name === 'waiting' ? { retryAt: performance.now() + state.delayMs } : {}) });
    if (state.name !== 'closed') return;
    this.session = undefined;
    this.account = undefined;
    this.passed = [];
    this.set({ stage: 'out', signInTrouble: explain(state.trouble), awaited: undefined, outcome: undefined, failure: undefined });
  }

  private onIncoming(call: Call): void {
    const live = this.follow(call);
    if (this.get().shown === undefined) this.set({ shown: live });
    this.ringer.start(this.settings.get().ringer);
    this.alerts.show(`call-${live.id}`, 'notify.call', this.people.nameOf(call.party.number) ?? live.who, call.party.number);
  }

  private onResumed(call: Call): void {
    const live = this.follow(call);
    const passed = this.passed.find(({ callId }) => callId === call.callId);
    if (call.offersPicture) call.prepare({ video: passed?.camera === true ? this.settings.camera() : 'receive' });
    // Nobody must begin to be heard by loading a page.
    if (passed?.muted === true) live.setMuted(true);
    live.answeredSince(passed?.answeredAt);
    if (passed?.shown !== false || this.get().shown === undefined) this.set({ shown: live, awaited: undefined });
    if (passed?.held !== true) return;
    const end = call.on('state', (state) => {
      if (state !== 'active') return;
      end();
      void live.hold(true);
    });
  }

  /** The server has nothing more of before. */
  private onRecovered(): void {
    this.passed = [];
    if (this.get().awaited !== undefined) this.set({ awaited: undefined, outcome: phrase('end.over') });
  }

  private enter(callId: string): void {
    const session = this.session;
    const live = this.get().calls.find(({ id }) => id === callId);
    const room = live === undefined ? undefined : session?.roomOf(live.call);
    if (live === undefined || room === undefined) return;
    const model = live.enter(room);
    model.onHeard = (from, text) => this.alerts.show(`room-${room.name}`, 'notify.message', from, text);
  }

  private follow(call: Call): LiveCall {
    const live = new LiveCall(call, this.browser, this.settings);
    call.on('state', (state) => {
      if (state !== 'ringing') this.quiet(live);
      if (state === 'active') void this.devices.refresh();
    });
    call.on('ended', () => this.onEnded(live));
    this.set({ calls: [...this.get().calls, live] });
    return live;
  }

  /** The bell rings as long as any call wants to be answered. */
  private quiet(live: LiveCall): void {
    this.alerts.take(`call-${live.id}`);
    if (!this.get().calls.some((other) => other !== live && other.call.state === 'ringing')) this.ringer.stop();
  }

  private onEnded(live: LiveCall): void {
    const { calls, shown } = this.get();
    const { seconds } = live;
    live.close();
    const left = calls.filter((other) => other !== live);
    // The one that was put aside last comes to the front, but nobody begins to talk by that.
    const next = shown === live ? (live.consultFor !== undefined && left.includes(live.consultFor) ? live.consultFor : left.at(-1)) : shown;
    const { end, party } = live.call;
    const base = { calls: left, shown: next, awaited: undefined };
    if (end === undefined) {
      this.set(base);
      return;
    }
    const outcome = this.outcomeOf(live, seconds);
    const failed = end.trouble !== undefined;
    this.history.add({
      id: live.id, number: party.number, name: party.name, incoming: live.incoming, at: live.begunAt, seconds, outcome, failed,
    });
    this.set({ ...base, outcome: failed ? phrase('end.failed') : outcome, failure: failed ? outcome : undefined });
    if (next !== undefined && next.get().state !== 'ended' && failed) next.say(outcome);
  }

  private outcomeOf(live: LiveCall, seconds: number | undefined): Phrase {
    const { end } = live.call;
    if (live.farewell !== undefined && end?.trouble === undefined) return live.farewell;
    if (end === undefined) return phrase('call.ended');
    // Whoever is sent out of a room, or sees it end, was hung up on by nobody.
    if (live.wasIn !== undefined && end.by === 'them' && end.trouble === undefined && end.cause === 'NORMAL_CLEARING') return phrase('end.leftRoom', { name: live.wasIn });
    return ended(end, this.people.called(live.call.party), seconds !== undefined, live.incoming);
  }
}

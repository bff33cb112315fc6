import { Call, type CallOptions, type CallPort } from '../call/Call.ts';
import { type Trouble, VertoError } from '../errors.ts';
import { Emitter, type SessionEvents, type SessionState } from '../events.ts';
import type { Browser, Cancel } from '../media/browser/Browser.ts';
import { RealBrowser } from '../media/browser/RealBrowser.ts';
import type { MediaOptions } from '../media/PeerMedia.ts';
import { Room, type RoomPort } from '../room/Room.ts';
import type { Attach, ClientRequest, Extension, PrivateEvent, Result, ServerRequest } from '../wire/messages.ts';
import { number, strings, text } from '../wire/values.ts';
import { reconnectDelay } from './backoff.ts';
import { iceServersOf } from './config.ts';
import { Connection, type WireLine } from './Connection.ts';
import { type Contact, contactsOf, MOST_PAGES } from './contacts.ts';
import { EventChannels, type EventListener } from './EventChannels.ts';
import { Presence } from './Presence.ts';
import { type Speed, SPEED_BYTES, SpeedTest } from './SpeedTest.ts';
import { type VoiceMessages, voiceMessages } from './voicemail.ts';

/** A connection that is silent for this long is asked whether it still lives. */
export const HEARTBEAT_MS = 25_000;

/** What this client can do beyond the protocol (verto-extensions.md). */
const EXTENSIONS: readonly Extension[] = ['trickle', 'login-wait', 'ice-servers', 'gallery'];

const AUTHENTICATION_REQUIRED = -32000;
const AUTHENTICATION_FAILED = -32001;
/** What a server says of a token that was good once (verto-extensions.md). */
const TOKEN_EXPIRED = 'Token Expired';
const SPREAD_MS = 500;

/** What lets somebody in, or what fetches it. */
export type Secret = string | (() => string | Promise<string>);

export interface SessionOptions {
  /** `wss://host:port` */
  readonly url: string;
  /** `user` or `user@domain` */
  readonly login: string;
  /** Or a token of the server's (verto-extensions.md), or whatever else it takes; a function is asked anew at each login. */
  readonly password?: Secret;
  /** Instead of a password: a token that an application gets for its user. Give a function, and a fresh one is fetched whenever the session logs in or is about to expire. */
  readonly token?: Secret;
  /** What the server's directory is asked with besides. */
  readonly loginParams?: Readonly<Record<string, string | boolean>>;
  /** A session id of before, to get its calls back. */
  readonly sessionId?: string;
  readonly callerName?: string;
  readonly media?: MediaOptions;
  readonly userVariables?: Readonly<Record<string, string | boolean>>;
  /** False: descriptions wait for their candidates even where the server would not need it. */
  readonly trickle?: boolean;
  /** False: no `Room` is made of what the server tells; an application looks after event channels of rooms itself. */
  readonly rooms?: boolean;
  /** Hears every message, without passwords: for a log. */
  readonly log?: (line: WireLine) => void;
  readonly browser?: Browser;
}

/** Wishes for one call, instead of what the session has. */
export interface DialOptions extends MediaOptions {
  readonly callerName?: string;
  readonly callerNumber?: string;
  /** What the dialplan, and a room's other members, hear of this call. */
  readonly userVariables?: Readonly<Record<string, string | boolean>>;
  /** An id for the call, unlike any other; one is made without it. */
  readonly callId?: string;
}

/** What the server says of who is logged in. */
export interface Account {
  readonly moderator: boolean;
  readonly superuser: boolean;
  readonly stereo: boolean;
  /** When the server will want the password again; absent where it will not. */
  readonly expires?: Date;
}

const NOBODY: Account = { moderator: false, superuser: false, stereo: false };
/** So long before it expires a login is renewed. */
export const RENEW_BEFORE_MS = 30_000;
/** What a timer can wait at most. */
const LONGEST_MS = 2 ** 31 - 1;

/** A logged-in client: outlives its connections, owns its calls. */
export class Session extends Emitter<SessionEvents> {
  /** What this session takes from its surroundings. */
  readonly browser: Browser;
  private readonly calls = new Map<string, Call>();
  private readonly rooms = new Map<string, Room>();
  private readonly channels = new EventChannels((request) => this.request(request));
  private readonly roomPort: RoomPort;
  private connection: Connection | undefined;
  private current: SessionState = { name: 'idle' };
  private sessionId: string | undefined;
  private attempt = 0;
  private cancelTimer: Cancel = () => undefined;
  private readonly cancelOnline: Cancel;
  /** What the server grants on this connection. */
  private iceServers: readonly RTCIceServer[] = [];
  private granted: readonly string[] = [];
  private who = NOBODY;
  private wasReady = false;
  private cancelRenewal: Cancel = () => undefined;
  private speed: SpeedTest | undefined;
  private readonly presences = new Set<Presence>();
  private opening: { resolve: () => void; reject: (error: VertoError) => void } | undefined;

  constructor(private readonly options: SessionOptions) {
    super();
    this.browser = options.browser ?? new RealBrowser();
    this.sessionId = options.sessionId;
    this.roomPort = {
      channels: this.channels,
      login: options.login,
      after: (milliseconds, run) => this.browser.after(milliseconds, run),
      browser: this.browser,
      api: (command, words) => this.api(command, words),
      call: (callId) => this.calls.get(callId),
      hasGalleries: () => this.hasGalleries(),
    };
    this.cancelOnline = this.browser.onOnline(() => this.onNetwork());
  }

  get state(): SessionState {
    return this.current;
  }

  /** What the server said of this user at the last login. */
  get account(): Account {
    return this.who;
  }

  /** Calls that go on, the oldest first. */
  get activeCalls(): readonly Call[] {
    return [...this.calls.values()];
  }

  /** Connects and logs in. Rejects on a wrong password or if there is no server; later losses are mended silently. */
  open(): Promise<void> {
    if (this.current.name !== 'idle') {
      return Promise.reject(new VertoError({ kind: 'wrong-state', message: 'a session opens once' }));
    }
    return new Promise((resolve, reject) => {
      this.opening = { resolve, reject };
      this.connect();
    });
  }

  /** Starts a call. Follow it through its events; a failure ends it with a `trouble`. */
  dial(destination: string, options: DialOptions = {}): Call {
    if (this.current.name !== 'ready') throw new VertoError({ kind: 'connection-lost' });
    const call = new Call(this.port(), this.callOptions(options), {
      callId: options.callId ?? this.browser.newId(),
      direction: 'outgoing',
      party: { name: '', number: destination },
    });
    this.keep(call);
    call.place(destination);
    return call;
  }

  /**
   * Shows a screen in a call of its own, beside a call to a room or somebody: the number is that of the other one and `-screen`, for which the
   * dialplan must have a place. `call.shareScreen()` shows it instead of the camera, and needs nothing.
   */
  shareScreen(call: Call, options: DisplayMediaStreamOptions | true = true): Call {
    const where = this.roomOf(call)?.name ?? call.party.number;
    return this.dial(`${where}-screen`, { screen: options, microphone: false, video: false });
  }

  /** Sends words to another user, `user@domain`. */
  async sendMessage(to: string, body: string): Promise<void> {
    await this.request({ method: 'verto.info', params: { msg: { to, body } } });
  }

  /**
   * Listens to an event channel, for instance `presence` or one of an application's own, until the returned function is
   * called. It is subscribed again after each reconnect.
   *
   * @throws VertoError `refused` when this user may not hear it
   */
  subscribe(channel: string, listener: EventListener): Promise<() => void> {
    return this.channels.subscribe(channel, listener);
  }

  /**
   * Watches who is in a call, until it is closed.
   *
   * @param user `user@domain`, or nothing for everybody
   * @throws VertoError `refused` when this user may not
   */
  async watchPresence(user?: string): Promise<Presence> {
    const presence = new Presence();
    const end = await this.channels.subscribe(user === undefined ? 'presence' : `presence.${user}`, (event) => presence.onEvent(event));
    this.presences.add(presence);
    presence.close = () => {
      this.presences.delete(presence);
      end();
    };
    return presence;
  }

  /**
   * The people whom the server names to its users: all others of this one's domain, where it is set up so.
   *
   * @throws VertoError `refused` where it is not, and by a server that knows nothing of it
   */
  async contacts(): Promise<readonly Contact[]> {
    const all: Contact[] = [];
    for (let after: string | undefined, page = 0; page < MOST_PAGES; page++) {
      const result = await this.request({ method: 'verto.contacts', params: after === undefined ? {} : { after } });
      all.push(...contactsOf(result['contacts']));
      after = text(result['next']);
      if (after === undefined) break;
    }
    return all;
  }

  /**
   * Listens to which voice messages wait, now and whenever that changes, where the server tells (verto-extensions.md).
   *
   * @param account `user@domain`; without it that of this session, with the server's host where the login names no domain
   * @returns a function that ends it
   * @throws VertoError `refused` when this user may not, or the server does not know of it
   */
  watchVoicemail(listener: (messages: VoiceMessages) => void, account?: string): Promise<() => void> {
    const { login, url } = this.options;
    const whose = account ?? (login.includes('@') ? login : `${login}@${new URL(url).hostname}`);
    return this.channels.subscribe(`voicemail.${whose}`, (event) => {
      const messages = voiceMessages(event);
      if (messages !== undefined) listener(messages);
    });
  }

  /**
   * Measures how fast this connection is, in both directions; one test at a time. Whatever else goes over the connection waits.
   *
   * @param bytes up to 10 MiB go up, and ten times as much may come down
   */
  async speedTest(bytes = 262_144): Promise<Speed> {
    const connection = this.connection;
    if (connection === undefined || this.current.name !== 'ready') throw new VertoError({ kind: 'connection-lost' });
    if (!(bytes >= 1 && bytes <= SPEED_BYTES)) throw new VertoError({ kind: 'wrong-state', message: `not between 1 and ${SPEED_BYTES} bytes: ${bytes}` });
    if (this.speed !== undefined) throw new VertoError({ kind: 'wrong-state', message: 'a speed test is under way' });
    const test = new SpeedTest(this.browser, (frame) => connection.sendFrame(frame), bytes);
    this.speed = test;
    connection.onSpeed = (frame) => test.onFrame(frame);
    try {
      return await test.done;
    } finally {
      this.speed = undefined;
    }
  }

  /** Says something to all clients that listen to a channel, this one too. */
  broadcast(channel: string, data: unknown): Promise<void> {
    return this.channels.broadcast(channel, data, true);
  }

  /**
   * Gives a command of the switch's own, if this user may.
   *
   * @returns what it says
   * @throws VertoError `refused`
   */
  async api(command: string, words = ''): Promise<string> {
    const said = text((await this.request({ method: 'fsapi', params: { cmd: command, arg: words } }))['message']) ?? '';
    if (said.startsWith('-ERR') || said === 'INVALID CALL') {
      throw new VertoError({ kind: 'refused', method: 'fsapi', code: undefined, message: said.trim() });
    }
    return said;
  }

  /**
   * Any request of the protocol, for what this library has no words for.
   *
   * @throws VertoError `refused` with the server's code and words, `timeout`, `connection-lost`
   */
  send(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Result> {
    return this.request({ method, params } as unknown as ClientRequest);
  }

  /** The room that a call is in. */
  roomOf(call: Call): Room | undefined {
    return this.rooms.get(call.callId);
  }

  /** Hangs up all calls, logs out and closes. */
  async close(): Promise<void> {
    await Promise.all([...this.calls.values()].map((call) => call.hangUp()));
    this.finish({ kind: 'closed' });
  }

  /** Tries to connect now, where the session waits for its next attempt; for a page's button. */
  reconnect(): void {
    if (this.current.name !== 'waiting') return;
    this.cancelTimer();
    this.attempt = 0;
    this.connect();
  }

  /** Closes without hanging up: answered calls wait on the server for whoever opens this session anew. */
  detach(): void {
    this.finish({ kind: 'closed' });
  }

  private connect(): void {
    this.become({ name: 'connecting' });
    const connection = new Connection(this.browser, this.options.url, this.options.log);
    this.connection = connection;
    connection.sessionId = this.sessionId;
    connection.onOpen = () => void this.login(connection);
    connection.onRequest = (request) => this.onRequest(request);
    connection.onLost = () => this.onLost();
  }

  private async login(connection: Connection): Promise<void> {
    try {
      await this.authenticate(connection);
    } catch (error) {
      if (this.connection === connection) this.onLoginFailed(error);
      return;
    }
    this.attempt = 0;
    this.wasReady = true;
    for (const presence of this.presences) presence.forget();
    this.become({ name: 'ready', sessionId: this.sessionId ?? '' });
    this.heartbeat(connection);
    void this.channels.renew();
    this.opening?.resolve();
    this.opening = undefined;
  }

  private async authenticate(connection: Connection): Promise<void> {
    const { login, token, password, loginParams, userVariables, trickle } = this.options;
    const extensions = EXTENSIONS.filter((one) => trickle !== false || one !== 'trickle');
    const secret = token ?? password ?? '';
    const passwd = typeof secret === 'string' ? secret : await this.passwordOf(secret);
    const result = await connection.request({
      method: 'login',
      params: { login, passwd, loginParams: loginParams ?? {}, userVariables: userVariables ?? {}, extensions },
    });
    this.granted = strings(result['extensions']);
    this.sessionId = text(result['sessid']) ?? this.sessionId;
    connection.sessionId = this.sessionId;
    this.iceServers = iceServersOf(result['iceServers']);
    const passwords = number(result['iceServersExpire']);
    const until = number(result['auth-expires']);
    this.who = {
      moderator: result['moderator'] === true,
      superuser: result['superuser'] === true,
      stereo: result['stereoAudio'] === true,
      ...(until === undefined ? {} : { expires: new Date(until * 1000) }),
    };
    const soonest = Math.min(until ?? Infinity, passwords ?? Infinity);
    if (soonest !== Infinity) this.planRenewal(connection, new Date(soonest * 1000));
  }

  /** An application that cannot give one now, for instance without a network, is asked again; at first it is told. */
  private async passwordOf(ask: () => string | Promise<string>): Promise<string> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof VertoError || this.wasReady) throw error;
      throw new VertoError({ kind: 'login-expired', message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** A login that is renewed before it expires goes on (verto-wire 3.7). */
  private planRenewal(connection: Connection, at: Date): void {
    this.cancelRenewal();
    const wait = Math.max(1_000, at.getTime() - this.browser.wallClock() - RENEW_BEFORE_MS);
    this.cancelRenewal = this.browser.after(Math.min(wait, LONGEST_MS), () => {
      this.authenticate(connection).then(
        () => {
          // A date that the directory has fixed is no later for it.
          if (this.who.expires?.getTime() === at.getTime()) this.lapse(at);
        },
        () => {
          if (this.connection === connection) this.lapse(at);
        },
      );
    });
  }

  private lapse(at: Date): void {
    this.cancelRenewal();
    this.emit('expiring', { at });
  }

  private onLoginFailed(error: unknown): void {
    const trouble = error instanceof VertoError ? error.trouble : undefined;
    const code = trouble?.kind === 'refused' ? trouble.code : undefined;
    const message = error instanceof Error ? error.message : '';
    if (trouble?.kind === 'must-wait') {
      this.pauseLogin(trouble);
    } else if (trouble?.kind === 'login-expired' || (trouble?.kind === 'refused' && trouble.message === TOKEN_EXPIRED) || ((code === AUTHENTICATION_FAILED || code === AUTHENTICATION_REQUIRED) && this.wasReady)) {
      this.finish({ kind: 'login-expired', message });
    } else if (code === AUTHENTICATION_FAILED || code === AUTHENTICATION_REQUIRED) {
      this.finish({ kind: 'wrong-password', message });
    } else {
      this.connection?.close();
      this.onLost();
    }
  }

  /** The server looks at no login for a while: this one is tried again then, also the first. */
  private pauseLogin(trouble: Trouble & { readonly kind: 'must-wait' }): void {
    this.connection?.close();
    this.loseConnection();
    // Not in the same moment as all others who wait.
    this.wait(trouble.seconds * 1000 + Math.round(this.browser.random() * SPREAD_MS), trouble);
  }

  /** The system says that there is a network again: nothing waits, and a connection of before is asked whether it still lives. */
  private onNetwork(): void {
    this.reconnect();
    if (this.current.name === 'ready' && this.connection !== undefined) this.ask(this.connection);
    for (const call of this.calls.values()) call.onNetwork();
  }

  private onLost(): void {
    this.loseConnection();
    if (this.opening !== undefined) {
      this.finish(this.unreachable());
      return;
    }
    this.wait(reconnectDelay(this.attempt++, this.browser.random(), this.calls.size > 0));
  }

  private loseConnection(): void {
    this.cancelTimer();
    this.cancelRenewal();
    this.connection = undefined;
    this.granted = [];
    this.channels.onLost();
    this.speed?.fail(new VertoError({ kind: 'connection-lost' }));
  }

  private wait(delayMs: number, trouble?: Trouble): void {
    for (const call of this.calls.values()) call.onConnectionLost();
    this.become({ name: 'waiting', delayMs, ...(trouble === undefined ? {} : { trouble }) });
    this.cancelTimer = this.browser.after(delayMs, () => this.connect());
  }

  /** A page that came from the very server knows that its certificate is trusted; of another one it may not be. */
  private unreachable(): Trouble {
    const { url } = this.options;
    const host = /^wss:\/\/([^/?#]+)/.exec(url)?.[1];
    const known = host === undefined || host === this.browser.securePage();
    return { kind: 'unreachable', url, ...(known ? {} : { certificate: `https://${host}/` }) };
  }

  private heartbeat(connection: Connection): void {
    this.cancelTimer();
    this.cancelTimer = this.browser.after(HEARTBEAT_MS, () => this.ask(connection));
  }

  private ask(connection: Connection): void {
    this.cancelTimer();
    connection.request({ method: 'verto.ping', params: {} }).then(
      () => {
        if (this.connection === connection) this.heartbeat(connection);
      },
      (error: unknown) => {
        // A server that refuses the ping is alive; one that is silent is not.
        const refused = error instanceof VertoError && error.trouble.kind === 'refused';
        if (this.connection !== connection) return;
        if (refused) {
          this.heartbeat(connection);
        } else {
          connection.close();
          this.onLost();
        }
      },
    );
  }

  private onRequest(request: ServerRequest): void {
    switch (request.method) {
      case 'verto.invite': {
        // A call that we have already is not a new one; the server would say attach.
        if (this.calls.has(request.callId)) return;
        const call = new Call(this.port(), this.callOptions({}), {
          callId: request.callId,
          direction: 'incoming',
          party: { name: request.names.callerName ?? '', number: request.names.callerNumber ?? '' },
          details: request.params,
        });
        this.keep(call);
        call.onInvite(request.sdp);
        this.emit('incoming', call);
        return;
      }
      case 'verto.attach':
        this.onAttach(request);
        return;
      case 'verto.media':
      case 'verto.answer':
      case 'verto.bye':
      case 'verto.display':
      case 'verto.mediaParams':
        this.calls.get(request.callId)?.onMessage(request);
        return;
      case 'verto.info':
        if (request.callId !== undefined) this.calls.get(request.callId)?.onMessage(request);
        if (request.message !== undefined) this.emit('message', request.message);
        return;
      case 'verto.event':
        if (request.place === undefined) {
          this.channels.onEvent(request.event);
        } else {
          this.emit('private', request.params);
          if (this.options.rooms !== false) this.onPlace(request.place);
        }
        return;
      case 'verto.clientReady':
        for (const call of this.calls.values()) call.onClientReady(request.reattachedSessions);
        this.emit('recovered', request.reattachedSessions);
        return;
      case 'verto.punt':
        this.finish({ kind: 'replaced' });
        return;
      case 'verto.announce':
        if (request.words !== '') this.emit('announcement', request.words);
        return;
      case 'verto.ping':
      case 'other':
        return;
    }
  }

  private onAttach({ callId, sdp, names, params }: Attach): void {
    let call = this.calls.get(callId);
    if (call === undefined) {
      // The page was loaded anew in mid-call.
      const outgoing = names.direction === 'inbound';
      call = new Call(this.port(), this.callOptions({}), {
        callId,
        direction: outgoing ? 'outgoing' : 'incoming',
        party: {
          name: (outgoing ? names.calleeName : names.callerName) ?? '',
          number: (outgoing ? names.calleeNumber : names.callerNumber) ?? '',
        },
        details: params,
      });
      this.keep(call);
      this.emit('resumed', call);
    }
    call.onAttach(sdp);
  }

  /** A call of ours is in a room now, or again after a new login, or no more. */
  private onPlace(place: PrivateEvent): void {
    const known = this.rooms.get(place.callId);
    if (place.action === 'part') {
      this.leaveRoom(place.callId);
    } else if (known !== undefined) {
      void known.enter(place);
    } else {
      const room = new Room(this.roomPort, place);
      this.rooms.set(place.callId, room);
      void room.enter(place);
      this.emit('room', room);
    }
  }

  private leaveRoom(callId: string): void {
    this.rooms.get(callId)?.leave();
    this.rooms.delete(callId);
  }

  private keep(call: Call): void {
    this.calls.set(call.callId, call);
    call.on('ended', () => {
      this.calls.delete(call.callId);
      this.leaveRoom(call.callId);
      this.emit('calls', this.activeCalls);
    });
    this.emit('calls', this.activeCalls);
  }

  private hasGalleries(): boolean {
    return this.granted.includes('gallery' satisfies Extension);
  }

  private port(): CallPort {
    return {
      browser: this.browser,
      trickles: () => this.granted.includes('trickle' satisfies Extension),
      hasGalleries: () => this.hasGalleries(),
      request: (request: ClientRequest): Promise<Result> => this.request(request),
    };
  }

  private request(request: ClientRequest): Promise<Result> {
    return this.connection?.request(request) ?? Promise.reject(new VertoError({ kind: 'connection-lost' }));
  }

  /** What the application named, and what the server has for who is logged in. */
  private waysFor(media: MediaOptions): readonly RTCIceServer[] {
    const named = media.iceServers ?? this.options.media?.iceServers ?? [];
    const known = new Set(this.iceServers.map((server) => String(server.urls)));
    return [...named.filter((server) => !known.has(String(server.urls))), ...this.iceServers];
  }

  private callOptions({ callerName, callerNumber, userVariables, callId: _id, ...media }: DialOptions): CallOptions {
    const user = this.options.login.split('@')[0] ?? '';
    return {
      media: { ...this.options.media, ...media, iceServers: this.waysFor(media) },
      callerName: callerName ?? this.options.callerName ?? user,
      callerNumber: callerNumber ?? user,
      ...(userVariables === undefined ? {} : { userVariables }),
    };
  }

  private finish(trouble: Trouble): void {
    if (this.current.name === 'closed') return;
    this.cancelTimer();
    this.cancelRenewal();
    this.cancelOnline();
    this.connection?.close();
    this.connection = undefined;
    this.speed?.fail(new VertoError(trouble));
    this.become({ name: 'closed', trouble });
    for (const call of [...this.calls.values()]) call.onSessionClosed(trouble);
    this.opening?.reject(new VertoError(trouble));
    this.opening = undefined;
  }

  private become(state: SessionState): void {
    this.current = state;
    this.emit('state', state);
  }
}

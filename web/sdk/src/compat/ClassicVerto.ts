import type { Call } from '../call/Call.ts';
import type { SessionState } from '../events.ts';
import type { Cancel } from '../media/browser/Browser.ts';
import { Speaker } from '../media/Speaker.ts';
import { reconnectDelay } from '../session/backoff.ts';
import { Session } from '../session/Session.ts';
import type { Result } from '../wire/messages.ts';
import { ClassicDialog } from './ClassicDialog.ts';
import { ClassicRpc } from './ClassicRpc.ts';
import { type ClassicName, classicEnum } from './enums.ts';
import { chosen, mediaOf, pictureOf } from './media.ts';
import { type Page, RealPage } from './Page.ts';
import { Subscriptions } from './Subscriptions.ts';
import type { ClassicCallbacks, ClassicCallParams, ClassicOptions, Params, SubscribeParams, SubscriptionHandle } from './types.ts';

const { state: STATE, direction: DIRECTION, message: MESSAGE } = classicEnum;
/** Where the classic client keeps its session, so that calls outlive the page. */
export const SESSION_KEY = 'verto_session_uuid';

/** The classic client's `$.verto`, made of this library: it connects as it is made, and again whenever the connection is lost. */
export class ClassicVerto {
  static readonly saved: ClassicVerto[] = [];

  readonly options: ClassicOptions;
  readonly callbacks: ClassicCallbacks;
  readonly sessid: string;
  readonly dialogs: Record<string, ClassicDialog> = {};
  readonly rpcClient: ClassicRpc;
  private readonly subscriptions: Subscriptions;
  private readonly speakers = new Map<string, Speaker>();
  private session: Session | undefined;
  private cancelRetry: Cancel = () => undefined;
  private attempt = 0;

  constructor(
    options: ClassicOptions,
    callbacks: ClassicCallbacks = {},
    /** For tests. */
    readonly page: Page = new RealPage(),
  ) {
    this.options = { ringSleep: 6000, ...options };
    this.callbacks = callbacks;
    this.sessid = options.sessid ?? page.recall(SESSION_KEY) ?? page.browser.newId();
    if (!options.sessid) page.remember(SESSION_KEY, this.sessid);
    this.subscriptions = new Subscriptions(this);
    this.rpcClient = new ClassicRpc(this);
    ClassicVerto.saved.push(this);
    this.connect();
  }

  /** The session of now; undefined when nothing is connected. */
  get live(): Session | undefined {
    return this.session?.state.name === 'ready' ? this.session : undefined;
  }

  newCall(args: ClassicCallParams, callbacks?: ClassicCallbacks): ClassicDialog | undefined {
    const session = this.live;
    if (session === undefined) {
      this.page.say('not connected');
      return undefined;
    }
    const { destination_number = 'service', caller_id_name, caller_id_number, callID, userVariables } = args;
    const call = session.dial(destination_number, {
      ...mediaOf(this.options, args),
      ...(caller_id_name === undefined ? {} : { callerName: caller_id_name }),
      ...(caller_id_number === undefined ? {} : { callerNumber: caller_id_number }),
      ...(callID === undefined ? {} : { callId: callID }),
      userVariables: { ...this.options.userVariables, ...userVariables },
    });
    const dialog = this.keep(call, { ...args }, DIRECTION.outbound);
    if (callbacks !== undefined) dialog.callbacks = callbacks;
    return dialog;
  }

  /** One dialog by its id, or all of them. */
  hangup(callID?: string): void {
    const dialogs = callID === undefined ? Object.values(this.dialogs) : [this.dialogs[callID]];
    for (const dialog of dialogs) dialog?.hangup();
  }

  /** Signs in anew, with what `loginData` said last. */
  login(_message?: unknown): void {
    this.logout();
    this.connect();
  }

  /** Leaves; answered calls wait on the server for the next login of this session. */
  logout(_message?: unknown): void {
    this.leave();
    this.callbacks.onWSClose?.(this, false);
    this.purge();
  }

  loginData(params: { login?: string; passwd?: string }): void {
    this.options.login = params.login ?? null;
    this.options.passwd = params.passwd ?? null;
  }

  deviceParams(params: Params): void {
    this.options.deviceParams = { ...this.options.deviceParams, ...params };
    const speaker = chosen(this.options.deviceParams.useSpeak);
    if (speaker !== undefined) for (const dialog of Object.values(this.dialogs)) dialog.setAudioPlaybackDevice(speaker);
  }

  videoParams(params: Params): void {
    this.options.videoParams = { ...this.options.videoParams, ...params };
  }

  iceServers(servers: boolean | readonly RTCIceServer[]): void {
    this.options.iceServers = servers;
  }

  /** Sends words to another user; false when it is not said to whom, or what. */
  message(message: Params & { to?: string; body?: string }): boolean {
    if (!message.to || !message.body) {
      this.page.say('a message needs "to" and "body"');
      return false;
    }
    this.sendMethod('verto.info', { msg: message });
    return true;
  }

  subscribe(channel: string | readonly string[], params: SubscribeParams = {}): SubscriptionHandle[] {
    return this.subscriptions.add([channel].flat(), params);
  }

  /** By handle, by name, or all. */
  unsubscribe(what?: string | readonly (string | SubscriptionHandle)[]): void {
    this.subscriptions.end(what);
  }

  /** To the server's own handlers of the channel. */
  broadcast(channel: string, data: Params): void {
    this.sendMethod('verto.broadcast', { eventChannel: channel, data: { ...data } });
  }

  sendMethod(method: string, params: Params): void {
    this.command(method, params).catch((error: unknown) => this.page.say(String(error)));
  }

  /** Forgets dialogs and subscriptions. Calls that go on are hung up, unless the connection is gone. */
  purge(): void {
    for (const dialog of Object.values(this.dialogs)) {
      dialog.setState(STATE.purge);
      if (this.live !== undefined) dialog.hangup();
    }
    this.subscriptions.clear();
  }

  // What follows is for the parts of this library.

  /** Any request, and what is said to it. */
  command(method: string, params: Params): Promise<Result> {
    return this.live?.send(method, params) ?? Promise.reject(new Error(`not connected: ${method}`));
  }

  speaker(tag: string): Speaker {
    const speaker = this.speakers.get(tag) ?? new Speaker({ browser: this.page.browser, element: this.page.player(tag) });
    this.speakers.set(tag, speaker);
    return speaker;
  }

  /** What a speaker is called, where `init` or `refreshDevices` has found out. */
  nameOf: (sinkId: string) => string = (sinkId) => sinkId;

  forget(dialog: ClassicDialog): void {
    if (this.dialogs[dialog.callID] === dialog) delete this.dialogs[dialog.callID];
  }

  private connect(): void {
    this.cancelRetry();
    const session = new Session({
      url: this.options.socketUrl ?? '',
      login: this.options.login ?? '',
      password: () => this.options.passwd ?? '',
      sessionId: this.sessid,
      loginParams: this.options.loginParams ?? {},
      userVariables: this.options.userVariables ?? {},
      media: mediaOf(this.options, {}),
      rooms: false,
      browser: this.page.browser,
    });
    this.session = session;
    session.on('state', (state) => {
      if (this.session === session) this.onState(state);
    });
    session.on('incoming', (call) => {
      const dialog = this.keep(call, { ...call.details, ...(call.offersPicture ? { wantVideo: true } : {}) }, DIRECTION.inbound);
      dialog.ring();
    });
    session.on('resumed', (call) => this.bringBack(call));
    session.on('recovered', (calls) => this.callbacks.onMessage?.(this, null, MESSAGE.clientReady, { reattached_sessions: calls }));
    session.on('message', (message) => {
      const inDialog = message.callId !== undefined && this.dialogs[message.callId] !== undefined;
      if (!inDialog) this.callbacks.onMessage?.(this, null, MESSAGE.info, message.params ?? message);
    });
    session.on('private', (params) => {
      const callID = (params['pvtData'] as Params | undefined)?.['callID'];
      const dialog = typeof callID === 'string' ? (this.dialogs[callID] ?? null) : null;
      this.callbacks.onMessage?.(this, dialog, MESSAGE.pvtEvent, params);
    });
    session.open().catch(() => undefined);
  }

  private onState(state: SessionState): void {
    switch (state.name) {
      case 'ready':
        this.attempt = 0;
        this.callbacks.onWSLogin?.(this, true);
        return;
      case 'waiting':
        this.onLost();
        return;
      case 'closed':
        this.onClosed(state.trouble.kind);
        return;
      case 'idle':
      case 'connecting':
        return;
    }
  }

  /** The connection is lost, and tried again; dialogs come back as new ones. */
  private onLost(): void {
    const calls = this.session?.activeCalls ?? [];
    this.callbacks.onWSClose?.(this, false);
    this.purge();
    for (const call of calls) {
      const unhear = call.on('state', (state) => {
        unhear();
        if (state === 'active') this.bringBack(call);
      });
    }
  }

  private onClosed(why: string): void {
    switch (why) {
      case 'wrong-password':
      case 'login-expired':
        this.callbacks.onWSLogin?.(this, false);
        return;
      case 'unreachable':
        this.callbacks.onWSClose?.(this, false);
        this.cancelRetry = this.page.browser.after(reconnectDelay(this.attempt++, this.page.browser.random()), () => this.connect());
        return;
      case 'replaced':
        this.callbacks.onWSClose?.(this, false);
        this.purge();
        return;
      default:
        return;
    }
  }

  private leave(): void {
    this.cancelRetry();
    const session = this.session;
    this.session = undefined;
    session?.detach();
  }

  /** A call of before: the server offers its media anew. */
  private bringBack(call: Call): void {
    const useVideo = call.offersPicture;
    const dialog = this.keep(call, { ...call.details, ...(useVideo ? { useVideo } : {}), attach: true }, DIRECTION.inbound);
    if (useVideo) call.prepare({ video: pictureOf(this.options, { useVideo }) });
    dialog.answered = true;
    dialog.setState(STATE.recovering);
    if (call.state === 'active') {
      dialog.setState(STATE.answering);
      dialog.setState(STATE.active);
    }
  }

  private keep(call: Call, params: ClassicCallParams, direction: ClassicName): ClassicDialog {
    const dialog = new ClassicDialog(this, call, params, direction);
    this.dialogs[dialog.callID] = dialog;
    return dialog;
  }
}

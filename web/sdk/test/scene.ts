import type { Call, SessionOptions } from '../src/index.ts';
import { Session } from '../src/index.ts';
import { FakeBrowser, type FakeSocket, settle } from '../src/testing/FakeBrowser.ts';

let nextServerId = 1_000_000_001;

/** A session in a fake browser, with the reference server's lines as recorded in the transcripts. */
export class Scene {
  readonly browser = new FakeBrowser();
  readonly session: Session;
  readonly incoming: Call[] = [];
  readonly states: string[] = [];
  /** What the server grants at the next login. */
  granted: readonly string[] = [];

  constructor(options: Partial<SessionOptions> = {}) {
    this.session = new Session({
      url: 'wss://pbx.test:8082',
      login: '1000',
      password: 'secret',
      browser: this.browser,
      ...options,
    });
    this.session.on('incoming', (call) => this.incoming.push(call));
    this.session.on('state', (state) => this.states.push(state.name));
  }

  get socket(): FakeSocket {
    return this.browser.lastSocket;
  }

  async login(): Promise<void> {
    const opened = this.session.open();
    await this.acceptLogin();
    await opened;
  }

  async acceptLogin(reattached: readonly string[] = []): Promise<void> {
    await this.socket.accept();
    const extensions = this.granted.length === 0 ? {} : { extensions: this.granted };
    await this.reply('login', { message: 'logged in', ...extensions, sessid: 's-1' });
    await this.tell('verto.clientReady', { reattached_sessions: reattached });
  }

  async dialled(destination = '9196'): Promise<Call> {
    const call = this.session.dial(destination);
    await settle();
    await this.reply('verto.invite', { message: 'CALL CREATED', callID: call.callId, sessid: 's-1' });
    return call;
  }

  async rung(callId = 'server-call-1'): Promise<Call> {
    await this.tell('verto.invite', {
      callID: callId,
      variables: {},
      sdp: 'server-offer',
      caller_id_name: 'Extension 1001',
      caller_id_number: '1001',
      callee_id_name: 'Outbound Call',
      callee_id_number: '1000',
      display_direction: 'outbound',
    });
    const call = this.incoming.at(-1);
    if (call === undefined) throw new Error('the call did not ring');
    return call;
  }

  reply(method: string, result: Record<string, unknown>): Promise<void> {
    return this.socket.receive({ jsonrpc: '2.0', id: this.socket.last(method).id, result });
  }

  refuse(method: string, code: number, message: string): Promise<void> {
    return this.socket.receive({ jsonrpc: '2.0', id: this.socket.last(method).id, error: { code, message } });
  }

  tell(method: string, params: Record<string, unknown>): Promise<void> {
    return this.socket.receive({ jsonrpc: '2.0', id: nextServerId++, method, params });
  }
}

import { VertoError } from '../errors.ts';
import type { Browser, Cancel, Socket } from '../media/browser/Browser.ts';
import { decode, encodeAcknowledgement, encodeRequest } from '../wire/codec.ts';
import type { ClientRequest, RequestId, Result, ServerRequest } from '../wire/messages.ts';

/** A message must be shorter: the server closes the connection otherwise (1.4). In bytes. */
export const MESSAGE_LIMIT = 1_000_000;
/** A request without reply for this long has failed. */
export const REPLY_MS = 10_000;

/** A message as it goes over the wire, without passwords. */
export interface WireLine {
  readonly direction: 'sent' | 'received';
  readonly message: unknown;
}

interface Pending {
  readonly method: string;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: VertoError) => void;
  readonly cancelTimer: Cancel;
}

/** One WebSocket with JSON-RPC in both directions. Lives once; a new attempt is a new Connection. */
export class Connection {
  private readonly socket: Socket;
  private readonly pending = new Map<RequestId, Pending>();
  private nextId = 1;
  private open = false;

  /** Becomes part of every request once the server has named it. */
  sessionId: string | undefined;
  onOpen: () => void = () => undefined;
  onRequest: (request: ServerRequest) => void = () => undefined;
  /** A frame of a speed test (1.7). */
  onSpeed: (frame: string) => void = () => undefined;
  /** Called once, whatever ended the connection, except `close()`. */
  onLost: (wasOpen: boolean) => void = () => undefined;

  constructor(
    private readonly browser: Browser,
    url: string,
    private readonly log?: (line: WireLine) => void,
  ) {
    this.socket = browser.openSocket(url);
    this.socket.onopen = () => {
      this.open = true;
      this.onOpen();
    };
    this.socket.onmessage = (event: MessageEvent<unknown>) => {
      if (typeof event.data === 'string') this.onText(event.data);
    };
    this.socket.onclose = () => this.end((wasOpen) => this.onLost(wasOpen));
  }

  request(request: ClientRequest): Promise<Result> {
    if (!this.open) return Promise.reject(new VertoError({ kind: 'connection-lost' }));
    const id = this.nextId++;
    const text = encodeRequest(id, request, this.sessionId);
    const bytes = bytesOf(text);
    if (bytes >= MESSAGE_LIMIT) return Promise.reject(new VertoError({ kind: 'too-long', bytes, limit: MESSAGE_LIMIT }));
    return new Promise((resolve, reject) => {
      const cancelTimer = this.browser.after(REPLY_MS, () => {
        this.pending.delete(id);
        reject(new VertoError({ kind: 'timeout', method: request.method }));
      });
      this.pending.set(id, { method: request.method, resolve, reject, cancelTimer });
      this.socket.send(text);
      this.log?.({ direction: 'sent', message: withoutPassword(text) });
    });
  }

  /** Sends a frame that is no request. */
  sendFrame(frame: string): void {
    if (!this.open) throw new VertoError({ kind: 'connection-lost' });
    this.socket.send(frame);
  }

  close(): void {
    this.end(() => undefined);
    this.socket.close();
  }

  private onText(text: string): void {
    if (text.startsWith('#SP')) {
      this.onSpeed(text);
      return;
    }
    this.log?.({ direction: 'received', message: parsed(text) });
    const incoming = decode(text);
    switch (incoming.kind) {
      case 'result':
        this.settle(incoming.id, (pending) => pending.resolve(incoming.result));
        break;
      case 'error':
        this.settle(incoming.id, ({ method, reject }) => {
          const { code, message, retryAfter } = incoming.error;
          reject(new VertoError(retryAfter === undefined ? { kind: 'refused', method, code, message } : { kind: 'must-wait', seconds: retryAfter }));
        });
        break;
      case 'request':
        if (isAcknowledged(incoming.request)) this.socket.send(encodeAcknowledgement(incoming.id, incoming.method));
        this.onRequest(incoming.request);
        break;
      case 'rubbish':
        break;
    }
  }

  private settle(id: RequestId | null, finish: (pending: Pending) => void): void {
    const pending = id === null ? undefined : this.pending.get(id);
    if (id === null || pending === undefined) return;
    this.pending.delete(id);
    pending.cancelTimer();
    finish(pending);
  }

  private end(tell: (wasOpen: boolean) => void): void {
    this.socket.onopen = null;
    this.socket.onmessage = null;
    this.socket.onclose = null;
    const wasOpen = this.open;
    this.open = false;
    for (const { reject, cancelTimer } of this.pending.values()) {
      cancelTimer();
      reject(new VertoError({ kind: 'connection-lost' }));
    }
    this.pending.clear();
    tell(wasOpen);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function withoutPassword(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => (key === 'passwd' ? '***' : value));
}

/** In UTF-8; counted only where it could matter. */
function bytesOf(text: string): number {
  return text.length * 3 < MESSAGE_LIMIT ? text.length : new TextEncoder().encode(text).length;
}

/** Clients acknowledge the messages of calls and nothing else (15.2). */
function isAcknowledged(request: ServerRequest): boolean {
  switch (request.method) {
    case 'verto.invite':
    case 'verto.attach':
    case 'verto.media':
    case 'verto.answer':
    case 'verto.bye':
    case 'verto.display':
      return true;
    case 'verto.clientReady':
    case 'verto.punt':
    case 'verto.announce':
    case 'verto.ping':
    case 'verto.info':
    case 'verto.mediaParams':
    case 'verto.event':
    case 'other':
      return false;
  }
}

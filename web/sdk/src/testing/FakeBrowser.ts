import { VertoError } from '../errors.ts';
import type { Browser, Cancel, PeerConnection, Socket } from '../media/browser/Browser.ts';

/** A browser in virtual time: sockets, peer connections and timers do what the test says. */
export class FakeBrowser implements Browser {
  readonly sockets: FakeSocket[] = [];
  readonly peers: FakePeer[] = [];
  readonly microphones: FakeStream[] = [];
  microphoneTrouble: VertoError | undefined;
  randomNumber = 0.5;
  private readonly onlineListeners = new Set<() => void>();
  private readonly timers = new Set<{ readonly due: number; readonly run: () => void }>();
  private now = 0;
  private ids = 0;

  openSocket(): Socket {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  }

  openPeerConnection(): PeerConnection {
    const peer = new FakePeer(this.peers.length + 1);
    this.peers.push(peer);
    return peer as unknown as PeerConnection;
  }

  microphone(): Promise<MediaStream> {
    if (this.microphoneTrouble !== undefined) return Promise.reject(this.microphoneTrouble);
    const stream = new FakeStream();
    this.microphones.push(stream);
    return Promise.resolve(stream as unknown as MediaStream);
  }

  openAudioContext(): AudioContext {
    throw new VertoError({ kind: 'media-failed', message: 'there is no sound in a fake browser' });
  }

  newId(): string {
    return `call-${++this.ids}`;
  }

  random(): number {
    return this.randomNumber;
  }

  after(milliseconds: number, run: () => void): Cancel {
    const timer = { due: this.now + milliseconds, run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  onOnline(run: () => void): Cancel {
    this.onlineListeners.add(run);
    return () => this.onlineListeners.delete(run);
  }

  /** The system says that there is a network again. */
  async comesOnline(): Promise<void> {
    for (const run of [...this.onlineListeners]) run();
    await this.pass(0);
  }

  get listensToTheNetwork(): boolean {
    return this.onlineListeners.size > 0;
  }

  /** Lets time pass, with all timers that fall due, and everything they cause. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      const next = [...this.timers].filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      this.timers.delete(next);
      this.now = next.due;
      next.run();
      await settle();
    }
    this.now = end;
    await settle();
  }

  get lastSocket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  }

  get lastPeer(): FakePeer {
    const peer = this.peers.at(-1);
    if (peer === undefined) throw new Error('no peer connection was opened');
    return peer;
  }
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

export interface Frame {
  readonly id: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
}

/** The client's end of a WebSocket; the test plays the server. */
export class FakeSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly sent: Frame[] = [];
  closed = false;

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    this.sent.push(JSON.parse(String(data)) as Frame);
  }

  close(): void {
    this.closed = true;
  }

  async accept(): Promise<void> {
    this.onopen?.call(this as unknown as WebSocket, new Event('open'));
    await settle();
  }

  async lose(): Promise<void> {
    this.onclose?.call(this as unknown as WebSocket, { code: 1006 } as CloseEvent);
    await settle();
  }

  async receive(message: unknown): Promise<void> {
    const data = typeof message === 'string' ? message : JSON.stringify(message);
    this.onmessage?.call(this as unknown as WebSocket, { data } as MessageEvent);
    await settle();
  }

  /** The last request of this name that the client sent. */
  last(method: string): Frame {
    const frame = this.sent.findLast((candidate) => candidate.method === method);
    if (frame === undefined) throw new Error(`the client never sent ${method}`);
    return frame;
  }

  count(method: string): number {
    return this.sent.filter((frame) => frame.method === method).length;
  }
}

export class FakeTrack {
  readonly kind = 'audio';
  enabled = true;
  stopped = false;

  stop(): void {
    this.stopped = true;
  }
}

export class FakeStream {
  readonly track = new FakeTrack();

  getTracks(): FakeTrack[] {
    return [this.track];
  }

  getAudioTracks(): FakeTrack[] {
    return [this.track];
  }
}

export interface FakeCandidate {
  readonly candidate: string;
  readonly sdpMid?: string;
  readonly sdpMLineIndex?: number;
  readonly usernameFragment?: string;
}

/** A peer connection that writes down what it is told. */
export class FakePeer {
  localDescription: { readonly type: string; readonly sdp: string } | null = null;
  remoteDescriptions: string[] = [];
  iceGatheringState: RTCIceGatheringState = 'complete';
  iceConnectionState: RTCIceConnectionState = 'new';
  connectionState: RTCPeerConnectionState = 'new';
  onicecandidate: ((event: { candidate: FakeCandidate | null }) => void) | null = null;
  onicegatheringstatechange: (() => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  oniceconnectionstatechange: (() => void) | null = null;
  ontrack: ((event: { streams: FakeStream[]; track: FakeTrack }) => void) | null = null;
  rejectsRemote = false;
  restarts = 0;
  rollbacks = 0;
  closed = false;

  constructor(private readonly number: number) {}

  readonly tracks: unknown[] = [];

  addTrack(track: unknown): { replaceTrack: (next: unknown) => Promise<void> } {
    const at = this.tracks.push(track) - 1;
    return {
      replaceTrack: (next) => {
        this.tracks[at] = next;
        return Promise.resolve();
      },
    };
  }

  createOffer(options: RTCOfferOptions = {}): Promise<{ type: string; sdp: string }> {
    if (options.iceRestart === true) this.restarts++;
    const restarted = this.restarts === 0 ? '' : `-restart-${this.restarts}`;
    return Promise.resolve({ type: 'offer', sdp: `offer-${this.number}${restarted}` });
  }

  createAnswer(): Promise<{ type: string; sdp: string }> {
    return Promise.resolve({ type: 'answer', sdp: `answer-${this.number}` });
  }

  setLocalDescription(description: { type: string; sdp: string }): Promise<void> {
    if (description.type === 'rollback') this.rollbacks++;
    else this.localDescription = description;
    return Promise.resolve();
  }

  /** The browser found a candidate; an empty text is the end of them. */
  async finds(candidate: string, usernameFragment = 'ufrag'): Promise<void> {
    this.onicecandidate?.({ candidate: { candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment } });
    await settle();
  }

  async pathBecomes(state: RTCIceConnectionState): Promise<void> {
    this.iceConnectionState = state;
    this.oniceconnectionstatechange?.();
    await settle();
  }

  setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    this.remoteDescriptions.push(description.sdp);
    return this.rejectsRemote ? Promise.reject(new Error('bad SDP')) : Promise.resolve();
  }

  getStats(): Promise<Map<string, unknown>> {
    return Promise.resolve(new Map());
  }

  close(): void {
    this.closed = true;
  }
}

import { VertoError } from '../errors.ts';
import type { Browser, Cancel, PeerConnection, Player, Socket } from '../media/browser/Browser.ts';

/** A browser in virtual time: sockets, peer connections and timers do what the test says. */
export class FakeBrowser implements Browser {
  readonly sockets: FakeSocket[] = [];
  readonly peers: FakePeer[] = [];
  /** What each of the peers was opened with. */
  readonly configurations: RTCConfiguration[] = [];
  readonly microphones: FakeStream[] = [];
  microphoneTrouble: VertoError | undefined;
  randomNumber = 0.5;
  /** What is plugged in. */
  plugged: FakeDevice[] = [
    { kind: 'audioinput', deviceId: 'mic-1', label: 'Desk microphone' },
    { kind: 'audiooutput', deviceId: 'speaker-1', label: 'Desk speaker' },
  ];
  permission: PermissionState | 'unknown' = 'granted';
  readonly players: FakePlayer[] = [];
  private readonly deviceListeners = new Set<() => void>();
  private readonly gestureListeners = new Set<() => void>();
  private readonly onlineListeners = new Set<() => void>();
  private readonly timers = new Set<{ readonly due: number; readonly run: () => void }>();
  private time = 0;
  private ids = 0;

  openSocket(): Socket {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  }

  openPeerConnection(configuration: RTCConfiguration = {}): PeerConnection {
    this.configurations.push(configuration);
    const peer = new FakePeer(this.peers.length + 1);
    this.peers.push(peer);
    return peer as unknown as PeerConnection;
  }

  /** How long a microphone takes to open; one that is not there is refused at once. */
  microphoneMs = 0;

  microphone(constraints: MediaTrackConstraints | true): Promise<MediaStream> {
    if (this.microphoneTrouble !== undefined) return Promise.reject(this.microphoneTrouble);
    const wanted = constraints === true ? undefined : (constraints.deviceId as { exact?: string } | undefined)?.exact;
    const device = this.plugged.find(({ kind, deviceId }) => kind === 'audioinput' && (wanted === undefined || deviceId === wanted));
    if (device === undefined) return Promise.reject(new VertoError({ kind: 'microphone-missing' }));
    const stream = new FakeStream(device, constraints);
    this.microphones.push(stream);
    const opened = stream as unknown as MediaStream;
    if (this.microphoneMs === 0) return Promise.resolve(opened);
    return new Promise((resolve) => this.after(this.microphoneMs, () => resolve(opened)));
  }

  readonly cameras: FakeStream[] = [];
  cameraTrouble: VertoError | undefined;

  camera(constraints: MediaTrackConstraints | true): Promise<MediaStream> {
    if (this.cameraTrouble !== undefined) return Promise.reject(this.cameraTrouble);
    const wanted = constraints === true ? undefined : (constraints.deviceId as { exact?: string } | undefined)?.exact;
    const device = this.plugged.find(({ kind, deviceId }) => kind === 'videoinput' && (wanted === undefined || deviceId === wanted));
    if (device === undefined) return Promise.reject(new VertoError({ kind: 'camera-missing' }));
    const stream = new FakeStream(device, constraints, 'video');
    this.cameras.push(stream);
    return Promise.resolve(stream as unknown as MediaStream);
  }

  readonly screens: FakeStream[] = [];
  screenTrouble: VertoError | undefined;

  display(): Promise<MediaStream> {
    if (this.screenTrouble !== undefined) return Promise.reject(this.screenTrouble);
    const stream = new FakeStream({ kind: 'videoinput', deviceId: '', label: 'screen' }, true, 'video');
    this.screens.push(stream);
    return Promise.resolve(stream as unknown as MediaStream);
  }

  stream(tracks: MediaStreamTrack[]): MediaStream {
    const made = new FakeStream();
    made.track = tracks[0] as unknown as FakeTrack;
    return made as unknown as MediaStream;
  }

  /** Elements whose height somebody wants to know. */
  readonly measured = new Map<unknown, (pixels: number) => void>();

  onHeight(element: Element, run: (pixels: number) => void): Cancel {
    this.measured.set(element, run);
    return () => this.measured.delete(element);
  }

  videoCodecs(): readonly RTCRtpCodec[] {
    return ['video/VP8', 'video/rtx', 'video/H264'].map((mimeType) => ({ mimeType, clockRate: 90_000 }));
  }

  devices(): Promise<readonly MediaDeviceInfo[]> {
    return Promise.resolve(this.plugged.map((device) => ({ ...device, groupId: '' }) as MediaDeviceInfo));
  }

  onDevicesChanged(run: () => void): Cancel {
    this.deviceListeners.add(run);
    return () => this.deviceListeners.delete(run);
  }

  /** How many listen to what is plugged in and out. */
  get deviceWatchers(): number {
    return this.deviceListeners.size;
  }

  async plugIn(device: FakeDevice): Promise<void> {
    this.plugged.push(device);
    for (const run of [...this.deviceListeners]) run();
    await settle();
  }

  /** Pulls a device out: its tracks end, and the system says in the same moment that devices have changed. */
  async pullOut(deviceId: string): Promise<void> {
    this.plugged = this.plugged.filter((device) => device.deviceId !== deviceId);
    for (const { device, track } of [...this.microphones, ...this.cameras]) {
      if (device.deviceId !== deviceId || track.stopped) continue;
      track.readyState = 'ended';
      track.onended?.();
    }
    for (const run of [...this.deviceListeners]) run();
    await settle();
  }

  permissionOf(): Promise<PermissionState | 'unknown'> {
    return Promise.resolve(this.permission);
  }

  openPlayer(): Player {
    const player = new FakePlayer(this);
    this.players.push(player);
    return player as unknown as Player;
  }

  onGesture(run: () => void): Cancel {
    this.gestureListeners.add(run);
    return () => this.gestureListeners.delete(run);
  }

  /** Somebody clicks: from now on sound may play. */
  async click(): Promise<void> {
    this.mayPlay = true;
    const listeners = [...this.gestureListeners];
    this.gestureListeners.clear();
    for (const run of listeners) run();
    await settle();
  }

  /** False: the browser plays nothing before a click. */
  mayPlay = true;

  now(): number {
    return this.time;
  }

  wallClock(): number {
    return this.time;
  }

  /** Where the page came from, over https. */
  page: string | undefined = 'pbx.test:8082';

  securePage(): string | undefined {
    return this.page;
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
    const timer = { due: this.time + milliseconds, run };
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
    const end = this.time + milliseconds;
    for (;;) {
      const next = [...this.timers].filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      this.timers.delete(next);
      this.time = next.due;
      next.run();
      await settle();
    }
    this.time = end;
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
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
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
  /** Frames that are no requests. */
  readonly other: string[] = [];
  closed = false;

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    if (String(data).startsWith('#')) this.other.push(String(data));
    else this.sent.push(JSON.parse(String(data)) as Frame);
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

export interface FakeDevice {
  readonly kind: 'audioinput' | 'audiooutput' | 'videoinput';
  readonly deviceId: string;
  readonly label: string;
}

/** An audio element that writes down what it is told. */
export class FakePlayer {
  srcObject: unknown = null;
  volume = 1;
  muted = false;
  playing = false;
  sink = '';

  constructor(private readonly browser: FakeBrowser) {}

  play(): Promise<void> {
    if (!this.browser.mayPlay) return Promise.reject(new DOMException('no gesture', 'NotAllowedError'));
    this.playing = true;
    return Promise.resolve();
  }

  pause(): void {
    this.playing = false;
  }

  /** Take it away for a browser that does not let pages choose. */
  setSinkId? = (id: string): Promise<void> => {
    const there = id === '' || this.browser.plugged.some(({ kind, deviceId }) => kind === 'audiooutput' && deviceId === id);
    if (!there) return Promise.reject(new DOMException('no such device', 'NotFoundError'));
    this.sink = id;
    return Promise.resolve();
  };
}

export class FakeTrack {
  enabled = true;
  muted = false;
  contentHint = '';
  /** What was asked of it since it was opened. */
  readonly applied: MediaTrackConstraints[] = [];
  stopped = false;
  readyState: MediaStreamTrackState = 'live';
  onended: (() => void) | null = null;
  onmute: (() => void) | null = null;
  onunmute: (() => void) | null = null;

  constructor(
    readonly label = '',
    readonly kind: 'audio' | 'video' = 'audio',
    readonly deviceId = '',
  ) {}

  getSettings(): { deviceId?: string } {
    return this.deviceId === '' ? {} : { deviceId: this.deviceId };
  }

  applyConstraints(constraints: MediaTrackConstraints): Promise<void> {
    this.applied.push(constraints);
    return Promise.resolve();
  }

  /** The first frame of a picture came, or no more comes. */
  becomes(muted: boolean): void {
    this.muted = muted;
    if (muted) this.onmute?.();
    else this.onunmute?.();
  }

  /** Somebody presses the browser's own button, or the device is gone. */
  ends(): void {
    this.readyState = 'ended';
    this.onended?.();
  }

  stop(): void {
    this.stopped = true;
    this.readyState = 'ended';
  }
}

const NO_DEVICE: FakeDevice = { kind: 'audioinput', deviceId: '', label: '' };

export class FakeStream {
  track: FakeTrack;

  constructor(
    readonly device = NO_DEVICE,
    readonly constraints: MediaTrackConstraints | true = true,
    kind: 'audio' | 'video' = 'audio',
  ) {
    this.track = new FakeTrack(device.label, kind, device.deviceId);
  }

  getTracks(): FakeTrack[] {
    return [this.track];
  }

  getAudioTracks(): FakeTrack[] {
    return this.track.kind === 'audio' ? [this.track] : [];
  }

  getVideoTracks(): FakeTrack[] {
    return this.track.kind === 'video' ? [this.track] : [];
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
  ontrack: ((event: { streams: FakeStream[]; track: FakeTrack; transceiver?: FakeTransceiver }) => void) | null = null;
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

  readonly transceivers: FakeTransceiver[] = [];

  addTransceiver(track: unknown, init: { readonly direction: RTCRtpTransceiverDirection; readonly sendEncodings?: { rid?: string }[] }): FakeTransceiver {
    const made = new FakeTransceiver(init.direction, track instanceof FakeTrack ? track : null, init.sendEncodings);
    if (track === 'audio') return made;
    this.transceivers.push(made);
    return made;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }

  createOffer(options: RTCOfferOptions = {}): Promise<{ type: string; sdp: string }> {
    if (options.iceRestart === true) this.restarts++;
    const restarted = this.restarts === 0 ? '' : `-restart-${this.restarts}`;
    return Promise.resolve({ type: 'offer', sdp: `offer-${this.number}${restarted}${this.pictures()}` });
  }

  createAnswer(): Promise<{ type: string; sdp: string }> {
    return Promise.resolve({ type: 'answer', sdp: `answer-${this.number}${this.pictures()}` });
  }

  private pictures(): string {
    return this.transceivers.map(({ direction, sizes }) => ` picture-${direction}${sizes.map((rid) => `-${rid}`).join('')}`).join('');
  }

  /** Whether the server takes pictures, and some in several sizes. */
  takesPictures = true;
  takesSizes = true;

  setLocalDescription(description: { type: string; sdp: string }): Promise<void> {
    for (const [at, one] of this.transceivers.entries()) one.mid ??= String(at + 1);
    if (description.type === 'answer') for (const one of this.transceivers) one.currentDirection = one.direction;
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
    // An offer with a picture makes the place for it; an answer agrees on what was offered.
    if (description.type === 'offer' && description.sdp.includes('m=video')) this.transceivers.push(new FakeTransceiver('recvonly', null));
    if (description.type === 'answer') for (const one of this.transceivers) one.currentDirection = this.takesPictures && (this.takesSizes || one.sizes.length === 0) ? one.direction : 'inactive';
    return this.rejectsRemote ? Promise.reject(new Error('bad SDP')) : Promise.resolve();
  }

  /** What the statistics say, entry by entry. */
  statistics: readonly Readonly<Record<string, unknown>>[] = [];

  getStats(): Promise<Map<string, unknown>> {
    return Promise.resolve(new Map(this.statistics.map((entry, at) => [String(at), entry])));
  }

  close(): void {
    this.closed = true;
  }
}

/** The place of one picture in a call. */
export class FakeTransceiver {
  currentDirection: RTCRtpTransceiverDirection | null = null;
  mid: string | null = null;
  /** The formats that were asked for; none for all. */
  preferred: readonly string[] = [];
  readonly receiver = { track: new FakeTrack('', 'video'), getParameters: () => ({ codecs: this.currentDirection === null ? [] : [{ mimeType: 'video/VP8' }] }) };
  /** Names of the sizes in which it is sent; none for one. */
  readonly sizes: readonly string[];
  private parameters: { encodings: { rid?: string; maxBitrate?: number }[] } = { encodings: [{}] };
  readonly sender = {
    track: null as FakeTrack | null,
    setStreams: (): void => undefined,
    replaceTrack: (next: FakeTrack | null): Promise<void> => {
      this.sender.track = next;
      return Promise.resolve();
    },
    getParameters: () => this.parameters,
    setParameters: (parameters: { encodings: { maxBitrate?: number }[] }): Promise<void> => {
      this.parameters = parameters;
      return Promise.resolve();
    },
  };

  setCodecPreferences(codecs: readonly RTCRtpCodec[]): void {
    this.preferred = codecs.map(({ mimeType }) => mimeType);
  }

  constructor(
    public direction: RTCRtpTransceiverDirection,
    track: FakeTrack | null,
    encodings: { rid?: string }[] = [],
  ) {
    this.sizes = encodings.flatMap(({ rid }) => rid ?? []);
    if (encodings.length > 0) this.parameters = { encodings };
    this.sender.track = track;
  }
}

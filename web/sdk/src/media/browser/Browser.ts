/** The parts of a peer connection that this library uses. */
export type PeerConnection = Pick<
  RTCPeerConnection,
  | 'addTrack'
  | 'addTransceiver'
  | 'getTransceivers'
  | 'createOffer'
  | 'createAnswer'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'localDescription'
  | 'iceGatheringState'
  | 'connectionState'
  | 'iceConnectionState'
  | 'getStats'
  | 'close'
  | 'onicecandidate'
  | 'onicegatheringstatechange'
  | 'onconnectionstatechange'
  | 'oniceconnectionstatechange'
  | 'ontrack'
>;

/** The parts of a WebSocket that this library uses. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

/** The parts of an audio element that this library uses. `setSinkId` is missing in some browsers. */
export type Player = Pick<HTMLAudioElement, 'srcObject' | 'volume' | 'muted' | 'play' | 'pause'> & {
  setSinkId?: (id: string) => Promise<void>;
};

/** Everything this library takes from its surroundings, so that tests can give it. */
export interface Browser {
  openSocket(url: string): Socket;
  openPeerConnection(config: RTCConfiguration): PeerConnection;
  /** The microphone, or a `VertoError` that tells why there is none. */
  microphone(constraints: MediaTrackConstraints | true): Promise<MediaStream>;
  /** A camera, or a `VertoError` that tells why there is none. */
  camera(constraints: MediaTrackConstraints | true): Promise<MediaStream>;
  /** A screen or window that somebody chooses, or a `VertoError`. */
  display(options: DisplayMediaStreamOptions): Promise<MediaStream>;
  stream(tracks: MediaStreamTrack[]): MediaStream;
  /** Runs it with the height of an element in pixels of the screen, at once and whenever that changes. */
  onHeight(element: Element, run: (pixels: number) => void): Cancel;
  /** Formats of pictures that it can take; none where it does not say. */
  videoCodecs(): readonly RTCRtpCodec[];
  openAudioContext(): AudioContext;
  /** Everything that hears or plays; without names until a microphone was allowed. */
  devices(): Promise<readonly MediaDeviceInfo[]>;
  /** Runs it whenever something was plugged in or out. */
  onDevicesChanged(run: () => void): Cancel;
  /** Whether this page may use it; `unknown` where the browser does not tell. */
  permissionOf(device: 'microphone' | 'camera'): Promise<PermissionState | 'unknown'>;
  /** Something that plays a stream, in no page. */
  openPlayer(): Player;
  /** Runs it once, as soon as somebody clicks or presses a key. */
  onGesture(run: () => void): Cancel;
  /** Milliseconds since some moment; never goes back. */
  now(): number;
  /** Milliseconds since 1970. */
  wallClock(): number;
  /** `host:port` of this page, if it came over https. */
  securePage(): string | undefined;
  newId(): string;
  /** A number from 0 up to, not including, 1. */
  random(): number;
  after(milliseconds: number, run: () => void): Cancel;
  /** Runs it whenever the system says that there is a network again. */
  onOnline(run: () => void): Cancel;
}

export type Cancel = () => void;

/** The parts of a peer connection that this library uses. */
export type PeerConnection = Pick<
  RTCPeerConnection,
  | 'addTrack'
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

/** Everything this library takes from its surroundings, so that tests can give it. */
export interface Browser {
  openSocket(url: string): Socket;
  openPeerConnection(config: RTCConfiguration): PeerConnection;
  /** The microphone, or a `VertoError` that tells why there is none. */
  microphone(constraints: MediaTrackConstraints | true): Promise<MediaStream>;
  openAudioContext(): AudioContext;
  newId(): string;
  /** A number from 0 up to, not including, 1. */
  random(): number;
  after(milliseconds: number, run: () => void): Cancel;
  /** Runs it whenever the system says that there is a network again. */
  onOnline(run: () => void): Cancel;
}

export type Cancel = () => void;

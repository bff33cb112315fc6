import { VertoError } from '../../errors.ts';
import type { Browser, Cancel, PeerConnection, Player, Socket } from './Browser.ts';

/** The browser the page runs in. */
export class RealBrowser implements Browser {
  openSocket(url: string): Socket {
    return new WebSocket(url);
  }

  openPeerConnection(config: RTCConfiguration): PeerConnection {
    return new RTCPeerConnection(config);
  }

  microphone(constraints: MediaTrackConstraints | true): Promise<MediaStream> {
    return opened('microphone', (devices) => devices.getUserMedia({ audio: constraints, video: false }));
  }

  camera(constraints: MediaTrackConstraints | true): Promise<MediaStream> {
    return opened('camera', (devices) => devices.getUserMedia({ audio: false, video: constraints }));
  }

  display(options: DisplayMediaStreamOptions): Promise<MediaStream> {
    return opened('screen', (devices) => devices.getDisplayMedia({ video: true, audio: false, ...options }));
  }

  onHeight(element: Element, run: (pixels: number) => void): Cancel {
    const observer = new ResizeObserver(() => run(Math.round(element.clientHeight * devicePixelRatio)));
    observer.observe(element);
    return () => observer.disconnect();
  }

  videoCodecs(): readonly RTCRtpCodec[] {
    return RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  }

  stream(tracks: MediaStreamTrack[]): MediaStream {
    return new MediaStream(tracks);
  }

  openAudioContext(): AudioContext {
    return new AudioContext();
  }

  async devices(): Promise<readonly MediaDeviceInfo[]> {
    const devices: MediaDevices | undefined = navigator.mediaDevices;
    return devices === undefined ? [] : devices.enumerateDevices();
  }

  onDevicesChanged(run: () => void): Cancel {
    const devices: MediaDevices | undefined = navigator.mediaDevices;
    devices?.addEventListener('devicechange', run);
    return () => devices?.removeEventListener('devicechange', run);
  }

  async permissionOf(device: 'microphone' | 'camera'): Promise<PermissionState | 'unknown'> {
    try {
      return (await navigator.permissions.query({ name: device as PermissionName })).state;
    } catch {
      return 'unknown';
    }
  }

  openPlayer(): Player {
    return new Audio();
  }

  onGesture(run: () => void): Cancel {
    const names = ['pointerdown', 'keydown', 'touchend'] as const;
    const cancel = (): void => names.forEach((name) => globalThis.removeEventListener(name, heard, true));
    const heard = (): void => {
      cancel();
      run();
    };
    for (const name of names) globalThis.addEventListener(name, heard, true);
    return cancel;
  }

  now(): number {
    return performance.now();
  }

  wallClock(): number {
    return Date.now();
  }

  securePage(): string | undefined {
    return location.protocol === 'https:' ? location.host : undefined;
  }

  newId(): string {
    // randomUUID needs a secure page, getRandomValues does not.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  random(): number {
    return Math.random();
  }

  after(milliseconds: number, run: () => void): Cancel {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  }

  onOnline(run: () => void): Cancel {
    globalThis.addEventListener('online', run);
    return () => globalThis.removeEventListener('online', run);
  }
}

async function opened(what: 'microphone' | 'camera' | 'screen', open: (devices: MediaDevices) => Promise<MediaStream>): Promise<MediaStream> {
  // mediaDevices is missing on pages that are not secure.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) throw new VertoError({ kind: 'insecure-page' });
  try {
    return await open(devices);
  } catch (error) {
    throw deviceError(what, error);
  }
}

function deviceError(what: 'microphone' | 'camera' | 'screen', error: unknown): VertoError {
  const name = error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new VertoError({ kind: `${what}-refused` });
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new VertoError({ kind: `${what}-missing` });
    case 'NotReadableError':
    case 'AbortError':
      return new VertoError({ kind: `${what}-busy` });
    default:
      return new VertoError({ kind: 'media-failed', message: String(error) });
  }
}

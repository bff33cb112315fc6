import { Store } from './Store.ts';

export interface Device {
  readonly id: string;
  readonly label: string;
}

export interface DevicesState {
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
  readonly cameras: readonly Device[];
  /** Whether the browser lets a page choose where sound comes out. */
  readonly choosesSpeaker: boolean;
}

/** What this machine has to speak, to hear and to see with; follows plugging. */
export class Devices extends Store<DevicesState> {
  constructor() {
    super({ microphones: [], speakers: [], cameras: [], choosesSpeaker: 'setSinkId' in HTMLMediaElement.prototype });
    const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
    mediaDevices?.addEventListener('devicechange', () => void this.refresh());
    void this.refresh();
  }

  /** Names are told only once the microphone has been allowed, so this is asked again then. */
  async refresh(): Promise<void> {
    const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
    const all = (await mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    const of = (kind: MediaDeviceKind): Device[] =>
      all
        .filter((device) => device.kind === kind && !['', 'default', 'communications'].includes(device.deviceId))
        .map((device) => ({ id: device.deviceId, label: device.label }));
    this.set({ microphones: of('audioinput'), speakers: of('audiooutput'), cameras: of('videoinput') });
  }
}

/** Lets an element play on a device, if that is there and the browser can. */
export async function playOn(element: HTMLMediaElement, device: string): Promise<void> {
  const sink = element as HTMLMediaElement & { setSinkId?: (id: string) => Promise<void> };
  await sink.setSinkId?.(device).catch(() => sink.setSinkId?.('').catch(() => undefined));
}

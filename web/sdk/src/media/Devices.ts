import { Emitter } from '../events.ts';
import type { Browser, Cancel } from './browser/Browser.ts';
import { RealBrowser } from './browser/RealBrowser.ts';

/** Something that hears, plays or sees. */
export interface Device {
  readonly id: string;
  /** The system's name; empty until a microphone was allowed. */
  readonly name: string;
}

export interface DeviceLists {
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
  readonly cameras: readonly Device[];
}

export type DevicesEvents = {
  /** The lists have changed; `added` and `removed` since before. */
  readonly changed: DeviceLists & { readonly added: readonly Device[]; readonly removed: readonly Device[] };
};

const NOTHING: DeviceLists = { microphones: [], speakers: [], cameras: [] };

/** The microphones and speakers of this machine, and what is plugged in and out. Close it when nobody looks any more. */
export class Devices extends Emitter<DevicesEvents> {
  private lists = NOTHING;
  private readonly cancel: Cancel;

  constructor(private readonly browser: Browser = new RealBrowser()) {
    super();
    this.cancel = browser.onDevicesChanged(() => void this.refresh());
  }

  get microphones(): readonly Device[] {
    return this.lists.microphones;
  }

  get speakers(): readonly Device[] {
    return this.lists.speakers;
  }

  get cameras(): readonly Device[] {
    return this.lists.cameras;
  }

  /** Whether pages may choose where sound is played, in this browser. */
  get canChooseSpeaker(): boolean {
    return this.browser.openPlayer().setSinkId !== undefined;
  }

  /** Whether this page may use the microphone or the camera, as far as the browser tells without asking anybody. */
  permission(device: 'microphone' | 'camera' = 'microphone'): Promise<PermissionState | 'unknown'> {
    return this.browser.permissionOf(device);
  }

  /**
   * Opens a microphone, or a camera, for a moment, so that the browser asks whoever sits there and tells the names afterwards.
   *
   * @throws VertoError `microphone-refused`, `microphone-missing`, `microphone-busy` or `insecure-page`, and so of a camera
   */
  async ask(device: 'microphone' | 'camera' = 'microphone'): Promise<DeviceLists> {
    const stream = await this.browser[device](true);
    try {
      return await this.refresh();
    } finally {
      for (const track of stream.getTracks()) track.stop();
    }
  }

  /** Reads the lists anew. */
  async refresh(): Promise<DeviceLists> {
    const all = await this.browser.devices();
    const before = this.lists;
    this.lists = { microphones: pick(all, 'audioinput'), speakers: pick(all, 'audiooutput'), cameras: pick(all, 'videoinput') };
    const added = missing(this.lists, before);
    const removed = missing(before, this.lists);
    if (added.length > 0 || removed.length > 0) this.emit('changed', { ...this.lists, added, removed });
    return this.lists;
  }

  close(): void {
    this.cancel();
  }
}

/** Without permission a browser lists one nameless device of each kind; it has no id that could be asked for. */
function pick(all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): Device[] {
  // Chromium lists what the system prefers for calls a second time.
  return all.filter((device) => device.kind === kind && device.deviceId !== 'communications')
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}

function missing(from: DeviceLists, there: DeviceLists): Device[] {
  const lacks = (list: readonly Device[]) => (device: Device): boolean => !list.some(({ id, name }) => id === device.id && name === device.name);
  return (['microphones', 'speakers', 'cameras'] as const).flatMap((kind) => from[kind].filter(lacks(there[kind])));
}

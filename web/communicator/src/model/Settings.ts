import type { MediaOptions } from '@jverto/sdk';
import { keep, kept, onKept } from './memory.ts';
import { Store } from './Store.ts';

export type Theme = 'system' | 'light' | 'dark';

/** Lines of a picture. */
export type Resolution = '360' | '720' | '1080';
export const RESOLUTIONS: readonly Resolution[] = ['360', '720', '1080'];

export interface SettingsState {
  readonly theme: Theme;
  /** A tag of `LANGUAGES`; empty: what the browser wants. */
  readonly language: string;
  readonly stereo: boolean;
  readonly echo: boolean;
  readonly noise: boolean;
  readonly gain: boolean;
  /** Ids of devices; empty: the system's choice. */
  readonly microphone: string;
  readonly speaker: string;
  readonly ringer: string;
  readonly camera: string;
  readonly resolution: Resolution;
  /** One's own picture, as in a mirror. */
  readonly mirror: boolean;
  readonly notifications: boolean;
}

const FIRST: SettingsState = {
  theme: 'system',
  language: '',
  stereo: true,
  echo: true,
  noise: true,
  gain: true,
  microphone: '',
  speaker: '',
  ringer: '',
  camera: '',
  resolution: '720',
  mirror: true,
  notifications: true,
};

/** What somebody has chosen in this browser. */
export class Settings extends Store<SettingsState> {
  constructor() {
    super({ ...FIRST, ...kept<Partial<SettingsState>>('settings') });
    onKept((name) => name === 'settings' && this.set({ ...FIRST, ...kept<Partial<SettingsState>>('settings') }));
  }

  change(change: Partial<SettingsState>): void {
    this.set(change);
    keep('settings', this.get());
  }

  /** Tones and music survive only what the browser does not improve. */
  get studio(): boolean {
    const { stereo, echo, noise, gain } = this.get();
    return stereo && !echo && !noise && !gain;
  }

  setStudio(on: boolean): void {
    this.change({ stereo: true, echo: !on, noise: !on, gain: !on });
  }

  microphone(): MediaTrackConstraints {
    const { echo, noise, gain, microphone } = this.get();
    return {
      echoCancellation: echo,
      noiseSuppression: noise,
      autoGainControl: gain,
      // Wanted, not demanded: the device may be gone.
      ...(microphone === '' ? {} : { deviceId: microphone }),
    };
  }

  /** Wanted, not demanded: another camera, or a smaller picture, is better than none. */
  camera(): MediaTrackConstraints {
    const { camera, resolution } = this.get();
    const height = Number(resolution);
    return {
      width: { ideal: Math.round((height * 16) / 9) },
      height: { ideal: height },
      frameRate: { ideal: 30 },
      ...(camera === '' ? {} : { deviceId: camera }),
    };
  }

  /** For a session: each call reads what is chosen when it begins. */
  media(iceServers: readonly RTCIceServer[]): MediaOptions {
    const settings = this;
    return {
      get microphone() {
        return settings.microphone();
      },
      get stereo() {
        return settings.get().stereo;
      },
      iceServers,
    };
  }
}

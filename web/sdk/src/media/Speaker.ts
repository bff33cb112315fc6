import { type Trouble, VertoError } from '../errors.ts';
import { Emitter } from '../events.ts';
import type { Browser, Cancel, Player } from './browser/Browser.ts';
import { RealBrowser } from './browser/RealBrowser.ts';

export type SpeakerEvents = {
  /** Nothing plays until somebody clicks or presses a key, or no longer so. */
  readonly blocked: boolean;
  /** The speaker that was chosen was unplugged: that of the system plays. Or it is there again. */
  readonly device: { readonly kind: 'fell-back' | 'back' };
};

export interface SpeakerOptions {
  readonly browser?: Browser;
  /** An element of the page that plays, instead of one that is in no page. */
  readonly element?: Player;
}

/** The system's choice. */
const ANY = '';

/** Plays what a call sends, where one wants it. Plays again by itself after the browser blocked it; falls back when its device is unplugged. */
export class Speaker extends Emitter<SpeakerEvents> {
  private readonly browser: Browser;
  private readonly player: Player;
  private readonly cancelDevices: Cancel;
  private cancelGesture: Cancel | undefined;
  private wanted = ANY;
  private fallen = false;

  constructor({ browser = new RealBrowser(), element }: SpeakerOptions = {}) {
    super();
    this.browser = browser;
    this.player = element ?? browser.openPlayer();
    this.cancelDevices = browser.onDevicesChanged(() => void this.onDevices());
  }

  /** Whether the browser plays nothing before a gesture. */
  get blocked(): boolean {
    return this.cancelGesture !== undefined;
  }

  /** The id that was chosen; empty for the system's choice. */
  get device(): string {
    return this.wanted;
  }

  /** 0 to 1. */
  get volume(): number {
    return this.player.volume;
  }

  set volume(share: number) {
    this.player.volume = Math.min(1, Math.max(0, share));
  }

  /** Plays a stream from now on, instead of what was played; undefined for none. */
  async play(stream: MediaStream | undefined): Promise<void> {
    this.player.srcObject = stream ?? null;
    if (stream === undefined) {
      this.player.pause();
      this.unblock();
      return;
    }
    await this.start();
  }

  /**
   * Plays elsewhere from now on.
   *
   * @param id of `Devices.speakers`; empty for the system's choice
   * @throws VertoError `speaker-missing`, or `speaker-fixed` where the browser does not let pages choose; then all stays as it was
   */
  async use(id: string): Promise<void> {
    await this.sink(id);
    this.wanted = id;
    this.fallen = false;
  }

  close(): void {
    this.player.pause();
    this.player.srcObject = null;
    this.cancelGesture?.();
    this.cancelGesture = undefined;
    this.cancelDevices();
  }

  private async start(): Promise<void> {
    try {
      await this.player.play();
      this.unblock();
    } catch (error) {
      // An AbortError says that something else is to be played by now.
      if ((error as { readonly name?: unknown } | null)?.name !== 'NotAllowedError' || this.blocked) return;
      this.cancelGesture = this.browser.onGesture(() => {
        this.cancelGesture = () => undefined;
        void this.again();
      });
      this.emit('blocked', true);
    }
  }

  private async again(): Promise<void> {
    try {
      await this.player.play();
    } catch {
      // There was a gesture: what fails now is not that.
    }
    this.unblock();
  }

  private unblock(): void {
    if (this.cancelGesture === undefined) return;
    this.cancelGesture();
    this.cancelGesture = undefined;
    this.emit('blocked', false);
  }

  private async onDevices(): Promise<void> {
    if (this.wanted === ANY) return;
    const there = (await this.browser.devices()).some(({ kind, deviceId }) => kind === 'audiooutput' && deviceId === this.wanted);
    if (there !== this.fallen) return;
    // Before it is done: systems say several times that devices have changed.
    this.fallen = !there;
    try {
      await this.sink(there ? this.wanted : ANY);
    } catch {
      this.fallen = there;
      return;
    }
    this.emit('device', { kind: there ? 'back' : 'fell-back' });
  }

  private async sink(id: string): Promise<void> {
    if (this.player.setSinkId === undefined) {
      if (id !== ANY) throw trouble({ kind: 'speaker-fixed' });
      return;
    }
    try {
      await this.player.setSinkId(id);
    } catch (error) {
      const name = (error as { readonly name?: unknown } | null)?.name;
      throw trouble(name === 'NotAllowedError' ? { kind: 'refused', method: 'setSinkId', code: undefined, message: 'the browser does not allow this speaker' } : { kind: 'speaker-missing' });
    }
  }
}

function trouble(given: Trouble): VertoError {
  return new VertoError(given);
}

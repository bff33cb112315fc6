import type { Browser, Player } from '../media/browser/Browser.ts';
import { RealBrowser } from '../media/browser/RealBrowser.ts';

/** What the classic client takes from the page around it, so that tests can give it. */
export interface Page {
  readonly browser: Browser;
  /** The element with this id, or one that is made. */
  player(tag: string): Player;
  recall(key: string): string | undefined;
  remember(key: string, value: string): void;
  /** Plays a file again and again until the returned function is called. */
  ring(file: string): () => void;
  say(words: string): void;
}

export class RealPage implements Page {
  readonly browser = new RealBrowser();
  private readonly made = new Map<string, HTMLAudioElement>();

  player(tag: string): Player {
    const there = document.getElementById(tag);
    if (there instanceof HTMLMediaElement) return there;
    const player = this.made.get(tag) ?? new Audio();
    this.made.set(tag, player);
    return player;
  }

  recall(key: string): string | undefined {
    try {
      return localStorage.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  remember(key: string, value: string): void {
    try {
      localStorage.setItem(key, value);
    } catch {
      // A page that may store nothing has a new session each time.
    }
  }

  ring(file: string): () => void {
    const bell = new Audio(file);
    bell.loop = true;
    bell.play().catch(() => undefined);
    return () => bell.pause();
  }

  say(words: string): void {
    console.warn(`jverto: ${words}`);
  }
}

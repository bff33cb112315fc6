import type { Call } from './call/Call.ts';
import type { Trouble } from './errors.ts';
import type { Room } from './room/Room.ts';
import type { ChatMessage } from './wire/messages.ts';

/** Life of a login. `waiting` is the pause before the next attempt to reconnect. */
export type SessionState =
  | { readonly name: 'idle' }
  | { readonly name: 'connecting' }
  | { readonly name: 'ready'; readonly sessionId: string }
  /** `trouble` is there where the server lets nobody in for so long (`must-wait`). */
  | { readonly name: 'waiting'; readonly delayMs: number; readonly trouble?: Trouble }
  | { readonly name: 'closed'; readonly trouble: Trouble };

export type SessionEvents = {
  readonly state: SessionState;
  readonly incoming: Call;
  /** The calls that go on have changed. */
  readonly calls: readonly Call[];
  /** A call of before the page was loaded anew: it is taken up by itself. */
  readonly resumed: Call;
  /** The server has said which calls it brings back, by their ids: each of them was resumed or goes on, all others are over. */
  readonly recovered: readonly string[];
  readonly message: ChatMessage;
  /** What the server tells this session alone of a room, as it came (verto-wire 9.3). */
  readonly private: Readonly<Record<string, unknown>>;
  /** Words of who runs the server, to everybody. */
  readonly announcement: string;
  /** The login ends at this time and was not renewed: sign in anew before, or calls lose their connection then. */
  readonly expiring: { readonly at: Date };
  /** A call is in a conference room. */
  readonly room: Room;
};

/** States of a call, as in the protocol reference 5.11. */
export type CallState =
  | 'new'
  | 'requesting'
  | 'trying'
  | 'early'
  | 'ringing'
  | 'answering'
  | 'active'
  | 'recovering'
  | 'ended';

/** Why a call ended and who ended it. `trouble` is there when it failed on this side. */
export interface Ending {
  readonly cause: string;
  readonly causeCode: number;
  readonly by: 'us' | 'them';
  readonly trouble?: Trouble;
}

export interface Party {
  readonly name: string;
  readonly number: string;
}

/** What became of the microphone of a call. `name` is the system's, as far as the page may know it. */
export type MicrophoneNews =
  /** The one that was asked for speaks. */
  | { readonly kind: 'chosen'; readonly name: string; readonly stream: MediaStream }
  /** It was unplugged: another one speaks. */
  | { readonly kind: 'fell-back'; readonly name: string; readonly stream: MediaStream }
  /** It is plugged in again and speaks. */
  | { readonly kind: 'back'; readonly name: string; readonly stream: MediaStream }
  /** It was unplugged and there is no other: the call goes on, and nobody is heard from here until one is plugged in. */
  | { readonly kind: 'lost'; readonly trouble: Trouble };

/** What became of the camera of a call. `name` is the system's, as far as the page may know it. */
export type CameraNews =
  /** It is sent, or another one, or the same otherwise. */
  | { readonly kind: 'on'; readonly name: string; readonly stream: MediaStream }
  | { readonly kind: 'off' }
  /** It was unplugged: another one is seen. */
  | { readonly kind: 'fell-back'; readonly name: string; readonly stream: MediaStream }
  | { readonly kind: 'back'; readonly name: string; readonly stream: MediaStream }
  /** It did not open, or was unplugged and there is no other: the call goes on without one's picture. */
  | { readonly kind: 'lost'; readonly trouble: Trouble };

export type CallEvents = {
  readonly state: CallState;
  readonly party: Party;
  readonly sound: MediaStream;
  readonly microphone: MicrophoneNews;
  /** What the other side shows; undefined while it shows nothing. */
  readonly picture: MediaStream | undefined;
  readonly camera: CameraNews;
  /** One's own picture is black, or seen again. */
  readonly cameraMuted: boolean;
  /** A screen is shared instead of the camera, or no longer. */
  readonly sharing: boolean;
  /** One's own voice is sent no more, or again. */
  readonly muted: boolean;
  /** Words inside the call. */
  readonly message: ChatMessage;
  /** What the other side types, a few characters at a time (RFC 4103 as Verto carries it). */
  readonly text: string;
  /** A key that the other side pressed, where the call's own sound cannot carry it. */
  readonly digits: string;
  /** Whether this side has put the other on hold. */
  readonly held: boolean;
  readonly ended: Ending;
};

/** Typed events. A listener that throws does not keep the others from hearing. */
export class Emitter<Events extends object> {
  private readonly listeners = new Map<keyof Events, Set<(event: never) => void>>();

  /** Adds a listener and returns the function that removes it. */
  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  protected emit<K extends keyof Events>(name: K, event: Events[K]): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) {
      try {
        (listener as (event: Events[K]) => void)(event);
      } catch (error) {
        reportError(error);
      }
    }
  }
}

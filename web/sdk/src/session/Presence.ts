import { Emitter } from '../events.ts';
import type { ChannelEvent } from '../wire/messages.ts';
import { text } from '../wire/values.ts';

/** How far a call of somebody is. `calling`: he waits for an answer; `ringing`: he is called. */
export type PresenceState = 'calling' | 'ringing' | 'active' | 'held';

/** One call of somebody. Names are text of strangers. */
export interface PresenceCall {
  readonly callId: string;
  readonly state: PresenceState;
  /** Who calls him, or whom he calls, as far as the server says. */
  readonly name: string;
  readonly number: string;
}

export interface UserPresence {
  /** `user@domain` */
  readonly user: string;
  /** What counts most of his calls; `idle` without any. */
  readonly state: PresenceState | 'idle';
  readonly calls: readonly PresenceCall[];
}

export type PresenceEvents = {
  readonly changed: UserPresence;
};

const RANK: readonly PresenceState[] = ['active', 'held', 'ringing', 'calling'];
/** Calls that are watched at most. */
const MAX_CALLS = 10_000;

/** Who is in a call (verto-wire 8.6). The server tells of calls, not of who is signed in. */
export class Presence extends Emitter<PresenceEvents> {
  private readonly calls = new Map<string, { readonly user: string; readonly call: PresenceCall }>();

  /** Ends the watching. */
  close: () => void = () => undefined;

  /** Who is in a call now. */
  get busy(): readonly UserPresence[] {
    return [...new Set([...this.calls.values()].map(({ user }) => user))].map((user) => this.of(user));
  }

  /** @param user `user@domain` */
  of(user: string): UserPresence {
    const calls = [...this.calls.values()].filter((entry) => entry.user === user).map(({ call }) => call);
    const state = RANK.find((rank) => calls.some((call) => call.state === rank)) ?? 'idle';
    return { user, state, calls };
  }

  /** For the session only. */
  onEvent({ channel, data }: ChannelEvent): void {
    const user = text(data['channelPresenceID']) ?? channel.slice('presence.'.length);
    const callId = text(data['channelUUID']);
    if (user === '' || callId === undefined) return;
    const state = stateOf(text(data['channelCallState']) ?? '');
    if (state === undefined) {
      if (!this.calls.delete(callId)) return;
    } else {
      if (this.calls.size >= MAX_CALLS && !this.calls.has(callId)) return;
      // Of a channel that came in the other one is the callee, and of one that went out the caller.
      const other = data['presenceCallDirection'] === 'outbound' ? 'callerID' : 'calleeID';
      const name = text(data[`${other}Name`]) ?? '';
      const number = text(data[`${other}Number`]) ?? '';
      this.calls.set(callId, { user, call: { callId, state, name, number } });
    }
    this.emit('changed', this.of(user));
  }

  /** The connection was lost: what goes on is told anew. For the session only. */
  forget(): void {
    const users = this.busy;
    this.calls.clear();
    for (const { user } of users) this.emit('changed', this.of(user));
  }
}

function stateOf(word: string): PresenceState | undefined {
  switch (word) {
    case 'DIALING':
    case 'RING_WAIT':
      return 'calling';
    case 'RINGING':
      return 'ringing';
    case 'EARLY':
      return 'calling';
    case 'ACTIVE':
    case 'UNHELD':
      return 'active';
    case 'HELD':
      return 'held';
    default:
      return undefined;
  }
}

import { VertoError } from '../errors.ts';
import type { ChannelEvent, ClientRequest, Result } from '../wire/messages.ts';
import { strings, text } from '../wire/values.ts';

export type EventListener = (event: ChannelEvent) => void;

/** A wish to hear of a channel; it outlives connections unless whoever wished looks after that himself. */
interface Subscription {
  readonly listeners: Set<EventListener>;
  readonly lasting: boolean;
}

/** Who listens to which event channel (verto-wire 8). A server's subscriptions end with the connection: lasting ones are made again. */
export class EventChannels {
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly overheard = new Map<string, Set<EventListener>>();

  constructor(private readonly request: (request: ClientRequest) => Promise<Result>) {}

  /**
   * Listens from now on.
   *
   * @param lasting whether the subscription is made again after each login
   * @returns a function that ends it
   * @throws VertoError `refused` when the server does not allow it
   */
  async subscribe(channel: string, listener: EventListener, lasting = true): Promise<() => void> {
    const there = this.subscriptions.get(channel);
    if (there !== undefined) {
      there.listeners.add(listener);
      return () => this.forget(channel, listener);
    }
    // Events may overtake nothing, but they may come with the reply.
    this.subscriptions.set(channel, { listeners: new Set([listener]), lasting });
    try {
      await this.ask([channel]);
    } catch (error) {
      this.subscriptions.get(channel)?.listeners.delete(listener);
      this.clean(channel);
      throw error;
    }
    return () => this.forget(channel, listener);
  }

  /**
   * Listens to what the server tells this client alone in the name of a channel, without asking for more of it.
   *
   * @returns a function that ends it
   */
  overhear(channel: string, listener: EventListener): () => void {
    const there = this.overheard.get(channel) ?? new Set();
    this.overheard.set(channel, there);
    there.add(listener);
    return () => {
      there.delete(listener);
      if (there.size === 0) this.overheard.delete(channel);
    };
  }

  async broadcast(channel: string, data: unknown, toClients = false): Promise<void> {
    const result = await this.request({
      method: 'verto.broadcast',
      params: { eventChannel: channel, data, ...(toClients ? { localBroadcast: true } : {}) },
    });
    // A refusal comes as a result (8.4).
    if (typeof result['code'] === 'number') {
      throw new VertoError({
        kind: 'refused',
        method: 'verto.broadcast',
        code: result['code'],
        message: text(result['message']) ?? 'no reason given',
      });
    }
  }

  /** An event has come. */
  onEvent(event: ChannelEvent): void {
    const main = event.channel.split('.')[0] ?? '';
    const heard = [
      this.subscriptions.get(event.channel)?.listeners,
      main === event.channel ? undefined : this.subscriptions.get(main)?.listeners,
      this.overheard.get(event.channel),
    ];
    for (const listeners of heard) {
      for (const listener of [...(listeners ?? [])]) {
        try {
          listener(event);
        } catch (error) {
          reportError(error);
        }
      }
    }
  }

  /** The connection is gone, and what the server knew of it. */
  onLost(): void {
    for (const [channel, { lasting }] of this.subscriptions) if (!lasting) this.subscriptions.delete(channel);
  }

  /** A new login: lasting subscriptions are made again. What is refused now is over. */
  async renew(): Promise<void> {
    const channels = [...this.subscriptions.keys()];
    if (channels.length === 0) return;
    try {
      const refused = strings((await this.request(subscribe(channels)))['unauthorizedChannels']);
      for (const channel of refused) this.subscriptions.delete(channel);
    } catch {
      // Lost again, or nothing is allowed any more: the next login tells.
    }
  }

  private async ask(channels: readonly string[]): Promise<void> {
    const refused = strings((await this.request(subscribe(channels)))['unauthorizedChannels']);
    if (refused.length > 0) {
      throw new VertoError({ kind: 'refused', method: 'verto.subscribe', code: undefined, message: `not allowed: ${refused.join(', ')}` });
    }
  }

  private forget(channel: string, listener: EventListener): void {
    if (this.subscriptions.get(channel)?.listeners.delete(listener) === true && this.clean(channel)) {
      this.request({ method: 'verto.unsubscribe', params: { eventChannel: [channel] } }).catch(() => undefined);
    }
  }

  private clean(channel: string): boolean {
    return this.subscriptions.get(channel)?.listeners.size === 0 && this.subscriptions.delete(channel);
  }
}

function subscribe(channels: readonly string[]): ClientRequest {
  return { method: 'verto.subscribe', params: { eventChannel: channels } };
}

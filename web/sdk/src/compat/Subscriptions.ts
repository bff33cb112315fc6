import type { ChannelEvent } from '../wire/messages.ts';
import type { ClassicVerto } from './ClassicVerto.ts';
import type { Params, SubscribeParams, SubscriptionHandle } from './types.ts';

interface Entry extends SubscriptionHandle {
  readonly end: () => void;
}

/** Who hears which channel. All of it ends with the connection: pages subscribe again as they log in again. */
export class Subscriptions {
  private entries: Entry[] = [];
  private next = 1;

  constructor(private readonly verto: ClassicVerto) {}

  add(channels: readonly string[], params: SubscribeParams): SubscriptionHandle[] {
    return channels.map((eventChannel) => {
      let over = false;
      let unhear: (() => void) | undefined;
      const end = (): void => {
        over = true;
        unhear?.();
      };
      const entry: Entry = { serno: this.next++, eventChannel, end };
      this.entries.push(entry);
      const hear = (event: ChannelEvent): void => {
        if (!over) this.tell(params, event.params as Params);
      };
      this.verto.live?.subscribe(eventChannel, hear).then(
        (stop) => {
          if (over) stop();
          else unhear = stop;
          if (!over) params.readyHandler?.(this.verto, eventChannel);
        },
        () => {
          this.verto.page.say(`not allowed to hear ${eventChannel}`);
          this.entries = this.entries.filter((other) => other !== entry);
        },
      );
      return { serno: entry.serno, eventChannel };
    });
  }

  end(what?: string | readonly (string | SubscriptionHandle)[]): void {
    const wanted = what === undefined ? undefined : [what].flat();
    const meant = (entry: Entry): boolean =>
      wanted === undefined || wanted.some((one) => (typeof one === 'string' ? one === entry.eventChannel : one.serno === entry.serno));
    for (const entry of this.entries.filter(meant)) entry.end();
    this.entries = this.entries.filter((entry) => !meant(entry));
  }

  clear(): void {
    this.end();
  }

  private tell(params: SubscribeParams, event: Params): void {
    if (params.handler !== undefined) params.handler(this.verto, event, params.userData);
    else this.verto.callbacks.onEvent?.(this.verto, event, params.userData);
  }
}

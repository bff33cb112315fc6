import type { Account } from './Phone.ts';

/** What a tab tells another one that was just opened. */
export interface Neighbour {
  readonly account: Account;
  /** The session that is this tab's own. */
  readonly sessionId: string | undefined;
}

type Word = { readonly kind: 'ask' } | ({ readonly kind: 'here' } & Neighbour);

/** How long an open tab has to answer. One that the browser has put to sleep does not. */
export const ANSWER_MS = 400;

/**
 * The tabs of this browser that have the same page open. A new one learns by whom, so that nobody signs in twice: from an open tab's memory to
 * its own, no password is stored. Other origins do not hear it, nor does another server's page at another path.
 */
export class Tabs {
  private readonly channel: BroadcastChannel | undefined;
  /** Who is signed in here; nobody before the first sign-in, and after a sign-out. */
  mine: () => Neighbour | undefined = () => undefined;

  constructor(name: string) {
    this.channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : undefined;
    this.channel?.addEventListener('message', ({ data }: MessageEvent<Word>) => {
      const mine = data.kind === 'ask' ? this.mine() : undefined;
      if (mine !== undefined) this.say({ kind: 'here', ...mine });
    });
  }

  /**
   * Asks who is signed in; undefined when nobody is.
   *
   * @param own the session that this tab has kept: a tab that was duplicated has that of the other one, whose answer then comes before all others
   */
  neighbour(own: string | undefined): Promise<Neighbour | undefined> {
    const { channel } = this;
    if (channel === undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      let first: Neighbour | undefined;
      const end = (): void => {
        clearTimeout(timer);
        channel.removeEventListener('message', hear);
        resolve(first);
      };
      const hear = ({ data }: MessageEvent<Word>): void => {
        if (data.kind !== 'here') return;
        const { account, sessionId } = data;
        if (first === undefined || sessionId === own) first = { account, sessionId };
        if (own === undefined || sessionId === own) end();
      };
      const timer = setTimeout(end, ANSWER_MS);
      channel.addEventListener('message', hear);
      this.say({ kind: 'ask' });
    });
  }

  private say(word: Word): void {
    this.channel?.postMessage(word);
  }
}

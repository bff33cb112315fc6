import type { ChatMessage, Session } from '@jverto/sdk';
import { userOf } from '../words/format.ts';
import { explainError } from '../words/phrases.ts';
import { type Phrase, phrase } from '../words/words.ts';
import { keep, kept, onKept } from './memory.ts';
import { Store } from './Store.ts';

/** One message, of a talk with somebody or of a room. */
export interface Said {
  readonly id: number;
  readonly mine: boolean;
  /** Who says it, where several talk. */
  readonly name: string;
  /** At most `SHOWN` characters of it. */
  readonly text: string;
  /** How long it was. */
  readonly length: number;
  /** Milliseconds of the epoch. */
  readonly at: number;
}

export interface Talk {
  /** Number of the other one. */
  readonly with: string;
  readonly messages: readonly Said[];
  readonly unread: number;
}

export interface TalksState {
  /** The one that was spoken in last comes first. */
  readonly talks: readonly Talk[];
  /** The one that is looked at. */
  readonly open: string | undefined;
  readonly trouble: Phrase | undefined;
}

/** What can be sent at once: the server takes more, but not as often. */
export const LONGEST = 8_000;
/** What is kept and shown of a message that somebody else sent. */
export const SHOWN = 10_000;
const MOST_TALKS = 100;
const MOST_MESSAGES = 200;
/** Within it all tabs hear of one message. */
const SAME_MS = 3_000;

let nextId = 1;

export function said(mine: boolean, name: string, text: string): Said {
  return { id: nextId++, mine, name: name.slice(0, 256), text: text.slice(0, SHOWN), length: text.length, at: Date.now() };
}

/** Why a message cannot be sent as it is; undefined when it can. */
export function tooLong(text: string): Phrase | undefined {
  return text.length > LONGEST ? phrase('chat.tooLong', { most: LONGEST }) : undefined;
}

/** Messages between users, kept in this browser. */
export class Talks extends Store<TalksState> {
  private user = '';
  private session: Session | undefined;
  /** Of messages that came to this tab: another tab may have kept them first. */
  private readonly heard = new Set<number>();
  /** Someone wrote. */
  onHeard: (from: string, text: string) => void = () => undefined;

  constructor() {
    super({ talks: [], open: undefined, trouble: undefined });
    onKept((name) => name === `talks.${this.user}` && this.reload());
  }

  start(user: string, session: Session): void {
    this.user = user;
    this.session = session;
    this.heard.clear();
    this.set({ open: undefined, trouble: undefined });
    this.reload();
    session.on('message', (message) => this.hear(message));
  }

  show(number: string | undefined): void {
    this.set({ open: number, trouble: undefined });
    if (number !== undefined) this.change(number, (talk) => ({ ...talk, unread: 0 }));
  }

  async send(to: string, text: string): Promise<boolean> {
    const words = text.trim();
    if (words === '') return false;
    try {
      if (this.session === undefined) throw new Error('signed out');
      await this.session.sendMessage(to, words);
    } catch (error) {
      this.set({ trouble: explainError(error) });
      return false;
    }
    this.set({ trouble: undefined });
    this.reload();
    this.append(to, said(true, '', words), false);
    return true;
  }

  /** What another tab has kept counts as well. */
  private reload(): void {
    const talks = kept<Talk[]>(`talks.${this.user}`) ?? [];
    // Numbers of messages go on where they were, so that none is there twice.
    nextId = Math.max(nextId, ...talks.flatMap(({ messages }) => messages.map(({ id }) => id + 1)));
    this.set({ talks });
  }

  private hear({ from, body }: ChatMessage): void {
    // A room's words come here as well; they stand in the room's chat already.
    if (from.startsWith('conf+') || body === '') return;
    const who = userOf(from);
    const unread = this.get().open !== who || document.hidden;
    this.reload();
    const there = this.keptElsewhere(who, body);
    const message = there ?? said(false, who, body);
    this.note(message.id);
    if (there === undefined) this.append(who, message, unread);
    else if (!unread) this.change(who, (talk) => ({ ...talk, unread: 0 }));
    this.onHeard(who, body);
  }

  private note(id: number): void {
    this.heard.add(id);
    const [oldest] = this.heard;
    if (this.heard.size > MOST_MESSAGES && oldest !== undefined) this.heard.delete(oldest);
  }

  /** The message that came to another tab a moment ago, and now to this one. */
  private keptElsewhere(number: string, body: string): Said | undefined {
    const messages = this.get().talks.find((talk) => talk.with === number)?.messages ?? [];
    return messages.find(({ id, mine, text, length, at }) =>
      !mine && length === body.length && text === body.slice(0, SHOWN) && Date.now() - at < SAME_MS && !this.heard.has(id));
  }

  private append(number: string, message: Said, unread: boolean): void {
    this.change(number, (talk) => ({
      ...talk,
      messages: [...talk.messages, message].slice(-MOST_MESSAGES),
      unread: talk.unread + (unread ? 1 : 0),
    }), true);
  }

  private change(number: string, to: (talk: Talk) => Talk, create = false): void {
    const { talks } = this.get();
    const there = talks.find((talk) => talk.with === number);
    if (there === undefined && !create) return;
    const next = to(there ?? { with: number, messages: [], unread: 0 });
    const others = talks.filter((talk) => talk !== there);
    const all = create ? [next, ...others] : talks.map((talk) => (talk === there ? next : talk));
    this.set({ talks: all.slice(0, MOST_TALKS) });
    keep(`talks.${this.user}`, this.get().talks);
  }
}

export const unreadOf = (talks: readonly Talk[]): number => talks.reduce((sum, { unread }) => sum + unread, 0);

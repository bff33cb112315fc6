import type { Contact, Party, PresenceState, Session, UserPresence } from '@jverto/sdk';
import { userOf } from '../words/format.ts';
import { keep, kept, onKept } from './memory.ts';
import { Store } from './Store.ts';

export interface Person {
  readonly name: string;
  readonly number: string;
}


export interface PeopleState {
  readonly people: readonly Person[];
  /** By number; whoever is not there is in no call. */
  readonly busy: ReadonlyMap<string, PresenceState>;
  /** Whether the server tells who is in a call. */
  readonly told: boolean;
  /** Whom the server names, where it does: the others of one's domain. */
  readonly directory: readonly Contact[];
}

const LIMIT = 500;

/** The people somebody has written down, and how far their calls are. */
export class People extends Store<PeopleState> {
  private user = '';
  private session: Session | undefined;

  constructor() {
    super({ people: [], busy: new Map(), told: true, directory: [] });
    onKept((name) => name === `people.${this.user}` && this.set({ people: kept<Person[]>(name) ?? [] }));
  }

  async open(user: string, session: Session): Promise<void> {
    this.user = user;
    this.session = session;
    this.set({ people: kept<Person[]>(`people.${user}`) ?? [], busy: new Map(), told: true, directory: [] });
    void this.refresh();
    try {
      const presence = await session.watchPresence();
      const tell = (change: UserPresence): void => this.onPresence(change);
      presence.busy.forEach(tell);
      presence.on('changed', tell);
    } catch {
      this.set({ told: false });
    }
  }

  /** Asks anew whom there is, and who could be rung. */
  async refresh(): Promise<void> {
    try {
      const directory = await this.session?.contacts();
      if (directory !== undefined) this.set({ directory: [...directory].sort((one, other) => called(one).localeCompare(called(other), undefined, { numeric: true })) });
    } catch {
      // A server that does not tell, or no connection: what was there stays.
    }
  }

  put(person: Person, instead?: Person): void {
    const others = this.get().people.filter(({ number }) => number !== instead?.number && number !== person.number);
    this.save([...others, person].slice(-LIMIT));
  }

  remove(person: Person): void {
    this.save(this.get().people.filter(({ number }) => number !== person.number));
  }

  /** The party's name as it is written down here, or else as the network says it. */
  called({ name, number }: Party): string {
    // Many a client gives its number as its name.
    return this.nameOf(number) ?? (name === '' || name === number ? (this.listed(number) ?? number) : name);
  }

  /** As it is written down here. */
  nameOf(number: string): string | undefined {
    return this.get().people.find((person) => person.number === number)?.name;
  }

  private listed(number: string): string | undefined {
    const name = this.get().directory.find((contact) => contact.number === number)?.name;
    return name === '' ? undefined : name;
  }

  private onPresence({ user, state }: UserPresence): void {
    const busy = new Map(this.get().busy);
    if (state === 'idle') busy.delete(userOf(user));
    else busy.set(userOf(user), state);
    this.set({ busy });
  }

  private save(people: readonly Person[]): void {
    const sorted = [...people].sort((one, other) => one.name.localeCompare(other.name));
    this.set({ people: sorted });
    keep(`people.${this.user}`, sorted);
  }
}

const called = ({ name, number }: Contact): string => (name === '' ? number : name);

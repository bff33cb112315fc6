import type { ChannelEvent } from '../wire/messages.ts';
import { text } from '../wire/values.ts';
import { type Member, memberOf } from './Member.ts';

/** What came of a change of the list. */
export type RosterChange =
  | { readonly kind: 'all' }
  | { readonly kind: 'joined'; readonly member: Member }
  | { readonly kind: 'changed'; readonly member: Member; readonly before: Member }
  | { readonly kind: 'left'; readonly member: Member }
  /** A change is missing, so that the list must be asked for anew. */
  | { readonly kind: 'gap' }
  | { readonly kind: 'nothing' };

/**
 * A copy of the server's list of who is in a room. Changes are numbered; after a gap the list counts no more until it
 * has come whole (verto-wire 9.4).
 */
export class Roster {
  private readonly rows = new Map<string, Member>();
  private serial = -1;
  private broken = false;

  constructor(private readonly name: string) {}

  get members(): readonly Member[] {
    return [...this.rows.values()];
  }

  find(callId: string): Member | undefined {
    return this.rows.get(callId);
  }

  /** What comes next is another list of the same name. */
  reset(): void {
    this.serial = -1;
    this.broken = false;
  }

  apply(event: ChannelEvent): RosterChange {
    const { data } = event;
    if (data['name'] !== this.name) return { kind: 'nothing' };
    const serial = typeof data['wireSerno'] === 'number' ? data['wireSerno'] : -1;
    switch (data['action']) {
      case 'bootObj':
        return this.boot(data['data']);
      case 'clear':
        this.rows.clear();
        this.reset();
        return { kind: 'all' };
      case 'add':
      case 'modify':
      case 'del':
        return this.inOrder(serial) ? this.change(data['action'], text(data['hashKey']), data['data']) : this.gap();
      default:
        return { kind: 'nothing' };
    }
  }

  /** The first number is taken as it is, then each is one more than the one before. */
  private inOrder(serial: number): boolean {
    if (serial < 0) return true;
    if (this.broken || (this.serial >= 0 && serial !== this.serial + 1)) return false;
    this.serial = serial;
    return true;
  }

  private gap(): RosterChange {
    if (this.broken) return { kind: 'nothing' };
    this.broken = true;
    return { kind: 'gap' };
  }

  private boot(rows: unknown): RosterChange {
    this.rows.clear();
    if (this.broken) this.reset();
    for (const pair of Array.isArray(rows) ? (rows as unknown[]) : []) {
      if (!Array.isArray(pair) || typeof pair[0] !== 'string') continue;
      const member = memberOf(pair[0], pair[1]);
      if (member !== undefined) this.rows.set(member.callId, member);
    }
    return { kind: 'all' };
  }

  private change(action: 'add' | 'modify' | 'del', key: string | undefined, row: unknown): RosterChange {
    if (key === undefined) return { kind: 'nothing' };
    const before = this.rows.get(key);
    if (action === 'del') {
      this.rows.delete(key);
      return before === undefined ? { kind: 'nothing' } : { kind: 'left', member: before };
    }
    const member = memberOf(key, row);
    if (member === undefined) return { kind: 'nothing' };
    this.rows.set(key, member);
    return before === undefined ? { kind: 'joined', member } : { kind: 'changed', member, before };
  }
}

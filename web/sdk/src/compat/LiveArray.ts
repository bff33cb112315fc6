import type { ClassicVerto } from './ClassicVerto.ts';
import type { Params, SubscriptionHandle } from './types.ts';

/** What has changed: `action` is that of the protocol (verto-wire 9.4.2). */
export interface LiveChange {
  readonly action: string;
  readonly key?: string;
  readonly index?: number;
  readonly data?: unknown;
  readonly redraw?: boolean;
}

export interface LiveConfig {
  readonly userObj?: unknown;
  readonly subParams?: unknown;
  readonly onChange?: (array: LiveArray, change: LiveChange) => void;
}

/** So often is a list asked for anew after a gap before what comes whole is waited for. */
const MAX_ERRORS = 3;
const HEARTBEAT_MS = 30_000;

/** A copy of a list that the server keeps, by the names of the classic client (`$.verto.liveArray`). */
export class LiveArray {
  onChange: ((array: LiveArray, change: LiveChange) => void) | undefined;
  onErr: ((array: LiveArray, error: { readonly lastSerno: number; readonly serno: number }) => void) | undefined;
  errs = 0;
  readonly user_obj: unknown;
  private keys: string[] = [];
  private values = new Map<string, unknown>();
  private lastSerno = 0;
  private binding: SubscriptionHandle[] = [];
  private cancelBeat: () => void = () => undefined;

  constructor(
    readonly verto: ClassicVerto,
    readonly context: string,
    readonly name: string,
    config: LiveConfig = {},
  ) {
    this.user_obj = config.userObj;
    this.onChange = config.onChange;
    this.binding = verto.subscribe(context, {
      handler: (_verto, event) => this.onEvent(event),
      subParams: config.subParams,
    });
    this.bootstrap(this.user_obj);
  }

  get(key: string): unknown {
    return this.values.get(key);
  }

  /** The keys, in order. */
  order(): string[] {
    return [...this.keys];
  }

  hash(): Record<string, unknown> {
    return Object.fromEntries(this.values);
  }

  indexOf(key: string): number | undefined {
    const at = this.keys.indexOf(key);
    return at < 0 ? undefined : at;
  }

  arrayLen(): number {
    return this.keys.length;
  }

  asArray(): unknown[] {
    return this.keys.map((key) => this.values.get(key));
  }

  each(visit: (key: string, value: unknown) => void): void {
    for (const key of this.order()) visit(key, this.values.get(key));
  }

  dump(html = false): string {
    return this.order().map((key) => `name: ${key} val: ${JSON.stringify(this.values.get(key))}${html ? '<br>' : '\n'}`).join('');
  }

  clear(): void {
    this.keys = [];
    this.values.clear();
    this.lastSerno = 0;
    this.changed({ action: 'clear' });
  }

  sendCommand(command: string, obj?: unknown): void {
    this.verto.broadcast(this.context, { liveArray: { command, context: this.context, name: this.name, ...(obj === undefined ? {} : { obj }) } });
  }

  bootstrap(obj?: unknown): void {
    this.sendCommand('bootstrap', obj);
  }

  changepage(obj?: unknown): void {
    this.clear();
    this.sendCommand('changepage', obj);
  }

  heartbeat(obj?: unknown): void {
    this.cancelBeat = this.verto.page.browser.after(HEARTBEAT_MS, () => {
      this.sendCommand('heartbeat', obj);
      this.heartbeat(obj);
    });
  }

  startHeartbeat(obj?: unknown): void {
    this.cancelBeat();
    this.heartbeat(obj);
  }

  destroy(): void {
    this.cancelBeat();
    this.verto.unsubscribe(this.binding);
    this.keys = [];
    this.values.clear();
  }

  private onEvent(event: Params): void {
    const change = event['data'] as Params | undefined;
    if (change === undefined || change === null || change['name'] !== this.name) return;
    const serno = typeof change['wireSerno'] === 'number' ? change['wireSerno'] : -1;
    const key = String(change['hashKey']);
    switch (change['action']) {
      case 'bootObj':
        this.boot(change['data']);
        return;
      case 'clear':
        this.clear();
        return;
      case 'add':
      case 'init':
      case 'modify':
        if (this.follows(serno)) this.put(String(change['action']), key, change['data'], change['arrIndex']);
        return;
      case 'del':
        if (this.follows(serno)) this.drop(key);
        return;
      case 'reorder':
        if (this.follows(serno) && Array.isArray(change['order'])) {
          this.keys = (change['order'] as unknown[]).map(String).filter((one) => this.values.has(one));
          this.changed({ action: 'reorder' });
        }
        return;
      case 'hide':
      case 'show':
        this.changed({ action: change['action'], redraw: true });
        return;
    }
  }

  /** Whether a change is the next one. After one that is missing the list is asked for anew. */
  private follows(serno: number): boolean {
    if (serno < 0) return true;
    if (this.lastSerno > 0 && serno !== this.lastSerno + 1) {
      this.onErr?.(this, { lastSerno: this.lastSerno, serno });
      // The next number counts as the first, or nothing would ever follow again.
      this.lastSerno = 0;
      if (++this.errs < MAX_ERRORS) this.bootstrap(this.user_obj);
      return false;
    }
    this.lastSerno = serno;
    return true;
  }

  private boot(rows: unknown): void {
    const pairs = (Array.isArray(rows) ? (rows as unknown[]) : []).filter((pair): pair is [string, unknown] => Array.isArray(pair) && typeof pair[0] === 'string');
    this.keys = pairs.map(([key]) => key);
    this.values = new Map(pairs);
    this.errs = 0;
    this.changed({ action: 'bootObj', data: pairs, redraw: true });
  }

  private put(action: string, key: string, data: unknown, at: unknown): void {
    const known = this.values.has(key);
    this.values.set(key, data);
    if (!known) {
      const place = typeof at === 'number' && at >= 0 ? Math.min(at, this.keys.length) : this.keys.length;
      this.keys.splice(place, 0, key);
    }
    this.errs = 0;
    this.changed({ action, key, index: this.keys.indexOf(key), data });
  }

  private drop(key: string): void {
    const index = this.keys.indexOf(key);
    if (index < 0) return;
    const data = this.values.get(key);
    this.keys.splice(index, 1);
    this.values.delete(key);
    this.changed({ action: 'del', key, index, data });
  }

  private changed(change: LiveChange): void {
    this.onChange?.(this, change);
  }
}

import type { Party } from '@jverto/sdk';

/** What the page remembers: the session in this tab, to get calls back after a reload; never the password. */
export interface Memory {
  readonly login: string;
  readonly url: string;
  readonly sessionId: string | undefined;
}

/** One call, as the next page needs to know it. */
export interface PassedCall {
  readonly callId: string;
  readonly party: Party;
  readonly incoming: boolean;
  readonly muted: boolean;
  readonly held: boolean;
  /** Whether its camera was on. */
  readonly camera: boolean;
  readonly shown: boolean;
  /** Milliseconds of the epoch. */
  readonly answeredAt: number | undefined;
}

/**
 * What a page that is loaded anew needs to stay signed in and go on with its calls: it lies in the tab from the old page's last moment
 * to the new page's first, so that no password is kept.
 */
export interface Passage {
  readonly login: string;
  readonly password: string;
  readonly url: string;
  readonly calls: readonly PassedCall[];
  /** When it was left, in milliseconds of the epoch. */
  readonly leftAt: number;
}

const LOGIN = 'jverto.login';
const URL_KEY = 'jverto.url';
const SESSION = 'jverto.session';
const PASSAGE = 'jverto.passage';
const OUT = 'jverto.out';

/** A tab that is opened again much later is not a reload. */
const PASSAGE_MS = 60_000;

export function recall(): Memory {
  return {
    login: read(local(), LOGIN) ?? '',
    url: read(local(), URL_KEY) ?? '',
    sessionId: read(tab(), SESSION),
  };
}

export function remember(memory: Memory): void {
  write(local(), LOGIN, memory.login);
  write(local(), URL_KEY, memory.url);
  write(tab(), SESSION, memory.sessionId ?? '');
}

export function forgetSession(): void {
  write(tab(), SESSION, '');
}

/** Whoever signs out in a tab is not signed in there again by another one. */
export function stayOut(out: boolean): void {
  write(tab(), OUT, out ? 'true' : '');
}

export const signedOut = (): boolean => read(tab(), OUT) !== undefined;

export function leavePassage(passage: Passage): void {
  write(tab(), PASSAGE, JSON.stringify(passage));
}

/** Reads it once: then it is gone. */
export function takePassage(now = Date.now()): Passage | undefined {
  const passage = readJson<Passage>(tab(), PASSAGE);
  write(tab(), PASSAGE, '');
  return passage !== undefined && now - passage.leftAt < PASSAGE_MS ? passage : undefined;
}

/** What is kept in this browser under a name; undefined when there is none, or none that can be read. */
export function kept<T>(name: string): T | undefined {
  return readJson<T>(local(), `jverto.${name}`);
}

export function keep(name: string, value: unknown): void {
  write(local(), `jverto.${name}`, JSON.stringify(value));
}

/** Tells the names under which another tab of this browser keeps something else now. */
export function onKept(tell: (name: string) => void): void {
  // Not there where no browser is.
  globalThis.addEventListener?.('storage', ({ key }: StorageEvent) => {
    if (key?.startsWith('jverto.') === true) tell(key.slice('jverto.'.length));
  });
}

function readJson<T>(storage: Storage | undefined, key: string): T | undefined {
  const text = read(storage, key);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

function read(storage: Storage | undefined, key: string): string | undefined {
  return storage?.getItem(key) ?? undefined;
}

function write(storage: Storage | undefined, key: string, value: string): void {
  try {
    if (value === '') storage?.removeItem(key);
    else storage?.setItem(key, value);
  } catch {
    // The storage is full: what is there stays.
  }
}

// Browsers with storage turned off throw on the mere look at it.
function local(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

function tab(): Storage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}

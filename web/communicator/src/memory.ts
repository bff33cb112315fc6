import type { Party } from '@jverto/sdk';

/** What the page remembers: the session in this tab, to get calls back after a reload; never the password. */
export interface Memory {
  readonly login: string;
  readonly url: string;
  readonly studio: boolean;
  readonly sessionId: string | undefined;
}

/**
 * What a page that is loaded anew in mid-call needs to go on with the call: it lies in the tab from the old page's last moment to the
 * new page's first, so that no password is kept.
 */
export interface Passage {
  readonly login: string;
  readonly password: string;
  readonly url: string;
  readonly studio: boolean;
  readonly party: Party;
  readonly incoming: boolean;
  readonly muted: boolean;
  /** Milliseconds of the epoch. */
  readonly answeredAt: number | undefined;
}

const LOGIN = 'jverto.login';
const URL_KEY = 'jverto.url';
const STUDIO = 'jverto.studio';
const SESSION = 'jverto.session';
const PASSAGE = 'jverto.passage';

export function recall(): Memory {
  return {
    login: read(localStorageOrNone(), LOGIN) ?? '',
    url: read(localStorageOrNone(), URL_KEY) ?? '',
    studio: read(localStorageOrNone(), STUDIO) === 'yes',
    sessionId: read(sessionStorageOrNone(), SESSION),
  };
}

export function remember(memory: Memory): void {
  write(localStorageOrNone(), LOGIN, memory.login);
  write(localStorageOrNone(), URL_KEY, memory.url);
  write(localStorageOrNone(), STUDIO, memory.studio ? 'yes' : '');
  write(sessionStorageOrNone(), SESSION, memory.sessionId ?? '');
}

export function forgetSession(): void {
  write(sessionStorageOrNone(), SESSION, '');
}

export function leavePassage(passage: Passage): void {
  write(sessionStorageOrNone(), PASSAGE, JSON.stringify(passage));
}

/** Reads it once: then it is gone. */
export function takePassage(): Passage | undefined {
  const text = read(sessionStorageOrNone(), PASSAGE);
  write(sessionStorageOrNone(), PASSAGE, '');
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Passage);
  } catch {
    return undefined;
  }
}

function read(storage: Storage | undefined, key: string): string | undefined {
  return storage?.getItem(key) ?? undefined;
}

function write(storage: Storage | undefined, key: string, value: string): void {
  if (value === '') storage?.removeItem(key);
  else storage?.setItem(key, value);
}

// Browsers with storage turned off throw on the mere look at it.
function localStorageOrNone(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function sessionStorageOrNone(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

import { describe, expect, it } from 'vitest';
import { advise, type Trouble, VertoError } from '../src/index.ts';

// One of each kind; the compiler sees to it that none is missing.
const ALL: { readonly [K in Trouble['kind']]: Extract<Trouble, { readonly kind: K }> } = {
  unreachable: { kind: 'unreachable', url: 'wss://pbx.test' },
  'connection-lost': { kind: 'connection-lost' },
  closed: { kind: 'closed' },
  replaced: { kind: 'replaced' },
  timeout: { kind: 'timeout', method: 'login' },
  'wrong-password': { kind: 'wrong-password', message: 'login was refused' },
  'must-wait': { kind: 'must-wait', seconds: 4 },
  'login-expired': { kind: 'login-expired', message: 'login was refused' },
  'too-long': { kind: 'too-long', bytes: 2_000_000, limit: 1_000_000 },
  refused: { kind: 'refused', method: 'verto.modify', code: -32002, message: 'call is not bridged' },
  'insecure-page': { kind: 'insecure-page' },
  'microphone-refused': { kind: 'microphone-refused' },
  'microphone-missing': { kind: 'microphone-missing' },
  'microphone-busy': { kind: 'microphone-busy' },
  'camera-refused': { kind: 'camera-refused' },
  'camera-missing': { kind: 'camera-missing' },
  'camera-busy': { kind: 'camera-busy' },
  'screen-refused': { kind: 'screen-refused' },
  'screen-missing': { kind: 'screen-missing' },
  'screen-busy': { kind: 'screen-busy' },
  'speaker-missing': { kind: 'speaker-missing' },
  'speaker-fixed': { kind: 'speaker-fixed' },
  'sound-blocked': { kind: 'sound-blocked' },
  'media-failed': { kind: 'media-failed', message: 'the media path broke' },
  'wrong-state': { kind: 'wrong-state', message: 'a session opens once' },
};

describe('a trouble', () => {
  it.each(Object.values(ALL))('of the kind $kind is explained in a sentence', (trouble) => {
    expect(advise(trouble).what).toMatch(/^[A-Z].*[a-z.]$/);
    expect(new VertoError(trouble).message).not.toBe('');
  });

  it('says what to do, wherever there is something to do', () => {
    const silent = Object.values(ALL).filter((trouble) => advise(trouble).todo === '').map(({ kind }) => kind);

    expect(silent).toEqual(['closed', 'wrong-state']);
  });

  it('of a connection to another server sends one to look at its certificate', () => {
    expect(advise({ kind: 'unreachable', url: 'wss://pbx.test', certificate: 'https://pbx.test/' }).todo).toContain('open https://pbx.test/ in a tab');
  });

  it('tells how long a message may be', () => {
    expect(advise(ALL['too-long']).todo).toContain('1000 kB');
  });
});

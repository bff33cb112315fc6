import { VertoError } from '@jverto/sdk';
import { describe, expect, it } from 'vitest';
import { ended, explain, explainError, refusal } from '../src/words/phrases.ts';
import { ENGLISH, fill, type Phrase } from '../src/words/words.ts';

const inEnglish = (phrase: Phrase | undefined): string => (phrase === undefined ? '' : fill(ENGLISH[phrase.key], phrase.values));

describe('ended', () => {
  it.each([
    ['USER_BUSY', false, false, '9182 is busy'],
    ['NO_ANSWER', false, false, '9182 did not answer'],
    ['NO_ROUTE_DESTINATION', false, false, '9182 is not in use'],
    ['NORMAL_CLEARING', true, false, '9182 hung up'],
    ['NORMAL_CLEARING', false, false, '9182 did not answer'],
    ['ORIGINATOR_CANCEL', false, true, 'Missed call'],
    ['SYSTEM_SHUTDOWN', true, false, 'Ended by the server: system shutdown'],
  ])('says %s in words', (cause, wasActive, incoming, words) => {
    expect(inEnglish(ended({ cause, causeCode: 0, by: 'them' }, '9182', wasActive, incoming))).toBe(words);
  });

  it('tells who ended a call', () => {
    const ours = { cause: 'NORMAL_CLEARING', causeCode: 16, by: 'us' } as const;

    expect(inEnglish(ended(ours, '1001', true, false))).toBe('You hung up');
    expect(inEnglish(ended(ours, '1001', false, false))).toBe('You cancelled');
    expect(inEnglish(ended(ours, '1001', false, true))).toBe('You declined');
  });
});

it('tells why a call could not be sent on', () => {
  const method = 'verto.modify';
  const refused = new VertoError({ kind: 'refused', method, code: -32002, message: 'call is not bridged' });
  expect(inEnglish(refusal(refused))).toMatch(/^Only somebody/);
  expect(inEnglish(refusal(new VertoError({ kind: 'timeout', method })))).toMatch(/does not reply/);
});

it('names the address to open when a certificate may be why there is no answer', () => {
  const trouble = { kind: 'unreachable', url: 'wss://pbx:8082', certificate: 'https://pbx:8082' } as const;
  expect(inEnglish(explain(trouble))).toMatch(/open https:\/\/pbx:8082 in a tab/);
  expect(inEnglish(explain({ kind: 'unreachable', url: 'wss://pbx:8082' }))).not.toMatch(/certificate/);
});

it('says something of every mistake, and nothing of a sign-out', () => {
  expect(inEnglish(explainError(new TypeError('x is not a function')))).toBe('Something went wrong: x is not a function');
  expect(explain({ kind: 'closed' })).toBeUndefined();
});

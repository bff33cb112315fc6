import { describe, expect, it } from 'vitest';
import { duration, ended, initials, refusal, sentOn } from '../src/words.ts';

describe('ended', () => {
  it.each([
    ['USER_BUSY', false, false, '9182 is busy'],
    ['NO_ANSWER', false, false, '9182 did not answer'],
    ['NO_ROUTE_DESTINATION', false, false, '9182 is not in use'],
    ['NORMAL_CLEARING', true, false, '9182 hung up'],
    ['NORMAL_CLEARING', false, false, '9182 declined'],
    ['ORIGINATOR_CANCEL', false, true, 'Missed call'],
    ['SYSTEM_SHUTDOWN', true, false, 'Ended by the server: system shutdown'],
  ])('says %s in words', (cause, wasActive, incoming, words) => {
    expect(ended({ cause, causeCode: 0, by: 'them' }, '9182', wasActive, incoming)).toBe(words);
  });

  it('tells who ended a call', () => {
    const ours = { cause: 'NORMAL_CLEARING', causeCode: 16, by: 'us' } as const;

    expect(ended(ours, '1001', true, false)).toBe('You hung up');
    expect(ended(ours, '1001', false, false)).toBe('You cancelled');
    expect(ended(ours, '1001', false, true)).toBe('You declined');
  });
});

it('tells where a call went, or why it could not', () => {
  expect(sentOn('Bob', '1002')).toBe('You sent Bob to 1002');
  const method = 'verto.modify';
  expect(refusal({ kind: 'refused', method, code: -32002, message: 'call is not bridged' })).toMatch(/^Only somebody/);
  expect(refusal({ kind: 'timeout', method })).toMatch(/does not reply/);
});

it('writes durations as clocks do', () => {
  expect([0, 7, 754, 3723].map(duration)).toEqual(['0:00', '0:07', '12:34', '1:02:03']);
});

it('finds letters for a name, or digits where there is none', () => {
  expect(initials('Ada Lovelace', '1000')).toBe('AL');
  expect(initials('Extension 1000', '1000')).toBe('E');
  expect(initials('', '1042')).toBe('42');
});

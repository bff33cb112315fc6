import { expect, it } from 'vitest';
import { duration, initials, userOf } from '../src/words/format.ts';

it('writes durations as clocks do', () => {
  expect([0, 7, 754, 3723].map(duration)).toEqual(['0:00', '0:07', '12:34', '1:02:03']);
});

it('finds letters for a name, or digits where there is none', () => {
  expect(initials('Ada Lovelace', '1000')).toBe('AL');
  expect(initials('Extension 1042', '1042')).toBe('42');
  expect(initials('Office 2', '1042')).toBe('O');
  expect(initials('', '1042')).toBe('42');
});

it('shows of an address what people dial', () => {
  expect(userOf('1001@pbx.example.com')).toBe('1001');
  expect(userOf('1001')).toBe('1001');
});

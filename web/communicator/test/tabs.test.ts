import { afterEach, expect, it, vi } from 'vitest';
import { ANSWER_MS, Tabs } from '../src/model/Tabs.ts';

const ADA = { login: '1000', password: 'secret', url: 'wss://x' };
const BOB = { login: '1001', password: 'other', url: 'wss://x' };
let count = 0;
const name = (): string => `tabs-${++count}`;

function open(channel: string, account?: typeof ADA, sessionId?: string): Tabs {
  const tabs = new Tabs(channel);
  if (account !== undefined) tabs.mine = () => ({ account, sessionId });
  return tabs;
}

afterEach(() => vi.useRealTimers());

it('a new tab learns who is signed in', async () => {
  const channel = name();
  open(channel, ADA, 's1');

  expect(await open(channel).neighbour(undefined)).toEqual({ account: ADA, sessionId: 's1' });
});

it('a tab that was duplicated hears from the one whose session it has, whoever answers first', async () => {
  const channel = name();
  open(channel, BOB, 's2');
  open(channel, ADA, 's1');

  expect(await open(channel).neighbour('s1')).toEqual({ account: ADA, sessionId: 's1' });
});

it('nobody answers for a page at another path, nor for who is signed out', async () => {
  vi.useFakeTimers();
  const channel = name();
  open(name(), ADA, 's1');
  open(channel);

  const asked = open(channel).neighbour(undefined);
  await vi.advanceTimersByTimeAsync(ANSWER_MS);

  expect(await asked).toBeUndefined();
});

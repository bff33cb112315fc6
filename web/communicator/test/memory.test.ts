import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { leavePassage, type Passage, takePassage } from '../src/model/memory.ts';

const PASSAGE: Passage = { login: '1000', password: 'secret', url: 'wss://x', calls: [], leftAt: 1_000_000 };

class Shelf {
  private readonly items = new Map<string, string>();
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.items.set(key, value);
  removeItem = (key: string): void => void this.items.delete(key);
  get size(): number {
    return this.items.size;
  }
}

const tab = new Shelf();

beforeEach(() => vi.stubGlobal('sessionStorage', tab));
afterEach(() => vi.unstubAllGlobals());

it('gives what was left for the next page once, and then it is gone', () => {
  leavePassage(PASSAGE);

  expect(takePassage(1_000_500)).toEqual(PASSAGE);
  expect(takePassage(1_000_500)).toBeUndefined();
  expect(tab.size).toBe(0);
});

it('does not go on where a tab was closed long ago', () => {
  leavePassage(PASSAGE);

  expect(takePassage(1_000_000 + 3_600_000)).toBeUndefined();
  expect(tab.size).toBe(0);
});

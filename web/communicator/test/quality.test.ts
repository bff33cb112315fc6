import { expect, it } from 'vitest';
import { verdict } from '../src/view/ConnectionTest.tsx';
import { pathOf } from '../src/view/QualityPlot.tsx';

it('draws the newest at the right, the greatest at the top, and a gap where nothing was measured', () => {
  expect(pathOf([], 10)).toBe('');
  expect(pathOf([0, 10], 10)).toBe('M235.9 46.5L240.0 2.5');
  expect(pathOf([5, undefined, 5], 10)).toBe('M231.9 24.5M240.0 24.5');
});

it('says what a connection is good for by its worse direction', () => {
  expect(verdict({ up: 20_000, down: 90_000 })).toBe('settings.testEnough');
  expect(verdict({ up: 100, down: 90_000 })).toBe('settings.testTight');
  expect(verdict({ up: 100, down: 20 })).toBe('settings.testPoor');
});

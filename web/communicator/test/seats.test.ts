import { expect, it } from 'vitest';
import { halfCircle, place, within } from '../src/model/seats.ts';

it('keeps seats within the room', () => {
  expect(within({ x: -3, z: 0.456 })).toEqual({ x: -1, z: 0.46 });
  expect(within({ x: -0.001, z: 2 })).toEqual({ x: 0, z: 1 });
});

it('seats people on a half circle in front, from left to right', () => {
  const five = halfCircle(5);

  expect(five.map(({ x }) => x)).toEqual([-1, -0.71, 0, 0.71, 1]);
  expect(five.every(({ z }) => z < 0)).toBe(true);
  expect(halfCircle(1)).toEqual([{ x: 0, z: -1 }]);
  expect(halfCircle(0)).toEqual([]);
});

it('says in words where somebody sits', () => {
  expect(place({ x: -0.8, z: -0.5 })).toEqual({ side: 'left', depth: 'front' });
  expect(place({ x: 0.8, z: 0.5 })).toEqual({ side: 'right', depth: 'behind' });
  expect(place({ x: 0.1, z: 0.1 })).toEqual({ side: 'middle', depth: 'level' });
});

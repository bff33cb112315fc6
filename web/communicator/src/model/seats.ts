/** Where somebody is heard: x from left -1 to right 1, z from in front -1 to behind 1; the listener is in the middle and looks ahead. */
export interface Seat {
  readonly x: number;
  readonly z: number;
}

/** Within the room, and no finer than is heard. */
export function within({ x, z }: Seat): Seat {
  const fit = (value: number): number => Math.round(Math.min(1, Math.max(-1, value)) * 100) / 100 || 0;
  return { x: fit(x), z: fit(z) };
}

/** Seats for so many people on the half circle in front, the first at the left. */
export function halfCircle(count: number): readonly Seat[] {
  return Array.from({ length: count }, (_, at) => {
    const angle = count === 1 ? Math.PI / 2 : Math.PI * (1 - at / (count - 1));
    return within({ x: Math.cos(angle), z: -Math.max(0.1, Math.sin(angle)) });
  });
}

export type Side = 'left' | 'right' | 'middle';
export type Depth = 'front' | 'behind' | 'level';

/** A place in words. */
export function place({ x, z }: Seat): { readonly side: Side; readonly depth: Depth } {
  return {
    side: x < -0.15 ? 'left' : x > 0.15 ? 'right' : 'middle',
    depth: z < -0.15 ? 'front' : z > 0.15 ? 'behind' : 'level',
  };
}

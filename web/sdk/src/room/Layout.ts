import { isObject, number, strings, text } from '../wire/values.ts';

/** Of a canvas, each way (9.8). */
const UNITS = 360;

/** How pictures can be arranged (verto-wire 9.7 `list-videoLayouts`). */
export interface Layout {
  readonly name: string;
  readonly isGroup: boolean;
  /** Reserved places, by name; of a group none. */
  readonly reservations: readonly string[];
  /** Layouts of a group. */
  readonly members: readonly string[];
  /** Its places, in shares of the canvas; none of a group, and where the server does not say, as an unchanged FreeSWITCH does not. */
  readonly slots: readonly Slot[];
}

/** Where a picture is on a canvas: shares of its width and height, 0 to 1. */
export interface Slot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One place on a canvas, in pixels of it (9.8). */
export interface LayoutPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isFloor: boolean;
  readonly reservation: string | undefined;
  /** The same place in shares of the canvas. */
  readonly slot: Slot;
}

/** How a canvas is arranged now. */
export interface Canvas {
  readonly id: number;
  readonly layout: string | undefined;
  readonly used: number;
  readonly places: readonly LayoutPlace[];
}

export function layoutsOf(data: readonly unknown[]): Layout[] {
  return data.flatMap((entry) => {
    const name = isObject(entry) ? text(entry['name']) : undefined;
    if (!isObject(entry) || name === undefined) return [];
    return [{ name, isGroup: entry['type'] === 'layoutGroup', reservations: strings(entry['resIDS']), members: strings(entry['groupLayouts']), slots: slotsOf(entry['slots']) }];
  });
}

/** Reads the `canvasInfo` of a `layout-info`; undefined when it is none. */
export function canvasOf(info: unknown): Canvas | undefined {
  const id = isObject(info) ? number(info['canvasID']) : undefined;
  if (!isObject(info) || id === undefined) return undefined;
  const places = Array.isArray(info['canvasLayouts']) ? (info['canvasLayouts'] as unknown[]) : [];
  return { id, layout: text(info['layoutName']), used: number(info['layersUsed']) ?? 0, places: places.filter(isObject).map(placeOf) };
}

function placeOf(place: Readonly<Record<string, unknown>>): LayoutPlace {
  return {
    x: number(place['xPOS']) ?? 0,
    y: number(place['yPOS']) ?? 0,
    width: number(place['screenWidth']) ?? 0,
    height: number(place['screenHeight']) ?? 0,
    isFloor: number(place['floor']) === 1,
    reservation: text(place['resID']),
    slot: slotOf([place['x'], place['y'], place['scale'], place['hscale'] ?? place['scale']]),
  };
}

function slotsOf(slots: unknown): Slot[] {
  return Array.isArray(slots) ? slots.filter((slot) => Array.isArray(slot)).map(slotOf) : [];
}

function slotOf(numbers: readonly unknown[]): Slot {
  const [x = 0, y = 0, width = 0, height = 0] = numbers.map((value) => (number(value) ?? 0) / UNITS);
  return { x, y, width, height };
}

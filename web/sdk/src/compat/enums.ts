// The names of the classic client's states and messages, and their order: pages compare both the objects and `name`.

export interface ClassicName {
  readonly name: string;
  readonly val: number;
}

function named<N extends string>(...names: readonly N[]): Readonly<Record<N, ClassicName>> {
  return Object.freeze(Object.fromEntries(names.map((name, val) => [name, Object.freeze({ name, val })])) as unknown as Record<N, ClassicName>);
}

/** What `$.verto.enum` has. */
export const classicEnum = Object.freeze({
  state: named('new', 'requesting', 'trying', 'recovering', 'ringing', 'answering', 'early', 'active', 'held', 'hangup', 'destroy', 'purge'),
  direction: named('inbound', 'outbound'),
  message: named('display', 'info', 'pvtEvent', 'clientReady'),
  confEvent: named('broadcast', 'laChange', 'laRow'),
});

export type StateName = keyof typeof classicEnum.state;

/** `$.verto.ENUM`: names in a text, apart by blanks. */
export function ENUM(words: string): Readonly<Record<string, ClassicName>> {
  return named(...words.split(' '));
}

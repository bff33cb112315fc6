import { isObject, text } from '../wire/values.ts';

/** Somebody whom one may call, as the server names him. Text of a stranger: show it as text. */
export interface Contact {
  readonly number: string;
  /** Empty where the server has none. */
  readonly name: string;
  /** Whether any page or telephone of his could be rung when this was asked for. */
  readonly online: boolean;
}

/** More pages than a server with users of sense has: whatever it says, asking ends. */
export const MOST_PAGES = 100;

export function contactsOf(value: unknown): Contact[] {
  return (Array.isArray(value) ? (value as unknown[]) : []).flatMap((row) => {
    const number = isObject(row) ? text(row['number']) : undefined;
    return number === undefined || !isObject(row) ? [] : [{ number, name: text(row['name']) ?? '', online: row['online'] === true }];
  });
}

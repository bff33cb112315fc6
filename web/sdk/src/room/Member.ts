import { isObject, number, text, type Values } from '../wire/values.ts';

/** Somebody in a room, as the server's list shows him (verto-wire 9.5). */
export interface Member {
  readonly callId: string;
  /** The number by which moderators name him. */
  readonly id: number;
  readonly name: string;
  readonly number: string;
  /** For instance `opus@48000`. */
  readonly codec: string;
  readonly muted: boolean;
  readonly deaf: boolean;
  readonly held: boolean;
  readonly talking: boolean;
  /** Whether the room's floor is his. */
  readonly floor: boolean;
  readonly energy: number;
  /** Whether he leads the room; only where the server tells (verto-extensions.md). */
  readonly moderator: boolean;
  /** Absent when his call has no picture. */
  readonly video: { readonly muted: boolean; readonly visible: boolean; readonly floor: boolean } | undefined;
  /** What his client says of itself, for instance `email`. Text of a stranger. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Reads a row; undefined when it is none. */
export function memberOf(callId: string, row: unknown): Member | undefined {
  if (!Array.isArray(row)) return undefined;
  const [id, digits, name, codec, status, variables] = row as unknown[];
  const memberId = number(id);
  if (memberId === undefined) return undefined;
  return {
    callId,
    id: memberId,
    name: text(name) ?? '',
    number: text(digits) ?? '',
    codec: text(codec) ?? '',
    ...statusOf(text(status) ?? ''),
    variables: textsOf(variables),
  };
}

type Status = Pick<Member, 'muted' | 'deaf' | 'held' | 'talking' | 'floor' | 'energy' | 'moderator' | 'video'>;

/** A status is JSON in a text, or where the room is set up so, a few words. */
function statusOf(status: string): Status {
  const parsed = status.startsWith('{') ? parse(status) : undefined;
  return parsed === undefined ? statusOfWords(status) : statusOfJson(parsed);
}

function parse(json: string): Values | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function statusOfJson(status: Values): Status {
  const audio = isObject(status['audio']) ? status['audio'] : {};
  const video = status['video'];
  return {
    muted: audio['muted'] === true,
    deaf: audio['deaf'] === true,
    held: audio['onHold'] === true,
    talking: audio['talking'] === true,
    floor: audio['floor'] === true,
    energy: number(audio['energyScore']) ?? 0,
    moderator: status['role'] === 'moderator',
    video: isObject(video)
      ? { muted: video['muted'] === true, visible: video['visible'] === true, floor: video['floor'] === true }
      : undefined,
  };
}

function statusOfWords(words: string): Status {
  const sound = words.split(' VIDEO')[0] ?? '';
  const picture = words.includes(' VIDEO');
  return {
    muted: sound === 'MUTE',
    deaf: false,
    held: sound === 'HOLD',
    talking: sound.startsWith('TALKING'),
    floor: sound.includes('FLOOR'),
    energy: 0,
    moderator: false,
    video: picture
      ? { muted: words.includes('VIDEO (BLIND)'), visible: true, floor: words.includes('VIDEO (FLOOR)') }
      : undefined,
  };
}

function textsOf(variables: unknown): Readonly<Record<string, string>> {
  if (!isObject(variables)) return {};
  return Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** What was recorded of a room. */
export interface Recording {
  /** Where it lies on the server; its name for `recordingAddress`. */
  readonly path: string;
  /** When it began, in milliseconds of the epoch. */
  readonly begunAt: number;
  /** How long it is; undefined while it goes on. */
  readonly milliseconds: number | undefined;
}

/** Reads the reply to `recording list`, a line for each: path, seconds of the epoch, milliseconds. */
export function recordingsOf(response: string): Recording[] {
  return response.split('\n').flatMap((line) => {
    const [, path, since, length] = /^(.+);(\d+);(\d*)$/.exec(line) ?? [];
    if (path === undefined) return [];
    return [{ path, begunAt: Number(since) * 1000, milliseconds: length === '' ? undefined : Number(length) }];
  });
}

import { VertoError } from '../errors.ts';
import type { Cancel } from '../media/browser/Browser.ts';

/** What the server says to a moderator's command. */
export interface ModeratorReply {
  /** The line that was carried out, for instance `3000 mute 8`; empty where the server does not say. */
  readonly command: string;
  readonly response: string;
  /** Whether it was done. */
  readonly ok: boolean;
  readonly data: readonly unknown[] | undefined;
}

/** A command without reply for this long has failed. */
export const ASK_MS = 5_000;

interface Ask {
  readonly line: string;
  readonly resolve: (reply: ModeratorReply) => void;
  readonly reject: (error: VertoError) => void;
  readonly cancel: Cancel;
}

/**
 * Finds out which reply belongs to which command: replies go to all moderators and bear no id, only the line that was carried
 * out, and of a wrong command not even that (verto-wire 9.7). The oldest command that fits has the reply.
 */
export class Asks {
  private readonly open: Ask[] = [];

  constructor(private readonly after: (milliseconds: number, run: () => void) => Cancel) {}

  /**
   * Sends a command and waits for its reply.
   *
   * @param words what the server will call the command by: itself, the member's number, its value
   * @throws VertoError `refused` when it was not done, `timeout` when there is no reply, or what kept it from being sent
   */
  async run(words: readonly string[], send: () => Promise<void>): Promise<ModeratorReply> {
    let ask: Ask | undefined;
    const reply = new Promise<ModeratorReply>((resolve, reject) => {
      const cancel = this.after(ASK_MS, () => {
        this.forget(ask);
        reject(new VertoError({ kind: 'timeout', method: words[0] ?? '' }));
      });
      ask = { line: words.join(' ').toLowerCase(), resolve, reject, cancel };
      this.open.push(ask);
    });
    // It may fail before it is looked at.
    reply.catch(() => undefined);
    try {
      await send();
    } catch (error) {
      this.forget(ask);
      throw error;
    }
    return reply;
  }

  onReply(reply: ModeratorReply): void {
    const line = reply.command.toLowerCase();
    const at = line === '' ? 0 : this.open.findIndex((ask) => fits(ask.line, line));
    const ask = at < 0 ? undefined : this.open.splice(at, 1)[0];
    if (ask === undefined) return;
    ask.cancel();
    if (reply.ok) ask.resolve(reply);
    else ask.reject(new VertoError({ kind: 'refused', method: ask.line, code: undefined, message: reply.response }));
  }

  /** Nobody answers any more. */
  end(error: VertoError): void {
    for (const ask of this.open.splice(0)) {
      ask.cancel();
      ask.reject(error);
    }
  }

  private forget(ask: Ask | undefined): void {
    ask?.cancel();
    if (ask !== undefined && this.open.includes(ask)) this.open.splice(this.open.indexOf(ask), 1);
  }
}

/** The server's line begins with the room's name; of a transfer it is where to, and perhaps more. */
function fits(asked: string, line: string): boolean {
  const target = /^transfer \S+ (.+)/.exec(asked)?.[1];
  if (target !== undefined && (line === target || line.startsWith(`${target} `))) return true;
  return line === asked || line.endsWith(` ${asked}`) || line.split(' ').slice(1).join(' ').startsWith(`${asked} `);
}

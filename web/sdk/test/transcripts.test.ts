import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Call } from '../src/index.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
import { Scene } from './scene.ts';

// Sessions recorded between another client and the reference server. Our client does what that one's user did; it must
// send the same requests in the same order, and understand everything that the server said.

interface Line {
  readonly peer: string;
  readonly dir: 'send' | 'recv';
  readonly msg: {
    readonly id: string | number;
    readonly method?: string;
    readonly params?: Readonly<Record<string, unknown>> & { readonly dialogParams?: { readonly destination_number?: string } };
  };
}

const FOLDER = new URL('transcripts/', import.meta.url);

class Replay {
  readonly scene = new Scene();
  readonly recorded: string[] = [];
  private readonly callIds = new Map<string, string>();
  private opened: Promise<unknown> | undefined;
  private call: Call | undefined;

  async play(line: Line): Promise<void> {
    if (line.dir === 'recv') await this.receive(line);
    else if (line.msg.method !== undefined && line.msg.method !== 'verto.modify') await this.act(line);
  }

  get sent(): string[] {
    return this.scene.socket.sent.flatMap((frame) => (frame.method === undefined ? [] : [frame.method]));
  }

  get lastCall(): Call | undefined {
    return this.call;
  }

  /** Does what made the recorded client send this. */
  private async act(line: Line): Promise<void> {
    const method = line.msg.method ?? '';
    this.recorded.push(method);
    switch (method) {
      case 'login':
        this.opened = this.scene.session.open().catch((error: unknown) => error);
        await this.scene.socket.accept();
        return;
      case 'verto.invite': {
        this.call = this.scene.session.dial(line.msg.params?.dialogParams?.destination_number ?? '');
        await settle();
        this.callIds.set(callIdOf(line.msg.params?.dialogParams), this.call.callId);
        return;
      }
      case 'verto.answer':
        void this.call?.answer();
        break;
      case 'verto.bye':
        void this.call?.hangUp();
        break;
      case 'verto.info':
        void this.call?.sendDigits(String(line.msg.params?.['dtmf']));
        break;
      default:
        throw new Error(`what does ${method} do here?`);
    }
    await settle();
  }

  private async receive(line: Line): Promise<void> {
    const text = JSON.stringify(line.msg);
    const known = [...this.callIds].reduce((current, [theirs, ours]) => current.replaceAll(theirs, ours), text);
    const message = JSON.parse(known) as Record<string, unknown>;
    if (line.msg.method === undefined) {
      const answered = this.methodOf(line.msg.id);
      if (answered === undefined) return;
      message['id'] = this.scene.socket.last(answered).id;
    }
    await this.scene.socket.receive(message);
    if (line.msg.method === 'verto.invite') this.call = this.scene.incoming.at(-1);
    if (this.scene.session.state.name === 'closed') await this.opened;
  }

  readonly methods = new Map<string | number, string>();

  private methodOf(id: string | number): string | undefined {
    const method = this.methods.get(id);
    return method === 'verto.modify' ? undefined : method;
  }
}

function callIdOf(dialogParams: unknown): string {
  return (dialogParams as { callID: string }).callID;
}

async function replayed(file: string, peer: string): Promise<Replay> {
  const lines = readFileSync(new URL(file, FOLDER), 'utf8')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Line)
    .filter((line) => line.peer === peer);
  const replay = new Replay();
  for (const { dir, msg } of lines) if (dir === 'send' && msg.method !== undefined) replay.methods.set(msg.id, msg.method);
  for (const line of lines) await replay.play(line);
  return replay;
}

const peersOf = (file: string): string[] => [
  ...new Set(
    readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n').map((text) => (JSON.parse(text) as Line).peer),
  ),
];

describe('recorded sessions', () => {
  const cases = readdirSync(FOLDER).sort().flatMap((file) => peersOf(file).map((peer) => [file, peer] as const));

  it.each(cases)('%s, side %s: sends what was sent then', async (file, peer) => {
    const replay = await replayed(file, peer);

    expect(replay.sent).toEqual(replay.recorded);
    // Each of these recordings is complete: where there was a call, it is over.
    expect(replay.lastCall?.state ?? 'ended').toBe('ended');
  });

  it.each([
    ['busy.jsonl', 'A', 'USER_BUSY', 17],
    ['bad-number.jsonl', 'A', 'NO_ROUTE_DESTINATION', 3],
    ['cancel.jsonl', 'B', 'ORIGINATOR_CANCEL', 487],
    ['reject.jsonl', 'A', 'NORMAL_CLEARING', 16],
  ])('%s, side %s: ends with %s', async (file, peer, cause, causeCode) => {
    const replay = await replayed(file, peer);

    expect(replay.lastCall?.end).toEqual({ cause, causeCode, by: 'them' });
  });
});

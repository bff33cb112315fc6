import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Call, Room } from '../src/index.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
import { Scene } from './scene.ts';

// What the reference server said, in its order and with its every field, while a client did what `do` names; ids and names are ours.

type Line =
  | { readonly do: string }
  | { readonly reply: string; readonly result: Record<string, unknown> }
  | { readonly tell: string; readonly params: Record<string, unknown> };

class Reference {
  readonly scene = new Scene();
  readonly calls: Call[] = [];
  readonly heard: string[] = [];
  room: Room | undefined;
  private answered = new Set<number>();
  private opened: Promise<void> | undefined;

  constructor() {
    const { session } = this.scene;
    session.on('incoming', (call) => this.keep(call));
    session.on('room', (room) => {
      this.room = room;
      room.on('joined', (member) => this.heard.push(`${member.name} joined`));
      room.on('parted', (member) => this.heard.push(`${member.name} parted`));
      room.on('changed', ({ member, before }) => {
        if (member.talking !== before.talking) this.heard.push(`${member.name} ${member.talking ? 'talks' : 'is quiet'}`);
        if (member.muted !== before.muted) this.heard.push(`${member.name} ${member.muted ? 'muted' : 'unmuted'}`);
      });
      room.on('message', ({ name, text, mine }) => this.heard.push(`${name} (${mine ? 'me' : 'other'}): ${text}`));
      room.on('reply', ({ response, ok }) => this.heard.push(`${ok ? 'ok' : 'not ok'}: ${response.trim()}`));
      room.on('left', () => this.heard.push('left'));
    });
  }

  async play(file: string): Promise<void> {
    const lines = readFileSync(new URL(`reference/${file}.jsonl`, import.meta.url), 'utf8').trim().split('\n').map((text) => JSON.parse(text) as Line);
    for (const [at, line] of lines.entries()) {
      if ('do' in line) await this.act(line.do, lines[at + 1]);
      else if ('reply' in line) await this.reply(line.reply, line.result);
      else await this.scene.tell(line.tell, line.params);
      await this.grant();
    }
    await this.opened;
  }

  private get socket(): Scene['socket'] {
    return this.scene.socket;
  }

  private async act(what: string, next: Line | undefined): Promise<void> {
    const [verb, ...rest] = what.split(' ');
    const call = this.calls.at(-1);
    switch (verb) {
      case 'open':
        this.opened = this.scene.session.open();
        await this.socket.accept();
        return;
      case 'dial': {
        const callId = next !== undefined && 'reply' in next ? String(next.result['callID']) : '';
        this.keep(this.scene.session.dial(rest[0] ?? '', { callId }));
        break;
      }
      case 'answer':
        void call?.answer();
        break;
      case 'hold':
        void call?.hold();
        break;
      case 'replace':
        void call?.replace(this.calls[0] as Call);
        break;
      case 'hang':
        void call?.hangUp();
        break;
      case 'digits':
        void call?.sendDigits(rest[0] ?? '');
        break;
      case 'say':
        void this.room?.say(rest.join(' '));
        break;
      case 'ask':
        void this.room?.ask(rest[0] ?? '', Number(rest[1]));
        break;
      case 'lose':
        await this.socket.lose();
        await this.scene.browser.pass(1_000);
        this.answered.clear();
        await this.socket.accept();
        return;
      default:
        throw new Error(`what is ${what}?`);
    }
    await settle();
  }

  private async reply(method: string, result: Record<string, unknown>): Promise<void> {
    await this.scene.reply(method, result);
  }

  /** Subscriptions are had, and broadcasts taken, in the reference server's words: which and in which order is each client's own. */
  private async grant(): Promise<void> {
    for (;;) {
      const { socket } = this;
      const frame = socket.sent.find(({ id, method }) => !this.answered.has(id) && /^verto\.(subscribe|unsubscribe|broadcast)$/.test(method ?? ''));
      if (frame === undefined) return;
      this.answered.add(frame.id);
      const channels = frame.params?.['eventChannel'];
      const lists = frame.method === 'verto.subscribe' ? { subscribedChannels: channels } : frame.method === 'verto.unsubscribe' ? { unsubscribedChannels: channels } : {};
      await socket.receive({ jsonrpc: '2.0', id: frame.id, result: { ...lists, sessid: 's-1' } });
    }
  }

  private keep(call: Call): void {
    this.calls.push(call);
    call.on('state', (state) => this.heard.push(`${call.callId} ${state}`));
    call.on('held', (held) => this.heard.push(`${call.callId} ${held ? 'held' : 'not held'}`));
    call.on('party', ({ name, number }) => this.heard.push(`${call.callId} is with ${name} ${number}`));
  }
}

async function played(file: string): Promise<Reference> {
  const reference = new Reference();
  await reference.play(file);
  return reference;
}

describe('with an unchanged FreeSWITCH', () => {
  it('a conference is followed from the first row to the last', async () => {
    const { heard, room, calls } = await played('conference');

    expect(heard).toEqual([
      'call-1 requesting', 'call-1 trying', 'call-1 active',
      'Bob joined', 'Cy joined', 'Ada is quiet', 'Ada talks', 'Bob talks',
      'Ada (me): hello',
      'Bob is quiet', 'Bob muted', 'ok: +OK mute 65', 'Bob unmuted', 'ok: +OK unmute 65', 'Bob talks',
      'Ada is quiet', 'Ada muted', 'Ada unmuted', 'Ada talks', 'Cy parted', 'call-1 ended', 'left',
    ]);
    expect(calls[0]?.end).toMatchObject({ cause: 'NORMAL_CLEARING', by: 'us' });
    expect(room?.isModerator).toBe(true);
    expect(room?.memberId).toBe(64);
  });

  it('somebody is asked first, and the call handed over', async () => {
    const { heard, calls } = await played('attended-transfer');

    expect(heard).toEqual([
      'call-1 answering', 'call-1 active', 'call-1 is with Extension 1000 1000', 'call-1 held',
      'call-2 requesting', 'call-2 trying', 'call-2 early', 'call-2 active', 'call-2 is with Outbound Call 1002',
      'call-2 ended', 'call-1 ended',
    ]);
    expect(calls[0]?.end).toEqual({ cause: 'ATTENDED_TRANSFER', causeCode: 801, by: 'them' });
  });

  it('a call survives the loss of its connection', async () => {
    const { heard, scene, calls } = await played('connection-lost');

    expect(heard).toEqual(['call-1 requesting', 'call-1 trying', 'call-1 active', 'call-1 recovering', 'call-1 active', 'call-1 ended']);
    expect(scene.browser.lastPeer.remoteDescriptions).toEqual(['sdp-of-the-server']);
    expect(calls[0]?.end).toMatchObject({ by: 'us' });
  });

  it('nothing is asked for that it does not have', async () => {
    const { scene } = await played('conference');

    const asked = new Set(scene.socket.sent.map(({ method }) => method).filter((method) => method !== undefined));
    expect([...asked].sort()).toEqual(['login', 'verto.broadcast', 'verto.bye', 'verto.info', 'verto.invite', 'verto.subscribe', 'verto.unsubscribe']);
  });
});

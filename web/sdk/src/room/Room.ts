import { VertoError } from '../errors.ts';
import { Emitter } from '../events.ts';
import type { EventChannels, EventListener } from '../session/EventChannels.ts';
import type { ChannelEvent, PrivateEvent } from '../wire/messages.ts';
import { text } from '../wire/values.ts';
import type { Member } from './Member.ts';
import { Roster } from './Roster.ts';

/** Words in a room. Everything in it is text of a stranger: show it as text. */
export interface RoomMessage {
  /** `user@domain` */
  readonly from: string;
  readonly name: string;
  readonly text: string;
}

/** What the server says to a moderator's command. */
export interface ModeratorReply {
  readonly command: string;
  readonly response: string;
  readonly data: readonly unknown[] | undefined;
}

export type RoomEvents = {
  /** The list, after each change of it. */
  readonly members: readonly Member[];
  readonly joined: Member;
  readonly changed: { readonly member: Member; readonly before: Member };
  readonly parted: Member;
  readonly message: RoomMessage;
  readonly reply: ModeratorReply;
  /** This client is in the room no more. */
  readonly left: void;
};

/** What a moderator can do to somebody, by its name in the protocol (verto-wire 9.7). */
type MemberCommand = 'kick' | 'mute' | 'unmute' | 'tmute' | 'deaf' | 'undeaf' | 'vid-floor' | 'vmute' | 'unvmute' | 'tvmute';

/** A lost change is asked for once; when that is lost too, again after this long. */
const BOOTSTRAP_AGAIN_MS = 5_000;

/** A conference that a call of this client is in. It outlives connections, as the call does. */
export class Room extends Emitter<RoomEvents> {
  /** The name that people know, without its domain. */
  readonly name: string;
  readonly callId: string;
  private place: PrivateEvent;
  private readonly roster: Roster;
  private subscriptions: (() => void)[] = [];
  private over = false;
  // The same functions whenever the room is entered: a channel hears each of them once.
  private readonly hearsRoster: EventListener = (event) => this.onRoster(event);
  private readonly hearsChat: EventListener = (event) => this.onChat(event);
  private readonly hearsReplies: EventListener = (event) => this.onReply(event);

  constructor(
    private readonly channels: EventChannels,
    private readonly after: (milliseconds: number, run: () => void) => void,
    place: PrivateEvent,
  ) {
    super();
    this.name = place.laName;
    this.callId = place.callId;
    this.place = place;
    this.roster = new Roster(place.laName);
  }

  get members(): readonly Member[] {
    return this.roster.members;
  }

  /** One's own row; undefined before the list has come. */
  get me(): Member | undefined {
    return this.roster.find(this.callId);
  }

  get isModerator(): boolean {
    return this.place.modChannel !== undefined;
  }

  /** The room's address for words from outside of it: `conf+name@domain`. */
  get chatId(): string {
    return this.place.chatId;
  }

  /** Says something to all who are in the room; it comes back as a message. */
  async say(words: string): Promise<void> {
    const { chatChannel } = this.place;
    if (chatChannel === undefined || this.over) throw new VertoError({ kind: 'wrong-state', message: 'the room has no chat' });
    await this.channels.broadcast(chatChannel, { action: 'send', message: words, type: 'message' });
  }

  mute(member: Member): Promise<void> {
    return this.command('mute', member);
  }

  unmute(member: Member): Promise<void> {
    return this.command('unmute', member);
  }

  deafen(member: Member): Promise<void> {
    return this.command('deaf', member);
  }

  undeafen(member: Member): Promise<void> {
    return this.command('undeaf', member);
  }

  kick(member: Member): Promise<void> {
    return this.command('kick', member);
  }

  /** @param level -4 to 4: how loud the others hear him */
  setVoiceVolume(member: Member, level: number): Promise<void> {
    return this.moderate('volume_in', member.id, String(level));
  }

  /** @param level -4 to 4: how loud he hears the others */
  setHearingVolume(member: Member, level: number): Promise<void> {
    return this.moderate('volume_out', member.id, String(level));
  }

  /**
   * Where the others hear him, in a stereo room.
   * @param x left -1 to right 1
   * @param y up
   * @param z in front -1 to behind 1
   */
  setPosition(member: Member, x: number, y: number, z: number): Promise<void> {
    return this.moderate('position', member.id, [x, y, z].map((part) => part.toFixed(2)).join(':'));
  }

  /** Sends somebody out of the room, to a number. */
  transfer(member: Member, destination: string): Promise<void> {
    return this.moderate('transfer', member.id, destination);
  }

  play(file: string): Promise<void> {
    return this.moderate('play', null, file);
  }

  stopPlaying(): Promise<void> {
    return this.moderate('stop', null, 'all');
  }

  startRecording(file: string): Promise<void> {
    return this.moderate('recording', null, ['start', file]);
  }

  stopRecording(): Promise<void> {
    return this.moderate('recording', null, ['stop', 'all']);
  }

  /** Any command of the moderators' channel; what the server says comes as `reply`, to all moderators. */
  async moderate(command: string, memberId: number | null, value: string | readonly string[] | null = null): Promise<void> {
    const { modChannel } = this.place;
    if (modChannel === undefined || this.over) throw new VertoError({ kind: 'wrong-state', message: 'only moderators can do that' });
    await this.channels.broadcast(modChannel, { application: 'conf-control', command, id: memberId, value });
  }

  /** The server lets this client in, for the first time or after a new login. For the session only. */
  async enter(place: PrivateEvent): Promise<void> {
    this.place = place;
    this.roster.reset();
    this.subscriptions = [];
    for (const [channel, listener] of this.wanted()) {
      if (channel === undefined) continue;
      try {
        const end = await this.channels.subscribe(channel, listener, false);
        if (this.over) end();
        else this.subscriptions.push(end);
      } catch {
        // Refused, or the connection is gone: then the next login brings all this again.
      }
    }
    this.askForAll();
  }

  /** This client is out of the room. For the session only. */
  leave(): void {
    if (this.over) return;
    this.over = true;
    for (const end of this.subscriptions) end();
    this.subscriptions = [];
    this.emit('left', undefined);
  }

  private wanted(): [string | undefined, EventListener][] {
    const { laChannel, chatChannel, modChannel } = this.place;
    return [
      [laChannel, this.hearsRoster],
      [chatChannel, this.hearsChat],
      [modChannel, this.hearsReplies],
    ];
  }

  private command(command: MemberCommand, member: Member): Promise<void> {
    return this.moderate(command, member.id);
  }

  private askForAll(): void {
    const { laChannel, laName } = this.place;
    const liveArray = { command: 'bootstrap', context: laChannel, name: laName };
    this.channels.broadcast(laChannel, { liveArray }).catch(() => {
      if (!this.over) this.after(BOOTSTRAP_AGAIN_MS, () => this.over || this.askForAll());
    });
  }

  private onRoster(event: ChannelEvent): void {
    const change = this.roster.apply(event);
    switch (change.kind) {
      case 'nothing':
        return;
      case 'gap':
        this.askForAll();
        return;
      case 'joined':
        this.emit('joined', change.member);
        break;
      case 'changed':
        this.emit('changed', { member: change.member, before: change.before });
        break;
      case 'left':
        this.emit('parted', change.member);
        break;
      case 'all':
        break;
    }
    this.emit('members', this.members);
  }

  private onChat({ data }: ChannelEvent): void {
    const words = text(data['message']);
    if (words === undefined) return;
    const from = text(data['from']) ?? '';
    this.emit('message', { from, name: text(data['fromDisplay']) ?? from, text: words });
  }

  private onReply({ data }: ChannelEvent): void {
    if (data['action'] !== 'response') return;
    const list = data['responseData'];
    this.emit('reply', {
      command: text(data['conf-command']) ?? '',
      response: text(data['response']) ?? text(data['error']) ?? '',
      data: Array.isArray(list) ? (list as unknown[]) : undefined,
    });
  }
}

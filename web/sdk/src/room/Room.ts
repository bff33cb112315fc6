import { VertoError } from '../errors.ts';
import { Emitter } from '../events.ts';
import type { EventChannels, EventListener } from '../session/EventChannels.ts';
import type { ChannelEvent, PrivateEvent } from '../wire/messages.ts';
import type { Browser, Cancel } from '../media/browser/Browser.ts';
import { isObject, text } from '../wire/values.ts';
import type { Call } from '../call/Call.ts';
import { Gallery, type GalleryOptions } from './Gallery.ts';
import { Asks, type ModeratorReply } from './Asks.ts';
import { type Canvas, canvasOf, type Layout, layoutsOf } from './Layout.ts';
import type { Member } from './Member.ts';
import { Roster } from './Roster.ts';
import { type Recording, recordingsOf } from './Recording.ts';

/** Words in a room. Everything in it is text of a stranger: show it as text. */
export interface RoomMessage {
  /** `user@domain` */
  readonly from: string;
  readonly name: string;
  readonly text: string;
  /** Said by the user of this session. */
  readonly mine: boolean;
}

/** Where a member is heard in a stereo room. */
export interface Position {
  /** From left -1 to right 1. */
  readonly x: number;
  /** Up. */
  readonly y: number;
  /** From in front -1 to behind 1. */
  readonly z: number;
}

export type RoomEvents = {
  /** The list, after each change of it. */
  readonly members: readonly Member[];
  readonly joined: Member;
  readonly changed: { readonly member: Member; readonly before: Member };
  readonly parted: Member;
  readonly message: RoomMessage;
  /** What the server says to any moderator's command; `ok` tells whether it was done. */
  readonly reply: ModeratorReply;
  /** A member is heard elsewhere. The server tells moderators, and each member of its own place. */
  readonly position: { readonly memberId: number; readonly position: Position };
  /** The room is recorded, or no longer, by the word of a moderator; moderators alone hear of it. */
  readonly recording: boolean;
  /** The room lets nobody in any more, or people again; moderators alone hear of it. */
  readonly locked: boolean;
  /** Pictures are arranged anew; only where the server puts pictures together. */
  readonly canvas: Canvas;
  /** This client is in the room no more. */
  readonly left: void;
};

/** What a moderator can do to somebody, by its name in the protocol (verto-wire 9.7). */
type MemberCommand = 'kick' | 'mute' | 'unmute' | 'tmute' | 'deaf' | 'undeaf' | 'vid-floor' | 'vmute' | 'unvmute' | 'tvmute';

/** A lost change is asked for once; when that is lost too, again after this long. */
const BOOTSTRAP_AGAIN_MS = 5_000;
/** What a server says to a command that it does not know (9.7). */
const INVALID = 'Invalid Command';
/** A server that does not keep what was said does not answer; so long it is waited for. */
export const HISTORY_MS = 2_000;

/** What a room needs of its session. */
export interface RoomPort {
  readonly channels: EventChannels;
  after(milliseconds: number, run: () => void): Cancel;
  readonly browser: Browser;
  /** A command of the switch's own. */
  api(command: string, words: string): Promise<string>;
  /** The call that is in a room. */
  call(callId: string): Call | undefined;
  /** Whether the server shows members on lines of their own. */
  hasGalleries(): boolean;
  /** The user, as he logged in. */
  readonly login: string;
}

/** A conference that a call of this client is in. It outlives connections, as the call does. */
export class Room extends Emitter<RoomEvents> {
  /** The name that people know, without its domain. */
  readonly name: string;
  readonly callId: string;
  private place: PrivateEvent;
  private readonly roster: Roster;
  private readonly channels: EventChannels;
  private readonly asks: Asks;
  private subscriptions: (() => void)[] = [];
  private readonly overheard: (() => void)[] = [];
  private over = false;
  private readonly places = new Map<number, Position>();
  private recorded = false;
  private closed = false;
  private opened: Gallery | undefined;
  private historians: ((messages: readonly RoomMessage[]) => void)[] = [];
  // The same functions whenever the room is entered: a channel hears each of them once.
  private readonly hearsRoster: EventListener = (event) => this.onRoster(event);
  private readonly hearsChat: EventListener = (event) => this.onChat(event);
  private readonly hearsReplies: EventListener = (event) => this.onReply(event);
  private readonly hearsCanvases: EventListener = (event) => this.onCanvas(event);
  private readonly hearsHistory: EventListener = (event) => this.onHistory(event);
  /** Resolves once the room's channels are heard; undefined when they are. */
  private entering: Promise<void> | undefined;

  constructor(
    private readonly port: RoomPort,
    place: PrivateEvent,
  ) {
    super();
    this.channels = port.channels;
    this.asks = new Asks((milliseconds, run) => port.after(milliseconds, run));
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

  /** One's number in the room, by which moderators name one. */
  get memberId(): number {
    return Number(this.place.memberId);
  }

  /** Whether the room lets nobody in, as far as moderators were told since this one came in. */
  get isLocked(): boolean {
    return this.closed;
  }

  /** How many canvases the server puts pictures together on; 0 in a room of voices. */
  get canvasCount(): number {
    return this.place.canvasCount;
  }

  /** Whether the room is recorded, as far as moderators were told since this one came in. */
  get isRecorded(): boolean {
    return this.recorded;
  }

  /** Where somebody is heard, if the server said so since this client came in. */
  positionOf(member: Member): Position | undefined {
    return this.places.get(member.id);
  }

  /** What was said before, oldest first; none where the server does not keep it, as an unchanged FreeSWITCH does not. */
  async history(): Promise<readonly RoomMessage[]> {
    const { chatChannel } = this.place;
    if (chatChannel === undefined || this.over) return [];
    const answer = new Promise<readonly RoomMessage[]>((resolve) => {
      const cancel = this.port.after(HISTORY_MS, () => resolve([]));
      this.historians.push((messages) => {
        cancel();
        resolve(messages);
      });
    });
    await this.channels.broadcast(chatChannel, { action: 'history' });
    return answer;
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
    return this.moderate('position', member.id, written(x, y, z));
  }

  /**
   * Takes a place of one's own: as a moderator, or where the room lets everybody choose (verto-extensions.md).
   *
   * @throws VertoError `refused` when the room does not, or is not stereo; `timeout` when the server knows nothing of places
   */
  async sit(x: number, y: number, z: number): Promise<void> {
    await this.askPlace(this.memberId, written(x, y, z));
  }

  /** Asks where somebody is heard; others than oneself as a moderator. */
  async askPosition(member: Member): Promise<Position | undefined> {
    await this.askPlace(member.id, null);
    return this.positionOf(member);
  }

  /** Hands the floor, and the picture that all see, to somebody; sent again for the same member it is free. */
  giveFloor(member: Member): Promise<void> {
    return this.command('vid-floor', member);
  }

  /**
   * Lets nobody in any more: by the moderators' channel, or where the server does not know that, as an unchanged FreeSWITCH does not, by a command of the switch.
   *
   * @throws VertoError `refused` when this user may do neither
   */
  lock(): Promise<void> {
    return this.setLocked('lock');
  }

  unlock(): Promise<void> {
    return this.setLocked('unlock');
  }

  /** Whether each of the others can be seen in a picture of his own. */
  get hasGallery(): boolean {
    return this.port.hasGalleries() && this.place.infoChannel !== undefined;
  }

  /** What `openGallery` opened, until it is closed. */
  get gallery(): Gallery | undefined {
    return this.opened;
  }

  /**
   * Lets each of the others be seen in a picture of his own, in place of the one that the room shows to all.
   *
   * @throws VertoError `refused` by a server that cannot do that, and when it sends no pictures to this call
   */
  async openGallery(options: GalleryOptions = {}): Promise<Gallery> {
    const { infoChannel } = this.place;
    const call = this.port.call(this.callId);
    if (call === undefined || infoChannel === undefined || this.over) throw new VertoError({ kind: 'wrong-state', message: 'the room has no pictures' });
    if (this.opened !== undefined) return this.opened;
    const gallery = new Gallery({ call, browser: this.port.browser, broadcast: (data) => this.channels.broadcast(infoChannel, { application: 'conf-control', ...data }) }, options);
    this.opened = gallery;
    const unhear = this.channels.overhear(infoChannel, (event) => gallery.onEvent(event));
    gallery.on('closed', () => {
      unhear();
      this.opened = undefined;
    });
    try {
      await gallery.open();
    } catch (error) {
      gallery.end();
      throw error;
    }
    return gallery;
  }

  /** How pictures can be arranged; none in a room of voices. */
  async layouts(): Promise<readonly Layout[]> {
    if (this.canvasCount === 0) return [];
    return layoutsOf((await this.ask('list-videoLayouts')).data ?? []);
  }

  /** @param canvas which one, from 1 */
  async setLayout(layout: string, canvas?: number): Promise<void> {
    await this.ask('vid-layout', null, canvas === undefined ? layout : [layout, String(canvas)]);
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

  /** What was recorded of this room since the server started, the oldest first; none where the server does not tell, as an unchanged FreeSWITCH does not. */
  async recordings(): Promise<readonly Recording[]> {
    return recordingsOf((await this.ask('recording', null, ['list'])).response);
  }

  /**
   * Where a recording can be fetched, without logging in, for a quarter of an hour: a path on the server's own address.
   *
   * @throws VertoError `refused` when it was not recorded here, or cannot be fetched
   */
  async recordingAddress(recording: Pick<Recording, 'path'>): Promise<string> {
    return (await this.ask('recording', null, ['link', recording.path])).response.trim().replace(/^\+OK /, '');
  }

  /**
   * Any command of the moderators' channel, and what the server says to it.
   *
   * @throws VertoError `refused` with the server's words when it was not done, `timeout` when there is no reply
   */
  async ask(command: string, memberId: number | null = null, value: string | readonly string[] | null = null): Promise<ModeratorReply> {
    const words = [command, ...(memberId === null ? [] : [String(memberId)]), ...(value === null ? [] : [value].flat())];
    // Replies go to who hears the channel by then.
    if (this.entering !== undefined) await this.entering;
    return this.asks.run(words, () => this.moderate(command, memberId, value));
  }

  /** Any command of the moderators' channel; what the server says comes as `reply`, to all moderators. */
  async moderate(command: string, memberId: number | null, value: string | readonly string[] | null = null): Promise<void> {
    const { modChannel } = this.place;
    if (modChannel === undefined || this.over) throw new VertoError({ kind: 'wrong-state', message: 'only moderators can do that' });
    await this.channels.broadcast(modChannel, { application: 'conf-control', command, id: memberId, value });
  }

  /** The server lets this client in, for the first time or after a new login. For the session only. */
  enter(place: PrivateEvent): Promise<void> {
    const entering = this.hearAll(place).finally(() => {
      if (this.entering === entering) this.entering = undefined;
    });
    this.entering = entering;
    return entering;
  }

  private async hearAll(place: PrivateEvent): Promise<void> {
    this.place = place;
    this.roster.reset();
    for (const end of this.overheard.splice(0)) end();
    this.subscriptions = [];
    if (place.chatChannel !== undefined) this.overheard.push(this.channels.overhear(place.chatChannel, this.hearsHistory));
    if (place.modChannel === undefined) {
      // The server tells a member of its own place in the name of the moderators' channel, which it may not hear.
      const channel = place.laChannel.replace('conference-liveArray.', 'conference-mod.');
      this.overheard.push(this.channels.overhear(channel, this.hearsReplies));
    }
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
    for (const end of this.overheard) end();
    this.subscriptions = [];
    this.opened?.end();
    this.asks.end(new VertoError({ kind: 'wrong-state', message: 'this client is in the room no more' }));
    for (const tell of this.historians.splice(0)) tell([]);
    this.emit('left', undefined);
  }

  private wanted(): [string | undefined, EventListener][] {
    const { laChannel, chatChannel, modChannel, infoChannel, canvasCount } = this.place;
    return [
      [laChannel, this.hearsRoster],
      [chatChannel, this.hearsChat],
      [modChannel, this.hearsReplies],
      [canvasCount > 0 ? infoChannel : undefined, this.hearsCanvases],
    ];
  }

  private command(command: MemberCommand, member: Member): Promise<void> {
    return this.moderate(command, member.id);
  }

  private askForAll(): void {
    const { laChannel, laName } = this.place;
    const liveArray = { command: 'bootstrap', context: laChannel, name: laName };
    this.channels.broadcast(laChannel, { liveArray }).catch(() => {
      if (!this.over) this.port.after(BOOTSTRAP_AGAIN_MS, () => this.over || this.askForAll());
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

  /** It is for this client alone, and may come before the channel is heard. */
  private onHistory({ data }: ChannelEvent): void {
    if (data['action'] !== 'history') return;
    const messages = Array.isArray(data['messages']) ? (data['messages'] as unknown[]) : [];
    const told = messages.flatMap((message) => this.messageOf(message) ?? []);
    for (const tell of this.historians.splice(0)) tell(told);
  }

  private onChat({ data }: ChannelEvent): void {
    const message = this.messageOf(data);
    if (message !== undefined) this.emit('message', message);
  }

  private messageOf(data: unknown): RoomMessage | undefined {
    const words = isObject(data) ? text(data['message']) : undefined;
    if (!isObject(data) || words === undefined) return undefined;
    const from = text(data['from']) ?? '';
    const { login } = this.port;
    const mine = login.includes('@') ? from === login : from.split('@')[0] === login;
    return { from, name: text(data['fromDisplay']) ?? from, text: words, mine };
  }

  private onReply({ data }: ChannelEvent): void {
    if (data['action'] !== 'response') return;
    const list = data['responseData'];
    const error = text(data['error']);
    const response = text(data['response']) ?? error ?? '';
    const reply: ModeratorReply = {
      command: text(data['conf-command']) ?? '',
      response,
      ok: error === undefined && !response.startsWith('-ERR'),
      data: Array.isArray(list) ? (list as unknown[]) : undefined,
    };
    this.learn(reply);
    this.asks.onReply(reply);
    this.emit('reply', reply);
  }

  /** What a reply tells of the room. */
  private learn({ response, ok }: ModeratorReply): void {
    if (!ok) return;
    const place = /^\+OK Position (\d+) = (-?[\d.]+):(-?[\d.]+):(-?[\d.]+)/.exec(response);
    if (place !== null) {
      const [id, x, y, z] = place.slice(1).map(Number) as [number, number, number, number];
      this.places.set(id, { x, y, z });
      this.emit('position', { memberId: id, position: { x, y, z } });
    }
    const begins = response.startsWith('+OK Record file');
    if (begins || /^\+OK Stopped recording/m.test(response)) {
      this.recorded = begins;
      this.emit('recording', begins);
    }
    const door = /^\+OK .* (un)?locked$/m.exec(response);
    if (door !== null) this.learnLocked(door[1] === undefined);
  }

  private learnLocked(locked: boolean): void {
    this.closed = locked;
    this.emit('locked', locked);
  }

  private async setLocked(command: 'lock' | 'unlock'): Promise<void> {
    try {
      await this.ask(command);
    } catch (error) {
      const { trouble } = error as VertoError;
      if (trouble.kind !== 'refused' || trouble.message !== INVALID) throw error;
      await this.port.api('conference', `${this.name} ${command}`);
      this.learnLocked(command === 'lock');
    }
  }

  private async askPlace(memberId: number, value: string | null): Promise<void> {
    if (this.isModerator) {
      await this.ask('position', memberId, value);
      return;
    }
    const { infoChannel } = this.place;
    if (infoChannel === undefined || this.over) throw new VertoError({ kind: 'wrong-state', message: 'the room has no places' });
    const words = ['position', String(memberId), ...(value === null ? [] : [value])];
    await this.asks.run(words, () => this.channels.broadcast(infoChannel, { application: 'conf-control', command: 'position', id: memberId, value }));
  }

  private onCanvas({ data }: ChannelEvent): void {
    const canvas = data['contentType'] === 'layout-info' ? canvasOf(data['canvasInfo']) : undefined;
    if (canvas !== undefined) this.emit('canvas', canvas);
  }
}

/** A place as the server reads it. */
function written(x: number, y: number, z: number): string {
  return [x, y, z].map((part) => part.toFixed(2)).join(':');
}

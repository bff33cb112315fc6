import { type Canvas, type Gallery, type Layout, type Member, type ModeratorReply, type Recording, type Room, type RoomMessage, type Tile, VertoError } from '@jverto/sdk';
import { explainError } from '../words/phrases.ts';
import { type Phrase, phrase } from '../words/words.ts';
import { halfCircle, type Seat, within } from './seats.ts';
import { Store } from './Store.ts';
import { type Said, said } from './Talks.ts';

export interface RoomState {
  /** In the order in which they came, oneself first. */
  readonly members: readonly Member[];
  readonly me: Member | undefined;
  readonly moderator: boolean;
  readonly messages: readonly Said[];
  readonly unread: number;
  readonly chatShown: boolean;
  /** By member id. Who is not there has none, or none that is known. */
  readonly seats: ReadonlyMap<number, Seat>;
  /** Whether one may choose one's own seat; moderators choose all. */
  readonly ownSeat: boolean;
  /** Without it nobody has a seat. */
  readonly stereo: boolean;
  /** How loud others hear somebody, -4 to 4, by member id. */
  readonly volumes: ReadonlyMap<number, number>;
  readonly recording: boolean;
  readonly locked: boolean;
  /** What was recorded, the newest first; undefined until it was asked for. */
  readonly recordings: readonly Recording[] | undefined;
  /** How the room's pictures are arranged, the first canvas first; none in a room of voices, and until the server has said so. */
  readonly canvases: readonly Canvas[];
  /** How they could be; moderators are told. */
  readonly layouts: readonly Layout[];
  /** The group of layouts that the server chooses from, if it was chosen while this page was there. */
  readonly layoutGroup: string | undefined;
  readonly trouble: Phrase | undefined;
  readonly view: RoomView;
  /** Whose pictures come, in a gallery. */
  readonly tiles: readonly Tile[];
}

/** What is seen of a room: the picture that it shows to all, each of its members, or one of them large. */
export type RoomView = 'room' | 'gallery' | 'speaker';

/** Whom the large place is for: who talked last, of those who are seen. Oneself is never there while somebody else is. */
export function speakerOf(tiles: readonly Tile[], members: readonly Member[], before: number | undefined): number | undefined {
  const seen = members.filter(({ id }) => tiles.some(({ memberId }) => memberId === id));
  const talks = seen.find(({ id, talking }) => talking && id === before) ?? seen.find(({ talking }) => talking);
  return (talks ?? seen.find(({ id }) => id === before) ?? seen.find(({ floor }) => floor) ?? seen[0])?.id;
}

const MOST_MESSAGES = 500;
/** Whose seats are asked for: in a larger room nobody finds anybody on the map. */
const MOST_SEATS = 60;
/** Of one dragged seat. */
const SEND_MS = 120;

/** What the page shows of a conference that a call is in. */
export class RoomModel extends Store<RoomState> {
  readonly name: string;
  private readonly asked = new Set<number>();
  private readonly moving = new Map<number, { next: Seat | undefined; timer: number }>();
  private gallery: Promise<Gallery | undefined> | undefined;
  /** Members are seen each by itself, or no longer. */
  onGallery: (seen: boolean) => void = () => undefined;
  /** Somebody else wrote. */
  onHeard: (from: string, text: string) => void = () => undefined;

  constructor(private readonly room: Room) {
    super({
      members: room.members,
      me: room.me,
      moderator: room.isModerator,
      messages: [],
      unread: 0,
      chatShown: false,
      seats: new Map(),
      ownSeat: false,
      stereo: true,
      volumes: new Map(),
      recording: false,
      locked: false,
      recordings: undefined,
      canvases: [],
      layouts: [],
      layoutGroup: undefined,
      trouble: undefined,
      view: 'room',
      tiles: [],
    });
    this.name = room.name;
    room.on('left', () => this.set({ tiles: [] }));
    room.on('members', (members) => this.onMembers(members));
    room.on('message', (message) => this.onSaid(message));
    room.on('reply', (reply) => this.onReply(reply));
    room.on('recording', (recording) => this.set({ recording }));
    room.on('locked', (locked) => this.set({ locked }));
    room.on('canvas', (canvas) => this.set({ canvases: [...this.get().canvases.filter(({ id }) => id !== canvas.id), canvas].sort((a, b) => a.id - b.id) }));
    room.on('position', ({ memberId, position: { x, z } }) => {
      // What is being dragged is further on here already.
      if (!this.moving.has(memberId)) this.put(memberId, x === 0 && z === 0 ? undefined : { x, z });
    });
  }

  showChat(shown: boolean): void {
    this.set({ chatShown: shown, ...(shown ? { unread: 0 } : {}) });
  }

  async say(text: string): Promise<boolean> {
    const words = text.trim();
    if (words === '') return false;
    return this.attempt(() => this.room.say(words));
  }

  setMuted(member: Member, muted: boolean): Promise<boolean> {
    return this.attempt(() => (muted ? this.room.mute(member) : this.room.unmute(member)));
  }

  setDeaf(member: Member, deaf: boolean): Promise<boolean> {
    return this.attempt(() => (deaf ? this.room.deafen(member) : this.room.undeafen(member)));
  }

  kick(member: Member): Promise<boolean> {
    return this.attempt(() => this.room.kick(member));
  }

  setVolume(member: Member, level: number): Promise<boolean> {
    this.set({ volumes: new Map(this.get().volumes).set(member.id, level) });
    return this.attempt(() => this.room.setVoiceVolume(member, level));
  }

  async muteOthers(): Promise<void> {
    const others = this.get().members.filter((member) => member.callId !== this.room.callId && !member.muted);
    for (const member of others) await this.setMuted(member, true);
  }

  setLocked(locked: boolean): Promise<boolean> {
    return this.attempt(() => (locked ? this.room.lock() : this.room.unlock()));
  }

  setRecording(on: boolean): Promise<boolean> {
    if (!on) return this.attempt(() => this.room.stopRecording());
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    return this.attempt(() => this.room.startRecording(`room-${this.name.replace(/[^\w-]/g, '_')}-${stamp}.wav`));
  }

  askRecordings(): Promise<boolean> {
    return this.attempt(async () => this.set({ recordings: (await this.room.recordings()).toReversed() }));
  }

  /** Where to fetch it, for a quarter of an hour; undefined when it is not there, which is then said. */
  async addressOf(recording: Recording): Promise<string | undefined> {
    let address: string | undefined;
    await this.attempt(async () => {
      // Relative, for who comes by a path of a proxy.
      address = new URL((await this.room.recordingAddress(recording)).replace(/^\//, ''), document.baseURI).href;
    });
    return address;
  }

  /** How many pictures the server puts together; 0 in a room of voices. */
  get canvasCount(): number {
    return this.room.canvasCount;
  }

  /** Whether members can be seen each by itself. */
  get hasGallery(): boolean {
    return this.room.hasGallery;
  }

  /** Shows the room in another way; where that cannot be, as it shows itself to all. */
  async look(view: RoomView): Promise<void> {
    this.set({ view });
    if (view === 'room') {
      const before = this.gallery;
      this.gallery = undefined;
      this.set({ tiles: [] });
      this.onGallery(false);
      await (await before)?.close().catch(() => undefined);
      return;
    }
    this.gallery ??= this.openGallery();
    if ((await this.gallery) === undefined && this.get().view !== 'room') await this.look('room');
  }

  /** A member is shown in this place: no more comes than fills it. */
  fit(memberId: number, place: Element): () => void {
    return this.room.gallery?.fit(memberId, place) ?? ((): void => undefined);
  }

  private async openGallery(): Promise<Gallery | undefined> {
    try {
      const gallery = await this.room.openGallery();
      gallery.on('tiles', (tiles) => this.set({ tiles }));
      this.set({ tiles: gallery.tiles });
      this.onGallery(true);
      return gallery;
    } catch (error) {
      this.set({ trouble: explainError(error) });
      return undefined;
    }
  }

  /** @param canvas which one, as the server counts them, from 0 */
  setLayout(layout: Layout, canvas = 0): Promise<boolean> {
    return this.attempt(() => this.room.setLayout(layout.name, canvas + 1));
  }

  maySeat(member: Member): boolean {
    const { moderator, ownSeat, stereo } = this.get();
    return stereo && (moderator || (ownSeat && member.callId === this.room.callId));
  }

  /**
   * Moves somebody; undefined takes his seat away. A seat that is dragged is told a few times a second, and its end in any case.
   */
  seat(member: Member, wanted: Seat | undefined): void {
    const seat = wanted === undefined ? undefined : within(wanted);
    this.put(member.id, seat);
    const moving = this.moving.get(member.id);
    if (moving !== undefined) {
      moving.next = seat ?? { x: 0, z: 0 };
      return;
    }
    const timer = window.setTimeout(() => this.moveOn(member), SEND_MS);
    this.moving.set(member.id, { next: undefined, timer });
    this.send(member, seat ?? { x: 0, z: 0 });
  }

  seatAll(): void {
    const speakers = this.get().members.filter((member) => this.maySeat(member));
    halfCircle(speakers.length).forEach((seat, at) => {
      const member = speakers[at];
      if (member !== undefined) this.seat(member, seat);
    });
  }

  unseatAll(): void {
    for (const member of this.get().members) if (this.get().seats.has(member.id)) this.seat(member, undefined);
  }

  private moveOn(member: Member): void {
    const next = this.moving.get(member.id)?.next;
    this.moving.delete(member.id);
    if (next === undefined) return;
    const timer = window.setTimeout(() => this.moveOn(member), SEND_MS);
    this.moving.set(member.id, { next: undefined, timer });
    this.send(member, next);
  }

  private send(member: Member, { x, z }: Seat): void {
    const { room } = this;
    void this.attempt(() => (room.isModerator ? room.setPosition(member, x, 0, z) : room.sit(x, 0, z)));
  }

  private put(id: number, seat: Seat | undefined): void {
    const seats = new Map(this.get().seats);
    if (seat === undefined) seats.delete(id);
    else seats.set(id, seat);
    this.set({ seats });
  }

  private onMembers(members: readonly Member[]): void {
    const { room } = this;
    const { me } = room;
    const others = members.filter((member) => member !== me);
    const isFirst = this.get().me === undefined && me !== undefined;
    this.set({ members: me === undefined ? others : [me, ...others], me, moderator: room.isModerator });
    if (isFirst) void this.begin(me);
    if (room.isModerator) this.askSeats(members);
  }

  /** The room's list has come: what is not in it is asked for. */
  private async begin(me: Member): Promise<void> {
    const { room } = this;
    if (room.isModerator) room.ask('recording', null, ['check', 'all']).then(({ ok }) => this.set({ recording: ok }), () => undefined);
    else room.askPosition(me).then(() => this.set({ ownSeat: true }), (error: unknown) => this.onRefused(error));
    if (room.isModerator && room.canvasCount > 0) room.layouts().then((layouts) => this.set({ layouts }), () => undefined);
    const before = await room.history().catch(() => []);
    if (before.length > 0) this.set({ messages: before.map(({ mine, name, text }) => said(mine, name, text)) });
  }

  private askSeats(members: readonly Member[]): void {
    for (const member of members.slice(0, MOST_SEATS)) {
      if (this.asked.has(member.id)) continue;
      this.asked.add(member.id);
      this.room.askPosition(member).catch((error: unknown) => this.onRefused(error));
    }
  }

  /** Places cannot be asked for: the room has none, or does not let this member choose. */
  private onRefused(error: unknown): void {
    if (error instanceof VertoError && /Positional audio/.test(error.message)) this.set({ stereo: false });
  }

  private onSaid({ mine, name, text }: RoomMessage): void {
    const { messages, unread, chatShown } = this.get();
    const seen = mine || (chatShown && !document.hidden);
    this.set({ messages: [...messages, said(mine, name, text)].slice(-MOST_MESSAGES), unread: seen ? unread : unread + 1 });
    if (!mine) this.onHeard(name, text);
  }

  private onReply({ command, response, ok }: ModeratorReply): void {
    const text = response.trim();
    const arranged = /^\+OK Change (?:to layout (group)|canvas \d+ to layout) \[(.+)\]$/m.exec(text);
    if (arranged !== null) this.set({ layoutGroup: arranged[1] === undefined ? undefined : `group:${arranged[2]?.replace(/^group:/, '')}` });
    const volume = /^\+OK Volume IN (\d+) = (-?\d)/.exec(text);
    if (volume !== null) {
      this.set({ volumes: new Map(this.get().volumes).set(Number(volume[1]), Number(volume[2])) });
    } else if (!ok && (command !== '' || this.get().moderator) && !/ (position|recording check)\b/.test(command)) {
      // Without a command it is the answer to whoever may not choose his seat: the map says so.
      this.set({ trouble: phrase('room.said', { message: text.replace(/^-ERR\s*/, '') }) });
    }
  }

  private async attempt(action: () => Promise<void>): Promise<boolean> {
    this.set({ trouble: undefined });
    try {
      await action();
      return true;
    } catch (error) {
      this.set({ trouble: explainError(error) });
      return false;
    }
  }
}

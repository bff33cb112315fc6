import type { Call } from '../call/Call.ts';
import type { Browser, Cancel } from '../media/browser/Browser.ts';
import { Emitter } from '../events.ts';
import type { ChannelEvent } from '../wire/messages.ts';
import { isObject, number, text } from '../wire/values.ts';

/** A member whose picture comes. */
export interface Tile {
  /** As in the list of members. */
  readonly memberId: number;
  readonly callId: string;
  /** The member's picture. The same stream may show somebody else later: another tile has it then. */
  readonly stream: MediaStream;
}

export type GalleryEvents = {
  /** Whose pictures come, after each change; a member has at most one. */
  readonly tiles: readonly Tile[];
  /** It shows nobody any more: it was closed, or the call has left the room. */
  readonly closed: void;
};

export interface GalleryOptions {
  /** How many others are seen at a time at most: 1 to 12, 9 unless said. Where there are more, those are seen who talked last. */
  readonly tiles?: number;
}

const MOST_TILES = 12;
const USUAL_TILES = 9;
/** A height that changes by less than this share asks for nothing else. */
const CLOSE = 0.1;
/** All that change at the same time are told at once. */
const GATHER_MS = 150;

/** What a gallery needs of its room. */
export interface GalleryPort {
  readonly call: Call;
  readonly browser: Pick<Browser, 'after' | 'onHeight'>;
  broadcast(data: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Each of the others in a room, in a picture of his own. It goes on when the call comes back after its connection was lost. */
export class Gallery extends Emitter<GalleryEvents> {
  private shown: readonly Tile[] = [];
  private first: readonly number[] = [];
  private over = false;
  private readonly heights = new Map<number, number>();
  private cancelAsk: Cancel = () => undefined;
  private streamOn: (mid: string) => MediaStream | undefined = () => undefined;
  private readonly forget: () => void;
  private readonly lines: number;

  constructor(
    private readonly port: GalleryPort,
    { tiles = USUAL_TILES }: GalleryOptions,
  ) {
    super();
    this.lines = Math.max(1, Math.min(MOST_TILES, Math.floor(tiles)));
    let before = port.call.state;
    this.forget = port.call.on('state', (state) => {
      if (state === 'recovering') this.show([]);
      // Its media are new: so are the lines.
      if (state === 'active' && before === 'recovering') this.open().catch(() => this.show([]));
      before = state;
    });
  }

  /** Whose pictures come, in no order of their own. */
  get tiles(): readonly Tile[] {
    return this.shown;
  }

  /** Where a member is seen, if he is. */
  tileOf(memberId: number): Tile | undefined {
    return this.shown.find((tile) => tile.memberId === memberId);
  }

  /**
   * Tells the server how high a member is shown, by the element that shows him, so that it sends no more than that needs.
   *
   * @returns a function that ends it
   */
  fit(memberId: number, element: Element): () => void {
    const end = this.port.browser.onHeight(element, (pixels) => {
      const before = this.heights.get(memberId) ?? 0;
      if (Math.abs(pixels - before) <= CLOSE * before) return;
      this.heights.set(memberId, pixels);
      this.cancelAsk();
      this.cancelAsk = this.port.browser.after(GATHER_MS, () => void this.ask().catch(() => undefined));
    });
    return () => {
      end();
      this.heights.delete(memberId);
    };
  }

  /** Members who are to be seen whoever talks, the most wanted one first; none for those who talk. */
  prefer(memberIds: readonly number[]): Promise<void> {
    this.first = [...memberIds];
    return this.ask();
  }

  /** Shows nobody any more; the call shows what the room shows to all. */
  async close(): Promise<void> {
    if (this.over) return;
    this.end();
    await this.port.broadcast({ command: 'gallery', callID: this.port.call.callId, on: false });
  }

  /** For the room only. */
  async open(): Promise<void> {
    this.streamOn = await this.port.call.openGallery(this.lines);
    await this.ask();
  }

  /** For the room only. */
  end(): void {
    if (this.over) return;
    this.over = true;
    this.forget();
    this.cancelAsk();
    this.show([]);
    this.emit('closed', undefined);
  }

  /** For the room only. */
  onEvent({ data }: ChannelEvent): void {
    if (this.over || data['contentType'] !== 'gallery' || data['callID'] !== this.port.call.callId) return;
    const lines = Array.isArray(data['lines']) ? (data['lines'] as unknown[]) : [];
    this.show(lines.flatMap((line) => this.tileOn(line) ?? []));
  }

  private tileOn(line: unknown): Tile | undefined {
    if (!isObject(line)) return undefined;
    const memberId = number(line['memberID']);
    const stream = this.streamOn(text(line['mid']) ?? '');
    return memberId === undefined || stream === undefined ? undefined : { memberId, callId: text(line['callID']) ?? '', stream };
  }

  private async ask(): Promise<void> {
    if (this.over) return;
    this.cancelAsk();
    const ids = new Set([...this.first, ...this.heights.keys()]);
    const members = [...ids].map((id) => {
      const height = this.heights.get(id);
      return { id, ...(this.first.includes(id) ? { first: true } : {}), ...(height === undefined ? {} : { height }) };
    });
    await this.port.broadcast({ command: 'gallery', callID: this.port.call.callId, members });
  }

  private show(tiles: readonly Tile[]): void {
    this.shown = tiles;
    this.emit('tiles', tiles);
  }
}

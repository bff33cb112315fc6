import type { ClassicDialog } from './ClassicDialog.ts';
import type { ClassicVerto } from './ClassicVerto.ts';
import { classicEnum } from './enums.ts';
import type { LiveArray, LiveChange } from './LiveArray.ts';
import { elementAt, LiveTable, type Where } from './LiveTable.ts';
import type { Params, SubscriptionHandle } from './types.ts';

/** `pvtData` of a join (verto-wire 9.3). */
export interface ConferenceData {
  readonly laChannel: string;
  readonly laName: string;
  readonly modChannel?: string;
  readonly chatChannel?: string;
  readonly infoChannel?: string;
  readonly conferenceMemberID?: string;
  readonly [more: string]: unknown;
}

export interface ConferenceParams {
  readonly dialog?: ClassicDialog | null;
  readonly hasVid?: boolean;
  readonly laData: ConferenceData;
  readonly onBroadcast?: (verto: ClassicVerto, conference: ClassicConference, data: unknown) => void;
  readonly onLaChange?: (verto: ClassicVerto, conference: ClassicConference, event: unknown, array: LiveArray, change: LiveChange) => void;
  readonly onLaRow?: (verto: ClassicVerto, conference: ClassicConference, row: HTMLTableRowElement, data: readonly unknown[]) => void;
  readonly chatCallback?: (verto: ClassicVerto, event: Params) => void;
  readonly infoCallback?: (verto: ClassicVerto, event: Params) => void;
  /** Of `confMan`: where the table is drawn, and how many there are is written. */
  readonly tableID?: Where;
  readonly statusID?: Where;
}

type Id = number | string;

/** A conference by the names of the classic client (`$.verto.conf`): commands of moderators, and chat. Replies come to `onBroadcast`. */
export class ClassicConference {
  private readonly bindings: SubscriptionHandle[] = [];

  constructor(
    readonly verto: ClassicVerto,
    readonly params: ConferenceParams,
  ) {
    const { modChannel, chatChannel, infoChannel } = params.laData;
    this.hear(modChannel, (event) => params.onBroadcast?.(verto, this, event['data']));
    this.hear(infoChannel, (event) => params.infoCallback?.(verto, event));
    this.hear(chatChannel, (event) => params.chatCallback?.(verto, event));
  }

  get hasMod(): boolean {
    return this.params.laData.modChannel !== undefined;
  }

  destroy(): void {
    this.verto.unsubscribe(this.bindings.splice(0));
  }

  modCommand(command: string, id: Id | null = null, value: unknown = null): void {
    const { modChannel } = this.params.laData;
    if (modChannel === undefined) {
      this.verto.page.say(`only moderators can do that: ${command}`);
      return;
    }
    this.verto.broadcast(modChannel, { application: 'conf-control', command, id, value });
  }

  sendChat(message: string, type = 'message'): void {
    const { chatChannel } = this.params.laData;
    if (chatChannel !== undefined) this.verto.broadcast(chatChannel, { action: 'send', message, type });
  }

  listVideoLayouts(): void {
    this.modCommand('list-videoLayouts');
  }

  play(file: string): void {
    this.modCommand('play', null, file);
  }

  stop(): void {
    this.modCommand('stop', null, 'all');
  }

  record(file: string): void {
    this.modCommand('recording', null, ['start', file]);
  }

  stopRecord(): void {
    this.modCommand('recording', null, ['stop', 'all']);
  }

  snapshot(file: string): void {
    this.modCommand('vid-write-png', null, file);
  }

  setVideoLayout(layout: string, canvasID?: Id): void {
    this.modCommand('vid-layout', null, canvasID ? [layout, String(canvasID)] : layout);
  }

  kick(id: Id): void {
    this.modCommand('kick', id);
  }

  muteMic(id: Id): void {
    this.modCommand('tmute', id);
  }

  muteVideo(id: Id): void {
    this.modCommand('tvmute', id);
  }

  deaf(id: Id): void {
    this.modCommand('deaf', id);
  }

  undeaf(id: Id): void {
    this.modCommand('undeaf', id);
  }

  presenter(id: Id): void {
    this.modCommand('vid-res-id', id, 'presenter');
  }

  videoFloor(id: Id): void {
    this.modCommand('vid-floor', id, 'force');
  }

  banner(id: Id, text: string): void {
    this.modCommand('vid-banner', id, encodeURI(text));
  }

  volumeUp(id: Id): void {
    this.modCommand('volume_out', id, 'up');
  }

  volumeDown(id: Id): void {
    this.modCommand('volume_out', id, 'down');
  }

  gainUp(id: Id): void {
    this.modCommand('volume_in', id, 'up');
  }

  gainDown(id: Id): void {
    this.modCommand('volume_in', id, 'down');
  }

  transfer(id: Id, extension: string): void {
    this.modCommand('transfer', id, extension);
  }

  private hear(channel: string | undefined, handler: (event: Params) => void): void {
    if (channel !== undefined) this.bindings.push(...this.verto.subscribe(channel, { handler: (_verto, event) => handler(event) }));
  }
}

const COLUMNS = ['ID', 'Number', 'Name', 'Codec', 'Status'].map((sTitle) => ({ sTitle }));

/** The same with a table of who is there (`$.verto.confMan`). It draws no buttons: `onLaRow` may, in the row that it gets. */
export class ClassicConferenceManager extends ClassicConference {
  readonly lt: LiveTable;

  constructor(verto: ClassicVerto, params: ConferenceParams) {
    super(verto, params);
    this.lt = new LiveTable(verto, params.laData.laChannel, params.laData.laName, params.tableID, {
      aoColumns: COLUMNS,
      subParams: { callID: params.dialog?.callID ?? null },
      rowCallback: (row, data) => params.onLaRow?.(verto, this, row, data),
      onChange: (array, change) => {
        const status = elementAt(params.statusID);
        if (status !== undefined) status.textContent = `Conference Members: (${array.arrayLen()} Total)`;
        params.onLaChange?.(verto, this, classicEnum.confEvent.laChange, array, change);
      },
    });
  }

  override destroy(): void {
    this.lt.destroy();
    super.destroy();
  }
}

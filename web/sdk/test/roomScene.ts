import type { Room } from '../src/index.ts';
import { Scene } from './scene.ts';

export const LIST = 'conference-liveArray.3500@pbx.test';
export const CHAT = 'conference-chat.3500@pbx.test';
export const INFO = 'conference-info.3500@pbx.test';
export const MOD = 'conference-mod.3500@pbx.test';

export const status = (audio: Record<string, unknown> = {}, video: unknown = false): string =>
  JSON.stringify({ audio: { muted: false, deaf: false, onHold: false, talking: false, floor: false, energyScore: 0, ...audio }, video, oldStatus: 'ACTIVE' });

export const row = (id: string, name: string, state = status()): unknown[] => [id, '2101', name, 'opus@48000', state, { email: `${name}@pbx.test`, age: 7 }, null];

/** A client in a room, as the server leads it there. */
export class RoomScene extends Scene {
  readonly rooms: Room[] = [];
  callId = '';
  private serial = 0;

  async joined(role: 'participant' | 'moderator' = 'participant'): Promise<Room> {
    this.session.on('room', (room) => this.rooms.push(room));
    await this.login();
    this.callId = (await this.dialled('3500')).callId;
    await this.letIn(role);
    const room = this.rooms[0];
    if (room === undefined) throw new Error('no room');
    return room;
  }

  async letIn(role: 'participant' | 'moderator' = 'participant'): Promise<void> {
    const before = this.socket.count('verto.broadcast');
    await this.place('conference-liveArray-join', role);
    for (let i = 0; i < 5 && this.socket.count('verto.broadcast') === before; i++) await this.grant();
    await this.reply('verto.broadcast', {});
    await this.event(LIST, { action: 'bootObj', name: '3500', wireSerno: -1, data: [[this.callId, row('0007', 'Ada')], ['b', row('0008', 'Bob')]] });
  }

  /** Lets the server take the call. */
  async answered(): Promise<void> {
    await this.tell('verto.answer', { callID: this.callId, sdp: 'server-answer' });
  }

  canvasCount = 0;

  async place(action: string, role = 'participant'): Promise<void> {
    await this.tell('verto.event', {
      eventChannel: 's-1',
      eventType: 'channelPvtData',
      pvtData: {
        callID: this.callId, action, laChannel: LIST, laName: '3500', role, chatID: 'conf+3500@pbx.test', conferenceMemberID: '7', canvasCount: this.canvasCount,
        chatChannel: CHAT, infoChannel: INFO, ...(role === 'moderator' ? { modChannel: MOD } : {}),
      },
    });
  }

  /** Lets the subscription that was asked for last be had. */
  async grant(): Promise<void> {
    await this.reply('verto.subscribe', { subscribedChannels: this.socket.last('verto.subscribe').params?.['eventChannel'] });
  }

  async change(action: 'add' | 'modify' | 'del', hashKey: string, data: unknown[], wireSerno = ++this.serial): Promise<void> {
    this.serial = wireSerno;
    await this.event(LIST, { action, name: '3500', hashKey, wireSerno, data });
  }

  /** The server says yes to the broadcast that was sent last, then what a moderator hears. */
  async answers(data: Record<string, unknown>): Promise<void> {
    await this.reply('verto.broadcast', {});
    await this.event(MOD, { action: 'response', ...data });
  }

  async event(eventChannel: string, data: Record<string, unknown>): Promise<void> {
    await this.tell('verto.event', { eventChannel, data, eventSerno: 1 });
  }
}

import type { Member } from '@jverto/sdk';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import type { Phone } from '../model/Phone.ts';
import type { RoomModel, RoomState } from '../model/RoomModel.ts';
import { place, type Seat, within } from '../model/seats.ts';
import { useStore } from '../model/Store.ts';
import { initials } from '../words/format.ts';
import { useWords, type Words } from './WordsProvider.tsx';

/** From more than so many on names would lie over each other. */
const MANY = 8;
/** Of one press of an arrow key. */
const STEP = 0.1;
/** The room's share of the height; the rest is the bench of those without a seat. */
const ROOM_SHARE = 0.82;
/** Left free at each side of the room, so that who sits at its edge is seen whole. */
const EDGE = 0.13;

interface Props {
  readonly phone: Phone;
  readonly room: RoomModel;
  readonly state: RoomState;
}

/** The room from above: people are dragged to where others hear them. */
export function RoomMap({ phone, room, state }: Props): ReactNode {
  const words = useWords();
  const { t } = words;
  const { stereo: listensInStereo } = useStore(phone.settings);
  const ground = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<number>();
  const { members, seats, moderator, ownSeat, stereo } = state;
  if (!stereo) return <p className="lead">{t('map.mono')}</p>;
  if (!moderator && !ownSeat) return <p className="lead">{t('map.readOnly')}</p>;
  const shown = moderator ? members : members.filter((member) => member === state.me);
  const bench = shown.filter((member) => !seats.has(member.id));

  const seatAt = (event: PointerEvent): Seat | undefined => {
    const box = ground.current?.getBoundingClientRect();
    if (box === undefined) return undefined;
    const down = (event.clientY - box.top) / box.height / ROOM_SHARE;
    return down > 1 ? undefined : within({ x: coordinate((event.clientX - box.left) / box.width), z: coordinate(down) });
  };
  const onKey = (event: KeyboardEvent, member: Member): void => {
    const { x, z } = seats.get(member.id) ?? { x: 0, z: 0 };
    const to: Readonly<Record<string, Seat | undefined>> = {
      ArrowLeft: { x: x - STEP, z },
      ArrowRight: { x: x + STEP, z },
      ArrowUp: { x, z: z - STEP },
      ArrowDown: { x, z: z + STEP },
      Delete: undefined,
    };
    if (!(event.key in to)) return;
    event.preventDefault();
    room.seat(member, to[event.key]);
  };

  return (
    <div className="map">
      <p className="hint">{t(moderator ? 'map.help' : 'map.helpOwn')}</p>
      {listensInStereo ? null : <p className="trouble">{t('map.stereoOff')}</p>}
      <div className="ground" ref={ground} data-many={shown.length > MANY} role="group" aria-label={t('map.label')}>
        <svg className="rings" viewBox="-110 -110 220 220" aria-hidden="true">
          <circle r="81.4" />
          <circle r="54" />
          <circle r="27" />
        </svg>
        <span className="edge front">{t('map.front')}</span>
        <span className="edge behind">{t('map.behind')}</span>
        <span className="listener" role="img" aria-label={t('map.listener')}>
          <svg viewBox="0 0 40 40" aria-hidden="true">
            <path d="m16 10.5 4-6 4 6" />
            <circle cx="20" cy="21" r="11" />
            <path d="M9 17.5c-4 0-4 7 0 7M31 17.5c4 0 4 7 0 7" />
          </svg>
        </span>
        <span className="bench">{t('map.bench')}</span>
        {shown.map((member) => {
          const seat = seats.get(member.id);
          const at = seat === undefined ? onBench(bench.indexOf(member), bench.length) : inRoom(seat);
          return (
            <button
              key={member.callId}
              type="button"
              className="seat"
              data-talking={member.talking}
              data-dragged={dragged === member.id}
              data-seated={seat !== undefined}
              aria-label={t('map.seat', { name: phone.people.called(member), place: seat === undefined ? t('map.noSeat') : inWords(seat, words) })}
              style={at}
              onKeyDown={(event) => onKey(event, member)}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                setDragged(member.id);
              }}
              onPointerMove={(event) => {
                if (dragged === member.id) room.seat(member, seatAt(event));
              }}
              onPointerUp={() => setDragged(undefined)}
              onPointerCancel={() => setDragged(undefined)}
            >
              <span className="seat-disc" data-letters={initials(phone.people.nameOf(member.number) ?? member.name, member.number)} />
              <span className="seat-name">{phone.people.called(member)}</span>
            </button>
          );
        })}
      </div>
      {moderator ? (
        <div className="pair">
          <button type="button" className="secondary" onClick={() => room.seatAll()}>
            {t('map.arrange')}
          </button>
          <button type="button" className="secondary" onClick={() => room.unseatAll()}>
            {t('map.clear')}
          </button>
        </div>
      ) : null}
    </div>
  );
}

/** Of a share of the room's width or depth, and back. */
const coordinate = (share: number): number => ((share - EDGE) / (1 - 2 * EDGE)) * 2 - 1;
const share = (at: number): number => EDGE + ((1 - 2 * EDGE) * (at + 1)) / 2;

const inRoom = ({ x, z }: Seat): { left: string; top: string } => ({
  left: `${share(x) * 100}%`,
  top: `${share(z) * 100 * ROOM_SHARE}%`,
});

const onBench = (at: number, count: number): { left: string; top: string } => ({
  left: `${((at + 0.5) / count) * 100}%`,
  top: `${(ROOM_SHARE + (1 - ROOM_SHARE) * 0.55) * 100}%`,
});

function inWords(seat: Seat, { t }: Words): string {
  const { side, depth } = place(seat);
  const where = t(side === 'left' ? 'map.left' : side === 'right' ? 'map.right' : 'map.middle');
  return depth === 'level' ? where : `${where}, ${t(depth === 'front' ? 'map.frontWord' : 'map.behindWord')}`;
}

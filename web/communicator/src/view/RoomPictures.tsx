import type { Member, Tile } from '@jverto/sdk';
import { type ReactNode, useEffect, useRef } from 'react';
import type { LiveCallState } from '../model/LiveCall.ts';
import type { Phone } from '../model/Phone.ts';
import { type RoomModel, speakerOf } from '../model/RoomModel.ts';
import { useStore } from '../model/Store.ts';
import { Icon } from './Icon.tsx';
import { Picture, Pictures } from './Pictures.tsx';
import { Avatar, IconButton, useFullScreen } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

const VIEWS = [['gallery', 'grid', 'view.gallery'], ['speaker', 'speaker', 'view.speaker'], ['room', 'picture', 'view.room']] as const;

/** Who is shown: others who are seen and oneself, then others; so many fit. */
const MOST_TILES = 16;

/** The pictures of a room: as it shows itself, or each member by itself. */
export function RoomPictures({ phone, room, state }: { readonly phone: Phone; readonly room: RoomModel; readonly state: LiveCallState }): ReactNode {
  const { t } = useWords();
  const { view } = useStore(room);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    // A room that puts pictures together has one that all agree on.
    if (room.canvasCount === 0) void room.look('gallery');
  }, [room]);
  return (
    <div className="room-pictures">
      {view === 'room' ? <Pictures phone={phone} state={state} /> : <Tiles phone={phone} room={room} state={state} large={view === 'speaker'} />}
      <div className="views" role="group" aria-label={t('view.label')}>
        {VIEWS.map(([name, icon, words]) => (
          <IconButton key={name} icon={icon} name={t(words)} aria-pressed={view === name} onClick={() => void room.look(name)} />
        ))}
      </div>
    </div>
  );
}

function Tiles({ phone, room, state, large }: { readonly phone: Phone; readonly room: RoomModel; readonly state: LiveCallState; readonly large: boolean }): ReactNode {
  const { t } = useWords();
  const { members, me, tiles } = useStore(room);
  const [stage, toggleFull] = useFullScreen<HTMLDivElement>();
  const last = useRef<number>(undefined);
  last.current = speakerOf(tiles, members, last.current);
  const speaker = large ? last.current : undefined;
  const shown = ordered(members, tiles, me, speaker);
  return (
    <div className="faces" ref={stage} data-large={speaker !== undefined} data-count={shown.length} onDoubleClick={toggleFull}>
      {shown.map((member) => (
        <OneTile key={member.callId} phone={phone} room={room} member={member} mine={member === me} large={member.id === speaker} tile={tiles.find(({ memberId }) => memberId === member.id)} state={state} />
      ))}
      {members.length > shown.length ? <p className="faces-more">{t('view.more', { count: members.length - shown.length })}</p> : null}
      {document.fullscreenEnabled ? <IconButton icon="expand" name={t('call.fullScreen')} onClick={toggleFull} /> : null}
    </div>
  );
}

/** In the order in which they came, so that nobody jumps about; who is large comes first, and who is seen before who is not. */
function ordered(members: readonly Member[], tiles: readonly Tile[], me: Member | undefined, speaker: number | undefined): readonly Member[] {
  const rank = (member: Member): number => (member.id === speaker ? 0 : tiles.some(({ memberId }) => memberId === member.id) || member === me ? 1 : 2);
  return members.map((member, at) => ({ member, at })).sort((a, b) => rank(a.member) - rank(b.member) || a.at - b.at).slice(0, MOST_TILES).map(({ member }) => member);
}

function OneTile({ phone, room, member, tile, mine, large, state }: {
  readonly phone: Phone;
  readonly room: RoomModel;
  readonly member: Member;
  readonly tile: Tile | undefined;
  readonly mine: boolean;
  readonly large: boolean;
  readonly state: LiveCallState;
}): ReactNode {
  const { t } = useWords();
  const { mirror } = useStore(phone.settings);
  const name = mine ? t('room.you') : phone.people.called(member);
  const stream = mine ? state.own : tile?.stream;
  const place = useRef<HTMLElement>(null);
  const seen = tile !== undefined;
  useEffect(() => (seen && place.current !== null ? room.fit(member.id, place.current) : undefined), [room, member.id, seen]);
  return (
    <figure ref={place} className="face" data-talking={member.talking} data-large={large} data-member={member.id}>
      {stream === undefined ? <Avatar name={phone.people.nameOf(member.number) ?? member.name} number={member.number} /> : (
        <Picture stream={stream} label={mine ? t('call.ownPicture') : t('call.picture', { who: name })} kind="cell" mirrored={mine && mirror && !state.sharing} />
      )}
      <figcaption>
        {member.muted ? (
          <span className="sign" role="img" aria-label={t('room.muted')} title={t('room.muted')}>
            <Icon name="micOff" />
          </span>
        ) : null}
        <span className="face-name">{name}</span>
        {member.talking ? <span className="unseen">{t('room.talking')}</span> : null}
      </figcaption>
    </figure>
  );
}

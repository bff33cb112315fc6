import type { Member } from '@jverto/sdk';
import { type ReactNode, useEffect, useState } from 'react';
import type { Phone } from '../model/Phone.ts';
import type { RoomModel, RoomState } from '../model/RoomModel.ts';
import { useStore } from '../model/Store.ts';
import { Chat } from './Chat.tsx';
import { Icon, type IconName } from './Icon.tsx';
import { LayoutChip } from './LayoutMenu.tsx';
import { Avatar, Badge, IconButton, Sheet, Trouble, useWidth } from './parts.tsx';
import { Recordings } from './Recordings.tsx';
import { RoomMap } from './RoomMap.tsx';
import { useWords, type Words } from './WordsProvider.tsx';

type Tab = 'people' | 'map' | 'chat';

/** From this width on the chat has a place of its own. */
const WIDE = 700;

/** @param pictured whether the room's picture is beside it, so that there is less place */
export function RoomScreen({ phone, room, pictured }: { readonly phone: Phone; readonly room: RoomModel; readonly pictured: boolean }): ReactNode {
  const { t, say } = useWords();
  const state = useStore(room);
  const [wanted, setTab] = useState<Tab>('people');
  const [element, width] = useWidth();
  const wide = width >= WIDE && !pictured;
  const tab = wide && wanted === 'chat' ? 'people' : wanted;
  const chatShown = wide || tab === 'chat';

  useEffect(() => {
    room.showChat(chatShown);
    return () => room.showChat(false);
  }, [room, chatShown]);

  const tabs: readonly (readonly [Tab, IconName, string])[] = [
    ['people', 'people', t('room.peopleCount', { count: state.members.length })],
    ['map', 'map', t('room.map')],
    ...(wide ? [] : [['chat', 'messages', state.unread > 0 ? t('room.chatUnread', { count: state.unread }) : t('room.chat')] as const]),
  ];
  return (
    <section className="room" ref={element} data-wide={wide} aria-label={t('room.label')}>
      <div className="room-main">
        <div className="tabs" role="tablist" aria-label={t('room.label')}>
          {tabs.map(([name, icon, label]) => (
            <button key={name} type="button" role="tab" id={`tab-${name}`} aria-selected={tab === name} aria-controls="room-tab" aria-label={label} onClick={() => setTab(name)}>
              <Icon name={icon} />
              <span>{name === 'chat' ? t('room.chat') : label}</span>
              {name === 'chat' ? <Badge count={state.unread} /> : null}
            </button>
          ))}
        </div>
        {tab !== 'people' ? null : state.moderator ? <RoomActions room={room} state={state} /> : <LayoutChip room={room} state={state} />}
        <Trouble>{state.trouble === undefined ? undefined : say(state.trouble)}</Trouble>
        <div className="room-tab" id="room-tab" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
          {tab === 'people' ? <Roster phone={phone} room={room} state={state} /> : null}
          {tab === 'map' ? <RoomMap phone={phone} room={room} state={state} /> : null}
          {tab === 'chat' ? <RoomChat room={room} state={state} /> : null}
        </div>
      </div>
      {wide ? (
        <aside className="room-chat" aria-label={t('room.chat')}>
          <h2>{t('room.chat')}</h2>
          <RoomChat room={room} state={state} />
        </aside>
      ) : null}
    </section>
  );
}

function RoomChat({ room, state }: { readonly room: RoomModel; readonly state: RoomState }): ReactNode {
  const { t } = useWords();
  return <Chat messages={state.messages} named placeholder={t('chat.placeholder')} empty={t('chat.none')} onSend={(text) => room.say(text)} />;
}

function RoomActions({ room, state }: { readonly room: RoomModel; readonly state: RoomState }): ReactNode {
  const { t } = useWords();
  const { recording, locked } = state;
  const [shelf, setShelf] = useState(false);
  return (
    <div className="room-actions">
      <button type="button" className="chip" aria-pressed={recording} data-hot={recording} onClick={() => void room.setRecording(!recording)}>
        <Icon name="record" />
        <span>{t(recording ? 'room.stopRecording' : 'room.record')}</span>
      </button>
      <button type="button" className="chip" aria-pressed={locked} onClick={() => void room.setLocked(!locked)}>
        <Icon name={locked ? 'lock' : 'unlock'} />
        <span>{t(locked ? 'room.unlock' : 'room.lock')}</span>
      </button>
      <button type="button" className="chip" onClick={() => void room.muteOthers()}>
        <Icon name="micOff" />
        <span>{t('room.muteAll')}</span>
      </button>
      <button type="button" className="chip" aria-haspopup="dialog" aria-expanded={shelf} onClick={() => setShelf(true)}>
        <Icon name="play" />
        <span>{t('room.recordings')}</span>
      </button>
      <LayoutChip room={room} state={state} />
      {shelf ? <Recordings room={room} state={state} onClose={() => setShelf(false)} /> : null}
      <p role="status" className="room-status">
        {locked ? <span>{t('room.isLocked')}</span> : null}
        {recording ? <span className="hot">{t('room.isRecording')}</span> : null}
      </p>
    </div>
  );
}

function Roster({ phone, room, state }: { readonly phone: Phone; readonly room: RoomModel; readonly state: RoomState }): ReactNode {
  const words = useWords();
  const { t } = words;
  const [managed, setManaged] = useState<number>();
  const { members, me, moderator } = state;
  const member = members.find(({ id }) => id === managed);
  if (members.length === 0) return <p className="lead">{t('room.empty')}</p>;
  return (
    <>
      <ul className="roster" aria-label={t('room.people')}>
        {members.map((one) => (
          <li key={one.callId} className="member" data-talking={one.talking}>
            <Avatar name={phone.people.nameOf(one.number) ?? one.name} number={one.number} talking={one.talking} />
            <span className="member-words">
              <strong>{phone.people.called(one)}</strong>
              <small>{[one === me ? t('room.you') : one.number, ...rolesOf(one, state, words)].filter((part) => part !== '').join(' · ')}</small>
            </span>
            <span className="signs">
              {signsOf(one, words).map(([icon, text]) => (
                <span key={icon} className="sign" role="img" aria-label={text} title={text}>
                  <Icon name={icon} />
                </span>
              ))}
              {one.talking ? <span className="unseen">{t('room.talking')}</span> : null}
            </span>
            {moderator ? <IconButton icon="more" name={t('room.manage', { name: phone.people.called(one) })} aria-haspopup="dialog" onClick={() => setManaged(one.id)} /> : null}
          </li>
        ))}
      </ul>
      {member === undefined ? null : <Manage name={phone.people.called(member)} room={room} state={state} member={member} onClose={() => setManaged(undefined)} />}
    </>
  );
}

function Manage({
  name,
  room,
  state,
  member,
  onClose,
}: {
  readonly name: string;
  readonly room: RoomModel;
  readonly state: RoomState;
  readonly member: Member;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const volume = state.volumes.get(member.id) ?? 0;
  return (
    <Sheet title={name} onClose={onClose}>
      <div className="manage">
        <button type="button" className="secondary" onClick={() => void room.setMuted(member, !member.muted)}>
          <Icon name={member.muted ? 'mic' : 'micOff'} />
          {t(member.muted ? 'room.unmuteMember' : 'room.muteMember')}
        </button>
        <button type="button" className="secondary" onClick={() => void room.setDeaf(member, !member.deaf)}>
          <Icon name={member.deaf ? 'ear' : 'earOff'} />
          {t(member.deaf ? 'room.undeafMember' : 'room.deafMember')}
        </button>
        <label className="field">
          <span>{t('room.volume', { name })}</span>
          <span className="slider">
            <input type="range" min={-4} max={4} step={1} value={volume} onChange={(event) => void room.setVolume(member, Number(event.target.value))} />
            <output>{volume > 0 ? `+${volume}` : volume}</output>
          </span>
        </label>
        {member === state.me ? null : (
          <button
            type="button"
            className="secondary danger"
            onClick={() => {
              onClose();
              void room.kick(member);
            }}
          >
            <Icon name="out" />
            {t('room.kick')}
          </button>
        )}
      </div>
    </Sheet>
  );
}

function rolesOf(member: Member, state: RoomState, { t }: Words): string[] {
  return member.moderator || (member === state.me && state.moderator) ? [t('room.moderator')] : [];
}

function signsOf(member: Member, { t }: Words): (readonly [IconName, string])[] {
  return [
    ...(member.floor ? [['star', t('room.floor')] as const] : []),
    ...(member.video !== undefined && !member.video.muted ? [['camera', t('room.shown')] as const] : []),
    ...(member.muted ? [['micOff', t('room.muted')] as const] : []),
    ...(member.deaf ? [['earOff', t('room.deaf')] as const] : []),
    ...(member.held ? [['hold', t('room.held')] as const] : []),
  ];
}

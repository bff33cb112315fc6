import type { Recording } from '@jverto/sdk';
import { type ReactNode, useEffect, useState } from 'react';
import type { RoomModel, RoomState } from '../model/RoomModel.ts';
import { duration } from '../words/format.ts';
import { Icon } from './Icon.tsx';
import { IconButton, Sheet, Trouble } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

/** What was recorded of the room: to be heard here, or kept. */
export function Recordings({ room, state, onClose }: { readonly room: RoomModel; readonly state: RoomState; readonly onClose: () => void }): ReactNode {
  const { t, say, language } = useWords();
  const { recordings, recording, trouble } = state;
  const [playing, setPlaying] = useState<{ readonly path: string; readonly address: string }>();
  const when = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', second: '2-digit' });

  useEffect(() => void room.askRecordings(), [room, recording]);

  const play = async (one: Recording): Promise<void> => {
    const address = await room.addressOf(one);
    if (address !== undefined) setPlaying({ path: one.path, address });
  };
  const keep = async (one: Recording): Promise<void> => {
    const address = await room.addressOf(one);
    if (address === undefined) return;
    const link = document.createElement('a');
    link.href = address;
    link.download = '';
    link.click();
  };
  return (
    <Sheet title={t('room.recordings')} onClose={onClose}>
      <Trouble>{trouble === undefined ? undefined : say(trouble)}</Trouble>
      {recordings?.length === 0 ? <p className="lead">{t('room.recordingsNone')}</p> : null}
      <ul className="recordings" aria-label={t('room.recordings')} aria-busy={recordings === undefined}>
        {(recordings ?? []).map((one) => {
          const begun = when.format(one.begunAt);
          const { milliseconds } = one;
          return (
            <li key={one.path} className="recording">
              <Icon name="record" />
              <span className="row-words">
                <strong>{begun}</strong>
                <small>{milliseconds === undefined ? t('room.recordingOn') : duration(Math.round(milliseconds / 1000))}</small>
              </span>
              {milliseconds === undefined ? null : (
                <>
                  <IconButton icon="play" name={t('room.recordingPlay', { time: begun })} onClick={() => void play(one)} />
                  <IconButton icon="save" name={t('room.recordingSave', { time: begun })} onClick={() => void keep(one)} />
                </>
              )}
              {playing?.path === one.path ? <audio src={playing.address} aria-label={begun} controls autoPlay /> : null}
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}

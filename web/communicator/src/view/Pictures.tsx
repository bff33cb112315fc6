import { type ReactNode, useEffect, useRef } from 'react';
import type { LiveCallState } from '../model/LiveCall.ts';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { Icon } from './Icon.tsx';
import { Avatar, IconButton, useFullScreen } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

/** What a camera or a screen shows. Its sound is played elsewhere. */
export function Picture({ stream, label, kind, mirrored = false }: {
  readonly stream: MediaStream;
  readonly label: string;
  readonly kind: 'theirs' | 'own' | 'preview' | 'cell';
  readonly mirrored?: boolean;
}): ReactNode {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    current.srcObject = stream;
    // The page may be going away at this moment.
    current.play().catch(() => undefined);
  }, [stream]);
  return <video ref={element} className={`picture ${kind}`} data-mirrored={mirrored} aria-label={label} muted autoPlay playsInline disablePictureInPicture={kind !== 'theirs'} />;
}

/** The other side large, oneself small. */
export function Pictures({ phone, state }: { readonly phone: Phone; readonly state: LiveCallState }): ReactNode {
  const { t } = useWords();
  const { mirror } = useStore(phone.settings);
  const [stage, toggleFull] = useFullScreen<HTMLDivElement>();
  const { picture, own, sharing, party, room } = state;
  const name = room === undefined ? phone.people.called(party) : t('room.name', { name: room.name });
  return (
    <div className="pictures" ref={stage} data-theirs={picture !== undefined} onDoubleClick={toggleFull}>
      {picture === undefined ? (
        <div className="no-picture">
          <Avatar name={room === undefined ? (phone.people.nameOf(party.number) ?? party.name) : ''} number={room === undefined ? party.number : room.name} />
        </div>
      ) : (
        <Picture stream={picture} label={t('call.picture', { who: name })} kind="theirs" />
      )}
      {/* Where the room puts pictures together one is among them already. */}
      {own === undefined || (room !== undefined && room.canvasCount > 0 && picture !== undefined && !sharing) ? null : <Picture stream={own} label={t('call.ownPicture')} kind="own" mirrored={mirror && !sharing} />}
      {sharing ? (
        <p className="sharing" role="status">
          <Icon name="screen" />
          {t('call.sharing')}
        </p>
      ) : null}
      {document.fullscreenEnabled ? <IconButton icon="expand" name={t('call.fullScreen')} onClick={toggleFull} /> : null}
    </div>
  );
}

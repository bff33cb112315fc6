import { type ReactNode, useEffect, useState } from 'react';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { useTick } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

/** How it is with the connection, while there is none. */
export function Banner({ phone }: { readonly phone: Phone }): ReactNode {
  const { t } = useWords();
  const { session, retryAt } = useStore(phone);
  const [offline, setOffline] = useState(!navigator.onLine);
  useTick(500, session.name === 'waiting');
  useEffect(() => {
    const look = (): void => setOffline(!navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  const seconds = Math.max(0, Math.ceil((retryAt - performance.now()) / 1000));
  const words =
    session.name === 'ready'
      ? undefined
      : offline
        ? t('banner.offline')
        : session.name === 'waiting'
          ? t(session.trouble === undefined ? 'banner.waiting' : 'trouble.mustWait', { seconds })
          : t('banner.connecting');
  if (words === undefined) return null;
  return (
    <div className="banner wait">
      {/* Read once, not at each second. */}
      <span className="unseen" role="status">
        {offline ? t('banner.offline') : t('banner.connecting')}
      </span>
      <p aria-hidden="true">{words}</p>
      {session.name === 'waiting' && !offline ? (
        <button type="button" className="quiet" onClick={() => phone.reconnect()}>
          {t('banner.retry')}
        </button>
      ) : null}
    </div>
  );
}

import { type ReactNode, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LiveCall } from '../model/LiveCall.ts';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { unreadOf } from '../model/Talks.ts';
import { updates } from '../worker.ts';
import { Banner } from './Banner.tsx';
import { DialPanel } from './DialPanel.tsx';
import { Guard } from './Guard.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { Icon, type IconName, Mark } from './Icon.tsx';
import { MessagesPanel } from './MessagesPanel.tsx';
import { Badge } from './parts.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { SignIn } from './SignIn.tsx';
import { Stage } from './Stage.tsx';
import { useWords } from './WordsProvider.tsx';

export type Panel = 'phone' | 'people' | 'messages' | 'history' | 'settings';

const PANELS: readonly (readonly [Panel, IconName])[] = [
  ['phone', 'keys'],
  ['people', 'people'],
  ['messages', 'messages'],
  ['history', 'history'],
  ['settings', 'settings'],
];

export function App({ phone }: { readonly phone: Phone }): ReactNode {
  const { stage } = useStore(phone);
  return <Guard>{stage === 'in' ? <Inside phone={phone} /> : <SignIn phone={phone} />}</Guard>;
}

function Inside({ phone }: { readonly phone: Phone }): ReactNode {
  const { t } = useWords();
  const { session, user, shown, awaited, announcement, calls } = useStore(phone);
  const { talks } = useStore(phone.talks);
  const { ready: updated } = useStore(updates);
  const [panel, setPanel] = useState<Panel>('phone');
  // On a phone's screen there is room for one of both.
  const [inFront, setInFront] = useState(false);
  const [alone, setAlone] = useState(false);
  const talking = shown !== undefined || awaited !== undefined;
  const unread = unreadOf(talks);

  const most = useRef(0);

  useEffect(() => setInFront(talking), [talking, shown]);
  const pictured = usePictured(shown);
  // A picture has all the place, until somebody wants something else beside it.
  useEffect(() => setAlone(pictured), [pictured]);
  // Whoever calls while another call goes on wants to be seen as well.
  useEffect(() => {
    if (calls.length > most.current) setInFront(true);
    most.current = calls.length;
  }, [calls.length]);
  useEffect(() => {
    const waiting = unread > 0 ? `(${unread}) ` : '';
    document.title = `${waiting}${shown === undefined ? '' : `${shown.who} · `}jverto`;
  }, [unread, shown]);

  const go = (to: Panel): void => {
    setAlone(pictured && !alone && to === panel);
    setPanel(to);
    setInFront(false);
    if (to !== 'messages') phone.talks.show(undefined);
  };
  const write = (number: string): void => {
    go('messages');
    phone.talks.show(number);
  };

  return (
    <div className="app" data-front={inFront ? 'stage' : 'panel'} data-talking={talking} data-alone={alone}>
      <a className="skip" href="#panel">
        {t('app.skip')}
      </a>
      <nav className="rail" aria-label={t('nav.label')}>
        <p className="brand">
          <Mark />
          <span>jverto</span>
        </p>
        <ul>
          {PANELS.map(([name, icon]) => {
            const count = name === 'messages' ? unread : 0;
            const label = t(`nav.${name}`);
            return (
              <li key={name}>
                <button
                  type="button"
                  aria-current={panel === name && !alone ? 'page' : undefined}
                  aria-label={count > 0 ? t('nav.unread', { name: label, count }) : label}
                  onClick={() => go(name)}
                >
                  <span className="rail-icon">
                    <Icon name={icon} />
                    <Badge count={count} />
                  </span>
                  <span>{label}</span>
                </button>
              </li>
            );
          })}
        </ul>
        <div className="account">
          <p className="presence" data-state={session.name} role="status">
            <span className="dot" aria-hidden="true" />
            <span>{session.name === 'ready' ? <><span className="unseen">{t('account.ready', { login: '' })}</span>{user}</> : t('account.connecting')}</span>
          </p>
          <button type="button" className="quiet" onClick={() => void phone.signOut()}>
            <Icon name="out" />
            <span>{t('account.signOut')}</span>
          </button>
        </div>
      </nav>
      <div className="middle">
        <Banner phone={phone} />
        {announcement === undefined ? null : (
          <div className="banner" role="status">
            <p>{t('banner.announcement', { message: announcement })}</p>
            <button type="button" className="quiet" onClick={() => phone.dismiss()}>
              {t('dialog.close')}
            </button>
          </div>
        )}
        {updated ? (
          <div className="banner" role="status">
            <p>{t('banner.update')}</p>
            <button type="button" className="quiet" onClick={() => window.location.reload()}>
              {t('banner.reload')}
            </button>
          </div>
        ) : null}
        {talking && !inFront ? (
          <button type="button" className="return" onClick={() => setInFront(true)}>
            <Icon name="phone" />
            <span>{t('banner.back')}</span>
          </button>
        ) : null}
        <main className="columns">
          <section className="panel" id="panel" tabIndex={-1} aria-label={t(`nav.${panel}`)}>
            {panel === 'phone' ? <DialPanel phone={phone} /> : null}
            {panel === 'people' ? <PeoplePanel phone={phone} onWrite={write} /> : null}
            {panel === 'messages' ? <MessagesPanel phone={phone} /> : null}
            {panel === 'history' ? <HistoryPanel phone={phone} /> : null}
            {panel === 'settings' ? <SettingsPanel phone={phone} /> : null}
          </section>
          <Stage phone={phone} onBack={() => setInFront(false)} onAddCall={() => go('phone')} />
        </main>
      </div>
    </div>
  );
}

/** Whether there is anything to be seen in a call that goes on. */
function usePictured(live: LiveCall | undefined): boolean {
  const subscribe = useCallback((run: () => void) => live?.subscribe(run) ?? (() => undefined), [live]);
  return useSyncExternalStore(subscribe, () => live !== undefined && live.get().state !== 'ringing' && (live.get().picture !== undefined || live.get().own !== undefined));
}

import type { ReactNode } from 'react';
import { isMissed, type PastCall } from '../model/History.ts';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { duration } from '../words/format.ts';
import type { Key } from '../words/words.ts';
import { Icon, type IconName } from './Icon.tsx';
import { IconButton } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

export function HistoryPanel({ phone }: { readonly phone: Phone }): ReactNode {
  const { t, say, language } = useWords();
  const { calls } = useStore(phone.history);
  const day = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short' });
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
  return (
    <div className="panel-body">
      <header className="panel-top">
        <h2>{t('history.title')}</h2>
        {calls.length === 0 ? null : <IconButton icon="remove" name={t('history.clear')} onClick={() => phone.history.clear()} />}
      </header>
      {calls.length === 0 ? <p className="lead">{t('history.none')}</p> : null}
      <ul className="rows">
        {calls.map((call) => {
          const name = phone.people.called(call);
          const missed = isMissed(call);
          const words = [t(kindOf(call, missed)), ...(missed ? [] : [call.seconds === undefined ? say(call.outcome) : duration(call.seconds)])].join(' · ');
          return (
            <li key={call.id}>
              <button type="button" className="row" data-missed={missed} aria-description={t('history.call', { name })} onClick={() => void phone.dial(call.number)}>
                <Icon name={iconOf(call)} />
                <span className="row-words">
                  <strong>{name}</strong>
                  <small title={words}>{words}</small>
                </span>
                <small className="row-time">
                  {day.format(call.at)}
                  <br />
                  {time.format(call.at)}
                </small>
              </button>
            </li>
          );
        })}
      </ul>
      {calls.length === 0 ? null : <p className="hint">{t('history.local')}</p>}
    </div>
  );
}

export const iconOf = (call: PastCall): IconName => (isMissed(call) ? 'missed' : call.incoming ? 'incoming' : 'outgoing');

function kindOf(call: PastCall, missed: boolean): Key {
  if (call.failed) return 'history.failed';
  return missed ? 'history.missed' : call.incoming ? 'history.incoming' : 'history.outgoing';
}

import type { ReactNode } from 'react';
import { isMissed } from '../model/History.ts';
import type { LiveCall } from '../model/LiveCall.ts';
import type { PassedCall } from '../model/memory.ts';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { duration } from '../words/format.ts';
import { stateOf } from '../words/phrases.ts';
import { CallScreen } from './CallScreen.tsx';
import { iconOf } from './HistoryPanel.tsx';
import { Icon } from './Icon.tsx';
import { Avatar, Trouble } from './parts.tsx';
import { Starters } from './Starters.tsx';
import { VoiceMessages } from './VoiceMessages.tsx';
import { useWords } from './WordsProvider.tsx';

interface Props {
  readonly phone: Phone;
  readonly onBack: () => void;
  readonly onAddCall: () => void;
}

const MOST_RECENT = 4;

/** The call that is shown, or what can be done without one. */
export function Stage({ phone, onBack, onAddCall }: Props): ReactNode {
  const { t } = useWords();
  const { shown, awaited, calls } = useStore(phone);
  return (
    <section className="stage" aria-label={t('call.label')} data-call={shown === undefined && awaited === undefined ? 'none' : undefined}>
      {calls.length > 1 ? <Calls phone={phone} /> : null}
      {shown !== undefined ? (
        <CallScreen key={shown.id} phone={phone} live={shown} onBack={onBack} onAddCall={onAddCall} />
      ) : awaited !== undefined ? (
        <Awaited phone={phone} passed={awaited} />
      ) : (
        <Idle phone={phone} />
      )}
    </section>
  );
}

/** All calls, where there are several: one is shown, each other a press away. */
function Calls({ phone }: { readonly phone: Phone }): ReactNode {
  const { t } = useWords();
  const { calls } = useStore(phone);
  return (
    <ul className="calls" aria-label={t('call.calls')}>
      {calls.map((live) => (
        <OneOfCalls key={live.id} phone={phone} live={live} />
      ))}
    </ul>
  );
}

function OneOfCalls({ phone, live }: { readonly phone: Phone; readonly live: LiveCall }): ReactNode {
  const { t, say } = useWords();
  const { state, held, party } = useStore(live);
  const { shown } = useStore(phone);
  const name = phone.people.called(party);
  const ringing = live.incoming && state === 'ringing';
  const words = held ? t('call.onHold') : say(stateOf(state, live.call.direction));
  return (
    <li className="one-call" data-shown={live === shown} data-ringing={ringing}>
      <button type="button" className="one-call-main" aria-description={t('call.switch', { who: name })} aria-current={live === shown} onClick={() => void phone.show(live)}>
        <Avatar name={phone.people.nameOf(party.number) ?? party.name} number={party.number} />
        <span className="one-call-words">
          <strong>{name}</strong>
          <small>{words}</small>
        </span>
      </button>
      {ringing && live !== shown ? (
        <span className="one-call-actions">
          <button type="button" className="pill accept" onClick={() => void phone.answer(live)}>
            {t('call.answerHold')}
          </button>
          <button type="button" className="pill end" onClick={() => void live.hangUp()}>
            {t('call.decline')}
          </button>
        </span>
      ) : null}
    </li>
  );
}

/** A call of the page before this one, while it comes back. */
function Awaited({ phone, passed }: { readonly phone: Phone; readonly passed: PassedCall }): ReactNode {
  const { t } = useWords();
  const { party } = passed;
  return (
    <div className="talk" data-call="waiting">
      <div className="who">
        <Avatar name={phone.people.nameOf(party.number) ?? party.name} number={party.number} />
        <h1>{phone.people.called(party)}</h1>
        <p className="talk-state" role="status">
          {t('call.reconnecting')}
        </p>
      </div>
    </div>
  );
}

function Idle({ phone }: { readonly phone: Phone }): ReactNode {
  const { t, say } = useWords();
  const { user, outcome, failure } = useStore(phone);
  const { calls } = useStore(phone.history);
  return (
    <div className="idle">
      <Trouble>{failure === undefined ? undefined : say(failure)}</Trouble>
      <div role="status">
        <h1>{outcome === undefined ? t('idle.ready') : say(outcome)}</h1>
      </div>
      <p className="lead">{t('idle.reach', { login: user })}</p>
      <VoiceMessages phone={phone} />
      <h2>{t('idle.start')}</h2>
      <Starters phone={phone} />
      {calls.length === 0 ? null : (
        <>
          <h2>{t('idle.recent')}</h2>
          <ul className="rows">
            {calls.slice(0, MOST_RECENT).map((call) => (
              <li key={call.id}>
                <button type="button" className="row" data-missed={isMissed(call)} onClick={() => void phone.dial(call.number)}>
                  <Icon name={iconOf(call)} />
                  <span className="row-words">
                    <strong>{phone.people.called(call)}</strong>
                    <small>{call.seconds !== undefined ? duration(call.seconds) : call.failed ? t('history.failed') : say(call.outcome)}</small>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { Icon } from './Icon.tsx';
import { Pad } from './Pad.tsx';
import { IconButton, Trouble } from './parts.tsx';
import { Starters } from './Starters.tsx';
import { VoiceMessages } from './VoiceMessages.tsx';
import { useWords } from './WordsProvider.tsx';

const LONGEST = 64;

export function DialPanel({ phone }: { readonly phone: Phone }): ReactNode {
  const { t, say } = useWords();
  const { people } = useStore(phone.people);
  const { shown, outcome, failure, user } = useStore(phone);
  const [number, setNumber] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const idle = shown === undefined;

  // Not on touch screens, where it would bring up a keyboard over our own keys.
  const focus = (): void => {
    if (window.matchMedia('(pointer: fine)').matches) field.current?.focus();
  };
  useEffect(() => {
    if (idle) focus();
  }, [idle]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    call(false);
  };

  const call = (video: boolean): void => {
    const wanted = number.trim();
    if (wanted === '') return;
    setNumber('');
    void phone.dial(wanted, { video });
  };

  return (
    <form className="dial" onSubmit={submit}>
      <div className="dial-top">
        <Trouble>{failure === undefined ? undefined : say(failure)}</Trouble>
        <div role="status">
          <h1>{outcome === undefined ? t('idle.ready') : say(outcome)}</h1>
          <p className="lead">{t('idle.reach', { login: user })}</p>
        </div>
        <VoiceMessages phone={phone} />
        <Starters phone={phone} />
      </div>
      <h2 className="unseen">{t('phone.title')}</h2>
      <div className="number">
        <input
          ref={field}
          type="text"
          inputMode="tel"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          list="known-people"
          aria-label={t('phone.number')}
          placeholder={t('phone.placeholder')}
          maxLength={LONGEST}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        {number === '' ? null : (
          <IconButton
            icon="erase"
            name={t('phone.erase')}
            onClick={() => {
              setNumber(number.slice(0, -1));
              focus();
            }}
          />
        )}
      </div>
      <datalist id="known-people">
        {people.map((person) => (
          <option key={person.number} value={person.number}>
            {person.name}
          </option>
        ))}
      </datalist>
      <Pad onPress={(digit) => setNumber((before) => (before + digit).slice(0, LONGEST))} />
      <div className="call-buttons">
        <button className="primary wide call" type="submit" disabled={number.trim() === ''}>
          <Icon name="phone" />
          {t('phone.call')}
        </button>
        <button className="secondary call" type="button" aria-label={t('phone.video')} title={t('phone.video')} disabled={number.trim() === ''} onClick={() => call(true)}>
          <Icon name="camera" />
        </button>
      </div>
    </form>
  );
}

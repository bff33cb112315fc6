import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { Chat } from './Chat.tsx';
import { Avatar, Badge, IconButton, Trouble } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

export function MessagesPanel({ phone }: { readonly phone: Phone }): ReactNode {
  const { t, say } = useWords();
  const { talks, open, trouble } = useStore(phone.talks);
  const { people } = useStore(phone.people);
  const name = (number: string): string => people.find((person) => person.number === number)?.name ?? number;

  useEffect(() => () => phone.talks.show(undefined), [phone]);

  if (open !== undefined) {
    const talk = talks.find((one) => one.with === open);
    return (
      <div className="panel-body filled">
        <header className="panel-top">
          <IconButton icon="back" name={t('messages.back')} onClick={() => phone.talks.show(undefined)} />
          <h2>
            <span className="unseen">{t('messages.title')}: </span>
            {name(open)}
          </h2>
          <IconButton icon="phone" name={t('people.call', { name: name(open) })} onClick={() => void phone.dial(open)} />
        </header>
        <Trouble>{trouble === undefined ? undefined : say(trouble)}</Trouble>
        <Chat
          messages={talk?.messages ?? []}
          placeholder={t('messages.placeholder', { name: name(open) })}
          empty={t('messages.empty')}
          onSend={(text) => phone.talks.send(open, text)}
        />
      </div>
    );
  }
  return (
    <div className="panel-body">
      <header className="panel-top">
        <h2>{t('messages.title')}</h2>
      </header>
      <NewTalk onOpen={(number) => phone.talks.show(number)} />
      {talks.length === 0 ? <p className="lead">{t('messages.none')}</p> : null}
      <ul className="rows">
        {talks.map((talk) => (
          <li key={talk.with}>
            <button
              type="button"
              className="row"
              aria-description={talk.unread > 0 ? t('nav.unread', { name: name(talk.with), count: talk.unread }) : undefined}
              onClick={() => phone.talks.show(talk.with)}
            >
              <Avatar name={name(talk.with) === talk.with ? '' : name(talk.with)} number={talk.with} />
              <span className="row-words">
                <strong>{name(talk.with)}</strong>
                <small>{talk.messages.at(-1)?.text.slice(0, 120)}</small>
              </span>
              <Badge count={talk.unread} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function NewTalk({ onOpen }: { readonly onOpen: (number: string) => void }): ReactNode {
  const { t } = useWords();
  const [number, setNumber] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (number.trim() !== '') onOpen(number.trim());
  };
  return (
    <form className="inline" aria-label={t('messages.new')} onSubmit={submit}>
      <input
        aria-label={t('messages.to')}
        placeholder={t('messages.to')}
        inputMode="tel"
        autoComplete="off"
        maxLength={64}
        value={number}
        onChange={(event) => setNumber(event.target.value)}
      />
      <button type="submit" className="secondary" disabled={number.trim() === ''}>
        {t('messages.open')}
      </button>
    </form>
  );
}

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { LONGEST, type Said, tooLong } from '../model/Talks.ts';
import type { Phrase } from '../words/words.ts';
import { IconButton, Trouble } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

interface Props {
  readonly messages: readonly Said[];
  /** Whether several talk, so that each message says whose it is. */
  readonly named?: boolean;
  readonly placeholder: string;
  readonly empty: string;
  /** Whether it went out; otherwise the words stay where they are. */
  readonly onSend: (text: string) => Promise<boolean>;
}

/** Messages, the newest at the bottom, and a line to write. Everything is shown as text, whatever it looks like. */
export function Chat({ messages, named = false, placeholder, empty, onSend }: Props): ReactNode {
  const { t, say, language } = useWords();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<Phrase>();
  const end = useRef<HTMLDivElement>(null);
  const last = messages.at(-1)?.id;
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });

  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [last]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onSend(text).then((sent) => {
      if (sent) setText('');
    });
  };
  return (
    <div className="chat">
      {messages.length === 0 ? <p className="lead">{empty}</p> : null}
      <div className="said" role="log" aria-label={t('room.chat')} tabIndex={0}>
        <ol>
          {messages.map((message) => (
            <li key={message.id} data-mine={message.mine}>
              {named && !message.mine ? <strong>{message.name}</strong> : null}
              <p dir="auto">{message.text}</p>
              {message.length > message.text.length ? <small>{t('chat.cut', { count: message.length })}</small> : null}
              <time dateTime={new Date(message.at).toISOString()}>{time.format(message.at)}</time>
            </li>
          ))}
        </ol>
        <div ref={end} />
      </div>
      <Trouble>{refused === undefined ? undefined : say(refused)}</Trouble>
      <form className="compose" onSubmit={submit}>
        <textarea
          rows={1}
          dir="auto"
          // Of what is too long the browser takes one character too many and no more: it would need seconds to lay out a megabyte.
          maxLength={LONGEST + 1}
          aria-label={t('chat.message')}
          placeholder={placeholder}
          value={text}
          onChange={(event) => {
            const long = tooLong(event.target.value);
            setRefused(long);
            if (long === undefined) setText(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
          }}
        />
        <IconButton icon="send" name={t('chat.send')} type="submit" disabled={text.trim() === ''} />
      </form>
    </div>
  );
}

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { recall } from '../model/memory.ts';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { type Phrase, phrase } from '../words/words.ts';
import { Mark } from './Icon.tsx';
import { Trouble } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

export function SignIn({ phone }: { readonly phone: Phone }): ReactNode {
  const { t, say } = useWords();
  const { stage, signInTrouble } = useStore(phone);
  const [missing, setMissing] = useState<Phrase>();
  const form = useRef<HTMLFormElement>(null);
  const user = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const url = useRef<HTMLInputElement>(null);
  const [before] = useState(recall);
  const busy = stage === 'going-in';

  useEffect(() => {
    if (busy) return;
    const first = user.current?.value === '' ? user : password;
    first.current?.focus();
  }, [busy]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const login = user.current?.value.trim() ?? '';
    const secret = password.current?.value ?? '';
    const server = url.current?.value.trim() ?? '';
    const ask = (field: HTMLInputElement | null, words: Phrase): void => {
      setMissing(words);
      field?.focus();
    };
    if (login === '') return ask(user.current, phrase('signIn.numberMissing'));
    if (secret === '') return ask(password.current, phrase('signIn.passwordMissing'));
    if (server !== '' && !/^wss?:\/\/[^\s/]+/.test(server)) return ask(url.current, phrase('signIn.badUrl'));
    setMissing(undefined);
    void phone.signIn({ login, password: secret, url: server === '' ? phone.config.websocket : server });
  };

  // While it is busy there is one only where the server makes it wait.
  const trouble = missing ?? signInTrouble;
  return (
    <main className="sign-in">
      <form ref={form} className="card" noValidate onSubmit={submit}>
        <p className="brand">
          <Mark />
          jverto
        </p>
        <div>
          <h1>{t('signIn.title')}</h1>
          <p className="lead">{t('signIn.lead')}</p>
        </div>
        <label className="field">
          <span>{t('signIn.number')}</span>
          <input ref={user} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} defaultValue={before.login} placeholder="1000" />
        </label>
        <label className="field">
          <span>{t('signIn.password')}</span>
          <input ref={password} name="password" type="password" autoComplete="current-password" />
        </label>
        <details className="more">
          <summary>{t('signIn.options')}</summary>
          <label className="field">
            <span>{t('signIn.server')}</span>
            <input
              ref={url}
              name="url"
              type="url"
              inputMode="url"
              autoCapitalize="none"
              spellCheck={false}
              defaultValue={before.url}
              placeholder={phone.config.websocket}
            />
          </label>
          <label className="check">
            <input type="checkbox" defaultChecked={phone.settings.studio} onChange={(event) => phone.settings.setStudio(event.target.checked)} />
            <span>
              {t('signIn.studio')}
              <small>{t('signIn.studioHelp')}</small>
            </span>
          </label>
        </details>
        <Trouble>{trouble === undefined ? undefined : say(trouble)}</Trouble>
        <button className="primary wide" type="submit" disabled={busy}>
          {t(busy ? 'signIn.busy' : 'signIn.submit')}
        </button>
        {phone.config.trust === undefined ? undefined : (
          <p className="lead">
            <a href={phone.config.trust}>{t('signIn.trust')}</a>
          </p>
        )}
      </form>
    </main>
  );
}

import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import type { Person } from '../model/People.ts';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { Icon } from './Icon.tsx';
import { Avatar, IconButton, Sheet, Trouble } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

/** From so many on a list is searched and not read. */
const MANY = 8;

export function PeoplePanel({ phone, onWrite }: { readonly phone: Phone; readonly onWrite: (number: string) => void }): ReactNode {
  const { t } = useWords();
  const { people, busy, told } = useStore(phone.people);
  const [wanted, setWanted] = useState('');
  const [edited, setEdited] = useState<Person | 'new'>();
  const words = wanted.trim().toLowerCase();
  const found = people.filter(({ name, number }) => name.toLowerCase().includes(words) || number.includes(words));
  return (
    <div className="panel-body">
      <header className="panel-top">
        <h2>{t('people.title')}</h2>
        <IconButton icon="add" name={t('people.add')} onClick={() => setEdited('new')} />
      </header>
      {people.length < MANY ? null : (
        <label className="search">
          <Icon name="search" />
          <span className="unseen">{t('people.search')}</span>
          <input type="search" placeholder={t('people.search')} value={wanted} onChange={(event) => setWanted(event.target.value)} />
        </label>
      )}
      {people.length === 0 ? <p className="lead">{t('people.none')}</p> : found.length === 0 ? <p className="lead">{t('people.noMatch')}</p> : null}
      {told ? null : <p className="hint">{t('presence.unknown')}</p>}
      <ul className="rows">
        {found.map((person) => {
          const presence = busy.get(person.number) ?? 'idle';
          return (
            <li key={person.number} className="row-with-actions">
              <button type="button" className="row" aria-description={t('people.call', { name: person.name })} onClick={() => void phone.dial(person.number)}>
                <Avatar name={person.name} number={person.number} />
                <span className="row-words">
                  <strong>{person.name}</strong>
                  <small className="state" data-presence={told ? presence : undefined}>
                    {told ? `${person.number} · ${t(`presence.${presence}`)}` : person.number}
                  </small>
                </span>
              </button>
              <IconButton icon="messages" name={t('people.message', { name: person.name })} onClick={() => onWrite(person.number)} />
              <IconButton icon="edit" name={t('people.edit', { name: person.name })} onClick={() => setEdited(person)} />
            </li>
          );
        })}
      </ul>
      {edited === undefined ? null : <Edit phone={phone} person={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}

function Edit({ phone, person, onClose }: { readonly phone: Phone; readonly person: Person | undefined; readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const name = useRef<HTMLInputElement>(null);
  const number = useRef<HTMLInputElement>(null);
  const [incomplete, setIncomplete] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const next = { name: name.current?.value.trim() ?? '', number: number.current?.value.trim() ?? '' };
    if (next.name === '' || next.number === '') {
      setIncomplete(true);
      return;
    }
    phone.people.put(next, person);
    onClose();
  };
  return (
    <Sheet title={person === undefined ? t('people.add') : t('people.edit', { name: person.name })} onClose={onClose}>
      <form className="form" noValidate onSubmit={submit}>
        <label className="field">
          <span>{t('people.name')}</span>
          <input ref={name} autoComplete="off" maxLength={100} defaultValue={person?.name} autoFocus />
        </label>
        <label className="field">
          <span>{t('people.number')}</span>
          <input ref={number} autoComplete="off" inputMode="tel" maxLength={64} defaultValue={person?.number} />
        </label>
        <Trouble>{incomplete ? t('people.incomplete') : undefined}</Trouble>
        <div className="pair">
          <button type="submit" className="primary">
            {t('people.save')}
          </button>
          {person === undefined ? (
            <button type="button" className="secondary" onClick={onClose}>
              {t('people.cancel')}
            </button>
          ) : (
            <button
              type="button"
              className="secondary danger"
              aria-label={t('people.remove', { name: person.name })}
              onClick={() => {
                phone.people.remove(person);
                onClose();
              }}
            >
              <Icon name="remove" />
              {t('people.remove', { name: person.name })}
            </button>
          )}
        </div>
      </form>
    </Sheet>
  );
}

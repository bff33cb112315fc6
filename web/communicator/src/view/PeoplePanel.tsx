import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { PresenceState } from '@jverto/sdk';
import type { Person } from '../model/People.ts';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { Icon } from './Icon.tsx';
import { Avatar, IconButton, Sheet, Trouble } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

type PersonState = 'away' | 'idle' | PresenceState;

/** From so many on a list is searched and not read. */
const MANY = 8;

export function PeoplePanel({ phone, onWrite }: { readonly phone: Phone; readonly onWrite: (number: string) => void }): ReactNode {
  const { t } = useWords();
  const { people, busy, told, directory } = useStore(phone.people);
  const [wanted, setWanted] = useState('');
  const [edited, setEdited] = useState<Person | 'new'>();
  const words = wanted.trim().toLowerCase();
  const fits = ({ name, number }: Person): boolean => name.toLowerCase().includes(words) || number.includes(words);
  const found = people.filter(fits);
  const others = directory.filter((contact) => fits(contact) && !people.some(({ number }) => number === contact.number));
  useEffect(() => void phone.people.refresh(), [phone]);

  const stateOf = (number: string): PersonState => {
    const away = directory.find((contact) => contact.number === number)?.online === false;
    return busy.get(number) ?? (away ? 'away' : 'idle');
  };
  return (
    <div className="panel-body">
      <header className="panel-top">
        <h2>{t('people.title')}</h2>
        <IconButton icon="add" name={t('people.add')} onClick={() => setEdited('new')} />
      </header>
      {people.length + directory.length < MANY ? null : (
        <label className="search">
          <Icon name="search" />
          <span className="unseen">{t('people.search')}</span>
          <input type="search" placeholder={t('people.search')} value={wanted} onChange={(event) => setWanted(event.target.value)} />
        </label>
      )}
      {words !== '' && found.length + others.length === 0 ? <p className="lead">{t('people.noMatch')}</p> : null}
      {words === '' && people.length === 0 ? <p className="lead">{t('people.none')}</p> : null}
      {told ? null : <p className="hint">{t('presence.unknown')}</p>}
      {others.length > 0 && found.length > 0 ? <h3>{t('people.own')}</h3> : null}
      <ul className="rows" aria-label={t('people.own')}>
        {found.map((person) => (
          <Row key={person.number} phone={phone} person={person} presence={stateOf(person.number)} told={told} onWrite={onWrite}>
            <IconButton icon="edit" name={t('people.edit', { name: person.name })} onClick={() => setEdited(person)} />
          </Row>
        ))}
      </ul>
      {others.length === 0 ? null : (
        <>
          <h3>{t('people.directory')}</h3>
          <ul className="rows" aria-label={t('people.directory')}>
            {others.map((person) => (
              <Row key={person.number} phone={phone} person={person} presence={stateOf(person.number)} told={told} onWrite={onWrite} />
            ))}
          </ul>
        </>
      )}
      {edited === undefined ? null : <Edit phone={phone} person={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}

interface RowProps {
  readonly phone: Phone;
  readonly person: Person;
  readonly presence: PersonState;
  /** Whether the server tells who is in a call. */
  readonly told: boolean;
  readonly onWrite: (number: string) => void;
  readonly children?: ReactNode;
}

function Row({ phone, person, presence, told, onWrite, children }: RowProps): ReactNode {
  const { t } = useWords();
  const name = person.name === '' ? person.number : person.name;
  const known = told || presence === 'away';
  const parts = [...(person.name === '' ? [] : [person.number]), ...(known ? [t(`presence.${presence}`)] : [])];
  return (
    <li className="row-with-actions">
      <button type="button" className="row" aria-description={t('people.call', { name })} onClick={() => void phone.dial(person.number)}>
        <Avatar name={person.name} number={person.number} />
        <span className="row-words">
          <strong>{name}</strong>
          <small className="state" data-presence={known ? presence : undefined}>
            {parts.join(' · ')}
          </small>
        </span>
      </button>
      <IconButton icon="messages" name={t('people.message', { name })} onClick={() => onWrite(person.number)} />
      {children}
    </li>
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

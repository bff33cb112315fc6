import type { ReactNode } from 'react';
import type { Phone } from '../model/Phone.ts';
import type { Key } from '../words/words.ts';
import { useWords } from './WordsProvider.tsx';

/** Numbers of the default dialplan that need nobody else. */
const SUGGESTIONS: readonly (readonly [number: string, key: Key])[] = [
  ['9196', 'idle.echo'],
  ['9664', 'idle.music'],
  ['3000', 'idle.room'],
];

/** What can be tried without anybody else. */
export function Starters({ phone }: { readonly phone: Phone }): ReactNode {
  const { t } = useWords();
  return (
    <ul className="tiles">
      {SUGGESTIONS.map(([number, key]) => (
        <li key={number}>
          <button type="button" className="tile" onClick={() => void phone.dial(number)}>
            <strong>{number}</strong>
            <span>{t(key)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

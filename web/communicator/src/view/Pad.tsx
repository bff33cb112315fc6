import type { ReactNode } from 'react';
import { useWords } from './WordsProvider.tsx';

const KEYS: readonly (readonly [digit: string, letters: string])[] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
];

/** The twelve keys of a telephone. */
export function Pad({ onPress }: { readonly onPress: (digit: string) => void }): ReactNode {
  const { t } = useWords();
  return (
    <div className="pad">
      {KEYS.map(([digit, letters]) => (
        <button
          key={digit}
          type="button"
          className="key"
          aria-label={digit === '*' ? t('phone.star') : digit === '#' ? t('phone.hash') : digit}
          onClick={() => onPress(digit)}
        >
          <span className="digit">{digit}</span>
          <span className="letters" data-letters={letters} aria-hidden="true" />
        </button>
      ))}
    </div>
  );
}

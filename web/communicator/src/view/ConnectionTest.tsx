import type { Speed } from '@jverto/sdk';
import { type ReactNode, useState } from 'react';
import type { Phone } from '../model/Phone.ts';
import { explainError } from '../words/phrases.ts';
import type { Key, Phrase } from '../words/words.ts';
import { Trouble } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

/** kbit/s in each direction: Opus in stereo with what goes around it, twice; and one call in mono. */
const AMPLE = 300;
const ENOUGH = 80;

/** Measures how much gets through to the server and back. */
export function ConnectionTest({ phone }: { readonly phone: Phone }): ReactNode {
  const { t, say, language } = useWords();
  const [speed, setSpeed] = useState<Speed>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Phrase>();
  const number = new Intl.NumberFormat(language);

  const run = async (): Promise<void> => {
    const { login } = phone;
    if (login === undefined) return;
    setBusy(true);
    setTrouble(undefined);
    setSpeed(undefined);
    try {
      setSpeed(await login.speedTest());
    } catch (error) {
      setTrouble(explainError(error));
    }
    setBusy(false);
  };
  return (
    <section className="group" aria-label={t('settings.test')}>
      <h3>{t('settings.test')}</h3>
      <p className="hint">{t('settings.testHelp')}</p>
      <button type="button" className="secondary" disabled={busy} onClick={() => void run()}>
        {t(busy ? 'settings.testBusy' : 'settings.testRun')}
      </button>
      <div role="status">
        {speed === undefined ? null : (
          <>
            <p className="figures">
              <span>{t('settings.testDown', { value: number.format(speed.down) })}</span>
              <span>{t('settings.testUp', { value: number.format(speed.up) })}</span>
            </p>
            <p>{t(verdict(speed))}</p>
          </>
        )}
      </div>
      <Trouble>{trouble === undefined ? undefined : t('settings.testFailed', { reason: say(trouble) })}</Trouble>
    </section>
  );
}

export function verdict({ up, down }: Speed): Key {
  const least = Math.min(up, down);
  return least >= AMPLE ? 'settings.testEnough' : least >= ENOUGH ? 'settings.testTight' : 'settings.testPoor';
}

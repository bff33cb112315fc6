import type { ReactNode } from 'react';
import type { Phone } from '../model/Phone.ts';
import { useStore } from '../model/Store.ts';
import { useWords } from './WordsProvider.tsx';

/** One's own mailbox in the default dialplan. */
const MAILBOX = '4000';

/** That there are new ones, and the way to them. */
export function VoiceMessages({ phone }: { readonly phone: Phone }): ReactNode {
  const { t } = useWords();
  const { voiceMessages = 0 } = useStore(phone);
  if (voiceMessages === 0) return null;
  return (
    <p className="consult">
      <span>{t('idle.voicemail', { count: voiceMessages })}</span>
      <button type="button" className="primary" onClick={() => void phone.dial(MAILBOX)}>
        {t('idle.listen')}
      </button>
    </p>
  );
}

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Settings } from '../model/Settings.ts';
import { useStore } from '../model/Store.ts';
import { bestOf, type Dictionary, directionOf, ENGLISH, fill, type Key, load, type Phrase, type Values } from '../words/words.ts';

export interface Words {
  /** The tag of the language, for dates and numbers. */
  readonly language: string;
  readonly t: (key: Key, values?: Values) => string;
  readonly say: (phrase: Phrase) => string;
}

const Context = createContext<Words>(wordsOf('en', ENGLISH));

export const useWords = (): Words => useContext(Context);

function wordsOf(language: string, dictionary: Dictionary): Words {
  const t = (key: Key, values?: Values): string => fill(dictionary[key] ?? ENGLISH[key], values);
  return { language, t, say: ({ key, values }) => t(key, values) };
}

interface Props {
  readonly settings: Settings;
  readonly onWords: (words: Dictionary) => void;
  readonly children: ReactNode;
}

/** Gives everything below it the chosen language, and the document its colours. */
export function WordsProvider({ settings, onWords, children }: Props): ReactNode {
  const { language: chosen, theme } = useStore(settings);
  const language = chosen === '' ? bestOf(navigator.languages) : chosen;
  const [dictionary, setDictionary] = useState<readonly [string, Dictionary]>(['en', ENGLISH]);

  useEffect(() => {
    let wanted = true;
    void load(language)
      .catch(() => ENGLISH)
      .then((words) => {
        if (!wanted) return;
        document.documentElement.lang = language;
        document.documentElement.dir = directionOf(language);
        onWords(words);
        setDictionary([language, words]);
      });
    return () => {
      wanted = false;
    };
  }, [language, onWords]);

  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);

  const words = useMemo(() => wordsOf(...dictionary), [dictionary]);
  return <Context value={words}>{children}</Context>;
}

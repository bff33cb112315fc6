import en from './languages/en.json';

export type Key = keyof typeof en;
export type Dictionary = Readonly<Record<Key, string>>;
export type Values = Readonly<Record<string, string | number>>;

/** Something to be said, in whatever language is chosen when it is shown. */
export interface Phrase {
  readonly key: Key;
  readonly values?: Values;
}

export const phrase = (key: Key, values?: Values): Phrase => (values === undefined ? { key } : { key, values });

export const ENGLISH: Dictionary = en;

/** By their tags, as each calls itself. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'English',
  ar: 'العربية',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  it: 'Italiano',
  ja: '日本語',
  nl: 'Nederlands',
  pl: 'Polski',
  pt: 'Português',
  sv: 'Svenska',
  tr: 'Türkçe',
  uk: 'Українська',
  zh: '中文',
};

/** Those that are written from right to left. */
const FROM_RIGHT: readonly string[] = ['ar'];

export const directionOf = (language: string): 'rtl' | 'ltr' => (FROM_RIGHT.includes(language) ? 'rtl' : 'ltr');

const files = import.meta.glob<{ default: Dictionary }>(['./languages/*.json', '!./languages/en.json']);

/** The words of one language; each is a file of its own that is fetched when it is chosen. */
export async function load(language: string): Promise<Dictionary> {
  if (language === 'en') return ENGLISH;
  const file = files[`./languages/${language}.json`];
  return file === undefined ? ENGLISH : (await file()).default;
}

/** The first of what the browser wants that is there. */
export function bestOf(wanted: readonly string[]): string {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0] ?? '';
    if (Object.hasOwn(LANGUAGES, language)) return language;
  }
  return 'en';
}

/** Puts values into their places: `{name}`. */
export function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : String(value);
  });
}

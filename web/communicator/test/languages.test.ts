import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bestOf, type Dictionary, directionOf, ENGLISH, fill, LANGUAGES, load } from '../src/words/words.ts';

const folder = new URL('../src/words/languages/', import.meta.url);
const files = readdirSync(folder);
const read = (file: string): Record<string, string> => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, string>;
const placesOf = (text: string | undefined): string[] => (text?.match(/\{\w+\}/g) ?? []).sort();

it('there are twelve languages and more, each a file with a name of its own', () => {
  expect(files.map((file) => file.replace('.json', '')).sort()).toEqual(Object.keys(LANGUAGES).sort());
  expect(files.length).toBeGreaterThanOrEqual(12);
  expect(new Set(Object.values(LANGUAGES)).size).toBe(files.length);
});

describe.each(files)('%s', (file) => {
  const words = read(file);

  it('says everything that English says, and nothing else', () => {
    expect(Object.keys(words)).toEqual(Object.keys(ENGLISH));
    expect(Object.entries(words).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('has every value in its place', () => {
    const wrong = Object.entries(ENGLISH).filter(([key, text]) => placesOf(words[key]).join() !== placesOf(text).join());
    expect(wrong).toEqual([]);
  });

  it('is a language of its own', () => {
    const same = Object.entries(ENGLISH).filter(([key, text]) => words[key] === text);
    if (file !== 'en.json') expect(same.length).toBeLessThan(25);
  });
});

it('writes those from right to left that are', () => {
  expect(Object.keys(LANGUAGES).filter((language) => directionOf(language) === 'rtl')).toEqual(['ar']);
});

it('chooses the first language that the browser wants and that is there', () => {
  expect(bestOf(['fr-CA', 'en'])).toBe('fr');
  expect(bestOf(['tlh', 'pt-BR'])).toBe('pt');
  expect(bestOf(['tlh'])).toBe('en');
  expect(bestOf(['constructor'])).toBe('en');
});

it('fetches a language when it is chosen', async () => {
  const german: Dictionary = await load('de');
  expect(german['signIn.title']).toBe('Anmelden');
  expect(await load('tlh')).toBe(ENGLISH);
});

it('puts values into their places as they are, whatever is in them', () => {
  expect(fill('{who} calls {number}', { who: '{number} $1', number: 7 })).toBe('{number} $1 calls 7');
  expect(fill('{missing}', {})).toBe('{missing}');
});

it('says nothing that the page never says', () => {
  const source = new URL('../src/', import.meta.url);
  const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(new URL(file, source), 'utf8'))
    .join('\n');
  // Of these the last part is put together: a panel, a state, a grade.
  const composed = [/^nav\.\w+$/, /^presence\.\w+$/, /^quality\.(good|fair|poor)$/];
  const unused = Object.keys(ENGLISH).filter((key) => !code.includes(`'${key}'`) && !composed.some((pattern) => pattern.test(key)));
  expect(unused).toEqual([]);
});

import type { ChatMessage, Session } from '@jverto/sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { History, isMissed, type PastCall } from '../src/model/History.ts';
import { People } from '../src/model/People.ts';
import { Settings } from '../src/model/Settings.ts';
import { Store } from '../src/model/Store.ts';
import { LONGEST, SHOWN, Talks, tooLong, unreadOf } from '../src/model/Talks.ts';

class Shelf {
  readonly items = new Map<string, string>();
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.items.set(key, value);
  removeItem = (key: string): void => void this.items.delete(key);
}

let shelf: Shelf;

beforeEach(() => {
  shelf = new Shelf();
  vi.stubGlobal('localStorage', shelf);
  vi.stubGlobal('document', { hidden: false });
});
afterEach(() => vi.unstubAllGlobals());

describe('a store', () => {
  class Count extends Store<{ readonly count: number }> {
    to(count: number): void {
      this.set({ count });
    }
  }

  it('tells of changes alone, until nobody listens', () => {
    const store = new Count({ count: 0 });
    const heard: number[] = [];
    const end = store.subscribe(() => heard.push(store.get().count));

    store.to(0);
    store.to(1);
    store.to(1);
    end();
    store.to(2);

    expect(heard).toEqual([1]);
  });
});

describe('the history', () => {
  const call = (id: string, more: Partial<PastCall> = {}): PastCall => ({
    id, number: '1001', name: '', incoming: true, at: 0, seconds: undefined, outcome: { key: 'end.missed' }, failed: false, ...more,
  });

  it('is one for each user, the newest first, and bounded', () => {
    const history = new History();
    history.open('1000');
    for (let at = 0; at < 250; at++) history.add(call(String(at), { at: at * 60_000 }));
    history.open('1001');
    expect(history.get().calls).toEqual([]);

    history.open('1000');

    expect(history.get().calls).toHaveLength(200);
    expect(history.get().calls[0]?.id).toBe('249');
  });

  it('calls those missed that came and were not answered', () => {
    expect(isMissed(call('1'))).toBe(true);
    expect(isMissed(call('1', { incoming: false }))).toBe(false);
    expect(isMissed(call('1', { seconds: 3 }))).toBe(false);
    expect(isMissed(call('1', { outcome: { key: 'end.youDeclined' } }))).toBe(false);
  });

  it('has a call once that rang in several tabs, as it went on where it was answered', () => {
    const [one, other] = [new History(), new History()];
    one.open('1000');
    other.open('1000');

    one.add(call('ours', { at: 5_000, outcome: { key: 'end.elsewhere' } }));
    other.add(call('theirs', { at: 5_100, seconds: 7, outcome: { key: 'end.youHungUp' } }));
    one.add(call('ours again', { at: 90_000 }));
    other.add(call('theirs again', { at: 90_200 }));

    other.open('1000');
    expect(other.get().calls.map(({ id }) => id)).toEqual(['ours again', 'theirs']);
  });

  it('survives a browser whose storage has nonsense in it', () => {
    shelf.setItem('jverto.history.1000', '{"not json');
    const history = new History();

    history.open('1000');

    expect(history.get().calls).toEqual([]);
  });
});

describe('messages', () => {
  const session = (): { readonly session: Session; readonly hear: (message: Partial<ChatMessage>) => void; readonly sent: unknown[] } => {
    let listener: (message: ChatMessage) => void = () => undefined;
    const sent: unknown[] = [];
    const fake = {
      on: (_: string, heard: typeof listener) => void (listener = heard),
      sendMessage: (...message: unknown[]) => Promise.resolve(void sent.push(message)),
    };
    return {
      session: fake as unknown as Session,
      hear: (message) => listener({ from: '1001@x', to: '1000@x', body: 'hello', ...message } as ChatMessage),
      sent,
    };
  };

  it('count as unread until their talk is looked at, and are there the next time', () => {
    const one = session();
    const talks = new Talks();
    talks.start('1000', one.session);
    one.hear({});
    one.hear({ from: '1002@x' });
    one.hear({});
    expect(unreadOf(talks.get().talks)).toBe(3);
    expect(talks.get().talks.map((talk) => talk.with)).toEqual(['1001', '1002']);

    talks.show('1001');
    one.hear({});

    expect(unreadOf(talks.get().talks)).toBe(1);
    const later = new Talks();
    later.start('1000', session().session);
    expect(later.get().talks.find((talk) => talk.with === '1001')?.messages).toHaveLength(3);
  });

  it('of a room stand in its chat and not here', () => {
    const one = session();
    const talks = new Talks();
    talks.start('1000', one.session);

    one.hear({ from: 'conf+3000@x' });

    expect(talks.get().talks).toEqual([]);
  });

  it('are kept up to a length, and say how long they were', () => {
    const one = session();
    const talks = new Talks();
    talks.start('1000', one.session);

    one.hear({ body: 'x'.repeat(1_000_000) });

    const [message] = talks.get().talks[0]?.messages ?? [];
    expect(message?.text).toHaveLength(SHOWN);
    expect(message?.length).toBe(1_000_000);
  });

  it('are there once where two tabs hear them, and twice where they were written twice', () => {
    const [one, other] = [session(), session()];
    const [ours, theirs] = [new Talks(), new Talks()];
    ours.start('1000', one.session);
    theirs.start('1000', other.session);

    one.hear({ body: 'hello' });
    other.hear({ body: 'hello' });
    other.hear({ body: 'hello' });
    one.hear({ body: 'hello' });

    ours.start('1000', session().session);
    expect(ours.get().talks[0]?.messages.map(({ text }) => text)).toEqual(['hello', 'hello']);
    expect(ours.get().talks[0]?.unread).toBe(2);
  });

  it('that another tab sends stand beside those of this one', async () => {
    const [ours, theirs] = [new Talks(), new Talks()];
    ours.start('1000', session().session);
    theirs.start('1000', session().session);

    await ours.send('1001', 'one');
    await theirs.send('1001', 'two');

    expect(theirs.get().talks[0]?.messages.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('go out trimmed, and those with nothing in them do not', async () => {
    const one = session();
    const talks = new Talks();
    talks.start('1000', one.session);

    expect(await talks.send('1001', '  ')).toBe(false);
    expect(await talks.send('1001', ' hi ')).toBe(true);

    expect(one.sent).toEqual([['1001', 'hi']]);
    expect(talks.get().talks[0]?.messages[0]).toMatchObject({ mine: true, text: 'hi' });
  });

  it('that are not taken are told of and not kept', async () => {
    const talks = new Talks();
    talks.start('1000', { on: () => undefined, sendMessage: () => Promise.reject(new Error('no')) } as unknown as Session);

    expect(await talks.send('1001', 'hi')).toBe(false);

    expect(talks.get().trouble).toEqual({ key: 'trouble.other', values: { message: 'no' } });
    expect(talks.get().talks).toEqual([]);
  });

  it('may have so many characters', () => {
    expect(tooLong('x'.repeat(LONGEST))).toBeUndefined();
    expect(tooLong('x'.repeat(LONGEST + 1))).toEqual({ key: 'chat.tooLong', values: { most: LONGEST } });
  });
});

describe('people', () => {
  it('are sorted by name, changed in their place, and named by number', async () => {
    const people = new People();
    await people.open('1000', { watchPresence: () => Promise.reject(new Error('refused')) } as unknown as Session);
    people.put({ name: 'Grace', number: '1003' });
    people.put({ name: 'Ada', number: '1001' });
    people.put({ name: 'Grace Hopper', number: '1004' }, { name: 'Grace', number: '1003' });

    expect(people.get().people).toEqual([{ name: 'Ada', number: '1001' }, { name: 'Grace Hopper', number: '1004' }]);
    expect(people.called({ name: 'Extension 1001', number: '1001' })).toBe('Ada');
    expect(people.called({ name: '', number: '1009' })).toBe('1009');
    expect(people.get().told).toBe(false);
  });

  it('are those of the directory too, where the server names them, by number and name', async () => {
    const listed = [{ number: '1010', name: '', online: false }, { number: '1002', name: '', online: true }, { number: '1001', name: 'Ada Lovelace', online: true }];
    const people = new People();
    const session = { contacts: () => Promise.resolve(listed), watchPresence: () => Promise.reject(new Error('refused')) };
    await people.open('1000', session as unknown as Session);

    expect(people.get().directory.map(({ number }) => number)).toEqual(['1002', '1010', '1001']);
    expect(people.called({ name: '', number: '1001' })).toBe('Ada Lovelace');
    expect(people.called({ name: '1001', number: '1001' })).toBe('Ada Lovelace');
    expect(people.called({ name: 'As the network says', number: '1001' })).toBe('As the network says');
    session.contacts = () => Promise.reject(new Error('refused'));
    await people.refresh();
    expect(people.get().directory).toHaveLength(3);
  });

  it('are in a call as long as the server says so', async () => {
    let tell: (event: unknown) => void = () => undefined;
    const presence = { busy: [], on: (_: string, heard: typeof tell) => void (tell = heard) };
    const people = new People();
    await people.open('1000', { watchPresence: () => Promise.resolve(presence) } as unknown as Session);

    tell({ user: '1001@x', state: 'active', calls: [] });
    expect([...people.get().busy]).toEqual([['1001', 'active']]);
    tell({ user: '1001@x', state: 'idle', calls: [] });

    expect(people.get().busy.size).toBe(0);
  });
});

describe('settings', () => {
  it('are kept, and read by each call when it begins', () => {
    const settings = new Settings();
    const media = settings.media([]);
    expect({ ...media }).toMatchObject({ stereo: true, microphone: { echoCancellation: true } });

    expect(settings.camera()).toEqual({ width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } });
    settings.change({ camera: 'cam-2', resolution: '360' });
    expect(settings.camera()).toMatchObject({ deviceId: 'cam-2', height: { ideal: 360 } });

    settings.setStudio(true);

    expect({ ...media }).toMatchObject({ stereo: true, microphone: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
    expect(settings.studio).toBe(true);
    expect(new Settings().studio).toBe(true);
  });
});


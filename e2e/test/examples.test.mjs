import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, test } from 'node:test';
import { clear, loggedIn, openExample, PASSWORD, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };
const FOLDER = new URL('../../web/examples/', import.meta.url);

/** All lines of an example, whatever the language. */
const lines = (name) =>
  readdirSync(FOLDER)
    .filter((file) => file.startsWith(`${name}.`))
    .reduce((sum, file) => sum + readFileSync(new URL(file, FOLDER), 'utf8').trimEnd().split('\n').length, 0);

async function submit(page, fields) {
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name=${name}]`, value);
  await page.click('button:not([type=reset])');
}

const talks = (name) => `li.talking:has-text("${name}")`;

describe('the examples', () => {
  afterEach(clear);

  test('hello: a call in fewer than 30 lines, and the tone is heard', LIMIT, async () => {
    const example = await openExample('a', 'hello.html');

    await submit(example.page, { login: '1000', password: PASSWORD, number: '9198' });
    await example.page.waitForFunction(() => document.querySelector('[role=status]').textContent === 'active');
    await example.page.evaluate(() => window.kit.listenTo(document.querySelector('audio')));
    await example.untilHears({ present: [440] });
    await example.page.click('[type=reset]');
    await example.page.waitForFunction(() => document.querySelector('[role=status]').textContent === 'ended');

    assert.ok(lines('hello') < 30, `${lines('hello')} lines`);
  });

  test('hello: says what is wrong', LIMIT, async () => {
    const example = await openExample('a', 'hello.html');

    await submit(example.page, { login: '1000', password: 'nonsense', number: '9198' });

    await example.page.waitForFunction(() => document.querySelector('[role=status]').textContent === 'wrong-password');
  });

  test('roster: talk lights in fewer than 60 lines, and a moderator mutes by a click', LIMIT, async () => {
    const example = await openExample('a', 'roster.html');
    await submit(example.page, { login: '1000', password: PASSWORD, room: '3107' });
    const b = await loggedIn('b', '1001');
    await b.dial('3007');
    await b.next('active');

    await example.page.waitForSelector(talks('1001'));
    const c = await loggedIn('c', '1002');
    await c.dial('3007');
    await c.untilHears({ present: [TONES.b] });
    await example.page.click(talks('1001'));
    await example.page.waitForSelector('li.muted:has-text("1001")');
    await c.untilHears({ absent: [TONES.b] });
    await b.hangUp();
    await example.page.waitForFunction(() => !document.body.textContent.includes('1001'));

    assert.ok(lines('roster') < 60, `${lines('roster')} lines`);
  });
});

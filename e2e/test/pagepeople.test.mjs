import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { button, dial, heading, ready, signedIn, state } from '../lib/page.mjs';
import { clear, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

async function write(page, name, number) {
  await button(page, 'People').click();
  await button(page, 'Add a person').click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Number', { exact: true }).fill(number);
  await button(page, 'Save').click();
}

describe('people, history and messages in the page', () => {
  afterEach(clear);

  test('people are written down, show whether they are in a call, and are called by a press', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await write(page, 'Grace Hopper', '1001');
    const row = page.getByRole('region', { name: 'People' }).getByRole('listitem').filter({ hasText: 'Grace Hopper' });
    await row.getByText('1001 · Available').waitFor();

    await b.dial('9664');
    await row.getByText('1001 · In a call').waitFor();
    await b.hangUp();
    await row.getByText('1001 · Available').waitFor();
    await page.getByRole('button', { name: /^Grace Hopper/ }).click();
    await b.next('incoming');
    await b.answer();

    await heading(page, 'Grace Hopper');
    await b.untilHears({ present: [TONES.a] });
    await button(page, 'Hang up').click();
    await button(page, 'Edit Grace Hopper').click();
    await button(page, 'Delete Grace Hopper').click();
    await row.waitFor({ state: 'detached' });
  });

  test('a person needs a name and a number', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await button(page, 'People').click();
    await button(page, 'Add a person').click();
    await page.getByLabel('Name').fill('Nobody');

    await button(page, 'Save').click();

    await page.getByRole('alert').getByText('A name and a number are needed.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('calls stand in the history over a reload, and are made again from there', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await b.dial('1000');
    await state(page, 'incoming');
    await b.hangUp();
    await heading(page, 'Missed call');
    await dial(page, '9182');
    await heading(page, '9182 is busy');

    await page.reload();
    await ready(page);
    await button(page, 'History').click();

    const rows = page.getByRole('region', { name: 'History' }).getByRole('listitem');
    await rows.nth(1).waitFor();
    assert.match(await rows.nth(0).textContent(), /9182.*Outgoing · 9182 is busy/);
    assert.match(await rows.nth(1).textContent(), /1001.*Missed(?! ·)/);
    await rows.nth(1).getByRole('button').click();
    await b.next('incoming');
    await button(page, 'Cancel').click();
    await button(page, 'Clear the list').click();
    await page.getByText('No calls yet.').waitFor();
  });

  test('users write to each other, unread messages are counted, and all is there after a reload', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const other = await signedIn('b', '1001', { viewport: { width: 390, height: 844 } });
    await button(other, 'Messages').click();
    await other.getByLabel('To (number)').fill('1000');
    await button(other, 'Write').click();
    await other.getByLabel('Message', { exact: true }).fill('Are you there?');
    await other.keyboard.press('Enter');

    await button(page, 'Messages, unread: 1').click();
    await page.getByRole('button', { name: /^1001\b.*Are you there/ }).click();
    await page.getByRole('log').getByText('Are you there?').waitFor();
    await button(page, 'Messages').waitFor();
    await page.getByLabel('Message', { exact: true }).fill('Yes.');
    await button(page, 'Send').click();
    await other.getByRole('log').getByText('Yes.').waitFor();

    await page.reload();
    await ready(page);
    await button(page, 'Messages').click();
    await page.getByRole('button', { name: /^1001\b.*Yes/ }).click();
    await page.getByRole('log').getByText('Are you there?').waitFor();
    await page.getByRole('log').getByText('Yes.').waitFor();
    assert.deepEqual(page.complaints, []);
  });

  test('a message for who is not there waits for him', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await button(page, 'Messages').click();
    await page.getByLabel('To (number)').fill('1012');
    await button(page, 'Write').click();
    await page.getByLabel('Message', { exact: true }).fill('Read me later.');
    await button(page, 'Send').click();
    await page.getByRole('log').getByText('Read me later.').waitFor();

    const late = await signedIn('c', '1012');

    await button(late, 'Messages, unread: 1').waitFor();
  });
});

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { alert, button, dial, heading, signedIn, state } from '../lib/page.mjs';
import { clear, command, loggedIn, theServer, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

/** The page moderates room 3000 and the others are in it. */
async function moderating(room, ...others) {
  const page = await signedIn('a', '1000', { viewport: { width: 1440, height: 900 } });
  await dial(page, `31${room}`);
  await state(page, 'active');
  for (const other of others) {
    await other.dial(`30${room}`);
    await other.next('active');
  }
  await page.getByRole('tab', { name: `People (${others.length + 1})` }).waitFor();
  return page;
}

const member = (page, name) => page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: name });

const manage = async (page, name, action) => {
  await page.getByRole('button', { name: new RegExp(`^Manage .*${name}`) }).click();
  await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
};

describe('a conference in the page', () => {
  afterEach(clear);

  test('shows who is there, who talks, and what a moderator does to them', LIMIT, async () => {
    const b = await loggedIn('b', '1001');
    const page = await moderating('50', b);
    await heading(page, 'Room 3050');
    await member(page, '1001').getByText('talking').waitFor({ state: 'attached' });
    await member(page, 'you · Moderator').waitFor();
    await b.untilHears({ present: [TONES.a] });

    await manage(page, '1001', 'Mute');
    await member(page, '1001').getByRole('img', { name: 'muted' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await manage(page, '1001', 'Unmute');
    await page.keyboard.press('Escape');
    await member(page, '1001').getByRole('img', { name: 'muted' }).waitFor({ state: 'detached' });
    await manage(page, '1001', 'Stop hearing');
    await member(page, '1001').getByRole('img', { name: 'hears nothing' }).waitFor({ state: 'attached' });
    await b.untilHears({ absent: [TONES.a] });
    await page.keyboard.press('Escape');
    await manage(page, '1001', 'Remove from the room');

    await b.next('ended');
    await page.getByRole('tab', { name: 'People (1)' }).waitFor();
    await command('conference 3050 kick all');
    await heading(page, 'You are no longer in room 3050');
    assert.deepEqual(page.complaints, []);
  });

  test('locks and records the room', LIMIT, async () => {
    const b = await loggedIn('b', '1001');
    const c = await loggedIn('c', '1002');
    const page = await moderating('51', b);

    await button(page, 'Lock').click();
    await page.getByText('The room is locked: nobody else gets in.').waitFor();
    await c.dial('3051');
    await c.next('ended');
    await button(page, 'Unlock').click();
    await page.getByText('The room is locked: nobody else gets in.').waitFor({ state: 'detached' });
    await button(page, 'Record').click();
    await page.getByText('Recording', { exact: true }).waitFor();
    await b.measure([TONES.a], 1_000);
    await button(page, 'Stop recording').click();
    await button(page, 'Record').waitFor();

    const folder = join(theServer().folder, 'data/recordings');
    assert.ok(existsSync(folder) && readdirSync(folder).some((file) => file.startsWith('room-3051-')), 'a file is there');

    await button(page, 'Recordings').click();
    const sheet = page.getByRole('dialog', { name: 'Recordings' });
    await sheet.getByRole('button', { name: /^Play the recording of / }).click();
    await page.waitForFunction(() => {
      const player = document.querySelector('.recording audio');
      return player?.duration > 0.9 && player.currentTime > 0.3 && player.error === null;
    });
    const saved = page.waitForEvent('download');
    await sheet.getByRole('button', { name: /^Keep the recording of / }).click();
    assert.match((await saved).suggestedFilename(), /^room-3051-.*\.wav$/);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    assert.deepEqual(page.complaints, []);
  });

  test('makes somebody softer for all', LIMIT, async () => {
    const b = await loggedIn('b', '1001');
    const c = await loggedIn('c', '1002');
    const page = await moderating('52', b, c);
    await c.untilHears({ present: [TONES.b] });
    const level = async () => (await c.steady([TONES.b], () => undefined)).channels[0].tones[0];
    const usual = await level();

    await page.getByRole('button', { name: /^Manage .*1001/ }).click();
    await page.getByRole('slider', { name: /^How loud others hear/ }).fill('-4');
    await c.measure([TONES.b], 800);

    const softer = await level();
    assert.ok(usual - softer > 10, `${usual} and ${softer} dB`);
  });

  test('people are dragged to their seats on the map and heard there', LIMIT, async () => {
    const b = await loggedIn('b', '1001');
    const c = await loggedIn('c', '1002', { stereo: true });
    const page = await moderating('53', b, c);
    await c.untilHears({ present: [TONES.a, TONES.b] });
    await page.getByRole('tab', { name: 'Room map' }).click();
    const map = page.getByRole('group', { name: 'Room map' });
    const box = await map.boundingBox();
    const drag = async (name, x, y) => {
      const from = await map.getByRole('button', { name }).boundingBox();
      await page.mouse.move(from.x + from.width / 2, from.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.2, { steps: 5 });
      await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 5 });
      await page.mouse.up();
    };

    await drag(/1001/, 0.1, 0.4);
    await drag(/^1000/, 0.9, 0.4);
    await map.getByRole('button', { name: /1001: left$/ }).waitFor();
    await map.getByRole('button', { name: /^1000: right$/ }).waitFor();

    await c.measure([TONES.a, TONES.b], 800);
    await c.steady([TONES.a, TONES.b], ({ channels: [left, right] }) => {
      assert.ok(right.tones[0] - left.tones[0] > 12, `1000 is right: ${left.tones[0]} and ${right.tones[0]} dB`);
      assert.ok(left.tones[1] - right.tones[1] > 12, `1001 is left: ${left.tones[1]} and ${right.tones[1]} dB`);
    });

    // Another moderator sees the same seats.
    const other = await signedIn('c', '1003', { viewport: { width: 1440, height: 900 } });
    await dial(other, '3153');
    await other.getByRole('tab', { name: 'Room map' }).click();
    await other.getByRole('button', { name: /1001: left$/ }).waitFor();
    await other.getByRole('button', { name: /1000: right$/ }).waitFor();
  });

  test('seats are taken with the arrow keys alone, and given back', LIMIT, async () => {
    const b = await loggedIn('b', '1001');
    const c = await loggedIn('c', '1002', { stereo: true });
    const page = await moderating('54', b, c);
    await page.getByRole('tab', { name: 'Room map' }).click();
    const seat = page.getByRole('group', { name: 'Room map' }).getByRole('button', { name: /1001/ });

    await seat.focus();
    for (let press = 0; press < 10; press++) await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: /1001: right$/ }).waitFor();
    await c.untilHears({ present: [TONES.b] });
    await c.measure([TONES.b], 1_000);
    await c.steady([TONES.b], ({ channels: [left, right] }) => {
      assert.ok(right.tones[0] - left.tones[0] > 12, `1001 is right: ${left.tones[0]} and ${right.tones[0]} dB`);
    });
    await page.keyboard.press('Delete');

    await page.getByRole('button', { name: /1001: no seat$/ }).waitFor();
    await c.measure([TONES.b], 1_000);
    await c.steady([TONES.b], ({ channels: [left, right] }) => {
      assert.ok(Math.abs(right.tones[0] - left.tones[0]) < 3, `1001 is in the middle: ${left.tones[0]} and ${right.tones[0]} dB`);
    });
  });

  test('where the room allows it everybody drags the own seat, and nobody else\'s', LIMIT, async () => {
    const c = await loggedIn('c', '1002', { stereo: true });
    await c.dial('7008');
    await c.next('active');
    const page = await signedIn('a', '1000', { viewport: { width: 1440, height: 900 } });
    await dial(page, '7008');
    await state(page, 'active');
    await c.untilHears({ present: [TONES.a] });
    await page.getByRole('tab', { name: 'Room map' }).click();
    const map = page.getByRole('group', { name: 'Room map' });
    await map.getByRole('button').first().waitFor();
    assert.equal(await map.getByRole('button').count(), 1);

    await map.getByRole('button', { name: /^1000/ }).focus();
    for (let press = 0; press < 10; press++) await page.keyboard.press('ArrowRight');

    await page.getByRole('button', { name: '1000: right' }).waitFor();
    await c.measure([TONES.a], 1_000);
    await c.steady([TONES.a], ({ channels: [left, right] }) => {
      assert.ok(right.tones[0] - left.tones[0] > 12, `1000 is right: ${left.tones[0]} and ${right.tones[0]} dB`);
    });
  });

  test('who may not choose seats is told so, and cannot moderate', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await dial(page, '3055');
    await state(page, 'active');

    await page.getByRole('tab', { name: 'Room map' }).click();

    await page.getByText('In this room moderators choose where people are heard.').waitFor();
    assert.equal(await button(page, 'Record').count(), 0);
  });

  test('people chat, unread words are counted, and markup stays text', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await dial(page, '3056');
    await state(page, 'active');
    const other = await signedIn('b', '1001', { viewport: { width: 390, height: 844 } });
    await dial(other, '3056');
    await state(other, 'active');
    await other.getByRole('tab', { name: 'Chat', exact: true }).click();

    await other.getByLabel('Message', { exact: true }).fill('<img src=x onerror=alert(1)> & <b>hello</b>');
    await button(other, 'Send').click();
    await page.getByRole('tab', { name: 'Chat, unread: 1' }).click();

    await page.getByRole('log').getByText('<img src=x onerror=alert(1)> & <b>hello</b>').waitFor();
    assert.equal(await page.getByRole('log').locator('img, b').count(), 0);
    await page.getByRole('tab', { name: 'Chat', exact: true }).waitFor();
    await other.getByLabel('Message', { exact: true }).fill('Dear all');
    await other.getByLabel('Message', { exact: true }).fill('x'.repeat(1_000_000));
    assert.match(await alert(other, /./), /^A message can have 8000 characters at most; this one is longer\.$/);
    assert.equal(await other.getByLabel('Message', { exact: true }).inputValue(), 'Dear all');

    // Who comes late reads what was said.
    const late = await signedIn('c', '1002');
    await dial(late, '3056');
    await late.getByRole('tab', { name: /^Chat/ }).click();
    await late.getByRole('log').getByText('<b>hello</b>').waitFor();
  });

  test('the page hears people where they sit', LIMIT, async () => {
    const b = await loggedIn('b', '1001');
    const page = await moderating('57', b);
    await page.getByRole('tab', { name: 'Room map' }).click();
    await page.getByRole('button', { name: /1001/ }).last().focus();
    for (let press = 0; press < 10; press++) await page.keyboard.press('ArrowLeft');

    await page.waitForFunction(async () => {
      const { srcObject } = document.querySelector('audio[data-call]');
      const context = new AudioContext();
      const splitter = context.createChannelSplitter(2);
      context.createMediaStreamSource(srcObject).connect(splitter);
      const ears = [0, 1].map((channel) => {
        const ear = context.createAnalyser();
        splitter.connect(ear, channel);
        return ear;
      });
      await new Promise((resolve) => setTimeout(resolve, 700));
      const loud = ears.map((ear) => {
        const samples = new Float32Array(ear.fftSize);
        ear.getFloatTimeDomainData(samples);
        return 20 * Math.log10(Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length) + 1e-6);
      });
      await context.close();
      // What is left of the sound where it just stands still is no measure.
      return loud[0] > -50 && loud[0] - loud[1] > 6;
    }, undefined, { timeout: 15_000 });
  });
});

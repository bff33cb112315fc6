// Takes pictures of every screen of the page, at three widths, light and dark, with two people and more in calls. A folder to write
// to is the only argument; the server is the one that the tests start.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { button, dial, signedIn, signedOut, state } from './lib/page.mjs';
import { clear, loggedIn, lower, paint, raise } from './lib/stage.mjs';

const [folder = 'shots', only = ''] = process.argv.slice(2);
const WIDTHS = [[390, 844], [820, 1180], [1440, 900]];
mkdirSync(folder, { recursive: true });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

async function shoot(page, name) {
  await page.mouse.move(0, 0);
  for (const [width, height] of WIDTHS) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(() => document.activeElement?.blur?.());
      // Two frames, and what is drawn twenty times a second.
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

const scenes = {
  async 'sign-in'() {
    const page = await signedOut('a');
    await shoot(page, 'sign-in');
  },
  async panels() {
    const page = await signedIn('a', '1000');
    await filled(page);
    await page.reload();
    await page.locator('.presence[data-state="ready"]').waitFor();
    await shoot(page, 'phone');
    for (const panel of ['People', 'Messages', 'History', 'Settings']) {
      await button(page, panel).or(page.getByRole('button', { name: new RegExp(`^${panel}, unread`) })).first().click();
      await shoot(page, panel.toLowerCase());
    }
    await page.getByRole('button', { name: /^Messages/ }).click();
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: /^Grace/ }).click();
    await shoot(page, 'talk');
  },
  async call() {
    const page = await signedIn('a', '1000');
    await filled(page);
    await page.reload();
    await page.locator('.presence[data-state="ready"]').waitFor();
    const b = await loggedIn('b', '1001');
    await b.dial('1000');
    await state(page, 'incoming');
    await shoot(page, 'incoming');
    await button(page, 'Answer').click();
    await state(page, 'active');
    await page.getByRole('button', { name: 'Quality: Good' }).waitFor();
    await shoot(page, 'call');
    await button(page, 'Keys').click();
    await shoot(page, 'call-keys');
    await button(page, 'Transfer').click();
    await shoot(page, 'call-transfer');
    // Some seconds of it, so that there is something in the plots.
    await page.waitForTimeout(8_000);
    await page.getByRole('button', { name: /^Quality/ }).click();
    await shoot(page, 'call-quality');
    await button(page, 'Devices').click();
    await shoot(page, 'call-devices');
    await page.keyboard.press('Escape');
    const c = await loggedIn('c', '1002');
    await c.dial('1000');
    await page.getByRole('button', { name: 'Answer, hold the other' }).waitFor();
    await shoot(page, 'calls');
  },
  async video() {
    const page = await signedIn('a', '1000');
    await filled(page);
    await page.reload();
    await page.locator('.presence[data-state="ready"]').waitFor();
    const other = await signedIn('b', '1001');
    await other.getByLabel('Number to call').fill('1000');
    await button(other, 'Video call').click();
    await state(page, 'incoming');
    await shoot(page, 'video-incoming');
    await button(page, 'With video').click();
    await state(page, 'active');
    await page.waitForFunction(() => document.querySelector('.picture.theirs')?.videoWidth > 0 && document.querySelector('.picture.own')?.videoWidth > 0);
    await page.getByRole('button', { name: 'Quality: Good' }).waitFor();
    await shoot(page, 'video');
    await page.setViewportSize({ width: 844, height: 390 });
    await page.screenshot({ path: join(folder, 'video-landscape.png') });
    await page.setViewportSize({ width: 390, height: 844 });
    await button(page, 'More').click();
    await page.screenshot({ path: join(folder, 'video-more-390.png') });
    await button(page, 'Keys').click();
    await page.screenshot({ path: join(folder, 'video-keys-390.png') });
    await button(page, 'Hang up').click();
    await state(page, 'none');
    await page.setViewportSize({ width: 1440, height: 900 });
    await button(page, 'Settings').click();
    await button(page, 'Try the camera').click();
    await page.waitForFunction(() => document.querySelector('.picture.preview')?.videoWidth > 0);
    await page.locator('.picture.preview').scrollIntoViewIfNeeded();
    await shoot(page, 'settings-camera');
  },
  async meeting() {
    const page = await metBy('3600-moderator', '3600');
    await page.getByRole('tab', { name: 'People (3)' }).waitFor();
    await page.waitForFunction(() => document.querySelector('.picture.theirs')?.videoWidth > 0);
    // Until all are on the canvas, and its encoder has what makes it sharp.
    await page.waitForTimeout(10_000);
    await shoot(page, 'meeting');
    await page.getByRole('button', { name: /^Layout: / }).click();
    await shoot(page, 'meeting-layout');
  },
  async gallery() {
    const page = await metBy('3175', '3075');
    const without = await loggedIn('b', '1003');
    await without.dial('3075');
    await without.next('active');
    await page.getByRole('tab', { name: 'People (4)' }).waitFor();
    await page.waitForFunction(() => [...document.querySelectorAll('.picture.cell')].filter((video) => video.videoWidth > 0).length === 3);
    await button(page, 'Mute all others').click();
    await page.locator('.face [aria-label="muted"]').first().waitFor();
    await shoot(page, 'gallery');
    await button(page, 'Who talks').click();
    await shoot(page, 'gallery-speaker');
  },
  async languages() {
    const page = await signedIn('a', '1000');
    await filled(page);
    await page.evaluate(() => localStorage.setItem('jverto.settings', JSON.stringify({ ...JSON.parse(localStorage.getItem('jverto.settings') ?? '{}'), language: 'ar' })));
    await page.reload();
    await page.locator('.presence[data-state="ready"]').waitFor();
    await page.waitForFunction(() => document.documentElement.dir === 'rtl');
    await shoot(page, 'arabic-phone');
    for (const at of [1, 4]) {
      await page.locator('.rail li button').nth(at).click();
      await shoot(page, `arabic-panel-${at}`);
    }
    await page.locator('.rail li button').first().click();
    await page.locator('.number input').fill('3101'); // the call outlives its page
    await page.keyboard.press('Enter');
    await state(page, 'active');
    await page.waitForTimeout(1_000);
    await shoot(page, 'arabic-room');
  },
  async room() {
    const page = await signedIn('a', '1000', { viewport: { width: 1440, height: 900 } });
    await filled(page);
    await page.reload();
    await page.locator('.presence[data-state="ready"]').waitFor();
    await dial(page, '3100');
    await state(page, 'active');
    const others = [await loggedIn('b', '1001'), await loggedIn('c', '1002')];
    for (const other of others) {
      await other.dial('3000');
      await other.next('active');
    }
    await page.getByRole('tab', { name: 'People (3)' }).waitFor();
    await page.getByRole('tab', { name: 'People (3)' }).click();
    await page.waitForTimeout(1_500);
    await page.getByLabel('Message', { exact: true }).fill('Good morning, can everybody hear each other?');
    await page.keyboard.press('Enter');
    await shoot(page, 'room');
    await button(page, 'Record').click();
    await page.waitForTimeout(3_000);
    await button(page, 'Stop recording').click();
    await button(page, 'Record').waitFor();
    await button(page, 'Recordings').click();
    await page.getByRole('button', { name: /^Play the recording/ }).first().click();
    await page.locator('.recording audio').waitFor();
    await shoot(page, 'room-recordings');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Room map' }).click();
    await button(page, 'Seat all in a half circle').click();
    await page.waitForTimeout(600);
    await shoot(page, 'room-map');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('tab', { name: /^Chat/ }).click();
    await shoot(page, 'room-chat');
    await page.getByRole('tab', { name: /^People/ }).click();
    await page.getByRole('button', { name: /^Manage/ }).nth(1).click();
    await shoot(page, 'room-manage');
  },
};

/** Somebody with people and history in a room with video, where two others are. */
async function metBy(number, numberOfOthers) {
  const page = await signedIn('a', '1000', { viewport: { width: 1440, height: 900 } });
  await filled(page);
  await page.reload();
  await page.locator('.presence[data-state="ready"]').waitFor();
  const others = [await signedIn('b', '1001'), await signedIn('c', '1002')];
  for (const one of [page, ...others]) {
    await one.getByLabel('Number to call').fill(one === page ? number : numberOfOthers);
    await button(one, 'Video call').click();
    await state(one, 'active');
  }
  return page;
}

/** What somebody has after some weeks with it. */
async function filled(page) {
  await page.evaluate(() => {
    const people = [['Ada Lovelace', '1001'], ['Alan Turing', '1002'], ['Grace Hopper', '1003'], ['Katherine Johnson', '1004']];
    localStorage.setItem('jverto.people.1000', JSON.stringify(people.map(([name, number]) => ({ name, number }))));
    const hour = 3_600_000;
    const call = (id, number, incoming, seconds, key, values) => ({
      id: `past-${id}`, number, name: '', incoming, at: Date.now() - id * 5 * hour, seconds, outcome: { key, values }, failed: false,
    });
    localStorage.setItem('jverto.history.1000', JSON.stringify([
      call(1, '1001', true, 754, 'end.hungUp', { who: 'Ada Lovelace' }),
      call(2, '1003', true, undefined, 'end.missed'),
      call(3, '3000', false, 2530, 'end.youHungUp'),
      call(4, '1002', false, undefined, 'end.busy', { who: '1002' }),
    ]));
    const said = (id, mine, text) => ({ id, mine, name: '', text, length: text.length, at: Date.now() - (9 - id) * 600_000 });
    localStorage.setItem('jverto.talks.1000', JSON.stringify([
      { with: '1003', unread: 1, messages: [
        said(1, false, 'Did the release go out?'), said(2, true, 'Yes, an hour ago. Recordings work again.'), said(3, false, 'Great, thank you. I will tell the others in 3000 this afternoon.'),
      ] },
      { with: '1001', unread: 0, messages: [said(4, true, 'See you at two.')] },
    ]));
  });
}

paint({ a: [196, 186, 172], b: [150, 178, 190], c: [176, 190, 158] });
const server = await raise();
console.log(`server: ${server.url}`);
try {
  for (const [name, scene] of Object.entries(scenes)) {
    if (!name.includes(only)) continue;
    await scene();
    await clear();
    console.log(name);
  }
} finally {
  await lower();
}

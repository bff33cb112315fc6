import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { button, PHONE, signedIn, state } from '../lib/page.mjs';
import { clear } from '../lib/stage.mjs';

const LIMIT = { timeout: 90_000 };

/** Waits until an element shows so many further frames, and gives its size in pixels. */
const moves = (page, selector, more = 8) => page.evaluate(async ([wanted, least]) => {
  const end = performance.now() + 25_000;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
  let from;
  for (;;) {
    const video = document.querySelector(wanted);
    const frames = video?.getVideoPlaybackQuality().totalVideoFrames;
    from ??= frames;
    if (frames >= from + least && video.videoWidth > 0) return { width: video.videoWidth, height: video.videoHeight };
    if (performance.now() > end) throw new Error(`no frames of ${wanted}: ${frames} after ${from}`);
    await pause();
  }
}, [selector, more]);

const type = async (page, number) => {
  await page.getByLabel('Number to call').fill(number);
};

/** Two pages in a call with pictures of both. */
async function seen({ caller = {}, callee = {} } = {}) {
  const [a, b] = await Promise.all([signedIn('a', '1000', caller), signedIn('b', '1001', callee)]);
  await type(a, '1001');
  await button(a, 'Video call').click();
  await state(b, 'incoming');
  await b.getByText('Incoming video call').first().waitFor();
  await button(b, 'With video').click();
  await Promise.all([state(a, 'active'), state(b, 'active')]);
  return [a, b];
}

describe('the page with video', () => {
  afterEach(clear);

  test('two see each other and themselves, mirrored, and a reload brings the pictures back', LIMIT, async () => {
    const [a, b] = await seen({ callee: PHONE });
    const [atA, atB] = await Promise.all([moves(a, '.picture.theirs'), moves(b, '.picture.theirs')]);
    await Promise.all([moves(a, '.picture.own'), moves(b, '.picture.own')]);
    assert.ok(atA.width >= 160 && atB.width >= 160, JSON.stringify([atA, atB]));
    assert.match(await a.locator('.picture.own').evaluate((video) => getComputedStyle(video).transform), /^matrix\(-1/);
    assert.equal(await a.locator('.picture.theirs').getAttribute('aria-label'), 'Picture of Extension 1001');

    await a.reload();

    await state(a, 'active');
    await Promise.all([moves(a, '.picture.theirs'), moves(b, '.picture.theirs')]);
    await button(a, 'Camera', { pressed: true }).waitFor();
    await button(b, 'Hang up').tap();
    await state(a, 'none');
    assert.deepEqual([...a.complaints, ...b.complaints], []);
  });

  test('the camera goes off and comes back, a screen is shared, and the caller alone may be seen', LIMIT, async () => {
    const [a, b] = await Promise.all([signedIn('a', '1000'), signedIn('b', '1001')]);
    await type(a, '1001');
    await button(a, 'Video call').click();
    await state(b, 'incoming');
    await button(b, 'Answer').click();
    await Promise.all([state(a, 'active'), state(b, 'active')]);
    await moves(b, '.picture.theirs');
    assert.equal(await b.locator('.picture.own').count(), 0);

    await button(b, 'Camera').click();
    await moves(a, '.picture.theirs');
    await button(a, 'Share screen').click();
    await a.getByText('You share your screen').waitFor();
    await moves(b, '.picture.theirs', 2);
    await button(a, 'Share screen', { pressed: true }).click();
    await a.getByText('You share your screen').waitFor({ state: 'detached' });
    await button(a, 'Camera', { pressed: true }).click();
    await a.locator('.picture.own').waitFor({ state: 'detached' });
    await b.locator('.picture.theirs').waitFor({ state: 'detached', timeout: 20_000 });
    await button(a, 'Camera').click();
    await moves(b, '.picture.theirs');
    await button(a, 'Hang up').click();
    await state(b, 'none');
  });

  test('a room shows its picture beside the people, who are seen to show theirs', LIMIT, async () => {
    const page = await signedIn('a', '1000', { viewport: { width: 1440, height: 900 } });
    const other = await signedIn('b', '1001');
    for (const one of [page, other]) {
      await type(one, '3600');
      await button(one, 'Video call').click();
      await state(one, 'active');
    }

    const size = await moves(page, '.picture.theirs');
    await page.getByRole('tab', { name: 'People (2)' }).waitFor();
    await page.locator('.member').getByRole('img', { name: 'shows a picture' }).nth(1).waitFor();

    assert.ok(size.width >= 320, JSON.stringify(size));
    const [picture, people] = await Promise.all(['.pictures', '.room'].map((part) => page.locator(part).boundingBox()));
    assert.ok(picture.x + picture.width <= people.x && picture.width > people.width, JSON.stringify([picture, people]));

    await button(page, 'Share screen').click();
    await page.getByRole('tab', { name: 'People (3)' }).waitFor();
    await page.getByText('You share your screen').waitFor();
    await button(page, 'Share screen', { pressed: true }).click();
    await page.getByRole('tab', { name: 'People (2)' }).waitFor();
    await button(page, 'Leave').click();
    await state(page, 'none');
  });

  test('a moderator arranges the pictures of a room, and everybody is told how', LIMIT, async () => {
    const [page, other] = await Promise.all([signedIn('a', '1000', { viewport: { width: 1440, height: 900 } }), signedIn('b', '1001', PHONE)]);
    await type(page, '3811-moderator');
    await type(other, '3811');
    for (const one of [page, other]) {
      await button(one, 'Video call').click();
      await state(one, 'active');
    }
    await page.getByRole('tab', { name: 'People (2)' }).waitFor();
    await page.getByRole('button', { name: /^Layout: / }).click();
    const sheet = page.getByRole('dialog', { name: 'Layout' });
    assert.ok((await sheet.getByRole('button').count()) > 20);
    assert.ok((await sheet.getByRole('button', { name: '3x3', exact: true }).locator('.place').count()) === 9);

    await sheet.getByRole('button', { name: '3x3', exact: true }).click();

    await sheet.getByRole('button', { name: '3x3', exact: true, pressed: true }).waitFor();
    await other.getByText('Layout: 3x3').waitFor();
    assert.equal(await other.getByRole('button', { name: /^Layout/ }).count(), 0);
    assert.equal(await other.locator('.layout-now .place[data-taken="true"]').count(), 2);
    await sheet.getByRole('button', { name: 'grid', exact: true }).click();
    await sheet.getByRole('button', { name: 'grid', exact: true, pressed: true }).waitFor();
    await other.getByText('Layout: 2x1').waitFor();
    await page.keyboard.press('Escape');
    await button(page, 'Leave').click();
    await state(page, 'none');
    assert.deepEqual([...page.complaints, ...other.complaints], []);
  });

  test('the camera is tried in the settings, and let go of', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await button(page, 'Settings').click();
    await button(page, 'Try the camera').click();
    await moves(page, '.picture.preview');
    await page.getByLabel('Resolution').selectOption('360');
    await page.waitForFunction(() => document.querySelector('.picture.preview')?.videoHeight === 360);
    const track = await page.evaluateHandle(() => document.querySelector('.picture.preview').srcObject.getVideoTracks()[0]);

    await button(page, 'Turn the camera off').click();

    await page.locator('.picture.preview').waitFor({ state: 'detached' });
    assert.equal(await track.evaluate((one) => one.readyState), 'ended');
  });
});

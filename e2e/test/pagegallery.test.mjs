import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { commands } from '../lib/eye.mjs';
import { button, PHONE, signedIn, state } from '../lib/page.mjs';
import { clear } from '../lib/stage.mjs';

const LIMIT = { timeout: 90_000 };

const enter = async (page, room) => {
  await page.getByLabel('Number to call').fill(room);
  await button(page, 'Video call').click();
  await state(page, 'active');
};

/** Waits until the picture of each of these tiles moves. */
const moves = (page, selector, count) => page.waitForFunction(([wanted, most]) => {
  const videos = [...document.querySelectorAll(wanted)];
  for (const video of videos) video.from ??= video.getVideoPlaybackQuality().totalVideoFrames;
  return videos.length === most && videos.every((video) => video.videoWidth > 0 && video.getVideoPlaybackQuality().totalVideoFrames > video.from + 4);
}, [selector, count]);

describe('the page with a gallery', () => {
  afterEach(clear);

  test('each member of a room is seen in a tile of its own, one of them large when wanted, or all as the room shows itself', LIMIT, async () => {
    const [a, b] = await Promise.all([signedIn('a', '1000', { viewport: { width: 1440, height: 900 } }), signedIn('b', '1001', PHONE)]);
    await Promise.all([enter(a, '3072'), enter(b, '3072')]);

    await Promise.all([moves(a, '.picture.cell', 2), moves(b, '.picture.cell', 2)]);
    assert.match(await a.locator('.picture.cell[aria-label="Your own picture"]').evaluate((video) => getComputedStyle(video).transform), /^matrix\(-1/);
    const link = await commands();
    assert.match(await link.api('conference 3072 mute all'), /^\+OK mute/);
    link.close();
    await a.locator('.face', { hasText: '1001' }).getByRole('img', { name: 'muted' }).waitFor();

    await button(a, 'Who talks').click();
    const [large, small] = await Promise.all(['true', 'false'].map((is) => a.locator(`.face[data-large="${is}"]`).boundingBox()));
    assert.ok(large.height > 2 * small.height && large.y + large.height <= small.y + 1, JSON.stringify([large, small]));
    assert.match(await a.locator('.face[data-large="true"]').textContent(), /1001/);

    await button(a, 'The room\'s picture').click();
    await moves(a, '.picture.theirs', 1);
    await button(a, 'Everybody').click();
    await moves(a, '.picture.cell', 2);
    await button(b, 'Leave').click();
    await a.locator('.face').nth(1).waitFor({ state: 'detached' });
    assert.deepEqual([...a.complaints, ...b.complaints], []);
  });
});

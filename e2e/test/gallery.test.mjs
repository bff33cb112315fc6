import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BLUE, eye, GREEN, RED } from '../lib/eye.mjs';
import { withLibrary } from '../lib/library.mjs';
import { clear } from '../lib/stage.mjs';
import { stretched } from '../lib/starved.mjs';

const LIMIT = { timeout: 90_000 };
const SCRIPT = readFileSync(fileURLToPath(new URL('../page/gallery.js', import.meta.url)), 'utf8');

/** A page in a room, with a camera of that colour; `id` is its number there. */
async function member(name, user, room, colour, { tiles, size = [640, 360], video = true, receive } = {}) {
  const { page } = await withLibrary(name, user);
  await page.addScriptTag({ content: SCRIPT });
  await page.evaluate(([shade, width, height]) => window.gallery.camera(shade, width, height), [colour, ...size]);
  const id = await page.evaluate((how) => window.gallery.enter(...how), [room, tiles, video, receive]);
  return { page, id, colour, sees: (...others) => page.evaluate((wanted) => window.gallery.sees(wanted), others.map((one) => [one.id, one.colour])) };
}

describe('gallery', () => {
  afterEach(clear);

  test('three see each the two others at once, whoever leaves frees his tile, and a plain client sees the floor', LIMIT, async () => {
    const [a, b, c] = await Promise.all([
      member('a', '1000', '3071', RED, { tiles: 4 }), member('b', '1001', '3071', GREEN, { tiles: 4 }), member('c', '1002', '3071', BLUE, { tiles: 4 })]);

    await Promise.all([a.sees(b, c), b.sees(a, c), c.sees(a, b)]);
    const plain = await eye('a', '1003');
    await plain.dial('3071', { silent: true });
    await plain.next('active');
    assert.equal(new Set([RED, GREEN, BLUE].map(String)).has(String(await seen(plain))), true);

    await c.page.evaluate(() => window.gallery.call.hangUp());
    await Promise.all([a.sees(b), b.sees(a)]);
  });

  test('a small place gets a small size and a large one the large, and who can take little a small one that moves', LIMIT, async () => {
    const [a, b, c] = await Promise.all([
      member('a', '1000', '3073', RED, { tiles: 2, size: [960, 540] }),
      member('b', '1001', '3073', GREEN, { tiles: 2, video: 'receive' }),
      member('c', '1002', '3073', BLUE, { tiles: 2, video: 'receive', receive: 40 })]);
    const act = (one, ...how) => one.page.evaluate(([action, given]) => window.gallery[action](...given), [how[0], [a.id, ...how.slice(1)]]).catch(async (error) => {
      error.message += `; ${JSON.stringify(await Promise.all([a, one].map(({ page }) => page.evaluate(() => window.gallery.figures()))))}`;
      throw error;
    });
    await Promise.all([act(b, 'high', 100), act(c, 'high', 500)]);

    await act(b, 'becomes', [134, 135, 136]);
    await act(b, 'high', 500);
    await act(b, 'becomes', [540]);
    const [limited, times] = await stretched(() => act(c, 'watch', 2_000));
    assert.ok(limited.height < 300 && limited.gap < 800 * times, JSON.stringify({ times, ...limited }));
    await act(b, 'high', 100);
    await act(b, 'becomes', [134, 135, 136]);
  });
});

/** Which of the colours a plain client sees. */
function seen(plain) {
  return Promise.any([RED, GREEN, BLUE].map(async (colour) => {
    await plain.sees(colour);
    return colour;
  }));
}

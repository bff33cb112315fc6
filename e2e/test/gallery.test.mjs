import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BLUE, commands, CYAN, GREEN, memberOf, RED, YELLOW } from '../lib/eye.mjs';
import { withLibrary } from '../lib/library.mjs';
import { clear } from '../lib/stage.mjs';
import { stretched } from '../lib/starved.mjs';
import { theirs } from '../lib/theirs.mjs';

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

/** A client of others in the same room, with a camera of that colour. */
async function plain(client, user, colour) {
  const one = await theirs(client, 'a', user);
  await one.dial('3071', colour);
  return { user, colour, seesOneOf: (...others) => Promise.any(others.map((other) => one.seesAt([[0.5, 0.5, other.colour]]))) };
}

describe('gallery', () => {
  afterEach(clear);

  test('three see each the two others at once, and clients that know nothing of it, who see the floor; whoever leaves frees his tile', LIMIT, async () => {
    const link = await commands();
    const [a, b, c] = await Promise.all([
      member('a', '1000', '3071', RED, { tiles: 4 }), member('b', '1001', '3071', GREEN, { tiles: 4 }), member('c', '1002', '3071', BLUE, { tiles: 4 })]);

    await Promise.all([a.sees(b, c), b.sees(a, c), c.sees(a, b)]);
    const [d, e] = await Promise.all([plain('signalwire', '1003', YELLOW), plain('vertojs', '1004', CYAN)].map(async (entering) => {
      const one = await entering;
      return { ...one, id: Number(await memberOf(link, '3071', one.user)) };
    }));
    await Promise.all([a.sees(b, c, d, e), b.sees(a, c, d, e)]);
    await Promise.all([d.seesOneOf(a, b, c, e), e.seesOneOf(a, b, c, d)]);

    await c.page.evaluate(() => window.gallery.call.hangUp());
    await Promise.all([a.sees(b, d, e), b.sees(a, d, e)]);
    link.close();
  });

  test('a small place gets a small size and a large one the large, and who can take little a small one that moves', LIMIT, async () => {
    const [a, b, c] = await Promise.all([
      member('a', '1000', '3073', RED, { tiles: 2, size: [960, 540] }),
      member('b', '1001', '3073', GREEN, { tiles: 2, video: 'receive' }),
      member('c', '1002', '3073', BLUE, { tiles: 2, video: 'receive', receive: 40 })]);
    const act = (one, ...how) => one.page.evaluate(([action, given]) => window.gallery[action](...given), [how[0], [a.id, ...how.slice(1)]]).catch(async (error) => {
      throw new Error(`${error.message}; ${JSON.stringify(await Promise.all([a, one].map(({ page }) => page.evaluate(() => window.gallery.figures()))))}`);
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


import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { withLibrary } from '../lib/library.mjs';
import { clear } from '../lib/stage.mjs';

const LIMIT = { timeout: 90_000 };
const WAIT = { timeout: 25_000 };

/** Waits for so many further frames, and for the width where one is given (a browser may begin with less); what the statistics say then. */
const frames = (page, side, more = 10, width = undefined) => page.evaluate(async ([of, least, wide]) => {
  const read = () => window.call.report().then(({ pictures }) => pictures[of], () => undefined);
  const from = (await read())?.frames ?? 0;
  for (const end = performance.now() + 25_000; ;) {
    const now = await read();
    if (now !== undefined && now.frames >= from + least && (wide ?? now.width) === now.width) return now;
    if (performance.now() > end) throw new Error(`no frames ${of}: ${JSON.stringify(now)}; ${window.news?.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}, [side, more, width]);

async function called(page, number, options = {}) {
  await page.evaluate(([to, wish]) => {
    window.news = [];
    window.call = window.session.dial(to, wish);
    window.call.on('camera', ({ kind }) => window.news.push(`camera ${kind}`));
    window.call.on('picture', (stream) => window.news.push(stream === undefined ? 'no picture' : 'picture'));
    window.call.on('sharing', (sharing) => window.news.push(`sharing ${sharing}`));
    window.call.on('ended', (end) => window.news.push(`ended ${JSON.stringify(end)}`));
  }, [number, options]);
}

const active = (page) => page.waitForFunction(() => window.call?.state === 'active', undefined, WAIT);

describe('the library with pictures', () => {
  afterEach(clear);

  test('two see each other, in the size that was asked for, and one of them is black when he wishes', LIMIT, async () => {
    const [a, b] = await Promise.all([withLibrary('a', '1000'), withLibrary('b', '1001')]);
    await b.page.evaluate(() => window.session.on('incoming', (call) => {
      window.call = call;
      window.offered = call.offersPicture;
      void call.answer({ video: true });
    }));
    await called(a.page, '1001', { video: { width: 320, height: 240 }, bandwidth: { send: 400, receive: 600 } });

    await Promise.all([active(a.page), active(b.page)]);
    const [atA, atB] = await Promise.all([frames(a.page, 'received'), frames(b.page, 'received')]);

    assert.equal(await b.page.evaluate(() => window.offered), true);
    assert.ok(atA.width > 0 && atA.framesPerSecond > 5, JSON.stringify(atA));
    assert.deepEqual([atB.width, atB.height], [320, 240]);
    assert.equal(await a.page.evaluate(() => window.call.picture.getVideoTracks()[0].readyState), 'live');
    await a.page.evaluate(() => window.call.setCameraMuted(true));
    await b.page.evaluate(async () => {
      const video = Object.assign(document.createElement('video'), { srcObject: window.call.picture, muted: true });
      await video.play();
      const pen = Object.assign(document.createElement('canvas'), { width: 8, height: 8 }).getContext('2d');
      for (const end = performance.now() + 25_000; ;) {
        pen.drawImage(video, 0, 0, 8, 8);
        const pixels = [...pen.getImageData(0, 0, 8, 8).data];
        if (pixels.every((value, at) => at % 4 === 3 || value < 24)) return;
        if (performance.now() > end) throw new Error(`not black: ${pixels}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
  });

  test('a running call gets a camera, another one, a screen, and is one of sound again', LIMIT, async () => {
    const { page } = await withLibrary('a', '1000');
    await called(page, '9196');
    await active(page);

    await page.evaluate(() => window.call.startCamera());
    await frames(page, 'received');
    const { path } = await page.evaluate(() => ({ path: window.kit.path() }));
    await page.evaluate(() => window.call.useCamera(window.sdk.cameraOf(undefined, { width: 640, height: 360 })));
    const swapped = await frames(page, 'sent', 10, 640);
    await page.evaluate(() => window.call.shareScreen());
    await frames(page, 'received');
    await page.evaluate(() => window.call.stopSharing());
    await frames(page, 'received');
    await page.evaluate(() => window.call.stopCamera());
    await page.waitForFunction(() => window.call.picture === undefined, undefined, WAIT);

    assert.deepEqual([swapped.width, swapped.height], [640, 360]);
    assert.deepEqual(await page.evaluate(() => window.kit.path()), path, 'no other path was looked for');
    assert.deepEqual(await page.evaluate(() => window.news.filter((one) => !one.endsWith('picture'))), ['camera on', 'camera on', 'sharing true', 'sharing false', 'camera off']);
    assert.equal(await page.evaluate(() => window.call.state), 'active');
  });
});

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { clear, loggedIn, openExample, PASSWORD, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

const state = (page, wanted) => page.waitForSelector(`verto-call[state=${wanted}]`);
const listen = ({ page }) =>
  page.evaluate(() => window.kit.listenTo({ srcObject: document.querySelector('verto-call').session.activeCalls[0].sound }));

async function opened(password = PASSWORD) {
  const example = await openExample('a', 'element.html');
  await example.page.fill('[name=login]', '1000');
  await example.page.fill('[name=password]', password);
  await example.page.click('form button');
  return example;
}

describe('<verto-call>', () => {
  afterEach(clear);

  test('calls at a click, and the own tone comes back', LIMIT, async () => {
    const example = await opened();
    await state(example.page, 'idle');

    await example.page.click('verto-call');
    await state(example.page, 'active');
    await listen(example);
    await example.untilHears({ present: [TONES.a], absent: [TONES.b] });
    await example.page.click('verto-call >> text=Hang up');

    await state(example.page, 'idle');
  });

  test('rings, answers and is heard', LIMIT, async () => {
    const example = await opened();
    await state(example.page, 'idle');
    const b = await loggedIn('b', '1001');

    await b.dial('1000');
    await state(example.page, 'ringing');
    await example.page.click('verto-call >> text=Answer');
    await state(example.page, 'active');
    await b.untilHears({ present: [TONES.a] });
    await example.page.click('verto-call >> text=Mute');
    await b.untilHears({ absent: [TONES.a] });
    await b.hangUp();

    await state(example.page, 'idle');
  });

  test('with video shows both sides, turns the camera off, and lets go of it at the end', LIMIT, async () => {
    const { page } = await opened();
    await page.$eval('verto-call', (element) => element.setAttribute('video', ''));
    await state(page, 'idle');

    await page.click('verto-call');
    await state(page, 'active');
    const moving = (part) => page.waitForFunction((name) => {
      const video = document.querySelector('verto-call').shadowRoot.querySelector(`[part=${name}]`);
      return !video.hidden && video.videoWidth > 0 && video.getVideoPlaybackQuality().totalVideoFrames > 8;
    }, part);
    await Promise.all([moving('theirs'), moving('own')]);
    const track = await page.evaluateHandle(() => document.querySelector('verto-call').session.activeCalls[0].ownPicture.getVideoTracks()[0]);
    await page.click('verto-call >> text=Camera');
    await page.waitForSelector('verto-call >> [part=camera][aria-pressed=false]');
    assert.equal(await track.evaluate(({ enabled }) => enabled), false);
    await page.click('verto-call >> text=Camera');
    await page.waitForSelector('verto-call >> [part=camera][aria-pressed=true]');
    await page.click('verto-call >> text=Hang up');

    await state(page, 'idle');
    assert.equal(await track.evaluate(({ readyState }) => readyState), 'ended');
    assert.equal(await page.locator('verto-call >> [part=pictures]').isVisible(), false);
  });

  test('says what is wrong', LIMIT, async () => {
    const example = await opened('nonsense');

    await state(example.page, 'failed');

    const words = await example.page.textContent('verto-call [part=status]');
    assert.equal(words, 'Number or password is wrong. Check both and sign in again.');
  });
});

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { button, dial, ready, signedIn, state } from '../lib/page.mjs';
import { clear, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

/** In the page: times that something to be seen lies over, in any part. */
const covered = () =>
  [...document.querySelectorAll('[role=timer]')].filter((timer) => {
    const { left, right, top, bottom } = timer.getBoundingClientRect();
    const seen = (one) => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)' || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE);
    return [left + 1, (left + right) / 2, right - 1].some((x) => {
      const stack = document.elementsFromPoint(x, (top + bottom) / 2);
      return !stack.includes(timer) || stack.slice(0, stack.indexOf(timer)).some(seen);
    });
  }).map((timer) => timer.textContent);

/** In the page: words on buttons of a call that go on in the next line. */
const broken = () =>
  [...document.querySelectorAll('.actions .round')].flatMap((button) => {
    const words = [];
    const texts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const { 0: word, index } of texts.currentNode.data.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) words.push(word);
      }
    }
    return words;
  });

describe('settings of the page', () => {
  afterEach(clear);

  test('language and colours change at once and stay', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await button(page, 'Settings').click();
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();

    await page.getByLabel('Colours').selectOption('dark');
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();

    assert.notEqual(await ground(), light);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
    await page.reload();
    await ready(page);
    await page.getByRole('heading', { name: 'Bereit für Anrufe' }).waitFor();
    assert.notEqual(await ground(), light);

    // Words are long in German: on a telephone they neither lie over the time of a room nor break within.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByLabel('Nummer, die angerufen wird').fill('3057');
    await page.keyboard.press('Enter');
    // Where it comes to rest: first it looks like any call, and slides in.
    await page.locator(".talk[data-room='true']").getByRole('timer').waitFor();
    await page.waitForFunction(() => document.getAnimations().every(({ effect }) => effect.getComputedTiming().endTime === Infinity || effect.getComputedTiming().progress === null));
    assert.deepEqual(await page.evaluate(covered), []);
    assert.deepEqual(await page.evaluate(broken), []);
  });

  test('no word of the navigation breaks in any language, at any width', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await page.locator('.rail li button').last().click();
    const languages = page.locator('select:has(option[value=de])');
    const tags = await languages.locator('option').evaluateAll((options) => options.map(({ value }) => value).filter((value) => value !== ''));
    const lines = [];
    for (const tag of tags) {
      await languages.selectOption(tag);
      await page.waitForFunction((wanted) => document.documentElement.lang === wanted, tag);
      for (const width of [360, 820, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        lines.push(...(await page.evaluate(() => [...document.querySelectorAll('.rail li button > span:last-child')]
          .filter((word) => word.getClientRects().length > 1 || word.getBoundingClientRect().right > innerWidth || word.getBoundingClientRect().left < 0)
          .map((word) => `${document.documentElement.lang} ${innerWidth}: ${word.textContent}`))));
      }
    }
    assert.ok(tags.length >= 12);
    assert.deepEqual(lines, []);
  });

  test('a browser that wants another language gets it', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const french = await page.context().browser().newPage({ ignoreHTTPSErrors: true, locale: 'fr-CA' });

    await french.goto(page.url());

    await french.getByRole('heading', { name: 'Se connecter' }).waitFor();
    await french.close();
  });

  test('the connection is measured in both directions', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await button(page, 'Settings').click();

    await button(page, 'Run the test').click();

    await page.getByText(/^Download [\d,]+ kbit\/s$/).waitFor();
    await page.getByText(/^Upload [\d,]+ kbit\/s$/).waitFor();
    await page.getByText('Enough for calls in stereo.').waitFor();
  });

  test('stereo can be switched off for the next call', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const offered = () => page.evaluate(() => window.offers.at(-1).includes('stereo=1'));
    await page.evaluate(() => {
      window.offers = [];
      const set = RTCPeerConnection.prototype.setLocalDescription;
      RTCPeerConnection.prototype.setLocalDescription = function setLocalDescription(description) {
        window.offers.push(description.sdp);
        return set.call(this, description);
      };
    });
    await dial(page, '9196');
    await state(page, 'active');
    assert.equal(await offered(), true);
    await button(page, 'Hang up').click();
    await button(page, 'Settings').click();

    await page.getByRole('switch', { name: /^Stereo/ }).uncheck();

    await button(page, 'Phone').click();
    await dial(page, '9196');
    await state(page, 'active');
    assert.equal(await offered(), false);
  });

  test('notifications that the browser blocks are said to be blocked, until somebody allows them there', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await button(page, 'Settings').click();
    const group = page.getByRole('region', { name: 'Notifications' });
    await button(page, 'Turn on').waitFor();
    // All others are denied then.
    await page.context().grantPermissions(['microphone']);
    await group.getByText('The browser blocks notifications from this page. Allow them in the address bar.').waitFor();
    assert.equal(await group.getByRole('button').count(), 0);

    await page.context().grantPermissions(['notifications', 'microphone']);

    await group.getByRole('switch', { name: /^Notifications/ }).waitFor();
  });

  test('another microphone is spoken through in mid-call', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await b.dial('1000');
    await state(page, 'incoming');
    await button(page, 'Answer').click();
    await b.untilHears({ present: [TONES.a] });

    await button(page, 'Devices').click();
    const choice = page.getByRole('dialog').getByLabel('Microphone');
    const names = await choice.locator('option').allTextContents();
    await choice.selectOption({ index: names.length - 1 });
    await page.keyboard.press('Escape');

    assert.ok(names.length > 1, `${names}`);
    await b.hearsSteadily({ present: [TONES.a], absent: [TONES.b] });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

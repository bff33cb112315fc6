import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, afterEach, before, describe, test } from 'node:test';
import { clear, openAt, PASSWORD, theServer, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };
const TEXT = readFileSync(new URL('../../docs/sdk.md', import.meta.url), 'utf8');

/** The pages that the tutorial has, by name, as it has them. */
const PAGES = new Map([...TEXT.matchAll(/^```html file=(\S+)\n([\s\S]*?)^```$/gm)].map(([, name, page]) => [name, page]));

let served;

/** A page of the tutorial, served from elsewhere than the library, as its reader does. Only server and password are those of this test. */
async function opened(name, file) {
  return openAt(name, `http://localhost:${served.address().port}/${file}`);
}

async function signIn({ page }, fields) {
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name=${name}]`, value);
  await page.click('form button');
}

const reads = ({ page }, selector, words) =>
  page.waitForFunction(([where, given]) => document.querySelector(where).textContent.includes(given), [selector, words]);

describe('the tutorial', () => {
  before(async () => {
    const { host } = new URL(theServer().url);
    served = createServer((request, response) => {
      const page = PAGES.get(request.url.slice(1));
      response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html' });
      response.end(page?.replaceAll('localhost:8082', host).replaceAll('PASSWORD', PASSWORD) ?? '');
    });
    await new Promise((resolve) => served.listen(0, 'localhost', resolve));
  });
  after(() => served.close());
  afterEach(clear);

  test('has its four pages', () => {
    assert.deepEqual([...PAGES.keys()], ['call.html', 'phone.html', 'room.html', 'picture.html']);
  });

  test('step 2: a call, and one hears oneself', LIMIT, async () => {
    const a = await opened('a', 'call.html');

    await a.page.click('button');
    await reads(a, 'p', 'active');
    await a.page.evaluate(() => window.kit.listenTo(document.querySelector('audio')));

    await a.untilHears({ present: [TONES.a] });
  });

  test('step 3: one calls the other, and a wrong password is explained', LIMIT, async () => {
    const [a, b] = [await opened('a', 'phone.html'), await opened('b', 'phone.html')];
    await signIn(b, { login: '1001', password: 'nonsense' });
    await reads(b, '#status', 'Number or password is wrong. Check both and sign in again.');
    await signIn(b, { login: '1001', password: PASSWORD });
    await signIn(a, { login: '1000', password: PASSWORD });
    await Promise.all([reads(a, '#status', 'ready'), reads(b, '#status', 'ready')]);

    await a.page.click('#dial');
    await reads(b, '#status', 'ringing 1000');
    await b.page.click('#answer');
    await Promise.all([reads(a, '#status', 'active'), reads(b, '#status', 'active')]);
    await a.page.click('#end');

    await reads(b, '#status', 'ended: NORMAL_CLEARING');
  });

  test('step 4: a room with its list and its chat', LIMIT, async () => {
    const [a, b] = [await opened('a', 'room.html'), await opened('b', 'room.html')];
    await signIn(a, { login: '1000', password: PASSWORD, room: '3113' });
    await reads(a, 'ul', 'User 1000');
    await a.page.fill('[name=words]', 'hello <b>all</b>');
    await a.page.click('#chat button');
    await reads(a, 'ol', 'hello <b>all</b>');

    await signIn(b, { login: '1001', password: PASSWORD, room: '3013' });
    await reads(b, 'ol', 'User 1000: hello <b>all</b>');
    await reads(a, 'ul', '🔊 User 1001');
    await a.page.click('li:has-text("User 1001")');

    await reads(b, 'ul', '🔇 User 1001');
  });

  test('step 5: one sees oneself, by camera and by screen, and neither', LIMIT, async () => {
    const a = await opened('a', 'picture.html');
    const moves = (selector) => a.page.waitForFunction((one) => {
      const { videoWidth, currentTime } = document.querySelector(one);
      return videoWidth > 0 && currentTime > 0.2;
    }, selector);
    await signIn(a, { login: '1000', password: PASSWORD, number: '9196' });
    await Promise.all([moves('#theirs'), moves('#own')]);

    await a.page.click('#screen');
    await a.page.waitForFunction(() => document.querySelector('#own').srcObject.getVideoTracks()[0].contentHint === 'detail');
    await moves('#own');
    await a.page.click('#screen');
    await a.page.click('#camera');

    await a.page.waitForFunction(() => document.querySelector('#own').srcObject === null);
  });
});

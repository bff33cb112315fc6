import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { get } from 'node:https';
import { afterEach, describe, test } from 'node:test';
import { button, dial, heading, PHONE, ready, signedIn, signedOut, state } from '../lib/page.mjs';
import { clear, loggedIn, theServer } from '../lib/stage.mjs';

const LIMIT = { timeout: 90_000 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FIRST_VIEW_BYTES = 200_000;

/** No serious finding on what is shown now, light and dark. */
async function clean(page, what) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours are there with the next frame.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`).join(' | ')}`);
    });
    assert.deepEqual(found, [], `${what}, ${colorScheme}`);
  }
}

/** What a browser would fetch from here: status, headers and how many bytes came. */
function fetched(path, headers = {}) {
  return new Promise((resolve, reject) => {
    get(new URL(path, theServer().url), { headers, rejectUnauthorized: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    }).on('error', reject);
  });
}

describe('the page for everybody', () => {
  afterEach(clear);

  test('axe finds nothing serious on any screen without a call', LIMIT, async () => {
    const form = await signedOut('a');
    await form.getByText('Options').click();
    await clean(form, 'sign in');
    await button(form, 'Sign in').click();
    await clean(form, 'sign in with a mistake');
    for (const options of [{}, PHONE]) {
      const page = await signedIn('a', '1000', options);
      await page.evaluate(() => localStorage.setItem('jverto.people.1000', JSON.stringify([{ name: 'Ada', number: '1001' }])));
      await page.reload();
      await ready(page);
      await dial(page, '9182');
      await heading(page, '9182 is busy');
      for (const panel of ['Phone', 'People', 'Messages', 'History', 'Settings']) {
        await button(page, panel).click();
        await clean(page, `${panel} ${JSON.stringify(options)}`);
      }
      await button(page, 'People').click();
      await button(page, 'Edit Ada').click();
      await clean(page, 'a person');
      await page.keyboard.press('Escape');
      await button(page, 'Write to Ada').click();
      await page.getByLabel('Message', { exact: true }).fill('Hello');
      await button(page, 'Send').click();
      await page.getByRole('log').getByText('Hello').waitFor();
      await clean(page, 'a talk');
      await page.context().close();
    }
  });

  test('axe finds nothing serious in calls', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await b.dial('1000');
    await state(page, 'incoming');
    await clean(page, 'a call that comes');
    await button(page, 'Answer').click();
    await state(page, 'active');
    await clean(page, 'a call');
    for (const drawer of ['Keys', 'Transfer']) {
      await button(page, drawer).click();
      await clean(page, drawer);
    }
    await page.getByRole('button', { name: /^Quality: (Good|Fair|Poor)$/ }).click();
    await clean(page, 'quality');
    await button(page, 'Hold').click();
    await button(page, 'Hold', { pressed: true }).waitFor();
    await clean(page, 'on hold');
    await button(page, 'Devices').click();
    await clean(page, 'devices');
    await page.keyboard.press('Escape');
    const c = await loggedIn('c', '1002');
    await c.dial('1000');
    await button(page, 'Answer, hold the other').waitFor();
    await clean(page, 'two calls');
  });

  test('axe finds nothing serious in calls with pictures', LIMIT, async () => {
    const b = await signedIn('b', '1001');
    for (const options of [{}, PHONE]) {
      const page = await signedIn('a', '1000', options);
      await b.getByLabel('Number to call').fill('1000');
      await button(b, 'Video call').click();
      await state(page, 'incoming');
      await clean(page, 'a video call that comes');
      await button(page, 'With video').click();
      await page.waitForFunction(() => document.querySelector('.picture.theirs')?.videoWidth > 0);
      await button(page, 'More').click();
      await clean(page, `a video call ${JSON.stringify(options)}`);
      await button(page, 'Hang up').click();
      await state(b, 'none');
      await page.context().close();
    }
    await b.getByLabel('Number to call').fill('3812-moderator');
    await button(b, 'Video call').click();
    await state(b, 'active');
    await b.getByRole('button', { name: /^Layout: / }).click();
    await b.getByRole('dialog', { name: 'Layout' }).getByRole('button', { name: '2x2', exact: true }).waitFor();
    await clean(b, 'layouts of a room');
    await b.keyboard.press('Escape');
    await button(b, 'Leave').click();
    await state(b, 'none');
    await button(b, 'Settings').click();
    await button(b, 'Try the camera').click();
    await b.locator('.picture.preview').waitFor();
    await clean(b, 'the camera in the settings');
  });

  test('the page in Arabic runs from right to left, and axe finds nothing serious in it', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await button(page, 'Settings').click();
    await page.getByLabel('Language').selectOption('ar');
    await page.waitForFunction(() => document.documentElement.dir === 'rtl' && document.documentElement.lang === 'ar');
    const [rail, panel] = await Promise.all(['.rail', '.panel'].map((part) => page.locator(part).boundingBox()));
    assert.ok(rail.x > panel.x, JSON.stringify([rail, panel]));
    await clean(page, 'settings in Arabic');
    await page.locator('.rail li button').first().click();
    await clean(page, 'phone in Arabic');
  });

  test('axe finds nothing serious in a conference', LIMIT, async () => {
    const b = await loggedIn('b', '1001');
    for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
      const page = await signedIn('a', '1000', { viewport });
      await dial(page, '3160');
      await state(page, 'active');
      await b.dial('3060');
      await page.getByRole('tab', { name: 'People (2)' }).waitFor();
      await clean(page, 'people');
      await page.getByRole('button', { name: /^Manage/ }).first().click();
      await clean(page, 'one of them');
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: 'Room map' }).click();
      await button(page, 'Seat all in a half circle').click();
      await clean(page, 'the map');
      if (viewport.width < 1000) await page.getByRole('tab', { name: 'Chat' }).click();
      await page.getByLabel('Message', { exact: true }).fill('Hello');
      await page.keyboard.press('Enter');
      await page.getByRole('log').getByText('Hello').waitFor();
      await clean(page, 'chat');
      await button(page, 'Leave').click();
      await b.hangUp();
      await page.context().close();
    }
  });

  test('everything is reached by keyboard: sign in, a room, its people, a seat, and out', LIMIT, async () => {
    const page = await signedOut('a', { viewport: { width: 1440, height: 900 } });
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'username');
    await page.keyboard.type('1000');
    await page.keyboard.press('Tab');
    await page.keyboard.type('end-to-end');
    await page.keyboard.press('Enter');
    await ready(page);
    await page.keyboard.type('3161');
    await page.keyboard.press('Enter');
    await state(page, 'active');
    const until = async (name) => {
      for (let tries = 0; tries < 80; tries++) {
        const found = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
        if (name.test(found)) return;
        await page.keyboard.press('Tab');
      }
      assert.fail(`nothing like ${name} is reached`);
    };

    await until(/^Room map$/);
    await page.keyboard.press('Enter');
    await until(/^1000: no seat$/);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: /^1000: left$/ }).waitFor();
    await until(/^Leave$/);
    await page.keyboard.press('Enter');
    await state(page, 'none');
  });

  test('the first view is small, compressed, and kept by its name', LIMIT, async () => {
    const page = await signedOut('a');
    const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
    let bytes = 0;
    for (const path of ['/', ...new Set(names)].filter((name) => name !== '/worker.js')) {
      const { status, headers, body } = await fetched(path, { 'accept-encoding': 'gzip' });
      assert.equal(status, 200, path);
      bytes += body.length;
      if (path.startsWith('/assets/')) assert.match(headers['cache-control'], /immutable/, path);
      if (path.endsWith('.js')) assert.equal(headers['content-encoding'], 'gzip', path);
    }
    console.log(`first view: ${bytes} bytes`);
    assert.ok(names.some((name) => name.endsWith('.js')), `${names}`);
    assert.ok(bytes < FIRST_VIEW_BYTES, `${bytes} bytes`);
    const script = names.find((name) => name.endsWith('.js'));
    const brotli = await fetched(script, { 'accept-encoding': 'gzip, br' });
    assert.equal(brotli.headers['content-encoding'], 'br');
  });

  test('the server lets no script in but the page\'s own, and no page around it', LIMIT, async () => {
    const { headers, body } = await fetched('/');
    const policy = headers['content-security-policy'];

    assert.match(policy, /default-src 'self'/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-cache');
    assert.doesNotMatch(body.toString(), /<script(?![^>]*\ssrc=)/);
  });

  test('it can be installed, and shows itself without a network', LIMIT, async () => {
    const page = await signedOut('a');
    const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
    assert.equal(manifest.display, 'standalone');
    for (const { src } of manifest.icons) assert.equal((await fetched(src)).status, 200, src);
    await page.evaluate(() => navigator.serviceWorker.ready);

    await page.context().setOffline(true);
    await page.reload();

    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('with a network the page is always the server\'s, whatever the worker has kept', LIMIT, async () => {
    const page = await signedOut('a');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        await cache.put('./', new Response('<!doctype html><title>old</title>', { headers: { 'content-type': 'text/html' } }));
      }
    });

    await page.reload();

    assert.equal(await page.title(), 'jverto');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

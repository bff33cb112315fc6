import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { button, dial, heading, lasted, signedIn, state } from '../lib/page.mjs';
import { clear, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

/** Somebody calls the page's user and is answered. */
async function called(page, caller, number = '1000') {
  await caller.dial(number);
  await state(page, 'incoming');
  await button(page, 'Answer').click();
  await state(page, 'active');
}

describe('calls in the page', () => {
  afterEach(clear);

  test('a second call is answered while the first waits, and back again', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    const c = await loggedIn('c', '1002');
    await called(page, b);
    await b.untilHears({ present: [TONES.a] });

    await c.dial('1000');
    await button(page, 'Answer, hold the other').click();

    await c.untilHears({ present: [TONES.a], absent: [TONES.b] });
    await b.untilHears({ absent: [TONES.a], atLeast: -40 });
    await heading(page, /1002/);
    await page.getByRole('list', { name: 'Calls' }).getByRole('button', { name: /1001/ }).click();
    await heading(page, /1001/);
    await b.untilHears({ present: [TONES.a], absent: [TONES.c] });
    await c.untilHears({ absent: [TONES.a], atLeast: -40 });

    await button(page, 'Hang up').click();
    await b.next('ended');
    await heading(page, /1002/);
    await page.getByText('On hold').first().waitFor();
    await button(page, 'Hold', { pressed: true }).click();
    await c.untilHears({ present: [TONES.a] });
    assert.deepEqual(page.complaints, []);
  });

  test('a second call that is declined does not disturb the first', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    const c = await loggedIn('c', '1002');
    await called(page, b);

    await c.dial('1000');
    await button(page, 'Decline').click();

    assert.equal((await c.next('ended')).cause, 'CALL_REJECTED');
    await b.hearsSteadily({ present: [TONES.a], absent: [TONES.c] });
    await state(page, 'active');
  });

  test('the third one is asked first, and then the two others talk with each other', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    const c = await loggedIn('c', '1002');
    await called(page, b);
    await b.untilHears({ present: [TONES.a] });

    await button(page, 'Transfer').click();
    await page.getByLabel('Send to').fill('1002');
    await button(page, 'Ask first').click();
    await c.next('incoming');
    await c.answer();
    await c.untilHears({ present: [TONES.a], absent: [TONES.b] });
    await b.untilHears({ absent: [TONES.a], atLeast: -40 });
    await button(page, 'Connect them').click();

    await state(page, 'none');
    await b.untilHears({ present: [TONES.c], absent: [TONES.a] });
    await c.untilHears({ present: [TONES.b], absent: [TONES.a] });
    await heading(page, /^You connected .+ with .+$/);
  });

  test('keys are pressed on the page and arrive', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await dial(page, '3041');
    await state(page, 'active');
    await b.dial('3041');
    await b.untilHears({ present: [TONES.a] });

    await button(page, 'Keys').click();
    await page.getByRole('region', { name: 'Keys' }).getByRole('button', { name: '0', exact: true }).click();

    await page.getByText('Pressed: 0').waitFor();
    await b.untilHears({ absent: [TONES.a] });
  });

  test('on a telephone the button that ends a call is seen, whatever is open and however many calls there are', LIMIT, async () => {
    const page = await signedIn('a', '1000', { viewport: { width: 390, height: 700 } });
    const inSight = () => page.evaluate(() => {
      const { top, bottom } = document.querySelector('.round.end').getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    await dial(page, '9196');
    await state(page, 'active');

    for (const drawer of ['Keys', 'Transfer']) {
      await button(page, drawer).click();
      await page.getByRole('button', { name: drawer, pressed: true }).waitFor();
      assert.ok(await inSight(), drawer);
      await button(page, drawer).click();
    }
    await page.getByRole('button', { name: /^Quality/ }).click();
    await page.locator('.quality').waitFor();
    assert.ok(await inSight(), 'quality');
    await page.getByRole('button', { name: /^Quality/ }).click();

    await button(page, 'Add call').click();
    await dial(page, '9664');
    await page.getByRole('list', { name: 'Calls' }).getByRole('listitem').nth(1).waitFor();
    await heading(page, '9664');
    await state(page, 'active');
    assert.ok(await inSight(), 'two calls');
  });

  test('tells how good the call is, in figures and as a plot', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await called(page, b);

    await page.getByRole('button', { name: /^Quality: (Good|Fair|Poor)$/ }).click();

    const quality = page.getByRole('region', { name: 'Quality' });
    await quality.getByText(/^Opinion score [1-4](\.\d)? of 4\.5$/).waitFor();
    for (const name of ['Loss', 'Jitter', 'Round trip']) {
      const plot = quality.getByRole('img', { name: new RegExp(`^${name} over the last two minutes, now [\\d.]+ `) });
      await plot.waitFor();
      await page.waitForFunction((element) => /L/.test(element.querySelector('.plot-line').getAttribute('d')), await plot.elementHandle());
    }
  });

  test('meters show what is heard and what is said, and silence while muted', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await called(page, b);
    const value = (name) => page.getByRole('meter', { name }).getAttribute('aria-valuenow').then(Number);
    const until = async (name, good) => {
      for (let tries = 0; !good(await value(name)); tries++) {
        assert.ok(tries < 60, `${name}: ${await value(name)}`);
        await page.waitForTimeout(200);
      }
    };

    await until('Loudness of what you hear', (loud) => loud > 40);
    await until('Loudness of your microphone', (loud) => loud > 40);
    await button(page, 'Mute').click();
    await until('Loudness of your microphone', (loud) => loud < 5);
  });

  test('calls an other number while one waits, and both come back after a reload', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    const c = await loggedIn('c', '1002');
    await called(page, b);
    await dial(page, '1002');
    await c.next('incoming');
    await c.answer();
    await c.untilHears({ present: [TONES.a] });
    await lasted(page, 2);

    await page.reload();

    await state(page, 'active');
    await heading(page, /1002/);
    await c.untilHears({ present: [TONES.a], absent: [TONES.b] });
    await b.untilHears({ absent: [TONES.a] });
    assert.equal(await page.getByRole('list', { name: 'Calls' }).getByRole('listitem').count(), 2);
  });

  test('a hidden page tells of a call by a notification of the system, which goes with the call', LIMIT, async () => {
    const page = await signedIn('a', '1000', { permissions: ['notifications', 'microphone'] });
    await page.evaluate(() => {
      window.told = [];
      // The browser's own, looked at.
      window.Notification = class extends window.Notification {
        constructor(title, options) {
          super(title, options);
          window.told.push(`made: ${title}`);
          this.addEventListener('show', () => window.told.push('shown'));
          this.addEventListener('close', () => window.told.push('closed'));
        }
      };
      Object.defineProperty(document, 'hidden', { get: () => true });
    });
    const b = await loggedIn('b', '1001');

    await b.dial('1000');
    await state(page, 'incoming');
    await page.waitForFunction(() => window.told.includes('shown'));
    await b.hangUp();
    await state(page, 'none');
    await page.waitForFunction(() => window.told.includes('closed'));

    assert.match((await page.evaluate(() => window.told))[0], /^made: .*1001 is calling$/);
    await heading(page, 'Missed call');
  });

  test('where pages may not show any, the service worker does, and takes it away', LIMIT, async () => {
    const page = await signedIn('a', '1000', { permissions: ['notifications', 'microphone'] });
    await page.evaluate(() => {
      // As browsers of telephones.
      const { permission } = Notification;
      window.Notification = class {
        static permission = permission;
        constructor() {
          throw new TypeError('Illegal constructor');
        }
      };
      Object.defineProperty(document, 'hidden', { get: () => true });
    });
    const titles = () => page.evaluate(() => navigator.serviceWorker.ready.then((worker) => worker.getNotifications()).then((all) => all.map(({ title }) => title)));
    const until = async (wanted) => {
      // With pauses: who asks all the time keeps the worker, which fetches the icon first, from its work on a machine that is busy.
      for (const end = performance.now() + 25_000; ; await page.waitForTimeout(100)) {
        const found = (await titles()).join();
        if (wanted.test(found)) return;
        assert.ok(performance.now() < end, `notifications: ${found}; hidden: ${await page.evaluate(() => document.hidden)}`);
      }
    };
    const b = await loggedIn('b', '1001');

    await b.dial('1000');
    await state(page, 'incoming');
    await until(/1001 is calling$/);
    await b.hangUp();
    await state(page, 'none');

    await until(/^$/);
  });
});

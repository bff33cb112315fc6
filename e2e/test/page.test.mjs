import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { alert, button, dial, heading, hearsSomething, lasted, PHONE, ready, signedIn, signedOut, signInWith, state } from '../lib/page.mjs';
import { clear, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 40_000 };

describe('the page', () => {
  afterEach(clear);

  test('comes by HTTP/2, beside its WebSocket on the same port', LIMIT, async () => {
    const page = await signedIn('a', '1000');

    const protocols = await page.evaluate(() => ['navigation', 'resource'].flatMap((kind) =>
      performance.getEntriesByType(kind).filter(({ name }) => name.startsWith(location.origin)).map(({ nextHopProtocol }) => nextHopProtocol)));

    assert.ok(protocols.length > 3, `${protocols.length} files`);
    assert.deepEqual([...new Set(protocols)], ['h2']);
    assert.deepEqual(page.complaints, []);
  });

  test('tells that the password is wrong, in words', LIMIT, async () => {
    const page = await signedOut('a');

    await signInWith(page, '1000', 'nonsense');

    assert.equal(await alert(page, /./), 'Number or password is wrong.');
  });

  test('asks for what is missing before it asks the server', LIMIT, async () => {
    const page = await signedOut('a');
    await page.getByLabel('Number').fill('1000');

    await page.keyboard.press('Enter');

    assert.equal(await alert(page, /./), 'The password is missing.');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'password');
  });

  test('calls the echo with the keyboard alone, shows what is heard, and hangs up', LIMIT, async () => {
    const page = await signedIn('a', '1000');

    await page.keyboard.type('9196');
    await page.keyboard.press('Enter');
    await state(page, 'active');
    await hearsSomething(page);
    await lasted(page, 2);
    await page.keyboard.press('5');
    await page.getByText('Pressed: 5').waitFor();
    await button(page, 'Hang up').click();

    await state(page, 'none');
    await heading(page, 'You hung up');
    assert.deepEqual(page.complaints, []);
  });

  test('says that a number is busy', LIMIT, async () => {
    const page = await signedIn('a', '1000');

    await page.getByLabel('Number to call').fill('9182');
    await button(page, 'Call').click();

    await heading(page, '9182 is busy');
  });

  test('rings, is answered on a phone screen, and hears the caller', LIMIT, async () => {
    const page = await signedIn('b', '1001', PHONE);
    const a = await loggedIn('a', '1000');
    await a.dial('1001');
    await state(page, 'incoming');
    const caller = await page.locator('.talk-number').textContent();

    await button(page, 'Answer').tap();

    await state(page, 'active');
    await a.untilHears({ present: [TONES.b], absent: [TONES.a] });
    await button(page, 'Mute').tap();
    await a.untilHears({ absent: [TONES.b] });
    await a.hangUp();
    await state(page, 'none');
    assert.equal(caller, '1000');
    await heading(page, /hung up$/);
  });

  test('takes its call up again after a reload, by itself', LIMIT, async () => {
    const page = await signedIn('b', '1001');
    const a = await loggedIn('a', '1000');
    await page.keyboard.type('1000');
    await page.keyboard.press('Enter');
    await a.next('incoming');
    await a.answer();
    await state(page, 'active');
    await a.untilHears({ present: [TONES.b] });
    await lasted(page, 2);
    await button(page, 'Mute').click();
    await a.untilHears({ absent: [TONES.b] });

    await page.reload();

    await state(page, 'active');
    await button(page, 'Mute', { pressed: true }).waitFor();
    await a.untilHears({ absent: [TONES.b] });
    await button(page, 'Mute').click();
    await a.untilHears({ present: [TONES.b], absent: [TONES.a] });
    await hearsSomething(page);
    assert.notEqual(await page.getByRole('timer').textContent(), '0:00');
    assert.equal(await page.evaluate(() => JSON.stringify(sessionStorage).includes('end-to-end')), false);
    await button(page, 'Hang up').click();
    await a.next('ended');
    assert.deepEqual(page.complaints, []);
  });

  test('stays signed in over a reload without a call, and keeps no password', LIMIT, async () => {
    const page = await signedIn('a', '1000');

    await page.reload();

    await ready(page);
    await heading(page, 'Ready for calls');
    const kept = await page.evaluate(() => JSON.stringify(sessionStorage) + JSON.stringify(localStorage));
    assert.equal(kept.includes('end-to-end'), false);
  });

  test('says that the call is over when it has ended meanwhile', LIMIT, async () => {
    const page = await signedIn('b', '1001');
    const a = await loggedIn('a', '1000');
    await a.dial('1001');
    await state(page, 'incoming');
    await button(page, 'Answer').click();
    await state(page, 'active');
    // The new page asks for its script when the old one is gone.
    await page.route('**/config.json', (route) => a.hangUp().then(() => route.continue()));

    await page.reload();

    await heading(page, 'The call is over');
    await ready(page);
  });

  test('puts a call on hold, and sends it on', LIMIT, async () => {
    const page = await signedIn('b', '1001', PHONE);
    const a = await loggedIn('a', '1000');
    await a.dial('1001');
    await state(page, 'incoming');
    await button(page, 'Answer').tap();
    await state(page, 'active');
    await a.untilHears({ present: [TONES.b] });

    await button(page, 'Hold').tap();
    await button(page, 'Hold', { pressed: true }).waitFor();
    await a.untilHears({ atLeast: -40 });
    await page.getByText('On hold').waitFor();
    await button(page, 'Hold').tap();
    await button(page, 'Hold', { pressed: false }).waitFor();
    await a.untilHears({ present: [TONES.b] });
    await button(page, 'Transfer').tap();
    await page.getByLabel('Send to').fill('9196');
    await button(page, 'Transfer now').tap();

    await state(page, 'none');
    await a.untilHears({ present: [TONES.a], absent: [TONES.b] });
    await heading(page, /^You sent .+ to 9196$/);
  });

  test('says that an echo cannot be sent on', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await dial(page, '9196');
    await state(page, 'active');

    await button(page, 'Transfer').click();
    await page.keyboard.type('1001');
    await page.keyboard.press('Enter');

    assert.match(await alert(page, /./), /^Only somebody you talk with/);
    assert.equal(await page.getByText(/^Pressed/).count(), 0);
    await state(page, 'active');
  });

  test('declines a call', LIMIT, async () => {
    const page = await signedIn('b', '1001');
    const a = await loggedIn('a', '1000');
    await a.dial('1001');
    await state(page, 'incoming');

    await button(page, 'Decline').click();

    const { cause } = await a.next('ended');
    assert.equal(cause, 'CALL_REJECTED');
    await heading(page, 'You declined');
  });

  test('says what to do when the microphone is refused', LIMIT, async () => {
    const page = await signedIn('deaf', '1000');

    await page.getByRole('button', { name: /Hear yourself/ }).click();

    assert.match(await alert(page, /./), /may not use the microphone\. Allow it/);
  });

  test('signs out', LIMIT, async () => {
    const page = await signedIn('a', '1000');

    await button(page, 'Sign out').click();

    await page.getByLabel('Password').waitFor();
    await page.reload();
    await page.getByLabel('Password').waitFor();
  });

  test('fits every width without scrolling sideways', LIMIT, async () => {
    const page = await signedIn('a', '1000');

    const fits = async (what) => {
      for (const width of [320, 390, 768, 1024, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${what} at ${width}: ${overflow} too wide`);
      }
    };
    await fits('the pad');
    for (const panel of ['People', 'Messages', 'History', 'Settings', 'Phone']) {
      await button(page, panel).click();
      await fits(panel);
    }
    await dial(page, '9196');
    await state(page, 'active');
    await fits('a call');
    await button(page, 'Transfer').click();
    await fits('a transfer');
    await button(page, /^Quality/).click();
    await fits('its quality');
  });
});

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { clear, loggedIn, openPage, PASSWORD, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 40_000 };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

async function signIn(page, user, password = PASSWORD) {
  await page.fill('#login-user', user);
  await page.fill('#login-password', password);
  await page.keyboard.press('Enter');
}

async function signedIn(name, user, options) {
  const page = await openPage(name, options);
  await page.click('#login-view summary');
  await page.check('#login-studio');
  await signIn(page, user);
  await page.waitForSelector('#presence[data-state="ready"]');
  return page;
}

const state = (page, value) => page.waitForSelector(`#phone-view[data-call="${value}"]`);

describe('the page', () => {
  afterEach(clear);

  test('tells that the password is wrong, in words', LIMIT, async () => {
    const page = await openPage('a');

    await signIn(page, '1000', 'nonsense');

    await page.waitForSelector('#login-trouble:not([hidden])');
    assert.equal(await page.textContent('#login-trouble'), 'Number or password is wrong.');
  });

  test('calls the echo with the keyboard alone, shows what is heard, and hangs up', LIMIT, async () => {
    const page = await signedIn('a', '1000');

    await page.keyboard.type('9196');
    await page.keyboard.press('Enter');
    await state(page, 'active');
    await page.waitForFunction(() => Number(document.getElementById('sound-line').getAttribute('aria-valuenow')) > 20);
    await page.waitForFunction(() => document.getElementById('talk-time').textContent === '0:02');
    await page.keyboard.press('5');
    const digits = await page.textContent('#talk-digits');
    await page.click('#hang-up');

    await state(page, 'none');
    assert.equal(digits, '5');
    assert.equal(await page.textContent('#idle-title'), 'You hung up');
    assert.deepEqual(page.complaints, []);
  });

  test('says that a number is busy', LIMIT, async () => {
    const page = await signedIn('a', '1000');

    await page.fill('#dial-number', '9182');
    await page.click('#call-button');

    await page.waitForFunction(() => document.getElementById('idle-title').textContent === '9182 is busy');
  });

  test('rings, is answered on a phone screen, and hears the caller', LIMIT, async () => {
    const page = await signedIn('b', '1001', PHONE);
    const a = await loggedIn('a', '1000');
    await a.dial('1001');
    await state(page, 'incoming');
    const caller = await page.textContent('#talk-number');

    await page.tap('#answer');

    await state(page, 'active');
    await a.untilHears({ present: [TONES.b], absent: [TONES.a] });
    await page.tap('#mute');
    await a.untilHears({ absent: [TONES.b] });
    await a.hangUp();
    await state(page, 'none');
    assert.equal(caller, '1000');
    assert.match(await page.textContent('#idle-title'), /hung up$/);
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
    await page.waitForFunction(() => document.getElementById('talk-time').textContent === '0:02');
    await page.click('#mute');
    await a.untilHears({ absent: [TONES.b] });

    await page.reload();

    await state(page, 'active');
    await page.waitForSelector('#mute[aria-pressed="true"]');
    await a.untilHears({ absent: [TONES.b] });
    await page.click('#mute');
    await a.untilHears({ present: [TONES.b], absent: [TONES.a] });
    await page.waitForFunction(() => Number(document.getElementById('sound-line').getAttribute('aria-valuenow')) > 20);
    assert.notEqual(await page.textContent('#talk-time'), '0:00');
    assert.equal(await page.evaluate(() => JSON.stringify(sessionStorage).includes('end-to-end')), false);
    await page.click('#hang-up');
    await a.next('ended');
    assert.deepEqual(page.complaints, []);
  });

  test('says that the call is over when it has ended meanwhile', LIMIT, async () => {
    const page = await signedIn('b', '1001');
    const a = await loggedIn('a', '1000');
    await a.dial('1001');
    await state(page, 'incoming');
    await page.click('#answer');
    await state(page, 'active');
    // The new page asks for its script when the old one is gone.
    await page.route('**/*.js', (route) => a.hangUp().then(() => route.continue()));

    await page.reload();

    await page.waitForFunction(() => document.getElementById('idle-title').textContent === 'The call is over');
    await page.waitForSelector('#presence[data-state="ready"]');
  });

  test('puts a call on hold, and sends it on', LIMIT, async () => {
    const page = await signedIn('b', '1001', PHONE);
    const a = await loggedIn('a', '1000');
    await a.dial('1001');
    await state(page, 'incoming');
    await page.tap('#answer');
    await state(page, 'active');
    await a.untilHears({ present: [TONES.b] });

    await page.tap('#hold');
    await page.waitForSelector('#hold[aria-pressed="true"]');
    await a.untilHears({ atLeast: -40 });
    const words = await page.textContent('#talk-state');
    await page.tap('#hold');
    await page.waitForSelector('#hold[aria-pressed="false"]');
    await a.untilHears({ present: [TONES.b] });
    await page.tap('#transfer');
    for (const digit of '9196') await page.tap(`.key[data-digit="${digit}"]`);
    await page.tap('#call-button');

    await state(page, 'none');
    await a.untilHears({ present: [TONES.a], absent: [TONES.b] });
    assert.equal(words, 'On hold');
    assert.match(await page.textContent('#idle-title'), /^You sent .+ to 9196$/);
  });

  test('says that an echo cannot be sent on', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    await page.keyboard.type('9196');
    await page.keyboard.press('Enter');
    await state(page, 'active');

    await page.click('#transfer');
    await page.keyboard.type('1001');
    await page.keyboard.press('Enter');

    await page.waitForSelector('#talk-trouble:not([hidden])');
    assert.match(await page.textContent('#talk-trouble'), /^Only somebody you talk with/);
    assert.equal(await page.textContent('#talk-digits'), '');
    await state(page, 'active');
  });

  test('declines a call', LIMIT, async () => {
    const page = await signedIn('b', '1001');
    const a = await loggedIn('a', '1000');
    await a.dial('1001');
    await state(page, 'incoming');

    await page.click('#hang-up');

    const { cause } = await a.next('ended');
    assert.equal(cause, 'CALL_REJECTED');
    await page.waitForFunction(() => document.getElementById('idle-title').textContent === 'You declined');
  });

  test('says what to do when the microphone is refused', LIMIT, async () => {
    const page = await signedIn('deaf', '1000');

    await page.click('#suggestions button');

    await page.waitForSelector('#idle-trouble:not([hidden])');
    assert.match(await page.textContent('#idle-trouble'), /may not use the microphone/);
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
    await page.fill('#dial-number', '9196');
    await page.keyboard.press('Enter');
    await state(page, 'active');
    await fits('a call');
    await page.click('#transfer');
    await fits('a transfer');
  });
});

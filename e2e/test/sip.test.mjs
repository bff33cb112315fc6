import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { Phone } from '../lib/phone.mjs';
import { programAt } from '../lib/program.mjs';
import { clear, DOMAIN, loggedIn, LOUD, PASSWORD, QUIET, theServer, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };
const PAGE = TONES.a;
const PHONE = TONES.b;

let phone;

/** The page of user 1000, and the telephone of user 1001. */
async function both() {
  const page = await loggedIn('a', '1000');
  const program = await programAt(theServer());
  const status = await program.run('sofia status');
  program.close();
  const port = Number(/sip:\S+@127\.0\.0\.1:(\d+)/.exec(status)[1]);
  phone = await Phone.open({ port, user: '1001', domain: DOMAIN, password: PASSWORD, hertz: PHONE });
  return page;
}

const phoneHears = (wish) => phone.untilHears({ loud: LOUD, quiet: QUIET, ...wish });

const talk = (page) =>
  Promise.all([page.hearsSteadily({ present: [PHONE], absent: [PAGE, TONES.c] }), phoneHears({ present: [PAGE], absent: [PHONE, TONES.c] })]);

const hearEachOther = (page) =>
  Promise.all([page.untilHears({ present: [PHONE], absent: [PAGE] }), phoneHears({ present: [PAGE], absent: [PHONE] })]);

describe('a page and a telephone', () => {
  afterEach(async () => {
    await clear();
    await phone?.close();
    phone = undefined;
  });

  test('the page calls, each hears the other and not itself, the page hangs up', LIMIT, async () => {
    const page = await both();
    await page.dial('1001');
    const { from } = await phone.rings();
    await page.next('early');
    phone.answer();
    await page.next('active');

    await talk(page);
    await page.hangUp();

    await phone.ended();
    assert.match(from, /<sip:1000@/);
  });

  test('the telephone calls, each hears the other and not itself, the telephone hangs up', LIMIT, async () => {
    const page = await both();
    const called = phone.call('1000');
    const { number } = await page.next('incoming');
    await page.answer();
    await Promise.all([called, page.next('active')]);

    await talk(page);
    await phone.hangUp();

    const { cause, causeCode, by } = await page.next('ended');
    assert.deepEqual({ number, cause, causeCode, by }, { number: '1001', cause: 'NORMAL_CLEARING', causeCode: 16, by: 'them' });
  });

  test('on hold by the page the telephone hears music, and the page nothing, until it is over', LIMIT, async () => {
    const page = await both();
    await page.dial('1001');
    await phone.rings();
    phone.answer();
    await page.next('active');
    await hearEachOther(page);

    await page.act('hold');
    await page.next('held');
    await Promise.all([phoneHears({ absent: [PAGE], quiet: -50, atLeast: -40 }), page.untilHears({ atMost: -70 })]);
    await page.act('unhold');
    await page.next('active');

    await hearEachOther(page);
    await phone.hangUp();
    await page.next('ended');
  });
});

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { Baresip, noBaresip } from '../lib/baresip.mjs';
import { programAt } from '../lib/program.mjs';
import { clear, DOMAIN, loggedIn, LOUD, PASSWORD, QUIET, theServer, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };
const PAGE = TONES.a;
const PHONE = TONES.b;

let phone;
let program;

/** The page of user 1000, and baresip with one codec as telephone of user 1001. */
async function both(codec, more) {
  program = await programAt(theServer());
  const port = Number(/sip:\S+@127\.0\.0\.1:(\d+)/.exec(await program.run('sofia status'))[1]);
  const account = { port, user: '1001', domain: DOMAIN, password: PASSWORD, hertz: PHONE, codec, more };
  let page;
  [page, phone] = await Promise.all([loggedIn('a', '1000'), Baresip.open(account)]);
  return page;
}

const phoneHears = (wish) => phone.untilHears({ loud: LOUD, quiet: QUIET, ...wish });

const hearEachOther = (page) =>
  Promise.all([page.untilHears({ present: [PHONE], absent: [PAGE] }), phoneHears({ present: [PAGE], absent: [PHONE] })]);

/** The codec of the telephone's channel, as the server names it. */
async function codec() {
  const { rows } = JSON.parse(await program.run('show channels as json'));
  return rows.find(({ name }) => name.startsWith('sofia/')).read_codec;
}

async function phoneCalls(page) {
  const called = phone.call('1000');
  await page.next('incoming');
  await page.answer();
  await Promise.all([called, page.next('active')]);
}

async function pageCalls(page) {
  await page.dial('1001');
  await phone.rings();
  await page.next('early');
  await phone.answer();
  await page.next('active');
}

describe('a page and baresip', { skip: noBaresip }, () => {
  afterEach(async () => {
    await clear();
    await phone?.close();
    program?.close();
    phone = undefined;
  });

  test('baresip calls with Opus, each hears the other, its key comes as tones, it hangs up', LIMIT, async () => {
    const page = await both('opus/48000/2');
    await phoneCalls(page);
    await hearEachOther(page);
    assert.equal(await codec(), 'opus');

    await Promise.all([page.untilHears({ present: [941, 1477] }), phone.press('#')]);
    await page.untilHears({ present: [PHONE], absent: [941, 1477] });
    await phone.hangUp();

    assert.equal((await page.next('ended')).cause, 'NORMAL_CLEARING');
  });

  test('the page calls with G.722 at the telephone, which puts it on hold with music and comes back', LIMIT, async () => {
    const page = await both('G722/16000/1');
    await pageCalls(page);
    await hearEachOther(page);
    assert.equal(await codec(), 'G722');

    await phone.hold();
    await page.untilHears({ absent: [PHONE], quiet: -50, atLeast: -40 });
    await phone.resume();
    await page.untilHears({ present: [PHONE], absent: [PAGE] });
    // Its recorder stops with its first hold: what it still says is the keys.
    await page.digits('5');
    assert.equal((await phone.event('CALL_DTMF_START')).param, '5');

    await page.hangUp();
    await phone.ended();
  });

  test('baresip calls with PCMA under keys of the SDP, the page puts it on hold and comes back', LIMIT, async () => {
    const page = await both('PCMA/8000/1', 'mediaenc=srtp-mand');
    await phoneCalls(page);
    await hearEachOther(page);
    assert.equal(await codec(), 'PCMA');

    await page.act('hold');
    await page.next('held');
    await Promise.all([phoneHears({ absent: [PAGE], quiet: -50, atLeast: -40 }), page.untilHears({ atMost: -70 })]);
    await page.act('unhold');
    await page.next('active');
    await hearEachOther(page);

    await page.hangUp();
    await phone.ended();
  });

  test('baresip calls with PCMU over DTLS without ICE, puts the page on hold and comes back', LIMIT, async () => {
    const page = await both('PCMU/8000/1', 'mediaenc=dtls_srtp');
    await phoneCalls(page);
    await hearEachOther(page);

    await page.act('hold');
    await page.next('held');
    await phoneHears({ absent: [PAGE], quiet: -50, atLeast: -40 });
    await page.act('unhold');
    await page.next('active');
    await hearEachOther(page);

    await phone.hangUp();
    await page.next('ended');
  });

  test('the page calls baresip by DTLS without ICE', LIMIT, async () => {
    const page = await both('PCMA/8000/1', 'mediaenc=dtls_srtp');
    await page.dial('7009');
    await phone.rings();
    await phone.answer();
    await page.next('active');
    await hearEachOther(page);
    await page.hangUp();
    await phone.ended();
  });

  test('baresip calls with PCMU over ICE and DTLS, and hears the keys of the page', LIMIT, async () => {
    const page = await both('PCMU/8000/1', 'medianat=ice;mediaenc=dtls_srtp');
    await phoneCalls(page);
    await hearEachOther(page);
    assert.equal(await codec(), 'PCMU');

    await page.digits('5');
    assert.equal((await phone.event('CALL_DTMF_START')).param, '5');

    await phone.hangUp();
    await page.next('ended');
  });
});

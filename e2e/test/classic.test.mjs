import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { clear, loggedIn, openExample, PASSWORD, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

const status = (page, words) => page.waitForFunction((given) => document.querySelector('#status').textContent === given, words);

async function oldPage(user = '1000', password = PASSWORD) {
  const opened = await openExample('a', 'classic.html');
  await logIn(opened.page, user, password);
  return opened;
}

async function logIn(page, user, password) {
  await page.fill('#user', user);
  await page.fill('#password', password);
  await page.click('#login button');
}

async function call(page, number) {
  await page.fill('#number', number);
  await page.click('#call');
}

const listen = ({ page }) => page.evaluate(() => window.kit.listenTo(document.querySelector('#webcam')));

// A page that was written for the classic client, with one script tag changed, and no jQuery.
describe('a page of before', () => {
  afterEach(clear);

  test('calls, and the tone is heard through its element', LIMIT, async () => {
    const old = await oldPage();
    await status(old.page, 'logged in');

    await call(old.page, '9198');
    await status(old.page, 'active');
    await listen(old);
    await old.untilHears({ present: [440] });
    await old.page.click('#hangup');

    await status(old.page, 'hangup: NORMAL_CLEARING');
  });

  test('is told of a wrong password, and why a call failed', LIMIT, async () => {
    const refused = await oldPage('1000', 'nonsense');
    await status(refused.page, 'login refused');

    const old = await oldPage();
    await status(old.page, 'logged in');
    await call(old.page, 'nobody-has-this');
    await status(old.page, 'hangup: NO_ROUTE_DESTINATION');
  });

  test('is called, answers, is heard, mutes itself, and holds', LIMIT, async () => {
    const old = await oldPage();
    await status(old.page, 'logged in');
    const b = await loggedIn('b', '1001');

    await b.dial('1000');
    await old.page.waitForFunction(() => /^ringing: .*<1001>$/.test(document.querySelector('#status').textContent));
    await old.page.click('#answer');
    await status(old.page, 'active');
    await listen(old);
    await Promise.all([
      b.untilHears({ present: [TONES.a], absent: [TONES.b] }),
      old.untilHears({ present: [TONES.b], absent: [TONES.a] }),
    ]);
    await old.page.click('#mute');
    await b.untilHears({ absent: [TONES.a] });
    await old.page.click('#mute');
    await b.untilHears({ present: [TONES.a] });
    await old.page.click('#hold');
    await status(old.page, 'held');
    await b.untilHears({ absent: [TONES.a] });
    await old.page.click('#hold');
    await status(old.page, 'active');
    await b.untilHears({ present: [TONES.a] });
    await b.hangUp();

    await status(old.page, 'hangup: NORMAL_CLEARING');
  });

  test('shows who is in a room, in a table that its own client used to draw', LIMIT, async () => {
    const old = await oldPage();
    await status(old.page, 'logged in');
    await call(old.page, '3108');
    await status(old.page, 'active');
    const b = await loggedIn('b', '1001');
    await b.dial('3008');
    await b.next('active');

    await old.page.waitForFunction(() => document.querySelector('#count').textContent === 'Conference Members: (2 Total)');
    const cells = await old.page.$$eval('#members tbody tr', (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.deepEqual(cells.map(([, number, name]) => [number, name]), [['1000', 'Old page'], ['1001', 'Tester 1001']]);
    await old.page.evaluate(() => conference.muteMic(conference.lt.asArray()[1][0]));
    await old.page.waitForFunction(() => document.querySelector('#members tbody tr:nth-child(2)').textContent.includes('MUTE'));
    await b.hangUp();

    await old.page.waitForFunction(() => document.querySelectorAll('#members tbody tr').length === 1);
  });

  test('gets its call back after a reload, with its sound', LIMIT, async () => {
    const old = await oldPage();
    await status(old.page, 'logged in');
    await call(old.page, '9198');
    await status(old.page, 'active');

    await old.page.reload();
    await logIn(old.page, '1000', PASSWORD);
    await status(old.page, 'active');
    await listen(old);
    await old.untilHears({ present: [440] });
    await old.page.click('#hangup');

    await status(old.page, 'hangup: NORMAL_CLEARING');
  });

  test('shows pictures by its tags, takes a camera by deviceParams, and shares its screen', LIMIT, async () => {
    const { page } = await openExample('a', 'classic.html');
    await page.evaluate(([password]) => {
      document.body.append(Object.assign(document.createElement('video'), { id: 'own', autoplay: true, muted: true }));
      window.verto = new $.verto({
        login: '1000@' + location.hostname,
        passwd: password,
        socketUrl: 'wss://' + location.host,
        tag: 'webcam',
        localTag: 'own',
        deviceParams: { useCamera: 'any', useMic: 'any', useSpeak: 'any' },
        videoParams: { minWidth: 320, maxWidth: 640, minHeight: 240, maxHeight: 480, minFrameRate: 15, maxFrameRate: 30 },
      }, window.callbacks);
    }, [PASSWORD]);
    await status(page, 'logged in');
    await page.evaluate(() => {
      window.current = window.verto.newCall({ destination_number: '9196', caller_id_name: 'Old page', caller_id_number: '1000', useVideo: true, localTag: 'own' });
    });
    await status(page, 'active');

    const moves = (id) => page.evaluate(async (wanted) => {
      const video = document.getElementById(wanted);
      const from = video.getVideoPlaybackQuality().totalVideoFrames;
      const end = performance.now() + 25_000;
      while (video.videoWidth === 0 || video.getVideoPlaybackQuality().totalVideoFrames < from + 8) {
        if (performance.now() > end) throw new Error(`no frames of #${wanted}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return video.videoWidth;
    }, id);
    await Promise.all([moves('webcam'), moves('own')]);
    const camera = await page.evaluate(() => document.getElementById('own').srcObject.getVideoTracks()[0].label);
    await page.evaluate(() => window.current.screenShare(true));
    await page.waitForFunction((label) => document.getElementById('own').srcObject?.getVideoTracks()[0]?.label !== label, camera);
    await moves('webcam');
    await page.evaluate(() => window.current.screenShare(false));
    await page.waitForFunction((label) => document.getElementById('own').srcObject?.getVideoTracks()[0]?.label === label, camera);
    await page.click('#hangup');

    await status(page, 'hangup: NORMAL_CLEARING');
  });
});

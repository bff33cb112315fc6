import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { signedIn } from '../lib/page.mjs';
import { clear, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 90_000 };
const BEEP = 640;
/** What a prompt is louder than, in dB. */
const SPEECH = -45;

describe('voicemail', () => {
  afterEach(clear);

  test('a message is left for who is not there, heard by the owner, and deleted', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    await a.dial('1018');
    await a.next('active');
    await a.untilHears({ atLeast: SPEECH });
    await a.digits('0'); // enough of the greeting
    await a.untilHears({ present: [BEEP] });
    await a.untilHears({ absent: [BEEP] });
    await a.page.waitForTimeout(5_000);
    await a.hangUp();
    await a.next('ended');

    // The page was opened by another name than the domain's.
    const page = await signedIn('c', '1018');
    const told = page.locator('.stage').getByText('New voice messages: 1');
    await told.waitFor();

    const owner = await loggedIn('b', '1018');
    await owner.dial('4000');
    await owner.next('active');
    await owner.untilHears({ atLeast: SPEECH });
    await owner.page.waitForTimeout(3_500); // the greeting has no keys
    await owner.digits('1');
    await owner.digits('*'); // not who and when
    await owner.untilHears({ present: [TONES.a], absent: [TONES.c] });
    await owner.digits('7');
    await told.waitFor({ state: 'detached' });
    await owner.untilHears({ absent: [TONES.a], atLeast: SPEECH });
    await owner.hangUp();
    await owner.next('ended');

    await owner.dial('4000');
    await owner.next('active');
    await owner.untilHears({ atLeast: SPEECH });
    await owner.page.waitForTimeout(3_500);
    await owner.digits('1');
    await owner.digits('*');
    await assert.rejects(owner.untilHears({ present: [TONES.a] }, 6_000), 'nothing is left of it');
  });
});

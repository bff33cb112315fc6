import { afterEach, describe, test } from 'node:test';
import { clear, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

describe('a conference', () => {
  afterEach(clear);

  test('each of three in 3000 hears the two others and not oneself', LIMIT, async () => {
    const members = [await loggedIn('a', '1000'), await loggedIn('b', '1001'), await loggedIn('c', '1002')];
    for (const member of members) {
      await member.dial('3000');
      await member.next('active');
    }

    await Promise.all(
      members.map((member) =>
        member.hearsSteadily({
          present: members.filter((other) => other !== member).map((other) => other.hertz),
          absent: [member.hertz],
        }),
      ),
    );
  });

  test('who leaves is not heard any more', LIMIT, async () => {
    const members = [await loggedIn('a', '1000'), await loggedIn('b', '1001'), await loggedIn('c', '1002')];
    const [a, b, c] = members;
    for (const member of members) {
      await member.dial('3002');
      await member.next('active');
    }
    await a.untilHears({ present: [TONES.b, TONES.c] });

    await c.hangUp();

    await a.untilHears({ present: [TONES.b], absent: [TONES.c, TONES.a] });
    await b.untilHears({ present: [TONES.a], absent: [TONES.c, TONES.b] });
  });

  test('the key 0 arrives: it mutes the one who presses it, and unmutes again', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    for (const member of [a, b]) {
      await member.dial('3001');
      await member.next('active');
    }
    await b.untilHears({ present: [TONES.a] });

    await a.digits('0');
    await b.untilHears({ absent: [TONES.a] });
    await a.untilHears({ present: [TONES.b] });
    await a.digits('0');
    await b.untilHears({ present: [TONES.a] });
  });

  test('the key 0 arrives inside the sound as well', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    for (const member of [a, b]) {
      await member.dial('3003');
      await member.next('active');
    }
    await b.untilHears({ present: [TONES.a] });

    await a.digitsInSound('0');

    await b.untilHears({ absent: [TONES.a] });
  });
});

import { afterEach, describe, test } from 'node:test';
import { clear, connected, loggedIn, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

describe('one who listens in', () => {
  afterEach(clear);

  test('hears both, and is heard by whom the keys say', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    const c = await loggedIn('c', '1002');
    await connected(a, b, '7003');
    await a.untilHears({ present: [TONES.b] });

    await c.dial('7002');
    await c.next('active');
    await c.untilHears({ present: [TONES.a, TONES.b], absent: [TONES.c] });
    await a.untilHears({ present: [TONES.b], absent: [TONES.c] });
    await b.untilHears({ present: [TONES.a], absent: [TONES.c] });

    await c.digits('2');
    await a.untilHears({ present: [TONES.b, TONES.c] });
    await b.untilHears({ present: [TONES.a], absent: [TONES.c] });
    await c.digits('1');
    await b.untilHears({ present: [TONES.a, TONES.c] });
    await a.untilHears({ present: [TONES.b], absent: [TONES.c] });
    await c.digits('3');
    await a.untilHears({ present: [TONES.b, TONES.c], absent: [TONES.a] });
    await b.untilHears({ present: [TONES.a, TONES.c], absent: [TONES.b] });

    await c.hangUp();
    await a.hearsSteadily({ present: [TONES.b], absent: [TONES.c] });
    await b.hearsSteadily({ present: [TONES.a], absent: [TONES.c] });
  });
});

import { readdirSync, readFileSync } from 'node:fs';

/** From here on a machine is not busy with us, but starved by others: four browsers and a server alone do not reach it. */
const STARVED = 3;

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended meanwhile, or this system has no such file
  }
};

const list = (path) => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};

/** The processes that we have started, and those that they have. */
function ours() {
  const parents = new Map(list('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => [pid, read(`/proc/${pid}/stat`).split(') ').at(-1).split(' ')[1]]));
  const found = new Set([String(process.pid)]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return found;
}

/** What each of their threads has run by now, and what it has waited for a processor while it could have run, in nanoseconds. */
function threads() {
  const seen = new Map();
  for (const pid of ours()) {
    for (const thread of list(`/proc/${pid}/task`)) {
      const [ran, waited] = read(`/proc/${pid}/task/${thread}/schedstat`).split(' ').map(Number);
      if (waited >= 0) seen.set(thread, [ran, waited]);
    }
  }
  return seen;
}

/**
 * Looks at something for a while. What was seen on a machine that other work starves has to be judged by the time that our processes got there.
 *
 * @returns what was seen, and how many times as long our processes took for their work as they would have had processors at once; 1 where
 *        that is not much
 */
export async function stretched(look) {
  const before = threads();
  const seen = await look();
  let ran = 0;
  let waited = 0;
  for (const [thread, now] of threads()) {
    const then = before.get(thread);
    if (then === undefined) continue;
    ran += now[0] - then[0];
    waited += now[1] - then[1];
  }
  const times = ran > 0 ? (ran + waited) / ran : 1;
  return [seen, times < STARVED ? 1 : times];
}

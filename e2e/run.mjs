// Runs the end-to-end tests: several files at a time, each lane of them a process with a server and browsers of its own, which its
// files share. Most tests wait for sound and for networks, not for the processor; those that measure pictures come last, one by one.
// Arguments choose test files by a part of their name: `npm test -- calls`. JVERTO_E2E_LANES says how many
// lanes (default: 2, and 1 on a machine with one processor).

import { execFileSync, fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What takes longest comes first: otherwise one lane would end long before the other. */
const FIRST = ['conference', 'ivr', 'pageroom', 'numbers'];
/** Nothing else runs beside these: they measure pictures that come in time, which both processors are needed for. */
const ALONE = ['canvas', 'film', 'video', 'pictures', 'pagevideo'];

const wanted = process.argv.slice(2);
const nameOf = (file) => file.slice(0, file.indexOf('.'));
const rank = (file) => (FIRST.includes(nameOf(file)) ? FIRST.indexOf(nameOf(file)) : FIRST.length);
const files = readdirSync(new URL('test/', import.meta.url))
  .filter((file) => file.endsWith('.test.mjs') && (wanted.length === 0 || wanted.some((part) => file.includes(part))))
  .sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
const alone = files.filter((file) => ALONE.includes(nameOf(file)));
const together = files.filter((file) => !alone.includes(file));

const count = Math.min(Number(process.env.JVERTO_E2E_LANES ?? Math.min(2, availableParallelism())), Math.max(1, together.length));
const lanes = new Set();
const failures = [];
const lastWords = [];
let bad = files.length === 0;

/** Gives each lane that has nothing to do the next file; one that is to run alone when all others have nothing to do. */
function deal() {
  for (const lane of lanes) {
    if (lane.file !== undefined) continue;
    const others = [...lanes].some((other) => other.file !== undefined);
    const file = together.shift() ?? (others ? undefined : alone.shift());
    if (file !== undefined) {
      lane.file = file;
      lane.child.send({ file });
    } else if (alone.length === 0) {
      lane.child.send({});
      lane.ending = true;
      lanes.delete(lane);
    }
  }
}

function open(number) {
  const child = fork(new URL('lane.mjs', import.meta.url), [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, JVERTO_E2E_LANE: `${number}/${count}` },
  });
  const lane = { child, file: undefined, ending: false };
  const mark = count === 1 ? '' : `${number}| `;
  createInterface({ input: child.stdout }).on('line', (line) => console.log(mark + line));
  createInterface({ input: child.stderr }).on('line', (line) => lastWords.push(mark + line));
  child.on('message', ({ failure }) => {
    if (failure !== undefined) {
      failures.push(failure);
      return;
    }
    lane.file = undefined;
    lanes.add(lane);
    deal();
  });
  return new Promise((resolve) => {
    child.once('close', (code) => {
      lanes.delete(lane);
      if (code !== 0) bad = true;
      if (!lane.ending) failures.push(`FAILED lane ${number} ended with ${code}${lane.file === undefined ? '' : ` in ${lane.file}`}`);
      bad ||= !lane.ending;
      deal();
      resolve();
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill());
  });
}

if (files.length === 0) console.log(`there is no test file like ${wanted.join(' or ')}`);
// Once, not by each lane's server.
else execFileSync(join(fileURLToPath(new URL('..', import.meta.url)), 'jverto'), ['build'], { stdio: ['ignore', 'inherit', 'inherit'] });

await Promise.all(Array.from({ length: files.length === 0 ? 0 : count }, (_, index) => open(index + 1)));
if (together.length + alone.length > 0) failures.push(`FAILED not run: ${[...together, ...alone].join(', ')}`);
if (bad) console.log(`${lastWords.join('\n')}\n${failures.join('\n')}`);
process.exitCode = bad ? 1 : 0;

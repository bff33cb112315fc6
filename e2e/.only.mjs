// Runs the end-to-end tests one after the other in this process: the server and the browsers are shared.
// Arguments choose test files by a part of their name: `npm test -- calls`.

import { readdirSync } from 'node:fs';
import { failures } from './lib/failures.mjs';
import { raise } from './lib/stage.mjs';

const wanted = process.argv.slice(2);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

const server = await raise();
console.log(`server: ${server.url}`);
process.on('exit', (code) => {
  if (code === 0) return;
  console.log(`what the server wrote last:\n${server.output.join('').split('\n').slice(-80).join('\n')}`);
  console.log(failures.join('\n'));
});
for (const file of readdirSync(new URL('test/', import.meta.url)).sort()) {
  if (!file.endsWith('.test.mjs')) continue;
  if (wanted.length === 0 || wanted.some((part) => file === part + ".test.mjs")) await import(`./test/${file}`);
}

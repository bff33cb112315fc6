// One lane of the end-to-end tests, started by run.mjs: a server and browsers, and one test file after the other as they are dealt.

import { after, describe } from 'node:test';
import { lower, raise } from './lib/stage.mjs';

// Whatever ends us, or whoever dealt the files, the server is ended when the process exits.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.once(signal, () => process.exit(130));

const server = await raise();
console.log(`server: ${server.url}`);
process.on('exit', (code) => {
  if (code !== 0) console.error(`what the server wrote last:\n${server.output.join('').split('\n').slice(-80).join('\n')}`);
});

const next = () =>
  new Promise((resolve) => {
    process.once('message', ({ file }) => resolve(file));
    process.send({});
  });

for (let file = await next(); file !== undefined; file = await next()) {
  await new Promise((resolve) => {
    describe(file, async () => {
      after(resolve);
      await import(`./test/${file}`);
    });
  });
}
await lower();
process.removeAllListeners('disconnect');
process.disconnect();

import { readFileSync } from 'node:fs';
import { clientScripts } from './bundle.mjs';
import { browserOf, PASSWORD, pageOf, theServer } from './stage.mjs';

const SCRIPT = readFileSync(new URL('../page/theirs.js', import.meta.url), 'utf8');

/** A page with one of the [clientScripts] as its users load it, logged in. Its methods are those of `window.theirs`. */
export async function theirs(client, browser, user) {
  const page = pageOf(await (await browserOf(browser)).newPage({ bypassCSP: true }));
  await page.goto(new URL('/nothing-here', theServer().url).href);
  await page.addScriptTag({ content: clientScripts[client]() });
  await page.addScriptTag({ content: SCRIPT });
  const act = (action, ...given) => page.evaluate(([wanted, what]) => window.theirs[wanted](...what), [action, given]);
  await act('login', client, theServer().wssUrl, user, PASSWORD);
  return { dial: (...how) => act('dial', ...how), seesAt: (...what) => act('seesAt', ...what), layout: (name) => act('layout', name) };
}

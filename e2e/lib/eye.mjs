import { eyeScript } from './bundle.mjs';
import { programAt } from './program.mjs';
import { browserOf, PASSWORD, pageOf, theServer } from './stage.mjs';

let script;

export const RED = [200, 30, 30];
export const GREEN = [30, 170, 30];
export const BLUE = [30, 30, 200];
export const YELLOW = [200, 200, 30];
export const CYAN = [30, 200, 200];

/** A page with the plainest client that has a camera, logged in. Its methods are those of `window.eye`. */
export async function eye(name, user, sessid) {
  const page = pageOf(await (await browserOf(name)).newPage({ bypassCSP: true }));
  await page.goto(new URL('/nothing-here', theServer().url).href);
  return equip(page, user, sessid);
}

async function equip(page, user, sessid) {
  script ??= eyeScript();
  await page.addScriptTag({ content: await script });
  const act = (action, ...parameters) => page.evaluate(([wanted, given]) => window.eye[wanted](...given), [action, parameters]);
  await act('login', theServer().wssUrl, user, PASSWORD, ...(sessid === undefined ? [] : [sessid]));
  return new Proxy({ page, reload: async () => {
    const before = await act('sessid');
    await page.reload();
    return equip(page, user, before);
  } }, {
    // Awaited, it is no promise.
    get: (own, action) => own[action] ?? (action === 'then' ? undefined : (...parameters) => act(action, ...parameters)),
  });
}

/** A link to the server's event socket, for commands. */
export async function commands() {
  const { run, close } = await programAt(theServer());
  return { api: run, close };
}

/** The number of a user's member in a room. A call that is answered comes in a moment later. */
export async function memberOf(link, room, user) {
  for (const end = Date.now() + 10_000; ;) {
    const found = new RegExp(`(\\d+);[^\\n]*;[^\\n]*${user};`).exec(await link.api(`conference ${room} list`));
    if (found !== null) return found[1];
    if (Date.now() > end) throw new Error(`${user} does not come into ${room}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

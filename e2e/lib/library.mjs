import { openKit, PASSWORD, theServer } from './stage.mjs';

/** A page with the library as `window.sdk`, and as `window.session` a session that is logged in. */
export async function withLibrary(name, user = '1000') {
  const opened = await openKit(name);
  await opened.page.evaluate(async ({ url, login, password }) => {
    window.sdk = await import('/sdk/jverto.js');
    const input = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    window.session = new window.sdk.Session({ url, login, password, media: { input } });
    // An answered call would outlive its page.
    window.kit.leave = () => window.session.close();
    await window.session.open();
  }, { url: theServer().wssUrl, login: user, password: PASSWORD });
  return opened;
}

import { openPage, PASSWORD } from './stage.mjs';

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** Of a browser that speaks English, whatever the machine does. */
export const ENGLISH = { locale: 'en-GB' };

export async function signInWith(page, user, password = PASSWORD) {
  await page.getByLabel('Number').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
}

/** The server's own page, signed in; the browser leaves the microphone's tone as it is. */
export async function signedIn(name, user, options = {}) {
  const page = await signedOut(name, options);
  await signIn(page, user, options);
  return page;
}

/** Through the form, to the server that it names or another. */
export async function signIn(page, user, { server } = {}) {
  await page.getByText('Options').click();
  await page.getByLabel(/^Studio sound/).check();
  if (server !== undefined) await page.getByLabel('Server').fill(server);
  await signInWith(page, user);
  await ready(page);
}

/** The sign-in form of the server's own page. */
export const signedOut = (name, { server: _, ...options } = {}) => openPage(name, { ...ENGLISH, ...options });

export const ready = (page) => page.locator('.presence[data-state="ready"]').waitFor();

/** How far the call that is shown is: `none`, `incoming`, `waiting` or `active`. */
export const state = (page, value) => page.locator(`.stage[data-call="${value}"], .stage [data-call="${value}"]`).waitFor({ state: 'attached' });

export const button = (page, name, options = {}) => page.getByRole('button', { name, exact: true, ...options });

export const dial = async (page, number) => {
  await page.getByLabel('Number to call').fill(number);
  await page.keyboard.press('Enter');
};

/** Waits until the stage's heading says this. */
export const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: typeof name === 'string' }).waitFor();

/** Waits until an alert says this, and gives its text. */
export async function alert(page, pattern) {
  const found = page.getByRole('alert').filter({ hasText: pattern });
  await found.waitFor();
  return found.textContent();
}

/** Waits until the call has lasted so long, as it says. */
export const lasted = (page, seconds) =>
  page.waitForFunction((least) => {
    const [minutes, rest] = (document.querySelector('[role=timer]')?.textContent ?? '').split(':').map(Number);
    return minutes * 60 + rest >= least;
  }, seconds);

/** Waits until the page itself shows that it hears something. */
export const hearsSomething = (page) =>
  page.waitForFunction(() => Number(document.querySelector('[aria-label="Loudness of what you hear"]')?.getAttribute('aria-valuenow')) > 20);

import type { Trouble } from './errors.ts';

/** What went wrong and what to do about it, in plain English. Texts of the server stand in `what` as they came. */
export interface Advice {
  readonly what: string;
  /** Empty where there is nothing to do. */
  readonly todo: string;
}

/** Explains a trouble to a person. */
export function advise(trouble: Trouble): Advice {
  switch (trouble.kind) {
    case 'unreachable':
      return {
        what: `There is no answer from ${trouble.url}.`,
        todo: trouble.certificate === undefined
          ? 'Check the address, and that the server is running.'
          : `Check the address, and that the server is running. Then open ${trouble.certificate} in a tab: the browser may not trust its certificate.`,
      };
    case 'connection-lost':
      return { what: 'The connection was lost.', todo: 'Check the network. It is tried again by itself.' };
    case 'closed':
      return { what: 'You are signed out.', todo: '' };
    case 'replaced':
      return { what: 'The same session was opened elsewhere, for instance in another tab.', todo: 'Go on there, or sign in here again.' };
    case 'timeout':
      return { what: 'The server does not reply.', todo: 'Try again in a moment.' };
    case 'wrong-password':
      return { what: 'Number or password is wrong.', todo: 'Check both and sign in again.' };
    case 'must-wait':
      return { what: 'There were too many wrong passwords.', todo: `Wait ${trouble.seconds} seconds: it is tried again by itself.` };
    case 'login-expired':
      return { what: 'Your sign-in has expired.', todo: 'Sign in again.' };
    case 'too-long':
      return { what: 'That is too long to be sent.', todo: `Make it shorter than ${Math.floor(trouble.limit / 1000)} kB.` };
    case 'refused':
      return { what: `The server refused: ${trouble.message}`, todo: 'If you should be allowed to do this, ask who runs the server.' };
    case 'insecure-page':
      return { what: 'Browsers allow calls on secure pages only.', todo: 'Open this page with https.' };
    case 'microphone-refused':
      return { what: 'This page may not use the microphone.', todo: 'Allow it in the address bar, or in the settings of the system, and call again.' };
    case 'microphone-missing':
      return { what: 'No microphone was found.', todo: 'Plug one in and call again.' };
    case 'microphone-busy':
      return { what: 'The microphone is in use by another program.', todo: 'Close that program and call again.' };
    case 'camera-refused':
      return { what: 'This page may not use the camera.', todo: 'Allow it in the address bar, or in the settings of the system, and turn the camera on again.' };
    case 'camera-missing':
      return { what: 'No camera was found.', todo: 'Plug one in and turn it on again.' };
    case 'camera-busy':
      return { what: 'The camera is in use by another program.', todo: 'Close that program and turn the camera on again.' };
    case 'screen-refused':
      return { what: 'No screen was chosen.', todo: 'Choose one, and see that the system lets this browser show it.' };
    case 'screen-missing':
    case 'screen-busy':
      return { what: 'The screen cannot be shown.', todo: 'Let the browser record the screen in the settings of the system.' };
    case 'speaker-missing':
      return { what: 'That speaker is not there.', todo: 'Plug it in, or choose another one.' };
    case 'speaker-fixed':
      return { what: 'This browser does not let pages choose a speaker.', todo: 'Choose it in the settings of the system.' };
    case 'sound-blocked':
      return { what: 'The browser plays nothing yet.', todo: 'Click anywhere on the page.' };
    case 'media-failed':
      return { what: 'No sound got through to the server.', todo: 'A firewall may block UDP: try another network, or ask who runs it.' };
    case 'wrong-state':
      return { what: 'That is not possible right now.', todo: '' };
  }
}

import type { Call, CallState, Ending, SessionState, Trouble } from '@jverto/sdk';

/** What went wrong, for a person, with what to do about it. */
export function explain(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'unreachable':
      return `There is no answer from ${trouble.url}. Check the address, and that the server is running.`;
    case 'connection-lost':
      return 'The connection was lost.';
    case 'closed':
      return '';
    case 'replaced':
      return 'You signed in somewhere else, so this page has signed out.';
    case 'timeout':
      return 'The server does not reply. Try again in a moment.';
    case 'wrong-password':
      return 'Number or password is wrong.';
    case 'refused':
      return `The server refused: ${trouble.message}.`;
    case 'insecure-page':
      return 'Browsers allow calls on secure pages only. Open this page with https.';
    case 'microphone-refused':
      return 'This page may not use the microphone. Allow it in the address bar, then call again.';
    case 'microphone-missing':
      return 'No microphone was found. Plug one in, then call again.';
    case 'microphone-busy':
      return 'The microphone is in use by another program. Close that, then call again.';
    case 'login-expired':
      return 'Your sign-in has expired. Sign in again.';
    case 'too-long':
      return 'That is too long to be sent.';
    case 'speaker-missing':
      return 'That speaker is not there.';
    case 'speaker-fixed':
      return 'This browser does not let pages choose a speaker.';
    case 'sound-blocked':
      return 'The browser plays nothing yet. Click anywhere on the page.';
    case 'media-failed':
      return 'No sound could get through to the server. A firewall may block UDP.';
    case 'wrong-state':
      return 'That is not possible right now.';
  }
}

/** How a call ended, in a few words. */
export function ended(ending: Ending, who: string, wasActive: boolean, incoming: boolean): string {
  if (ending.trouble !== undefined) return explain(ending.trouble);
  if (ending.by === 'us') return wasActive ? 'You hung up' : incoming ? 'You declined' : 'You cancelled';
  switch (ending.cause) {
    case 'USER_BUSY':
      return `${who} is busy`;
    case 'NO_ANSWER':
    case 'NO_USER_RESPONSE':
      return incoming ? 'Missed call' : `${who} did not answer`;
    case 'NO_ROUTE_DESTINATION':
    case 'UNALLOCATED_NUMBER':
      return `${who} is not in use`;
    case 'USER_NOT_REGISTERED':
    case 'SUBSCRIBER_ABSENT':
      return `${who} is not signed in`;
    case 'CALL_REJECTED':
      return `${who} declined`;
    case 'ORIGINATOR_CANCEL':
      return 'Missed call';
    case 'LOSE_RACE':
      return 'Answered elsewhere';
    case 'INCOMPATIBLE_DESTINATION':
      return `${who} has no sound format in common with this browser`;
    case 'NORMAL_CLEARING':
      return wasActive ? `${who} hung up` : incoming ? 'Missed call' : `${who} declined`;
    default:
      return `Ended by the server: ${ending.cause.toLowerCase().replaceAll('_', ' ')}`;
  }
}

/** What became of a call that was sent on. */
export function sentOn(who: string, number: string): string {
  return `You sent ${who} to ${number}`;
}

/** Why a call could not be held or sent on. */
export function refusal(trouble: Trouble): string {
  // An echo, music or a room: there is nobody at the other end who could go elsewhere.
  const alone = trouble.kind === 'refused' && trouble.message === 'call is not bridged';
  return alone ? 'Only somebody you talk with can be sent on.' : explain(trouble);
}

/** The state of a call in one or two words. */
export function stateOf(state: CallState, direction: Call['direction']): string {
  switch (state) {
    case 'new':
      return direction === 'outgoing' ? 'Opening the microphone' : 'Incoming call';
    case 'requesting':
    case 'trying':
      return 'Calling';
    case 'early':
      return 'Ringing';
    case 'ringing':
      return 'Incoming call';
    case 'answering':
      return 'Connecting';
    case 'active':
      return 'Connected';
    case 'recovering':
      return 'Reconnecting';
    case 'ended':
      return 'Ended';
  }
}

export function presenceOf(state: SessionState, login: string): string {
  switch (state.name) {
    case 'ready':
      return login;
    case 'idle':
    case 'connecting':
      return 'Connecting';
    case 'waiting':
      return 'Reconnecting';
    case 'closed':
      return 'Signed out';
  }
}

/** `0:07`, `12:34`, `1:02:03` */
export function duration(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(Math.floor(seconds) % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** One or two letters for a name, or the end of a number. */
export function initials(name: string, number: string): string {
  const words = name.split(/[^\p{L}]+/u).filter((word) => word !== '');
  if (words.length === 0) return number.slice(-2);
  const letters = words.length === 1 ? [words[0]] : [words[0], words.at(-1)];
  return letters.map((word) => [...(word ?? '')][0] ?? '').join('').toUpperCase();
}

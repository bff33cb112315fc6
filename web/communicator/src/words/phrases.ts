import { type Call, type CallState, type Ending, type Trouble, VertoError } from '@jverto/sdk';
import { type Phrase, phrase } from './words.ts';

/** What went wrong, for a person, with what to do about it. Undefined when nothing did. */
export function explain(trouble: Trouble): Phrase | undefined {
  switch (trouble.kind) {
    case 'unreachable':
      return trouble.certificate === undefined
        ? phrase('trouble.unreachable', { url: trouble.url })
        : phrase('trouble.certificate', { url: trouble.url, certificate: trouble.certificate });
    case 'connection-lost':
      return phrase('trouble.connectionLost');
    case 'closed':
      return undefined;
    case 'replaced':
      return phrase('trouble.replaced');
    case 'timeout':
      return phrase('trouble.timeout');
    case 'wrong-password':
      return phrase('trouble.wrongPassword');
    case 'must-wait':
      return phrase('trouble.mustWait', { seconds: trouble.seconds });
    case 'refused':
      // The library's own word for it.
      if (trouble.code === undefined && trouble.message === 'the server takes no pictures') return phrase('trouble.noPictures');
      return phrase('trouble.refused', { message: trouble.message });
    case 'insecure-page':
      return phrase('trouble.insecurePage');
    case 'microphone-refused':
      return phrase('trouble.microphoneRefused');
    case 'microphone-missing':
      return phrase('trouble.microphoneMissing');
    case 'microphone-busy':
      return phrase('trouble.microphoneBusy');
    case 'camera-refused':
      return phrase('trouble.cameraRefused');
    case 'camera-missing':
      return phrase('trouble.cameraMissing');
    case 'camera-busy':
      return phrase('trouble.cameraBusy');
    case 'screen-refused':
    case 'screen-missing':
    case 'screen-busy':
      return phrase('trouble.screenRefused');
    case 'media-failed':
      return phrase('trouble.media');
    case 'wrong-state':
      return phrase('trouble.state');
    case 'login-expired':
      return phrase('trouble.loginExpired');
    case 'too-long':
      return phrase('trouble.tooLong', { size: Math.floor(trouble.limit / 1000) });
    case 'speaker-missing':
      return phrase('trouble.speakerMissing');
    case 'speaker-fixed':
      return phrase('trouble.speakerFixed');
    case 'sound-blocked':
      return phrase('trouble.soundBlocked');
  }
}

/** The same of whatever was thrown. */
export function explainError(error: unknown): Phrase {
  const known = error instanceof VertoError ? explain(error.trouble) : undefined;
  return known ?? phrase('trouble.other', { message: error instanceof Error ? error.message : String(error) });
}

/** Why a call could not be held or sent on. */
export function refusal(error: unknown): Phrase {
  const trouble = error instanceof VertoError ? error.trouble : undefined;
  // An echo, music or a room: there is nobody at the other end who could go elsewhere.
  const alone = trouble?.kind === 'refused' && trouble.message === 'call is not bridged';
  return alone ? phrase('trouble.notBridged') : explainError(error);
}

/** How a call ended, in a few words. */
export function ended(ending: Ending, who: string, wasActive: boolean, incoming: boolean): Phrase {
  const trouble = ending.trouble === undefined ? undefined : explain(ending.trouble);
  if (trouble !== undefined) return trouble;
  if (ending.by === 'us') return phrase(wasActive ? 'end.youHungUp' : incoming ? 'end.youDeclined' : 'end.youCancelled');
  switch (ending.cause) {
    case 'USER_BUSY':
      return phrase('end.busy', { who });
    case 'NO_ANSWER':
    case 'NO_USER_RESPONSE':
      return incoming ? phrase('end.missed') : phrase('end.noAnswer', { who });
    case 'NO_ROUTE_DESTINATION':
    case 'UNALLOCATED_NUMBER':
      return phrase('end.notInUse', { who });
    case 'USER_NOT_REGISTERED':
    case 'SUBSCRIBER_ABSENT':
      return phrase('end.notSignedIn', { who });
    case 'CALL_REJECTED':
      return phrase('end.declined', { who });
    case 'ORIGINATOR_CANCEL':
      return phrase('end.missed');
    case 'LOSE_RACE':
      return phrase('end.elsewhere');
    case 'INCOMPATIBLE_DESTINATION':
      return phrase('end.incompatible', { who });
    case 'NORMAL_CLEARING':
      if (wasActive) return phrase('end.hungUp', { who });
      return incoming ? phrase('end.missed') : phrase('end.noAnswer', { who });
    default:
      return phrase('end.server', { cause: ending.cause.toLowerCase().replaceAll('_', ' ') });
  }
}

/** The state of a call in one or two words. */
export function stateOf(state: CallState, direction: Call['direction']): Phrase {
  switch (state) {
    case 'new':
      return phrase(direction === 'outgoing' ? 'call.opening' : 'call.incoming');
    case 'requesting':
    case 'trying':
      return phrase('call.calling');
    case 'early':
      return phrase('call.ringing');
    case 'ringing':
      return phrase('call.incoming');
    case 'answering':
      return phrase('call.connecting');
    case 'active':
      return phrase('call.connected');
    case 'recovering':
      return phrase('call.reconnecting');
    case 'ended':
      return phrase('call.ended');
  }
}

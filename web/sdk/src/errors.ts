/** Everything that can go wrong, one case each; `switch` over `kind` to explain it to a person, or use `advise`. */
export type Trouble =
  /** `certificate`: an address to open in a tab. Browsers do not tell pages why a connection failed; an untrusted certificate may be why. */
  | { readonly kind: 'unreachable'; readonly url: string; readonly certificate?: string }
  | { readonly kind: 'connection-lost' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'timeout'; readonly method: string }
  | { readonly kind: 'wrong-password'; readonly message: string }
  /** After too many failures: no login is looked at for so many seconds. The session tries again by itself. */
  | { readonly kind: 'must-wait'; readonly seconds: number }
  /** What let this client in once, for instance a token, does so no more. */
  | { readonly kind: 'login-expired'; readonly message: string }
  /** More than the server reads at once: it would close the connection. */
  | { readonly kind: 'too-long'; readonly bytes: number; readonly limit: number }
  | { readonly kind: 'refused'; readonly method: string; readonly code: number | undefined; readonly message: string }
  | { readonly kind: 'insecure-page' }
  | { readonly kind: 'microphone-refused' }
  | { readonly kind: 'microphone-missing' }
  | { readonly kind: 'microphone-busy' }
  | { readonly kind: 'camera-refused' }
  | { readonly kind: 'camera-missing' }
  | { readonly kind: 'camera-busy' }
  /** Nobody chose one, or the system does not let this browser show it. */
  | { readonly kind: 'screen-refused' }
  | { readonly kind: 'screen-missing' }
  | { readonly kind: 'screen-busy' }
  | { readonly kind: 'speaker-missing' }
  /** This browser plays where the system says. */
  | { readonly kind: 'speaker-fixed' }
  /** Nothing plays before somebody has clicked or pressed a key. */
  | { readonly kind: 'sound-blocked' }
  | { readonly kind: 'media-failed'; readonly message: string }
  | { readonly kind: 'wrong-state'; readonly message: string };

/** The one error type of this library. */
export class VertoError extends Error {
  constructor(readonly trouble: Trouble) {
    super(describe(trouble));
    this.name = 'VertoError';
  }
}

function describe(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'unreachable':
      return `no connection to ${trouble.url}`;
    case 'timeout':
      return `no reply to ${trouble.method}`;
    case 'refused':
      return `${trouble.method} was refused: ${trouble.message}`;
    case 'must-wait':
      return `no login for ${trouble.seconds} s`;
    case 'too-long':
      return `${trouble.bytes} bytes are more than the ${trouble.limit} that a message may have`;
    case 'wrong-password':
    case 'login-expired':
    case 'media-failed':
    case 'wrong-state':
      return trouble.message;
    case 'connection-lost':
    case 'closed':
    case 'replaced':
    case 'insecure-page':
    case 'microphone-refused':
    case 'microphone-missing':
    case 'microphone-busy':
    case 'camera-refused':
    case 'camera-missing':
    case 'camera-busy':
    case 'screen-refused':
    case 'screen-missing':
    case 'screen-busy':
    case 'speaker-missing':
    case 'speaker-fixed':
    case 'sound-blocked':
      return trouble.kind.replace('-', ' ');
  }
}

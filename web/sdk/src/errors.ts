/** Everything that can go wrong, one case each; `switch` over `kind` to explain it to a person. */
export type Trouble =
  | { readonly kind: 'unreachable'; readonly url: string }
  | { readonly kind: 'connection-lost' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'timeout'; readonly method: string }
  | { readonly kind: 'wrong-password'; readonly message: string }
  | { readonly kind: 'refused'; readonly method: string; readonly code: number | undefined; readonly message: string }
  | { readonly kind: 'insecure-page' }
  | { readonly kind: 'microphone-refused' }
  | { readonly kind: 'microphone-missing' }
  | { readonly kind: 'microphone-busy' }
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
    case 'wrong-password':
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
      return trouble.kind.replace('-', ' ');
  }
}

// Defines <verto-call>. Importing it twice, or in two bundles, defines it once.
import { VertoCall } from './VertoCall.ts';

export { VertoCall, type VertoCallDetail, type VertoCallState } from './VertoCall.ts';

declare global {
  interface HTMLElementTagNameMap {
    'verto-call': VertoCall;
  }
}

if (typeof customElements !== 'undefined' && customElements.get('verto-call') === undefined) customElements.define('verto-call', VertoCall);

import { VertoError } from '../errors.ts';
import { isObject, strings, text } from '../wire/values.ts';

/** What a server says to pages of its own: `config.json` beside them. */
export interface ServerConfig {
  /** Where sessions connect to; absent where the server does not say. */
  readonly websocket: string | undefined;
  /** STUN and TURN servers; credentials may hold for a short time, so read this again for a session that is opened later. */
  readonly iceServers: readonly RTCIceServer[];
  /** The domain that every login gets; absent where clients name theirs. */
  readonly domain: string | undefined;
  /** What the server can do beyond the protocol, by name. */
  readonly features: readonly string[];
  /** Where a device learns to trust the server's own certificate authority, relative to the page; absent where browsers know who issued it. */
  readonly certificateAuthority: string | undefined;
}

/**
 * Reads the configuration that a server has for pages.
 *
 * @throws VertoError `unreachable` when there is none, or nothing that can be read
 */
export async function loadConfig(url = 'config.json', load: (url: string) => Promise<Response> = fetch): Promise<ServerConfig> {
  let read: unknown;
  try {
    const response = await load(url);
    read = response.ok ? await response.json() : undefined;
  } catch {
    read = undefined;
  }
  if (!isObject(read)) throw new VertoError({ kind: 'unreachable', url });
  return {
    websocket: text(read['websocket']),
    iceServers: iceServersOf(read['iceServers']),
    domain: text(read['domain']),
    features: strings(read['features']),
    certificateAuthority: text(read['certificateAuthority']),
  };
}

/** Those of a list that a browser takes. */
export function iceServersOf(value: unknown): readonly RTCIceServer[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isIceServer) : [];
}

function isIceServer(value: unknown): value is RTCIceServer {
  if (!isObject(value)) return false;
  const { urls } = value;
  return typeof urls === 'string' || (Array.isArray(urls) && urls.length > 0 && strings(urls).length === urls.length);
}

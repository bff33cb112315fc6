import { loadConfig, type ServerConfig } from '@jverto/sdk';

/** What the page goes by. */
export interface PageConfig {
  /** Where to log in. */
  readonly websocket: string;
  readonly iceServers: readonly RTCIceServer[];
  /** The domain that every login there gets; absent where the server does not say. */
  readonly domain?: string;
  /** The page that tells a device to trust this server; absent where there is no need. */
  readonly trust?: string;
}

const PATIENCE_MS = 3_000;

/** Asks the server what holds for its page; without an answer the page's own address counts. */
export async function pageConfig(location: Pick<Location, 'protocol' | 'host'> = window.location, load = fetchSoon): Promise<PageConfig> {
  const scheme = location.protocol === 'http:' ? 'ws' : 'wss';
  const config: Partial<ServerConfig> = await loadConfig('./config.json', load).catch(() => ({}));
  const websocket = config.websocket ?? `${scheme}://${location.host}`;
  // Browsers let a secure page open secure connections alone.
  return {
    websocket: scheme === 'wss' ? websocket.replace(/^ws:/, 'wss:') : websocket,
    iceServers: config.iceServers ?? [],
    ...(config.domain === undefined ? {} : { domain: config.domain }),
    ...(config.certificateAuthority === undefined ? {} : { trust: config.certificateAuthority }),
  };
}

const fetchSoon = (url: string): Promise<Response> => fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), cache: 'no-store' });

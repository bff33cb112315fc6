import { expect, it } from 'vitest';
import { pageConfig } from '../src/model/config.ts';

const SECURE = { protocol: 'https:', host: 'pbx.example.com:8082' };
const answer = (body: unknown) => (): Promise<Response> => Promise.resolve(Response.json(body));

it('goes by what the server says', async () => {
  const said = { websocket: 'wss://verto.example.com', iceServers: [{ urls: 'stun:stun.example.com' }], features: [] };

  expect(await pageConfig(SECURE, answer(said))).toEqual({ websocket: said.websocket, iceServers: said.iceServers });
});

it('knows the domain of its users, where the server says it', async () => {
  expect((await pageConfig(SECURE, answer({ domain: 'pbx.example.com' }))).domain).toBe('pbx.example.com');
});

it('knows where a device learns to trust the server, where there is need', async () => {
  expect((await pageConfig(SECURE, answer({ certificateAuthority: 'ca' }))).trust).toBe('ca');
});

it('goes by its own address where the server says nothing', async () => {
  const fallback = { websocket: 'wss://pbx.example.com:8082', iceServers: [] };

  expect(await pageConfig(SECURE, () => Promise.reject(new Error('offline')))).toEqual(fallback);
  expect(await pageConfig(SECURE, answer([]))).toEqual(fallback);
  expect(await pageConfig({ protocol: 'http:', host: 'localhost' }, answer({}))).toEqual({ websocket: 'ws://localhost', iceServers: [] });
});

it('opens nothing insecure from a secure page, whatever a proxy made the server say', async () => {
  expect((await pageConfig(SECURE, answer({ websocket: 'ws://pbx.example.com:8082' }))).websocket).toBe('wss://pbx.example.com:8082');
});

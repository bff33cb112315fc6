import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch } from '../lib/chromium.mjs';
import { cannotMakeNetworks, CLIENT_OUTSIDE, makeNetworks, SERVER, SERVER_OUTSIDE, TURN } from '../lib/networks.mjs';
import { startCoturn, without } from '../lib/outside.mjs';
import { button, dial, hearsSomething, ready, signInWith, state } from '../lib/page.mjs';
import { configure, ROOT, startServer } from '../lib/server.mjs';
import { TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };
const MEDIA = [20_000, 20_030];
const WSS = 8443;
const TURN_PORT = 443;
const SECRET = 'of the TURN server';

/** A browser behind a NAT, a server behind another one that passes ports on. */
describe('networks of their own', { skip: cannotMakeNetworks() }, () => {
  let networks;
  let server;
  let browser;
  let page;

  before(async () => {
    networks = makeNetworks({ tcp: [WSS], media: MEDIA });
    server = await startServer({
      command: ['ip', 'netns', 'exec', networks.server, join(ROOT, 'jverto')],
      variables: { rtp_ip: SERVER, rtp_start_port: MEDIA[0], verto_wss_ip: SERVER, verto_wss_port: WSS, ice_tcp: 'true' },
      prepare: (folder) => {
        configure(folder, 'autoload_configs/verto.conf.xml', /()<!-- <param name="ext-rtp-ip" value="203.0.113.5"\/> -->/,
          `<param name="ext-rtp-ip" value="${SERVER_OUTSIDE}"/>`);
        configure(folder, 'autoload_configs/verto.conf.xml', /()<!-- <param name="turn-servers" [^>]*\/> -->/,
          `<param name="turn-servers" value="turn:${TURN}:${TURN_PORT}?transport=tcp turns:${TURN}:${TURN_PORT}?transport=tcp"/><param name="turn-secret" value="${SECRET}"/>`);
      },
    });
    browser = await launch({ hertz: TONES.a, network: networks.client });
    page = await browser.newPage({ locale: 'en-GB' });
    await page.addInitScript(remembersPeers);
    await page.goto(`https://${SERVER_OUTSIDE}:${WSS}/`);
    await signInWith(page, '1000');
    await ready(page);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    networks?.close();
  });

  const explained = (call) =>
    execFileSync('ip', ['netns', 'exec', networks.server, join(ROOT, 'jverto'), 'explain', call, '--data', join(server.folder, 'data')], { encoding: 'utf8' });

  const call = async () => {
    await dial(page, '9196');
    await state(page, 'active');
    await hearsSomething(page);
    const path = await page.evaluate(selectedPath);
    await button(page, 'Hang up').click();
    await state(page, 'none');
    return path;
  };

  /** A call by way of coturn, which is started for it. */
  const relays = async (protocol, how) => {
    const coturn = await startCoturn(server.folder, { port: TURN_PORT, secret: SECRET, address: TURN, network: networks.turn, ...how });
    try {
      const path = await call();

      assert.equal(path.type, 'relay');
      assert.equal(path.relayProtocol, protocol);
      assert.equal(path.address, SERVER_OUTSIDE);
      assert.match(explained(path.call), new RegExp(`ICE: media go to ${TURN.replaceAll('.', '\\.')} port \\d+; `));
    } finally {
      await coturn.stop();
    }
  };

  test('a client behind a NAT and a server behind a router that passes ports on hear each other by UDP', LIMIT, async () => {
    const path = await call();

    assert.equal(path.protocol, 'udp');
    assert.equal(path.address, SERVER_OUTSIDE);
    assert.match(explained(path.call), new RegExp(`ICE: media go to ${CLIENT_OUTSIDE.replaceAll('.', '\\.')} port \\d+; `));
  });

  test('where no UDP leaves the client\'s network they hear each other by TCP', LIMIT, async () => {
    networks.blockUdp();

    const path = await call();

    assert.equal(path.protocol, 'tcp');
    assert.equal(path.address, SERVER_OUTSIDE);
    assert.match(explained(path.call), new RegExp(`ICE: media go to ${CLIENT_OUTSIDE.replaceAll('.', '\\.')} port \\d+ over TCP; `));
  });

  test('where nothing but the page and port 443 can be reached they hear each other by TURN over TCP', { ...LIMIT, skip: without('coturn') }, async () => {
    networks.blockUdp();
    networks.allowOnlyTcp(WSS, TURN_PORT);
    await relays('tcp', {});
  });

  test('by a TURN server that takes nothing but TLS at port 443 they hear each other, too', { ...LIMIT, skip: without('coturn') }, async () => {
    networks.blockUdp();
    networks.allowOnlyTcp(WSS, TURN_PORT);
    await relays('tls', { pem: join(server.folder, 'data/tls/wss.pem') });
  });
});

/** In the page: keeps its peer connections, and the id of the last call. */
function remembersPeers() {
  const Real = window.RTCPeerConnection;
  window.peers = [];
  window.RTCPeerConnection = class extends Real {
    constructor(configuration) {
      super(configuration);
      window.peers.push(this);
    }
  };
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function sendAndRemember(data) {
    if (typeof data === 'string' && data.includes('"verto.invite"')) window.lastCall = JSON.parse(data).params.dialogParams.callID;
    return send.call(this, data);
  };
}

/** In the page: where the sound of the last call goes to. */
async function selectedPath() {
  const stats = await window.peers.at(-1).getStats();
  const transport = [...stats.values()].find((one) => one.type === 'transport');
  const pair = stats.get(transport.selectedCandidatePairId);
  const [local, remote] = [stats.get(pair.localCandidateId), stats.get(pair.remoteCandidateId)];
  return { call: window.lastCall, type: local.candidateType, relayProtocol: local.relayProtocol, protocol: remote.protocol, address: remote.address };
}

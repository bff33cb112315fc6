import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import WebSocket from 'ws';
import { launch } from '../lib/chromium.mjs';
import { homeTrusting, jverto, startApache, startCoturn, startNginx, without } from '../lib/outside.mjs';
import { button, dial, hearsSomething, ready, state } from '../lib/page.mjs';
import { programAt } from '../lib/program.mjs';
import { configure, DOMAIN, freeTcpPorts, PASSWORD, ROOT, startServer } from '../lib/server.mjs';
import { TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };
const NAMES = ['pbx.example.com', 'www.example.com'];
const SECRET = 'a secret of end-to-end tests';

/** A browser that looks at certificates, and knows the authority that `./jverto cert init` made. */
describe('a server with a certificate of its own authority', { skip: without('certutil') }, () => {
  let server;
  let browser;
  let turn;

  before(async () => {
    const [port] = await freeTcpPorts(1);
    turn = { port, secret: SECRET };
    server = await startServer({
      variables: { rtp_ip: '127.0.0.1' },
      prepare: (folder) => {
        // One proxy alone is trusted: the tests come from other addresses of the loopback network.
        configure(folder, 'autoload_configs/verto.conf.xml', /(name="trusted-proxies" value=")[^"]*/, '127.0.0.1/32');
        configure(folder, 'autoload_configs/verto.conf.xml', /(<settings>)/,
          `<param name="turn-servers" value="turn:127.0.0.1:${port}?transport=udp"/><param name="turn-secret" value="${SECRET}"/>`);
        jverto(folder, 'cert', 'init', ...NAMES.flatMap((name) => ['--fqdn', name]));
      },
    });
    const home = homeTrusting(server.folder, 'trusting', join(server.folder, 'data/tls/ca.pem'));
    browser = await launch({ hertz: TONES.a, strict: { home, hosts: NAMES } });
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const calls = async (url, { relay = false } = {}) => {
    const page = await browser.newPage({ locale: 'en-GB' });
    if (relay) await page.addInitScript(relayOnly);
    await page.goto(url);
    await page.getByLabel('Number').fill('1000');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await ready(page);
    await dial(page, '9196');
    await state(page, 'active');
    await hearsSomething(page);
    return page;
  };

  const hangUp = async (page) => {
    await button(page, 'Hang up').click();
    await state(page, 'none');
    await page.context().close();
  };

  test('is opened by its name without a warning, tells how devices trust it, and takes calls', LIMIT, async () => {
    const page = await calls(`https://${NAMES[0]}:${server.ports.wss}/`);
    await hangUp(page);

    const other = await browser.newPage({ locale: 'en-GB' });
    await other.goto(`https://${NAMES[0]}:${server.ports.wss}/`);
    await other.getByRole('link', { name: 'Make this device trust the server' }).click();
    await other.getByRole('heading', { name: 'iPhone and iPad' }).waitFor();
    assert.equal(await other.evaluate(async () => (await fetch('ca.crt')).headers.get('content-type')), 'application/x-x509-ca-cert');
    await other.context().close();
  });

  test('is refused by a browser that does not have the authority', LIMIT, async () => {
    const stranger = await launch({ strict: { home: homeTrusting(server.folder, 'stranger'), hosts: NAMES } });
    try {
      const page = await stranger.newPage();
      await assert.rejects(page.goto(`https://${NAMES[0]}:${server.ports.wss}/`), /ERR_CERT_AUTHORITY_INVALID/);
    } finally {
      await stranger.close();
    }
  });

  for (const [name, start] of [['nginx', startNginx], ['apache', startApache]]) {
    test(`takes calls behind ${name}, as a whole host and below a path`, { ...LIMIT, skip: without(name) }, async () => {
      const [port] = await freeTcpPorts(1);
      const proxy = await start(server.folder, { port, ws: server.ports.ws, pem: join(server.folder, 'data/tls/wss.pem') });
      try {
        await hangUp(await calls(`https://${NAMES[0]}:${port}/`));
        const page = await calls(`https://${NAMES[1]}:${port}/phone/`);
        assert.match(await page.evaluate(async () => (await (await fetch('./config.json')).json()).websocket), /^wss:\/\/www\.example\.com:\d+\/phone\/$/);
        await hangUp(page);

        // Who lies about its address is known by the one that the proxy saw.
        const client = await loginFrom('127.0.0.5', `wss://127.0.0.1:${port}/`, NAMES[0]);
        const program = await programAt(server);
        const status = await program.run('verto status');
        program.close();
        client.close();
        assert.match(status, /127\.0\.0\.5/);
        assert.doesNotMatch(status, /203\.0\.113\.1/);
      } finally {
        await proxy.stop();
      }
    });
  }

  test('takes a call that may go through the TURN server alone, with the password of the login', { ...LIMIT, skip: without('coturn') }, async () => {
    const coturn = await startCoturn(server.folder, turn);
    try {
      const page = await calls(`https://${NAMES[0]}:${server.ports.wss}/`, { relay: true });
      const pairs = await page.evaluate(selectedPairs);
      assert.deepEqual(pairs, ['relay']);
      const config = await page.evaluate(async () => (await fetch('./config.json')).json());
      assert.deepEqual(config.iceServers, []);
      await hangUp(page);
      assert.match(coturn.output(), new RegExp(`user <\\d+:1000@${DOMAIN}>`));
    } finally {
      await coturn.stop();
    }
  });
});

/** Listens at the port that is its first argument, makes that its standard input, as systemd does it, and becomes the program behind. */
const GIVES_A_SOCKET = `my $socket = IO::Socket::INET->new(Listen => 64, LocalAddr => '127.0.0.1', LocalPort => shift, ReuseAddr => 1) or die $!;
  POSIX::dup2(fileno $socket, 0); exec @ARGV`;

test('a server takes the socket that it is started with, and who connects before it is ready waits', { ...LIMIT, skip: existsSync('/usr/bin/perl') ? false : 'there is no perl' }, async () => {
  const [port] = await freeTcpPorts(1);
  const starting = startServer({
    command: ['perl', '-MPOSIX', '-MIO::Socket::INET', '-e', GIVES_A_SOCKET, String(port), join(ROOT, 'jverto')],
    variables: { verto_wss_ip: '127.0.0.1', verto_wss_port: port },
  });
  const early = connected(port).then((socket) => status(port, socket));
  const server = await starting;
  try {
    assert.equal(await early, 200);
    assert.equal(await connected(port).then((socket) => status(port, socket)), 200);
    assert.match(server.output.join(''), new RegExp(`127\\.0\\.0\\.1:${port} is the socket that this process was given`));
  } finally {
    await server.stop();
  }
});

/** Connects as soon as somebody listens. */
async function connected(port) {
  for (;;) {
    const socket = await new Promise((resolve) => {
      const one = net.connect(port, '127.0.0.1', () => resolve(one)).once('error', () => resolve(undefined));
    });
    if (socket !== undefined) return socket;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Of an answer to a request by that connection. */
const status = (port, socket) => new Promise((resolve, reject) => {
  get({ host: '127.0.0.1', port, path: '/config.json', rejectUnauthorized: false, agent: false, createConnection: () => tls.connect({ socket, rejectUnauthorized: false }) }, (response) => {
    response.resume();
    resolve(response.statusCode);
  }).once('error', reject);
});

const CANNOT = process.getuid() === 0 && ['/usr/bin/setpriv', '/usr/bin/unshare', '/usr/bin/openssl'].every(existsSync)
  ? false
  : 'only root can make a network of its own, with setpriv, unshare and openssl';

test('a server of an ordinary user is on port 443 with one right', { ...LIMIT, skip: CANNOT }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'jverto-443-'));
  try {
    cpSync(join(ROOT, 'conf'), join(folder, 'conf'), { recursive: true });
    configure(folder, 'vars.xml', /(data="verto_wss_port=)[^"]*/, '443');
    mkdirSync(join(folder, 'data'));
    execFileSync('chown', ['-R', '65534:65534', folder]);
    jverto(folder, 'cert', 'init', '--fqdn', NAMES[0]); // by root; the folder's owner must be able to read what it made
    const output = execFileSync('unshare', ['--net', 'sh', '-c', ON_443, 'sh', ROOT, folder, NAMES[0]], { encoding: 'utf8' });
    assert.match(output, /Verification: OK/);
    assert.match(output, /Uid:\s65534\s65534/);
    assert.match(output, /CapEff:\s0000000000000400/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** In a network of its own; $1 is the tree, $2 the folder, $3 the name. 0x400 is CAP_NET_BIND_SERVICE. */
const ON_443 = `
  ip link set lo up
  cd "$1"
  setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all,+net_bind_service --bounding-set=-all,+net_bind_service --ambient-caps=+net_bind_service \\
    ./jverto run --conf "$2/conf" --data "$2/data" >"$2/output" 2>&1 &
  server=$!
  for i in $(seq 300); do
    ! grep -q '^jverto ready' "$2/output" || break
    kill -0 $server || break
    sleep 0.1
  done
  openssl s_client -connect 127.0.0.1:443 -servername "$3" -CAfile "$2/data/tls/ca.pem" -verify_hostname "$3" -verify_return_error -brief </dev/null 2>&1 || cat "$2/output"
  grep -E '^(Uid|CapEff)' /proc/$server/status
  kill $server
  wait $server
  exit 0
`;

/** In the page: no connection but through a relay. */
function relayOnly() {
  const Real = window.RTCPeerConnection;
  window.peers = [];
  window.RTCPeerConnection = class extends Real {
    constructor(configuration) {
      super({ ...configuration, iceTransportPolicy: 'relay' });
      window.peers.push(this);
    }
  };
}

/** In the page: kinds of our own candidates that carry sound. */
async function selectedPairs() {
  const kinds = [];
  for (const peer of window.peers) {
    const stats = await peer.getStats();
    for (const transport of stats.values()) {
      const pair = transport.type === 'transport' ? stats.get(transport.selectedCandidatePairId) : undefined;
      if (pair !== undefined) kinds.push(stats.get(pair.localCandidateId).candidateType);
    }
  }
  return kinds;
}

/** Logs in from an address of this machine, with a header that lies. */
function loginFrom(localAddress, url, servername) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      localAddress, servername, rejectUnauthorized: false, headers: { host: servername, 'x-forwarded-for': '203.0.113.1' },
    });
    socket.once('error', reject);
    socket.once('open', () => socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'login', params: { login: '1001', passwd: PASSWORD, sessid: 'of-a-liar' } })));
    socket.on('message', (text) => {
      if (JSON.parse(text).id === 1) resolve(socket);
    });
  });
}

import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { ROOT } from './server.mjs';

const START_MS = 10_000;
const STOP_MS = 5_000;

/** Programs of Debian beside the server; a test that needs one is passed over where it is not there. */
export const PROGRAMS = { nginx: '/usr/sbin/nginx', apache: '/usr/sbin/apache2', coturn: '/usr/bin/turnserver', certutil: '/usr/bin/certutil', nft: '/usr/sbin/nft' };

/** What `skip` of a test wants: false, or why. */
export const without = (name) => (existsSync(PROGRAMS[name]) ? false : `there is no ${name}`);

/**
 * Starts a program in the foreground and waits until a TCP port of it is open.
 *
 * @param at its address, and the network of its own that it runs in, if it does
 */
export async function startProgram(name, args, port, { address = '127.0.0.1', network } = {}) {
  const [program, ...words] = [...(network === undefined ? [] : ['ip', 'netns', 'exec', network]), PROGRAMS[name], ...args];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const atExit = () => child.kill('SIGKILL');
  process.on('exit', atExit);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
    process.off('exit', atExit);
  };
  const opened = await Promise.race([open(() => (network === undefined ? connects(address, port) : connectsWithin(network, address, port))), ended.then(() => false)]);
  if (!opened) {
    await stop();
    throw new Error(`${name} did not open port ${port}:\n${Buffer.concat(output)}`);
  }
  return { stop, output: () => Buffer.concat(output).toString() };
}

async function open(tried) {
  for (const end = Date.now() + START_MS; Date.now() < end; ) {
    if (await tried()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

const connects = (address, port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, address, () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

const connectsWithin = (network, address, port) =>
  new Promise((resolve) => execFile('ip', ['netns', 'exec', network, 'bash', '-c', `: </dev/tcp/${address}/${port}`], (error) => resolve(error === null)));

/** A sample of docs/hosting for free ports and the certificate of a server's data folder. */
function sample(file, { port, ws, pem }) {
  return readFileSync(join(ROOT, 'docs/hosting', file), 'utf8')
    .replaceAll(/443( ssl|>)/g, `${port}$1`)
    .replaceAll('127.0.0.1:8081', `127.0.0.1:${ws}`)
    .replaceAll(/\/etc\/ssl\/\S+\.(pem|key)/g, pem);
}

export async function startNginx(folder, sites) {
  mkdirSync(join(folder, 'nginx'), { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/nginx/${kind};`).join(' ');
  writeFileSync(join(folder, 'nginx/nginx.conf'), `daemon off; master_process off; pid ${folder}/nginx/pid; error_log ${folder}/nginx/error.log;
    events {} http { access_log off; ${temporary} ${sample('nginx.conf', sites)} }`);
  return startProgram('nginx', ['-p', join(folder, 'nginx'), '-c', join(folder, 'nginx/nginx.conf')], sites.port);
}

export async function startApache(folder, sites) {
  mkdirSync(join(folder, 'apache'), { recursive: true });
  const modules = ['mpm_event', 'authz_core', 'alias', 'headers', 'proxy', 'proxy_http', 'socache_shmcb', 'ssl']
    .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n');
  const user = process.getuid() === 0 ? 'User www-data\nGroup www-data' : '';
  writeFileSync(join(folder, 'apache/apache.conf'), `ServerName localhost\nServerRoot ${folder}/apache\n${modules}\n${user}\nListen 127.0.0.1:${sites.port}
    PidFile ${folder}/apache/pid\nErrorLog ${folder}/apache/error.log\nDefaultRuntimeDir ${folder}/apache\nMutex posixsem\n${sample('apache.conf', sites)}`);
  return startProgram('apache', ['-X', '-f', join(folder, 'apache/apache.conf')], sites.port);
}

/**
 * coturn, on loopback unless an address is named; its passwords come from the secret.
 *
 * @param pem certificate and key: then it takes TLS and nothing else
 */
export function startCoturn(folder, { port, secret, address = '127.0.0.1', network, pem }) {
  const way = pem === undefined ? [`--listening-port=${port}`, '--no-tls', '--no-dtls'] : [`--tls-listening-port=${port}`, `--cert=${pem}`, `--pkey=${pem}`, '--no-tcp', '--no-udp', '--no-dtls'];
  return startProgram('coturn', ['-n', '--log-file=stdout', `--pidfile=${folder}/turn.pid`, `--listening-ip=${address}`, `--relay-ip=${address}`, ...way,
    '--realm=turn.test', '--use-auth-secret', `--static-auth-secret=${secret}`, '--allow-loopback-peers', '--no-cli', '--fingerprint', '--verbose',
    `--userdb=${folder}/turndb`], port, { address, network });
}

/** A home folder in which Chromium trusts an authority, or nobody. */
export function homeTrusting(folder, name, pem) {
  const home = join(folder, name);
  const database = join(home, '.pki/nssdb');
  mkdirSync(database, { recursive: true });
  execFileSync(PROGRAMS.certutil, ['-N', '-d', `sql:${database}`, '--empty-password']);
  if (pem !== undefined) execFileSync(PROGRAMS.certutil, ['-A', '-d', `sql:${database}`, '-n', 'jverto', '-t', 'C,,', '-i', pem]);
  return home;
}

/** Runs `./jverto` with these arguments on a server's folder. */
export const jverto = (folder, ...args) =>
  execFileSync(join(ROOT, 'jverto'), [...args, '--conf', join(folder, 'conf'), '--data', join(folder, 'data')], { encoding: 'utf8' });

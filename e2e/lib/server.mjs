import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeTone } from './tone.mjs';
import { bindUdp } from './udp.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const START_MS = 240_000; // the first start builds
const STOP_MS = 10_000;
const MEDIA_PORTS = 16; // more than a machine has media loops

export const PASSWORD = 'end-to-end';

/** Of the users: their full names are `1000@` and this. */
export const DOMAIN = 'jverto.test';

/** A user who lets others ring for [PATIENCE_SECONDS] only, in place of the 30 s of all. */
export const IMPATIENT = '1009';
export const PATIENCE_SECONDS = 5;

/** Pitches of the left and the right channel of the file that 7000 plays. */
export const FILE_TONES = [500, 1250];

/**
 * Starts `./jverto run` on free ports with the default configuration, SIP for telephones of this machine and a few numbers more, and
 * waits until it takes calls.
 *
 * @param detachSeconds how long a call waits for its client; without it the default
 * @param command what starts it instead of this tree's own program, as words
 * @param variables values of `vars.xml` besides
 * @param prepare called with the folder of configuration and data before the start
 */
export async function startServer({ detachSeconds, command = [join(ROOT, 'jverto')], variables = {}, prepare = () => undefined } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'jverto-e2e-'));
  cpSync(join(ROOT, 'conf'), join(folder, 'conf'), { recursive: true });
  const [ws, wss, programPort] = await freeTcpPorts(3);
  setVariables(join(folder, 'conf/vars.xml'), {
    verto_ws_port: ws,
    verto_wss_port: wss,
    event_socket_port: 0,
    metrics_port: 0,
    sip_profiles: 'internal',
    sip_ip: '127.0.0.1',
    internal_sip_port: 0,
    rtp_start_port: await freeUdpPorts(MEDIA_PORTS),
    domain: DOMAIN,
    ...variables,
  });
  if (detachSeconds !== undefined) {
    setParameter(join(folder, 'conf/autoload_configs/verto.conf.xml'), 'detach-timeout-sec', detachSeconds);
  }
  addNumbers(folder, programPort);
  await prepare(folder);
  const [program, ...words] = command;
  const output = [];
  let child;
  let ended;
  const run = () => {
    child = spawn(program, [...words, 'run', '--conf', join(folder, 'conf'), '--data', join(folder, 'data')], {
      cwd: ROOT,
      env: { ...process.env, JVERTO_DEFAULT_PASSWORD: PASSWORD },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    ended = new Promise((resolve) => child.once('close', resolve));
    return ready(child, output);
  };
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
  };
  // Whatever ends us, nothing stays behind.
  const atExit = () => {
    kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', atExit);
  const url = await run().catch((error) => {
    atExit();
    throw error;
  });
  const [host, port, password] = readFileSync(join(folder, 'data/run/event_socket'), 'utf8').split('\n');
  return {
    url,
    eventSocket: { host, port: Number(port), password },
    programPort,
    ports: { ws, wss },
    wssUrl: url.replace(/^https/, 'wss').replace(/\/$/, ''),
    folder,
    output,
    /** Ends the process by a signal; [startAgain] follows. */
    end: async (signal) => {
      kill(signal);
      await ended;
    },
    /** The same configuration, data and ports. */
    startAgain: run,
    stop: async () => {
      kill('SIGTERM');
      const timer = setTimeout(() => kill('SIGKILL'), STOP_MS);
      const code = await ended;
      clearTimeout(timer);
      process.off('exit', atExit);
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

function ready(child, output) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the server was not ready in time:\n${output.join('')}`)), START_MS);
    const begin = output.length;
    const read = (chunk) => {
      output.push(chunk.toString());
      const line = /^jverto ready (https:\/\/\S+)/m.exec(output.slice(begin).join(''));
      if (line !== null) {
        clearTimeout(timer);
        resolve(line[1]);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`the server ended with ${code} before it was ready:\n${output.join('')}`));
    });
  });
}

/**
 * 7000 plays a file, 7001 records four seconds and plays the last two of them, 7002 listens in on calls of 7003, 7003 calls 1001,
 * 7004 is a room that wants a PIN, 7005 rings 1001 and 1002 together, 7006 gives the call to a program that is answered at once, 7007
 * to one that waits for each application, then plays a file, in 7008 everybody chooses a seat, 7009 calls 1001 by DTLS, and 7010 plays a film that a test has made.
 */
function addNumbers(folder, program) {
  mkdirSync(join(folder, 'data/sounds'), { recursive: true });
  writeTone(join(folder, 'data/sounds/tones.wav'), FILE_TONES, { rate: 44_100 });
  const dialplan = join(folder, 'conf/dialplan/default.xml');
  const text = readFileSync(dialplan, 'utf8');
  const extension = (number, ...actions) => `<extension name="e2e_${number}">
      <condition field="destination_number" expression="^${number}$">
        ${actions.map(([name, data]) => `<action application="${name}" data="${data}"/>`).join('')}
      </condition></extension>`;
  const numbers = extension(7000, ['answer', ''], ['playback', '{loops=-1}$${base_dir}/sounds/tones.wav'])
    + extension(7001, ['answer', ''], ['record', 'e2e/said.wav 4'], ['playback', '{loops=-1}$${recordings_dir}/e2e/said.wav@@96000'])
    + extension(7002, ['answer', ''], ['set', 'eavesdrop_require_group=spied'], ['eavesdrop', 'all'])
    + extension(7003, ['set', 'eavesdrop_group=spied'], ['set', 'hangup_after_bridge=true'], ['bridge', 'user/1001@${domain_name}'])
    + extension(7004, ['answer', ''], ['conference', 'guarded@default+4711'], ['hangup', 'CALL_REJECTED'])
    + extension(7005, ['bridge', 'user/1001@${domain_name},user/1002@${domain_name}'])
    + extension(7006, ['socket', `127.0.0.1:${program} async full`])
    + extension(7007, ['answer', ''], ['socket', `127.0.0.1:${program} full`], ['playback', '{loops=-1}$${base_dir}/sounds/tones.wav'])
    + extension(7010, ['answer', ''], ['playback', '{loops=-1}$${recordings_dir}/e2e/made.webm'])
    + extension(7008, ['answer', ''], ['conference', '7008@seats'])
    + extension(7009, ['set', 'hangup_after_bridge=true'], ['bridge', '{rtp_use_dtls=true}user/1001@${domain_name}']);
  const patience = `call_timeout=\${cond(\${user_name} == ${IMPATIENT} ? ${PATIENCE_SECONDS} : 30)}`;
  writeFileSync(dialplan, text.replace('<context name="default">', () => `<context name="default">${numbers}`).replace('call_timeout=30"', () => `${patience}"`));
  const rooms = join(folder, 'conf/autoload_configs/conference.conf.xml');
  const seats = { domain: DOMAIN, rate: 48000, channels: 2, 'energy-level': 100, 'conference-flags': 'livearray-sync', 'own-position': 'true' };
  const params = Object.entries(seats).map(([name, value]) => `<param name="${name}" value="${value}"/>`).join('');
  writeFileSync(rooms, readFileSync(rooms, 'utf8').replace('</profiles>', () => `<profile name="seats">${params}</profile></profiles>`));
}

function setVariables(file, values) {
  for (const [name, value] of Object.entries(values)) edit(file, new RegExp(`(data="${name}=)[^"]*`), value);
}

function setParameter(file, name, value) {
  edit(file, new RegExp(`(name="${name}" value=")[^"]*`), value);
}

/** Of a server's configuration, before it starts. */
export function configure(folder, file, pattern, value) {
  edit(join(folder, 'conf', file), pattern, value);
}

/** Puts a value behind the first group of what fits. */
function edit(file, pattern, value) {
  const text = readFileSync(file, 'utf8');
  if (!pattern.test(text)) throw new Error(`${file} has nothing like ${pattern}`);
  writeFileSync(file, text.replace(pattern, `$1${value}`));
}

/** TCP ports that nobody has: below those that the system itself gives to connections, and not those of another lane. */
export async function freeTcpPorts(count) {
  const ports = new Set();
  for (let attempt = 0; ports.size < count; attempt++) {
    if (attempt === 100 * count) throw new Error('no free TCP ports');
    const port = ofLane(12_000, 8_000);
    if (await new Promise((resolve) => {
      const server = net.createServer().once('error', () => resolve(false)).listen(port, () => server.close(() => resolve(true)));
    })) ports.add(port);
  }
  return [...ports];
}

/** An even number at random, from this lane's part of `size` numbers from `from` on: several lanes may start servers at once. */
function ofLane(from, size) {
  const [lane, lanes] = (process.env.JVERTO_E2E_LANE ?? '1/1').split('/').map(Number);
  const part = Math.floor(size / lanes / 2);
  return from + 2 * ((lane - 1) * part + Math.floor(Math.random() * part));
}

/** The first of `count` free UDP ports in a row. */
async function freeUdpPorts(count) {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = ofLane(20_000, 12_000);
    const sockets = [];
    try {
      for (let port = first; port < first + count; port++) sockets.push(await bindUdp({ port }));
      return first;
    } catch {
      // One of them is taken: look elsewhere.
    } finally {
      for (const socket of sockets) socket.close();
    }
  }
  throw new Error('no free UDP ports');
}

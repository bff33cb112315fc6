import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ear } from './ear.mjs';
import { freeTcpPorts } from './server.mjs';
import { bounded, WAIT_MS } from './wait.mjs';

const PROGRAM = '/usr/bin/baresip';
const ADDRESS = '127.0.0.1';
const LOOK_MS = 50;
const WAV_HEADER = 44;
const SECOND = 48_000; // samples of the tone that it says
const MODULES = ['opus', 'g722', 'g711', 'sndfile', 'ausine', 'aubridge', 'ice', 'srtp', 'dtls_srtp'];

/** Why tests with it are passed over, or false. */
export const noBaresip = !existsSync(PROGRAM) && 'baresip is not installed (on Debian: apt-get install baresip-core)';

/**
 * baresip as a telephone for one call: another stack, which nobody here wrote. It says a steady tone, and writes down the sound that it
 * decodes, which is measured.
 */
export class Baresip {
  #folder = mkdtempSync(join(tmpdir(), 'jverto-baresip-'));
  #account;
  #process;
  #output = [];
  #control;
  #unread = '';
  #events = [];
  #watchers = new Set();
  #answers = new Map();
  #count = 0;
  #recording;

  /**
   * @param account the server's SIP `port`; `user`, `domain` and `password`; `hertz`, the tone it says; `codec`, the one that it has, as in SDP;
   *   `more`, parameters of the account, for instance `mediaenc=srtp-mand`
   */
  static async open(account) {
    const phone = new Baresip(account);
    try {
      await phone.#start();
      await phone.event('REGISTER_OK');
    } catch (error) {
      await phone.close();
      throw new Error(`${error.message}\n${phone.#output.join('')}`);
    }
    return phone;
  }

  constructor(account) {
    this.#account = account;
  }

  async #start() {
    const [control] = await freeTcpPorts(1);
    this.#configure(control);
    this.#process = spawn(PROGRAM, ['-f', this.#folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    process.on('exit', this.#kill);
    for (const stream of [this.#process.stdout, this.#process.stderr]) stream.on('data', (chunk) => this.#output.push(chunk.toString()));
    this.#control = await this.#connect(control);
    this.#control.on('data', (chunk) => this.#read(chunk.toString('latin1'))).on('error', () => undefined);
    await this.#command('uanew', this.#uri());
  }

  #kill = () => this.#process?.kill('SIGKILL');

  /** It has no account until it can be watched. */
  #uri() {
    const { user, domain, password, port, codec, more = '' } = this.#account;
    return `<sip:${user}@${domain}>;auth_pass=${password};outbound="sip:${ADDRESS}:${port}";regint=300;audio_codecs=${codec};${more}`;
  }

  #configure(control) {
    const sound = join(this.#folder, 'sound');
    mkdirSync(sound);
    writeFileSync(join(this.#folder, 'accounts'), '');
    writeFileSync(join(this.#folder, 'config'), [
      'poll_method epoll',
      `sip_listen ${ADDRESS}:0`,
      `net_interface ${ADDRESS}`,
      `audio_source ausine,${this.#account.hertz}`,
      'audio_player aubridge,nobody',
      'audio_alert aubridge,nobody',
      'ausrc_srate 48000',
      'ausrc_channels 2',
      'ringback_disabled yes',
      'rtcp_mux yes',
      'module_path /usr/lib/baresip/modules',
      ...MODULES.map((name) => `module ${name}.so`),
      'module_tmp account.so',
      ...['menu', 'ctrl_tcp'].map((name) => `module_app ${name}.so`),
      `ctrl_tcp_listen ${ADDRESS}:${control}`,
      `snd_path ${sound}`,
      '',
    ].join('\n'));
  }

  async #connect(port) {
    for (const end = performance.now() + WAIT_MS; ;) {
      const socket = net.connect(port, ADDRESS);
      try {
        await once(socket, 'connect');
        return socket;
      } catch (error) {
        if (performance.now() > end || this.#process.exitCode !== null) throw error;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    }
  }

  /** Netstrings of JSON: replies to commands, and events. */
  #read(text) {
    this.#unread += text;
    for (;;) {
      const length = /^(\d+):/.exec(this.#unread);
      const begin = length?.[0].length;
      if (length === null || this.#unread.length < begin + Number(length[1]) + 1) return;
      const message = JSON.parse(this.#unread.slice(begin, begin + Number(length[1])));
      this.#unread = this.#unread.slice(begin + Number(length[1]) + 1);
      if (message.response) {
        this.#answers.get(message.token)?.(message);
      } else {
        this.#events.push(message);
        for (const look of [...this.#watchers]) look();
      }
    }
  }

  async #command(command, params = '') {
    const token = String(++this.#count);
    const text = JSON.stringify({ command, params, token });
    const reply = new Promise((resolve) => this.#answers.set(token, resolve));
    this.#control.write(`${Buffer.byteLength(text)}:${text},`);
    const { ok, data } = await bounded(reply, `baresip does not reply to ${command}`);
    if (!ok) throw new Error(`baresip refuses ${command} ${params}: ${data}`);
    return data;
  }

  /** Waits for the next event of this type, which is then taken. */
  event(type) {
    let look;
    const found = new Promise((resolve) => {
      look = () => {
        const at = this.#events.findIndex((event) => event.type === type);
        if (at >= 0) resolve(this.#events.splice(at, 1)[0]);
      };
      this.#watchers.add(look);
      look();
    });
    return bounded(found, () => `baresip has no ${type}, but ${JSON.stringify(this.#events)}\n${this.#output.join('')}`)
      .finally(() => this.#watchers.delete(look));
  }

  /** Calls a number and waits for the answer. */
  async call(number) {
    await this.#command('dial', `sip:${number}@${this.#account.domain}`);
    return this.event('CALL_ESTABLISHED');
  }

  rings() {
    return this.event('CALL_INCOMING');
  }

  async answer() {
    await this.#command('accept');
    return this.event('CALL_ESTABLISHED');
  }

  hold() {
    return this.#command('hold');
  }

  resume() {
    return this.#command('resume');
  }

  /** Presses a key and lets it go. */
  press(key) {
    return this.#command('sndcode', key);
  }

  hangUp() {
    return this.#command('hangup');
  }

  ended() {
    return this.event('CALL_CLOSED');
  }

  /** As [Ear.untilHears], in what it has decoded from now on. */
  untilHears(wish) {
    this.#recording ??= new Recording(join(this.#folder, 'sound'));
    return this.#recording.untilHears(wish);
  }

  /** It ends its calls and its registration. */
  async close() {
    this.#recording?.close();
    this.#control?.destroy();
    if (this.#process !== undefined && this.#process.exitCode === null) {
      const ended = once(this.#process, 'close');
      this.#process.kill('SIGTERM');
      const timer = setTimeout(this.#kill, WAIT_MS);
      await ended;
      clearTimeout(timer);
    }
    process.off('exit', this.#kill);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Reads along in the WAV file that baresip writes. */
class Recording {
  #folder;
  #timer;
  #name;
  #file;
  #ear;
  #channels;
  #at;

  constructor(folder) {
    this.#folder = folder;
  }

  async untilHears(wish) {
    for (const end = performance.now() + WAIT_MS; !this.#opened(); await new Promise((resolve) => setTimeout(resolve, LOOK_MS))) {
      if (performance.now() > end) throw new Error('baresip hears nothing');
    }
    this.#timer ??= setInterval(() => this.#more(), LOOK_MS);
    this.#ear.forget();
    return this.#ear.untilHears(wish);
  }

  /** It begins another file with each description. Names have the time, and come in its order. */
  #opened() {
    const name = readdirSync(this.#folder).filter((each) => each.endsWith('-dec.wav')).sort().at(-1);
    if (name !== undefined && name !== this.#name) this.#open(name);
    return this.#name !== undefined;
  }

  #open(name) {
    const file = openSync(join(this.#folder, name));
    const header = Buffer.alloc(WAV_HEADER);
    if (readSync(file, header, 0, WAV_HEADER, 0) < WAV_HEADER) {
      closeSync(file);
      return;
    }
    if (this.#name !== undefined) closeSync(this.#file);
    this.#name = name;
    this.#file = file;
    this.#at = WAV_HEADER;
    this.#channels = header.readUInt16LE(22);
    this.#ear ??= new Ear(header.readUInt32LE(24));
  }

  #more() {
    this.#opened();
    const bytes = Buffer.alloc(SECOND * 2 * this.#channels);
    const frame = 2 * this.#channels;
    const frames = Math.floor(readSync(this.#file, bytes, 0, bytes.length, this.#at) / frame);
    this.#at += frames * frame;
    this.#ear.take(Array.from({ length: frames }, (_, at) => bytes.readInt16LE(at * frame) / 32_768));
  }

  close() {
    clearInterval(this.#timer);
    if (this.#name !== undefined) closeSync(this.#file);
  }
}

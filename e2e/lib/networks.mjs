import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { without } from './outside.mjs';

/** Addresses: of the server, of its router outside, of the client, of the client's router outside, of a TURN server in the internet. */
export const SERVER = '10.77.1.2';
export const SERVER_OUTSIDE = '203.0.113.2';
export const CLIENT = '192.168.77.2';
export const CLIENT_OUTSIDE = '203.0.113.1';
export const TURN = '198.51.100.2';

const ip = (...words) => execFileSync('ip', words, { stdio: ['ignore', 'pipe', 'pipe'] });
const within = (name, ...words) => ip('netns', 'exec', name, ...words);

/** What `skip` of a test wants: false, or why no networks can be made here. */
export function cannotMakeNetworks() {
  if (process.getuid() !== 0) return 'only root can make networks';
  if (without('nft')) return without('nft');
  if (!existsSync('/usr/sbin/ip') && !existsSync('/sbin/ip')) return 'there is no ip (Debian: iproute2)';
  const name = `jverto-try-${process.pid}`;
  try {
    ip('netns', 'add', name);
    within(name, 'nft', 'add table ip try; add chain ip try nat { type nat hook postrouting priority 100; }');
    return false;
  } catch (error) {
    return `networks cannot be made here: ${String(error.stderr ?? error.message).trim().split('\n')[0]}`;
  } finally {
    try {
      ip('netns', 'del', name);
    } catch {
      // It was not made.
    }
  }
}

/**
 * A server behind a router that passes ports on to it, and a client behind another that hides its address; between the two routers is the
 * internet, with a TURN server in it. Five network namespaces.
 *
 * @param tcp ports that the server's router passes on
 * @param media ports that it passes on too, by UDP and TCP, from the first to the last
 */
export function makeNetworks({ tcp, media: [first, last] }) {
  const mark = process.pid;
  const names = Object.fromEntries(['server', 'router', 'nat', 'client', 'turn'].map((kind) => [kind, `jverto-${kind}-${mark}`]));
  const close = () => {
    process.off('exit', close);
    for (const name of Object.values(names)) {
      try {
        ip('netns', 'del', name);
      } catch {
        // It was not made.
      }
    }
  };
  process.on('exit', close);
  let cables = 0;
  const cable = ([one, oneAddress], [other, otherAddress]) => {
    const [a, b] = [`jv${mark % 100_000}a${cables}`, `jv${mark % 100_000}b${cables}`];
    cables += 1;
    ip('link', 'add', a, 'netns', one, 'type', 'veth', 'peer', 'name', b, 'netns', other);
    for (const [name, end, address] of [[one, a, oneAddress], [other, b, otherAddress]]) {
      within(name, 'ip', 'addr', 'add', `${address}/24`, 'dev', end);
      within(name, 'ip', 'link', 'set', end, 'up');
    }
    return [a, b];
  };
  for (const name of Object.values(names)) {
    ip('netns', 'add', name);
    // An address of IPv6 that an interface gives itself a second later is a network that has changed: Chromium breaks off what it loads.
    within(name, 'sh', '-c', 'f=/proc/sys/net/ipv6/conf/default/disable_ipv6; [ ! -e $f ] || echo 1 > $f');
    within(name, 'ip', 'link', 'set', 'lo', 'up');
  }
  cable([names.server, SERVER], [names.router, '10.77.1.1']);
  const [routerOut, natOut] = cable([names.router, SERVER_OUTSIDE], [names.nat, CLIENT_OUTSIDE]);
  const [natIn] = cable([names.nat, '192.168.77.1'], [names.client, CLIENT]);
  cable([names.nat, '198.51.100.1'], [names.turn, TURN]);
  within(names.turn, 'ip', 'route', 'add', 'default', 'via', '198.51.100.1');
  within(names.router, 'ip', 'route', 'add', TURN, 'via', CLIENT_OUTSIDE);
  within(names.server, 'ip', 'route', 'add', 'default', 'via', '10.77.1.1');
  within(names.client, 'ip', 'route', 'add', 'default', 'via', '192.168.77.1');
  for (const [name, out] of [[names.router, routerOut], [names.nat, natOut]]) {
    within(name, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward');
    within(name, 'nft', `add table ip nat
      add chain ip nat out { type nat hook postrouting priority 100; }
      add rule ip nat out oifname ${out} ip saddr != ${TURN} masquerade
      add table ip filter
      add chain ip filter pass { type filter hook forward priority 0; }`);
  }
  // Nothing gets in that nobody asked for, but what is passed on.
  within(names.nat, 'nft', `add rule ip filter pass iifname ${natOut} ct state new drop`);
  within(names.router, 'nft', `add chain ip nat in { type nat hook prerouting priority -100; }
    add rule ip nat in iifname ${routerOut} tcp dport { ${tcp.join(', ')}, ${first}-${last} } dnat to ${SERVER}
    add rule ip nat in iifname ${routerOut} udp dport ${first}-${last} dnat to ${SERVER}
    add rule ip filter pass iifname ${routerOut} ct state new ct status & dnat == 0 drop`);
  return {
    ...names,
    /** No UDP leaves the client's network, or comes into it, from now on. */
    blockUdp: () => within(names.nat, 'nft', `insert rule ip filter pass iifname ${natIn} meta l4proto udp drop
      insert rule ip filter pass oifname ${natIn} meta l4proto udp drop`),
    /** Only connections to these TCP ports leave it. */
    allowOnlyTcp: (...ports) => within(names.nat, 'nft', `insert rule ip filter pass iifname ${natIn} tcp dport != { ${ports.join(', ')} } drop`),
    close,
  };
}

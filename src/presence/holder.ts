/**
 * Who holds the other end of a terminal. A pty made by `script`, `expect` or a detached tmux is a terminal too;
 * only the program that holds its master tells them from a person's. Deny-only, like every signal here.
 */

import { statSync } from 'node:fs';
import { allPids, ancestorsOf, openFilesOf, type ProcessFacts, processOf, ptyIndexOf } from './process.js';

/** Programs that show a terminal to a person, by the base name of their executable. */
const TERMINALS: ReadonlySet<string> = new Set([
  'Terminal',
  'iTerm2',
  'alacritty',
  'agetty',
  'blackbox',
  'contour',
  'cool-retro-term',
  'deepin-terminal',
  'foot',
  'ghostty',
  'gnome-terminal-server',
  'guake',
  'kgx',
  'kitty',
  'konsole',
  'login',
  'lxterminal',
  'mate-terminal',
  'mosh-server',
  'ptyxis-agent',
  'qterminal',
  'rio',
  'sshd',
  'sshd-auth',
  'sshd-session',
  'st',
  'terminator',
  'terminology',
  'tilix',
  'urxvt',
  'urxvtd',
  'wezterm-gui',
  'xfce4-terminal',
  'xterm',
  'yakuake',
]); // prettier-ignore

/** Programs that make a terminal for another program to write to: nobody's. */
const PUPPETEERS =
  /^(script|scriptreplay|expect|unbuffer|tclsh[\d.]*|socat|python[\d.]*|perl|ruby|ttyrec|asciinema|empty)$/;

/** Can nobody have this terminal before their eyes, as far as its holder's name tells? */
export function isPuppet({ name }: Holder): boolean {
  return PUPPETEERS.test(name);
}

const MULTIPLEXERS: ReadonlySet<string> = new Set(['tmux', 'screen', 'zellij']);

/** What is known of a terminal's holder. */
export interface Holder {
  /** The holder's base name, or what could be said instead. */
  readonly name: string;
  /** A program that shows the terminal to a person, as far as the system tells. */
  readonly known: boolean;
}

/** Who holds the terminal of this process; `extra` are names from the user's policy. */
export function holderOf(self: ProcessFacts, extra: readonly string[]): Holder {
  const index = ptyIndex(self.terminal);
  // A console (tty1) or a system that does not number ptys: the session's start is all there is to see.
  if (index === undefined) return startOf(self, extra);
  return holderOfPty(index, self, extra, 0);
}

function holderOfPty(
  index: number,
  self: ProcessFacts | undefined,
  extra: readonly string[],
  depth: number,
): Holder {
  const holder = masterOf(index, self);
  if (!holder) return self ? startOf(self, extra) : { name: 'a program that cannot be seen', known: false };
  if (extra.includes(holder.name)) return { name: holder.name, known: true };
  if (MULTIPLEXERS.has(holder.name)) return attachedTo(holder, extra, depth);
  return { name: holder.name, known: TERMINALS.has(holder.name) && isRootOwned(holder) };
}

/** A multiplexer shows its panes to a person where a client is attached from a terminal that is known itself. */
function attachedTo(server: ProcessFacts, extra: readonly string[], depth: number): Holder {
  const clients = [...(openFilesOf(server.pid)?.values() ?? [])].flatMap(path => {
    const index = /^\/dev\/pts\/(\d+)$/.exec(path)?.[1];
    return index === undefined ? [] : [Number(index)];
  });
  const known = depth < 3 && clients.some(client => holderOfPty(client, undefined, extra, depth + 1).known);
  return { name: server.name, known };
}

/** The process with the pty's master open: the session's parent first, then every process that can be read. */
function masterOf(index: number, self: ProcessFacts | undefined): ProcessFacts | undefined {
  const near = self ? ancestorsOf(self.pid).map(ancestor => ancestor.pid) : [];
  for (const pid of new Set([...near, ...allPids()])) {
    const files = openFilesOf(pid);
    if (!files) continue;
    for (const [fd, path] of files) {
      if (path.endsWith('ptmx') && ptyIndexOf(pid, fd) === index) return processOf(pid);
    }
  }
  return undefined;
}

/** Where no holder can be seen (sshd's files are root's): the process that started the terminal's session. */
function startOf(self: ProcessFacts, extra: readonly string[]): Holder {
  const leader = self.session === self.pid ? self : processOf(self.session);
  if (!leader) return { name: 'a session whose leader is gone', known: false };
  // Started from outside this pid namespace (docker exec -it): nothing inside can make such a process.
  if (leader.parent === 0) return { name: 'the container runtime', known: true };
  const starter = processOf(leader.parent);
  if (!starter) return { name: 'a program that cannot be seen', known: false };
  if (extra.includes(starter.name)) return { name: starter.name, known: true };
  return { name: starter.name, known: TERMINALS.has(starter.name) && isTrusted(starter) };
}

/** The starter's executable is root's; where it cannot be read (sshd), its own parent must run as root. */
function isTrusted(starter: ProcessFacts): boolean {
  if (starter.executable !== undefined) return isRootOwned(starter);
  return starter.user === 0 || processOf(starter.parent)?.user === 0;
}

function isRootOwned(holder: ProcessFacts): boolean {
  if (holder.executable === undefined) return holder.user === 0;
  try {
    const stats = statSync(holder.executable);
    return stats.uid === 0 && (stats.mode & 0o022) === 0;
  } catch (fault) {
    if (fault instanceof Error) return false;
    throw fault;
  }
}

/** The number in /dev/pts/N for a Linux device number: Unix98 slaves have majors 136 to 143. */
function ptyIndex(device: number): number | undefined {
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >> 12) & 0xfff00);
  if (process.platform !== 'linux' || major < 136 || major > 143) return undefined;
  return (major - 136) * 256 + minor;
}

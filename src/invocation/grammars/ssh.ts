/** ssh and its kin: the command for the other machine, and those that ssh runs on this one. May not judge. */

import type { World } from '../../port.js';
import { certain, type Input, uncertain, type Word } from '../../shell/command.js';
import { codeInInput, codeInWord, readScriptInput } from '../code.js';
import { type Grammar, type Inner, type Reading, styles, type Unwrapped } from '../grammar.js';
import { readInput } from '../input.js';
import { type Invocation, isOn, type OptionUse, valuesOf } from '../invocation.js';
import { prefixRunner } from '../prefix.js';
import { unseenScript } from '../remote.js';
import { joinWords } from '../words.js';
import { combine } from './shells.js';

/** Letters that take a value (ssh's usage line, OpenSSH 9.2). */
const VALUED = 'BbcDEeFIiJLlmOopQRSWw';

const ssh: Grammar = {
  tool: 'ssh',
  names: ['autossh', 'slogin'],
  source:
    'ssh usage, OpenSSH 9.2: options may stand after the destination too; the command is the rest, joined by blanks',
  style: styles.prefix,
  interactive: true,
  read: argv => readSsh(argv, argv[0]?.text.endsWith('autossh') ? `${VALUED}M` : VALUED),
  unwrap: unwrapSsh,
};

function readSsh(argv: readonly Word[], valued: string): Reading {
  const options: OptionUse[] = [];
  const operands: Word[] = [];
  let at = 1;
  for (; at < argv.length && operands.length < 2; at += 1) {
    const { text } = argv[at]!;
    if (text === '--') {
      at += 1;
      break;
    }
    if (!/^-./.test(text)) {
      if (operands.length === 1) break;
      operands.push(argv[at]!);
      continue;
    }
    const named = at;
    for (let i = 1; i < text.length; i += 1) {
      const letter = text[i]!;
      if (!valued.includes(letter)) {
        options.push({ name: `-${letter}`, negated: false, at: named });
        continue;
      }
      const rest = text.slice(i + 1);
      if (rest === '') at += 1;
      const value = rest === '' ? argv[at] : { ...argv[named]!, text: rest };
      options.push({ name: `-${letter}`, ...(value && { value }), negated: false, at: named });
      break;
    }
  }
  const all = [...operands, ...argv.slice(at)];
  return { subcommand: [], options, operands: all, operandsBeforeDashes: all.length, unknown: [] };
}

function unwrapSsh(invocation: Invocation, world: World): Unwrapped {
  const [host, ...words] = invocation.operands;
  const own = settings(invocation);
  const local = localCommands(invocation, world);
  if (!host || isOn(invocation, '-N', '-O', '-Q', '-V', '-G', '-W')) return combine(local);
  // The login of a Dokku server runs `dokku` with the words that it is sent (dokku.com/docs/deployment/remote-commands).
  const login = host.text.startsWith('dokku@') ? [certain('dokku')] : [];
  const command = words.length > 0 ? joinWords([...login, ...words], ' ') : own.get('remotecommand');
  return combine([...local, onHost('ssh', host, command, invocation, world)]);
}

/** What ssh's options run on this machine. */
export function localCommands(invocation: Invocation, world: World): readonly Unwrapped[] {
  const own = settings(invocation);
  return ['proxycommand', 'localcommand', 'knownhostscommand']
    .flatMap(name => own.get(name) ?? [])
    .filter(word => word.text !== 'none')
    .map(word => codeInWord(word, { via: 'ssh -o', openEnded: false }, world));
}

/** `-o Name=value` and `-o 'Name value'`, by lower-case name; the first of a name counts. */
function settings(invocation: Invocation): ReadonlyMap<string, Word> {
  const found = new Map<string, Word>();
  for (const word of valuesOf(invocation, '-o')) {
    const [whole, name = ''] = /^\s*(\w+)\s*[=\s]\s*/.exec(word.text) ?? [];
    if (whole === undefined || found.has(name.toLowerCase())) continue;
    const text = word.text.slice(whole.length).replace(/^"(.*)"$/, '$1');
    const holes = word.holes?.map(hole => Math.max(0, hole - whole.length));
    found.set(name.toLowerCase(), { ...word, text, ...(holes && { holes }) });
  }
  return found;
}

/** A command line for another machine's shell; without one, that shell reads its standard input. */
function onHost(
  via: string,
  host: Word,
  command: Word | undefined,
  invocation: Invocation,
  world: World,
): Unwrapped {
  const around: Inner = {
    via,
    remote: host,
    directory: uncertain(),
    clearedEnvironment: true,
    openEnded: invocation.openEnded,
  };
  if (!command) {
    if (invocation.input.from === 'inherited') return { inner: [] };
    const read = readScriptInput(invocation, world);
    const unseen = unseenScript(certain('sh'), host, invocation, world);
    const found = read ? codeInInput(read, around) : { inner: [] };
    return unseen ? combine([found, { inner: [], doubts: [unseen] }]) : found;
  }
  const found = codeInWord(command, { ...around, input: inputOf(command, invocation, world) }, world);
  const unseen = unseenScript(command, host, invocation, world);
  return unseen ? combine([found, { inner: [], doubts: [unseen] }]) : found;
}

/** Standard input is read here, whatever reads it there. What comes from nowhere known is not asked for in vain. */
function inputOf(command: Word, { input, directory }: Invocation, world: World): Input {
  const reads = /(^|[\s;&|/(])(\w*sh|python\d?|perl|ruby|node|php|psql|mysql|xargs|sudo)(\s+-\w*)*\s*$/.test(
    command.text,
  );
  if (input.from === 'inherited' && !reads) return { from: 'text', text: uncertain() };
  const read = readInput(input, directory, world);
  if (!read) return { from: 'text', text: uncertain() };
  return read.unseen.length > 0 ? input : { from: 'text', text: read.text };
}

const mosh: Grammar = {
  tool: 'mosh',
  source: 'mosh(1), 1.4: [options] [--] [user@]host [command...]',
  style: styles.prefix,
  options: `
      --client <path>
      --server <path>
      --ssh <command>
      --ssh-pty
      --no-ssh-pty
      --predict <when>
  -a
  -n
  -4
  -6
  -p, --port <port>
      --bind-server <what>
      --family <family>
      --no-init
      --local
      --experimental-remote-ip <how>
      --help
      --version
  `,
  unwrap(invocation, world) {
    const [host, ...rest] = invocation.operands;
    const words = rest[0]?.text === '--' ? rest.slice(1) : rest;
    if (!host || words.length === 0) return { inner: [] };
    return onHost('mosh', host, joinWords(words, ' '), invocation, world);
  },
};

/** Shells on many machines: the hosts stand in an option, the command in the operands. */
function parallelSsh(
  tool: string,
  names: readonly string[],
  source: string,
  options: string,
  hosts: readonly string[],
): Grammar {
  return {
    tool,
    names,
    source,
    style: styles.prefix,
    options,
    unwrap(invocation, world) {
      const host = valuesOf(invocation, ...hosts).at(-1) ?? uncertain();
      if (invocation.operands.length === 0) return { inner: [] };
      return onHost(tool, host, joinWords(invocation.operands, ' '), invocation, world);
    },
  };
}

export const remoteShells: readonly Grammar[] = [
  ssh,
  mosh,
  parallelSsh(
    'pdsh',
    [],
    'pdsh(1), 2.34',
    '-w <hosts>\n-x <hosts>\n-g <group>\n-R <name>\n-l <user>\n-t <seconds>\n-u <seconds>\n-f <n>\n-a\n-b\n-S\n-N',
    ['-w', '-g'],
  ),
  parallelSsh(
    'pssh',
    ['parallel-ssh'],
    'pssh(1), 2.3',
    '-h, --hosts <file>\n-H, --host <host>\n-l, --user <user>\n-p, --par <n>\n-o, --outdir <dir>\n-e, --errdir <dir>\n-t, --timeout <secs>\n-O, --option <option>\n-v, --verbose\n-A, --askpass\n-x, --extra-args <args>\n-X, --extra-arg <arg>\n-i, --inline\n-P, --print',
    ['--host'],
  ),
  parallelSsh(
    'clush',
    [],
    'clush(1), 1.9',
    '-w <nodes>\n-x <nodes>\n-g <groups>\n-a, --all\n-b, --dshbak\n-B\n-l, --user <user>\n-f, --fanout <n>\n-t, --connect_timeout <s>\n-u, --command_timeout <s>\n-o, --options <options>\n-q, --quiet\n-v, --verbose',
    ['-w', '-g'],
  ),
  prefixRunner({
    tool: 'sshpass',
    source: 'sshpass(1), 1.09',
    options: '-p <secret>\n-f <file>\n-d <number>\n-e\n-P <prompt>\n-v\n-h\n-V',
    without: ['-h', '-V'],
  }),
];

/** Reads crontab, ssh-keygen and what fills disk or memory (yes, fallocate, cat of an endless device). Judges nothing. */

import { type Invocation, isOn, valuesOf } from '../../invocation/invocation.js';
import { absolute, baseName } from '../../paths.js';
import type { World } from '../../port.js';
import { type Effect, effect, type Inspector } from '../effect.js';

export const machine: Inspector = {
  name: 'machine',
  watches: {
    crontab: '*',
    'ssh-keygen': '*',
    yes: '*',
    cat: '*',
    tail: '*',
    head: '*',
    fallocate: '*',
    dd: '*',
  },
  // What is called by name writes where its caller sends it: a redirection is its caller's.
  quiet: { cat: '*', yes: '*', head: '*', tail: '* : /dev/*', crontab: '= -l' },
  resources: ['cron.table', 'key.file', 'machine.resource'],
  inspect: (invocation, world) => readers[invocation.tool]?.(invocation, world) ?? [],
};

const readers: Readonly<Record<string, (invocation: Invocation, world: World) => readonly Effect[]>> = {
  crontab,
  'ssh-keygen': sshKeygen,
  yes: invocation => (isWrittenOut(invocation) ? [exhausting('the disk')] : []),
  cat: invocation => (readsEndlessly(invocation) && isWrittenOut(invocation) ? [exhausting('the disk')] : []),
  tail: invocation => (readsEndlessly(invocation) ? [exhausting('memory')] : []),
  head: invocation => (isEndlessHead(invocation) && isWrittenOut(invocation) ? [exhausting('the disk')] : []),
  fallocate,
  dd,
};

/** -r removes all jobs, a file or `-` replaces them. `(crontab -l; echo …) | crontab -` only adds. */
function crontab(invocation: Invocation): readonly Effect[] {
  const user = valuesOf(invocation, '-u').at(-1)?.text ?? '';
  const more = { extent: 'all', words: invocation.argv.map((_, at) => at) } as const;
  if (isOn(invocation, '-r'))
    return isOn(invocation, '-i') ? [] : [effect('delete', 'cron.table', user, more)];
  if (isOn(invocation, '-l', '-e', '-T', '-n', '-c', '-s', '-V', '-h')) return [];
  const { input, operands } = invocation;
  const fromInput = operands.length === 0 || operands[0]!.text === '-';
  const feeding =
    fromInput && input.from === 'pipe' ? input.commands.map(({ words }) => words.map(word => word.text)) : [];
  const lists = feeding.some(words => baseName(words[0] ?? '') === 'crontab' && words.includes('-l'));
  const onlyAdds = feeding.every(words =>
    /^(crontab|echo|printf|cat|sort|true|:)$/.test(baseName(words[0] ?? '')),
  );
  if (lists && onlyAdds) return [];
  if (operands.length === 0 && input.from === 'inherited') return [];
  return [effect('overwrite', 'cron.table', user, more)];
}

/** It asks before it writes over a key; an answer that waits on its input says yes. */
function sshKeygen(invocation: Invocation, world: World): readonly Effect[] {
  const { argv, input, directory } = invocation;
  const at = argv.findIndex(word => /^-[a-zA-Z]*f$/.test(word.text));
  const file = at > 0 ? argv[at + 1] : undefined;
  const other = argv.some(word => /^-([lyRFHBceipDKkLQrsTUAw]|[a-z]*[lyp])$/.test(word.text));
  if (other || file === undefined) return [];
  const isAnswered = input.from === 'pipe' || input.from === 'text' || input.from === 'file';
  if (!isAnswered) return [];
  const path = absolute(file.text, directory.text || world.cwd);
  return [effect('overwrite', 'key.file', path, { words: [at + 1] })];
}

function exhausting(what: string): Effect {
  return effect('create', 'machine.resource', what, { extent: 'all' });
}

/** Its output goes to a file and ends with the disk. */
function isWrittenOut(invocation: Invocation): boolean {
  return invocation.redirects.some(
    ({ fd, operator, target }) =>
      (fd === 1 || operator.startsWith('&>')) &&
      /^(>|>>|>\||&>|&>>)$/.test(operator) &&
      !/^(\/dev\/(?!shm\/)|&)/.test(target.text),
  );
}

function readsEndlessly(invocation: Invocation): boolean {
  return (
    invocation.operands.some(word => /^\/dev\/(zero|u?random|full)$/.test(word.text)) &&
    !invocation.options.some(use => use.name.startsWith('-c'))
  );
}

const UNITS = 'KMGTPE';
/** A quarter of a terabyte fits no disk in passing. */
const LARGE = 256 * 1024 ** 3;

function bytes(text: string): number {
  const [, number = '', unit = ''] = /^(\d+)([KMGTPE]?)/i.exec(text) ?? [];
  return Number(number) * 1024 ** (UNITS.indexOf(unit.toUpperCase() || ' ') + 1);
}

/** `head -c 1T /dev/zero > f` */
function isEndlessHead({ argv }: Invocation): boolean {
  const at = argv.findIndex(word => /^(-c|--bytes)/.test(word.text));
  if (at < 0) return false;
  const attached = argv[at]!.text.replace(/^(-c|--bytes=?)/, '');
  return bytes(attached === '' ? (argv[at + 1]?.text ?? '') : attached) >= LARGE;
}

function fallocate(invocation: Invocation): readonly Effect[] {
  const { argv } = invocation;
  const at = argv.findIndex(word => /^(-l|--length)/.test(word.text));
  if (at < 0) return [];
  const attached = argv[at]!.text.replace(/^(-l|--length=?)/, '');
  const size = attached === '' ? (argv[at + 1]?.text ?? '') : attached;
  return bytes(size) >= LARGE ? [exhausting('the disk')] : [];
}

/** An endless source without a count into a file. */
function dd(invocation: Invocation): readonly Effect[] {
  const last = (name: string) => valuesOf(invocation, name).at(-1);
  const isEndless = /^\/dev\/(zero|u?random|full)$/.test(last('if')?.text ?? '');
  const to = last('of');
  const isDevice = to === undefined || to.text.startsWith('/dev/') || !to.certain;
  return isEndless && !isDevice && last('count') === undefined ? [exhausting('the disk')] : [];
}

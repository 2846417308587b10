/** GNU parallel: the command for each argument behind `:::`, in a file or on standard input. May not judge. */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { codeInInput, codeInWord } from '../code.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { readInput } from '../input.js';
import { type Invocation, isOn, lastValue } from '../invocation.js';
import { joinWords, quotedWord, withUnknown } from '../words.js';
import { parallelOptions } from './parallel/options.js';
import { combine } from './shells.js';

/** Jobs that are read one by one; of more, the arguments stay unseen. */
const MAX_JOBS = 64;

const SEPARATOR = /^:::(:)?(\+)?$/;

export const parallel: Grammar = {
  tool: 'parallel',
  names: ['sem'],
  source: 'parallel(1) 20221122, its own list of options; the command ends at the first :::',
  style: { ...styles.prefix, permute: false },
  options: parallelOptions,
  unwrap(invocation, world) {
    if (isOn(invocation, '--dry-run', '--help', '--version', '--citation')) return { inner: [] };
    const words = invocation.argv.slice(invocation.argv.length - invocation.operands.length);
    const end = words.findIndex(word => SEPARATOR.test(word.text));
    const command = end < 0 ? words : words.slice(0, end);
    const jobs = end < 0 ? undefined : combinations(words.slice(end));
    const host = lastValue(invocation, '--sshlogin');
    const around: Inner = {
      via: 'parallel',
      openEnded: false,
      ...(host && host.text !== ':' && { remote: host }),
    };
    if (command.length === 0) return commands(jobs, around, invocation, world);
    return perJob(command, jobs, around, invocation, world);
  },
};

/** Without a command the arguments, or the lines of standard input, are commands themselves. */
function commands(
  jobs: readonly (readonly Word[])[] | undefined,
  around: Inner,
  invocation: Invocation,
  world: World,
): Unwrapped {
  if (jobs) return combine(jobs.map(job => codeInWord(joinWords(job, ' '), around, world)));
  const read = readInput(invocation.input, invocation.directory, world);
  return read ? codeInInput(read, around) : { inner: [] };
}

function perJob(
  command: readonly Word[],
  jobs: readonly (readonly Word[])[] | undefined,
  around: Inner,
  invocation: Invocation,
  world: World,
): Unwrapped {
  const mark = lastValue(invocation, '-I')?.text ?? '{}';
  const isPiped = isOn(invocation, '--pipe', '--pipe-part');
  if (isPiped) return codeInWord(joinWords(command, ' '), around, world);
  const all = jobs ?? linesOf(invocation, world);
  if (!all || all.length > MAX_JOBS) {
    const open = command.map(word => opened(withUnknown(word, mark)));
    const last: readonly Word[] = command.some(word => word.text.includes(mark))
      ? []
      : [{ text: '', certain: false, holes: [0] }];
    return codeInWord(joinWords([...open, ...last], ' '), around, world);
  }
  return combine(
    all.map(job => {
      const given = joinWords(job.map(quotedWord), ' ');
      const isPlaced = command.some(word => word.text.includes(mark) || /\{\d+\}/.test(word.text));
      const words = command.map(word => opened(placed(word, mark, given, job)));
      return codeInWord(joinWords(isPlaced ? words : [...words, given], ' '), around, world);
    }),
  );
}

function placed(word: Word, mark: string, given: Word, job: readonly Word[]): Word {
  if (!word.certain || !given.certain) return withUnknown(word, mark);
  const text = word.text
    .replaceAll(mark, () => given.text)
    .replace(/\{(\d+)\}/g, (whole, number) => {
      const one = job[Number(number) - 1];
      return one ? quotedWord(one).text : whole;
    });
  return certain(text);
}

/** `{.}`, `{/}` and the like change the argument: what comes out is not known. */
function opened(word: Word): Word {
  const [found] = /\{(?:\d*[./]+|[#%])\}/.exec(word.text) ?? [];
  return found === undefined ? word : withUnknown(word, found);
}

/** Every combination of the lists behind `:::`; `:::+` pairs, and files stay unread. */
function combinations(words: readonly Word[]): readonly (readonly Word[])[] | undefined {
  const lists: Word[][] = [];
  for (const word of words) {
    const separator = SEPARATOR.exec(word.text);
    if (separator?.[1] !== undefined || separator?.[2] !== undefined) return undefined;
    if (separator) lists.push([]);
    else lists.at(-1)!.push(word);
  }
  return lists.reduce<readonly (readonly Word[])[]>(
    (jobs, list) => (jobs.length > MAX_JOBS ? jobs : jobs.flatMap(job => list.map(one => [...job, one]))),
    [[]],
  );
}

function linesOf(invocation: Invocation, world: World): readonly (readonly Word[])[] | undefined {
  if (lastValue(invocation, '--arg-file')) return undefined;
  const read = readInput(invocation.input, invocation.directory, world);
  if (!read?.text.certain) return undefined;
  return read.text.text
    .split('\n')
    .filter(line => line !== '')
    .map(line => [certain(line)]);
}

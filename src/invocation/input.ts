/**
 * What a command will read on its standard input, as far as it can be known: here-documents, files, the buffered
 * stdin of the door, and pipes from `echo`, `printf`, `cat` and `base64 -d`. May not judge.
 */

import { absolute, baseName } from '../paths.js';
import type { ReadFault, World } from '../port.js';
import { certain, type Input, type SimpleCommand, uncertain, type Word } from '../shell/command.js';
import type { Invocation } from './invocation.js';
import { fetchesOrDecodes, produced } from './producers.js';
import { joinWords } from './words.js';

/** Bytes of input that are read for understanding; what is longer is uncertain. */
export const INPUT_LIMIT = 4 * 1024 * 1024;

/** Pipes behind pipes that are followed. */
const MAX_STAGES = 10;

/** What was read, and the programs whose output in it could not be known. */
export interface Read {
  readonly text: Word;
  /** Base names, the nearest first: `curl` for `curl … | sh`. Empty where only words of the script are unknown. */
  readonly unseen: readonly string[];
  /** True where something is there but could not be read: no permission, a device, too long. */
  readonly blocked: boolean;
  /** It is a file that the same script has written. */
  readonly written?: true;
}

/** The text on standard input. Uncertain where any of it is unknown; `undefined` where it is a terminal. */
export function inputText(input: Input, directory: Word, world: World): Word | undefined {
  return readInput(input, directory, world)?.text;
}

/** `inputText` with what stood in the way. */
export function readInput(input: Input, directory: Word, world: World, stage = 0): Read | undefined {
  if (stage > MAX_STAGES) return { text: uncertain(), unseen: [], blocked: true };
  switch (input.from) {
    case 'inherited': {
      const content = world.stdin();
      return content && { text: cut(content.text, content.complete), unseen: [], blocked: !content.complete };
    }
    case 'text':
      return readWord(input.text, world, stage);
    case 'file':
      return readPath(input.path, directory, world, stage);
    case 'pipe':
      return readOutput(input.commands, world, stage);
  }
}

/** A word that is itself the text: a here-document, a script. Where it is nothing but a command's output, that is read. */
export function readWord(word: Word, world: World, stage = 0): Read {
  if (word.certain || !word.outputOf) return seen(word);
  if (word.text.trim() === '') return readOutput(word.outputOf, world, stage + 1);
  return { text: word, unseen: riskyPrograms(word.outputOf), blocked: false };
}

/** A file named by a word, at most `INPUT_LIMIT` of it. */
export function readPath(path: Word, directory: Word, world: World, stage = 0): Read {
  if (path.outputOf && !path.certain) return readOutput(path.outputOf, world, stage);
  const place = placeOf(path, directory);
  if (place === undefined) return seen(uncertain());
  if (place === '/dev/null') return seen(certain(''));
  if (place === STDIN) return readInput({ from: 'inherited' }, directory, world, stage) ?? seen(uncertain());
  const content = world.readText(place, INPUT_LIMIT);
  if ('fault' in content) return unreadable(content.fault);
  const read: Read = { text: cut(content.text, content.complete), unseen: [], blocked: !content.complete };
  return content.written ? { ...read, written: true } : read;
}

/** The name of standard input as a place. */
export const STDIN = '-';

/** Where a word's file is: an absolute path, `STDIN`, or `undefined` where that is not known. */
export function placeOf(path: Word, directory: Word): string | undefined {
  if (!path.certain || (!path.text.startsWith('/') && !directory.certain)) return undefined;
  const whole = absolute(path.text, directory.text);
  const isStdin = whole === '/dev/stdin' || whole === '/dev/fd/0' || whole === '/proc/self/fd/0';
  return isStdin ? STDIN : whole;
}

/** What is not there yet is only unknown; what is closed to us stands in the way, and so does what another has written. */
export function unreadable(fault: ReadFault): Read {
  const unseen = fault === 'fetched' ? ['curl'] : [];
  return { text: uncertain(), unseen, blocked: fault === 'denied' || fault === 'special' };
}

/** What commands write on their standard output, one after the other. */
export function readOutput(commands: readonly SimpleCommand[], world: World, stage = 0): Read {
  // A list may hold every stage of a pipeline: what a later one reads does not come out at the end.
  const consumed = new Set(
    commands.flatMap(command => (command.input.from === 'pipe' ? command.input.commands : [])),
  );
  const parts = commands
    .filter(command => !consumed.has(command))
    .map(command => readCommand(command, world, stage + 1));
  return {
    text: joinWords(
      parts.map(part => part.text),
      '',
    ),
    unseen: parts.flatMap(part => part.unseen),
    blocked: parts.some(part => part.blocked),
  };
}

/**
 * What a command writes where its output goes (or, tee's, into the files it names); uncertain where that cannot be known.
 * The edit tools of agents (`Write`, `Edit`) bring the file's new text as their input.
 */
export function writtenText(
  { argv, input, directory, redirects }: Pick<Invocation, 'argv' | 'input' | 'directory' | 'redirects'>,
  world: World,
): Word {
  const [program, ...operands] = behindWrappers(argv);
  // `2> f` gets the messages, and of two files behind `>` the first stays empty.
  const outputs = redirects.filter(one => one.operator.includes('>'));
  if (outputs.some(one => one.fd !== 1) || outputs.length > 1) return uncertain();
  const name = program?.certain ? baseName(program.text) : '';
  const stdin = () => readInput(input, directory, world) ?? seen(uncertain());
  if (name === 'Write' || name === 'Edit') return stdin().text;
  const file = (path: Word) => readPath(path, directory, world);
  return produced(name, operands, { stdin, file })?.text ?? uncertain();
}

/** `sudo env A=1 echo x > f`: the shell opens the file, and what is written into it is echo's. */
function behindWrappers(argv: readonly Word[]): readonly Word[] {
  const at = argv.findIndex(
    word => !word.certain || !/^(sudo|doas|env|command|nohup)$|^\w+=/.test(word.text),
  );
  return at < 0 ? [] : argv.slice(at);
}

function readCommand(command: SimpleCommand, world: World, stage: number): Read {
  const [program, ...operands] = command.words;
  if (!program || writesElsewhere(command)) return seen(certain(''));
  const name = program.certain ? baseName(program.text) : '';
  const stdin = () => readInput(command.input, command.directory, world, stage) ?? seen(uncertain());
  const file = (path: Word) =>
    path.certain && path.text === '-' ? stdin() : readPath(path, command.directory, world, stage);
  const known = produced(name, operands, { stdin, file });
  if (known) return { ...known, unseen: [...known.unseen, ...riskyPrograms(known.text.outputOf ?? [])] };
  const behind = command.input.from === 'inherited' ? undefined : stdin();
  const unseen = [
    name === '' ? 'an unknown program' : name,
    ...programsBehind(command),
    ...(behind?.unseen ?? []),
  ];
  return { text: uncertain(), unseen: [...new Set(unseen)], blocked: false };
}

/** The programs further left in the pipe, and inside the arguments: `curl` in `sed s/a/b/ <(curl …)`. */
function programsBehind(command: SimpleCommand): readonly string[] {
  const inside = command.words.flatMap(word => word.outputOf ?? []);
  const left = command.input.from === 'pipe' ? command.input.commands : [];
  return [...left, ...inside].map(programName).filter(name => name !== '');
}

/** Fetchers and decoders among commands whose output stands inside other text: `echo "$(date)"` hides nothing. */
function riskyPrograms(commands: readonly SimpleCommand[]): readonly string[] {
  return commands
    .flatMap(command => [programName(command), ...programsBehind(command)])
    .filter(fetchesOrDecodes);
}

function programName(command: SimpleCommand): string {
  return baseName(command.words[0]?.text ?? '');
}

function writesElsewhere(command: SimpleCommand): boolean {
  return command.redirects.some(({ fd, operator, target }) => {
    if (operator === '&>' || operator === '&>>') return true;
    return fd === 1 && operator.startsWith('>') && !(operator === '>&' && target.text === '1');
  });
}

function seen(text: Word): Read {
  return { text, unseen: [], blocked: false };
}

function cut(text: string, complete: boolean): Word {
  return complete ? certain(text) : uncertain(text);
}

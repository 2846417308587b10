/**
 * The code that an interpreter is told to run: in an option, in a file, on standard input, and what it would do. What
 * stands in a file is read where it can be; a file that is not there says nothing. May not judge.
 */

import type { World } from '../../port.js';
import { certain, type Doubt, type Word } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import type { Inner, Unwrapped } from '../grammar.js';
import { placeOf, type Read, readInput, readPath, readWord, STDIN } from '../input.js';
import type { Invocation } from '../invocation.js';
import { commandsForGit, isGits } from '../left-for-git.js';
import { fetchesOrDecodes } from '../producers.js';
import { isCrons, jobsIn } from '../scheduled.js';
import { joinWords, withUnknown } from '../words.js';
import type { Deed, Language } from './deed.js';
import { deedsOf } from './deeds.js';
import { type Found, foundOnce } from './found.js';
import { directoryOf, textValue, UNKNOWN, type Value } from './value.js';

/** Longest program that is read: 1 MB. A longer file is somebody's bundle, and left alone. */
const LIMIT = 1024 * 1024;

const NOTHING: Found = { deeds: [], doubts: [] };

/** Stands for an unknown part of a program's text: a name in every language, and found again inside strings. */
const MARK = 'ʘguardʘ';

/** Where an interpreter finds its program. */
export interface Program {
  readonly language: Language;
  /** How it is called in `via`: `python -c`, `node -e`. */
  readonly via: string;
  /** The text itself, a file of it, or standard input. */
  readonly from: { readonly text: Word } | { readonly file: Word } | 'input';
  /** What the program finds as its own arguments. */
  readonly arguments?: readonly Word[];
  /** Variables that the command line sets (`awk -v`). */
  readonly variables?: Readonly<Record<string, Word>>;
}

/** `-e` may stand several times: the lines of one program. */
export function interpreterPrograms(
  language: Language,
  code: readonly Word[],
  { operands }: Invocation,
): readonly Program[] {
  if (code.length > 0) {
    const option = language === 'php' ? '-r' : '-e';
    const text = joinWords(code, '\n');
    return [{ language, via: `${language} ${option}`, from: { text }, arguments: operands }];
  }
  const [file, ...rest] = operands;
  if (!file || file.text === '-') return [{ language, via: `${language} -`, from: 'input' }];
  return [{ language, via: language, from: { file }, arguments: rest }];
}

/** All that the programs of an invocation would do. Computed once for an invocation. */
function understandPrograms(invocation: Invocation, programs: readonly Program[], world: World): Found {
  return foundOnce(invocation, () => {
    const parts = programs.map(program =>
      understandProgram(throughInput(program, invocation), invocation, world),
    );
    return { deeds: parts.flatMap(part => part.deeds), doubts: parts.flatMap(part => part.doubts) };
  });
}

/** The commands that the programs run, as commands inside the invocation. */
export function unwrapPrograms(
  invocation: Invocation,
  programs: readonly Program[],
  world: World,
): Unwrapped {
  const { deeds, doubts } = understandPrograms(invocation, programs, world);
  const parts = deeds.map(({ deed, via }): Unwrapped => {
    if (deed.kind === 'unseen') return { inner: [], doubts: [{ kind: 'input', why: deed.why }] };
    if (deed.kind === 'pour') return { inner: commandsPoured(deed, invocation, world) };
    if (deed.kind !== 'run') return { inner: [] };
    const { script, ...around } = deed.inner;
    const inner: Inner = {
      openEnded: false,
      input: { from: 'text', text: { text: '', certain: false } },
      ...around,
      via,
    };
    return script ? codeInWord(script, inner, world) : { inner: [inner] };
  });
  return {
    inner: parts.flatMap(part => part.inner),
    doubts: [...doubts, ...parts.flatMap(part => part.doubts ?? [])],
  };
}

/** What it writes where git or cron looks is run from there. */
function commandsPoured(
  { path, text, isAppended }: Extract<Deed, { kind: 'pour' }>,
  { directory }: Invocation,
  world: World,
): readonly Inner[] {
  const place = placeOf(path, directory) ?? path.text;
  const files = [{ path: place, text, isAppended }];
  if (isGits(place)) return commandsForGit(files, world);
  return isCrons(place) ? jobsIn(files) : [];
}

function understandProgram(program: Program, invocation: Invocation, world: World): Found {
  const isFile = typeof program.from === 'object' && 'file' in program.from;
  const read = readProgram(program, invocation, world);
  if (!read || read.text.text.slice(0, 512).includes('\u0000')) return NOTHING;
  const doubts: Doubt[] = [];
  const isLong = read.text.text.length > LIMIT;
  // A file by its name is the project's own and may be a bundle; what is poured in was made for this one run.
  if (!isFile && (isLong || read.blocked))
    doubts.push({
      kind: 'input',
      why: `${program.via} would run a program that cannot be read${isLong ? ' whole' : ''}`,
    });
  if (isLong) return { deeds: [], doubts };
  // `node $(which jest)` runs the file that is named; of `node <(curl …)` the output is the code.
  const unseen = isFile ? read.unseen.filter(fetchesOrDecodes) : read.unseen;
  if (unseen.length > 0) {
    doubts.push({ kind: 'input', why: `${program.via} would run the output of ${unseen.join(', ')}` });
  }
  const text = marked(read.text);
  const { deeds, unread } = deedsOf(text, program.language, scopeOf(program, invocation, world));
  if (unread && !isFile) {
    doubts.push({ kind: 'script', why: `the code for ${program.via} could not be read` });
  }
  const via =
    isFile && typeof program.from === 'object' && 'file' in program.from
      ? `${invocation.tool} <${program.from.file.text}>`
      : program.via;
  return {
    deeds: deeds.map(deed => ({
      deed: read.text.certain ? deed : withHoles(deed),
      isFile,
      isMade: read.written === true,
      via,
    })),
    doubts,
  };
}

/** `python /dev/stdin` is `python -`. */
function throughInput(program: Program, { directory }: Invocation): Program {
  const isInput =
    typeof program.from === 'object' &&
    'file' in program.from &&
    placeOf(program.from.file, directory) === STDIN;
  return isInput ? { ...program, via: `${program.via} -`, from: 'input' } : program;
}

/** What the program reads there itself; of what was fetched or hidden, by what. */
function inputOf(program: Program, invocation: Invocation, world: World): Value {
  const read =
    program.from === 'input' ? undefined : readInput(invocation.input, invocation.directory, world);
  const unseen = read?.unseen.filter(fetchesOrDecodes) ?? [];
  if (unseen.length > 0) return { from: unseen };
  return read?.text.certain ? { text: read.text } : UNKNOWN;
}

function readProgram({ from }: Program, invocation: Invocation, world: World): Read | undefined {
  if (from === 'input') return readInput(invocation.input, invocation.directory, world);
  if ('file' in from) return readPath(from.file, invocation.directory, world);
  // `python -c "$(curl …)"`: where the text is all a command's output, that command.
  const read = readWord(from.text, world);
  return { ...read, unseen: read.unseen.filter(fetchesOrDecodes) };
}

function scopeOf(program: Program, invocation: Invocation, world: World) {
  const args = program.arguments ?? [];
  const list = (first: readonly Word[]): Value => ({ items: [...first, ...args].map(text => ({ text })) });
  const home: Value = { text: certain(world.home) };
  const known: Record<string, Value> = {
    ...(!invocation.openEnded && {
      'sys.argv': list([certain('-')]),
      'process.argv': list([certain('node'), ...('text' in Object(program.from) ? [] : [certain('script')])]),
    }),
    ...ownPlace(program, invocation),
    'os.environ.HOME': home,
    'process.env.HOME': home,
    ...Object.fromEntries(Object.entries(program.variables ?? {}).map(([name, text]) => [name, { text }])),
  };
  return { place: { home: world.home, input: () => inputOf(program, invocation, world) }, known };
}

/** What a program that stands in a file calls its own file and directory. */
function ownPlace({ from }: Program, { directory }: Invocation): Readonly<Record<string, Value>> {
  const place = typeof from === 'object' && 'file' in from ? placeOf(from.file, directory) : undefined;
  if (!place?.startsWith('/')) return {};
  const file = textValue(place);
  const folder = directoryOf(file);
  return {
    __file__: file,
    __filename: file,
    'import.meta.filename': file,
    'import.meta.url': file,
    __dirname: folder,
    'import.meta.dirname': folder,
  };
}

function marked(word: Word): string {
  if (word.certain) return word.text;
  let text = '';
  let from = 0;
  for (const hole of [...(word.holes ?? [word.text.length])].sort((a, b) => a - b)) {
    text += word.text.slice(from, hole) + MARK;
    from = hole;
  }
  return text + word.text.slice(from);
}

/** The marks in a deed's words become what they stand for: parts that nobody knows. */
function withHoles(deed: Deed): Deed {
  const open = <T>(value: T): T => {
    if (Array.isArray(value)) return value.map(open) as T;
    if (typeof value !== 'object' || value === null) return value;
    if (isWord(value)) return (value.text.includes(MARK) ? withUnknown(value, MARK) : value) as T;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, open(one)])) as T;
  };
  return open(deed);
}

function isWord(value: object): value is Word {
  return 'text' in value && typeof value.text === 'string' && 'certain' in value;
}

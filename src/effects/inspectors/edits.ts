/**
 * Reads sed -i, perl -i and their like: which files they edit in place. Edits of named files of the project are
 * everyday work; of many files at once, of a repository's own files or of others' files they are effects. Judges nothing.
 */

import { emptiesFiles, filesWritten, NUMBERED } from '../../invocation/grammars/sed.js';
import { type Invocation, isOn, valuesOf } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type SimpleCommand, type Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { classify } from '../files/classify.js';
import { placed } from '../files/operands.js';
import { projectRoot } from '../files/places.js';
import { fileResources } from '../files/resources.js';
import { writes } from '../files/write.js';

export const edits: Inspector = {
  name: 'edits',
  watches: {
    sed: '*',
    perl: '*',
    ruby: '*',
    gawk: '*',
    awk: '*',
    sd: '*',
    dos2unix: '*',
    unix2dos: '*',
    rpl: '*',
    fastmod: '*',
    codemod: '*',
  },
  quiet: { sed: NUMBERED },
  resources: [...fileResources, 'file.many'],
  inspect(invocation, world) {
    const files = (readers[invocation.tool] ?? noFiles)(invocation);
    const written = ownWrites(files, invocation, world);
    return files === undefined ? written : [...edited(files, invocation, world), ...written];
  },
};

type Files = readonly Word[] | undefined;
const noFiles = (): Files => undefined;

const readers: Readonly<Record<string, (invocation: Invocation) => Files>> = {
  sed(invocation) {
    const inPlace = invocation.options.find(use => use.name === '--in-place');
    if (!inPlace || isOn(invocation, '--help', '--version')) return undefined;
    // macOS: `sed -i '' -e …`, `sed -i '' 's/a/b/' file`.
    const operands = invocation.operands.filter(word => word.text !== '' || !word.certain);
    return isOn(invocation, '--expression', '--file') ? operands : operands.slice(1);
  },
  perl: onTheFly,
  ruby: onTheFly,
  gawk: includedInplace,
  awk: includedInplace,
  sd: invocation => {
    const previews = invocation.argv.some(word => /^(-p|--preview|-h|--help|-V|--version)$/.test(word.text));
    const words = invocation.argv.slice(1).filter(word => !word.certain || !word.text.startsWith('-'));
    return previews ? undefined : words.slice(2);
  },
  dos2unix: converted,
  unix2dos: converted,
  // Programs that change a whole tree unless they are given files.
  rpl: invocation => throughout(invocation, /^(-\w*R\w*|--recursive)$/, 2),
  fastmod: invocation => throughout(invocation, /^--accept-all$/, 2),
  codemod: invocation => throughout(invocation, /^--accept-all$/, 2),
};

/** Where the option is given, the paths behind the pattern and its replacement; without any, all that is there. */
function throughout({ argv }: Invocation, all: RegExp, skip: number): Files {
  const words = argv.slice(1);
  if (!words.some(word => all.test(word.text))) return undefined;
  const paths = words.filter(word => !word.text.startsWith('-')).slice(skip);
  return paths.some(word => word.text !== '.') ? paths : [certain('**')];
}

/** What a sed script writes beside its output, and what `sed -i d` and `perl -pi -e '$_=""'` empty. */
function ownWrites(files: Files, invocation: Invocation, world: World): readonly Effect[] {
  const isSed = invocation.tool === 'sed';
  const empties = isSed ? emptiesFiles(invocation) : emptiesLines(invocation);
  const emptied = empties ? (files ?? []) : [];
  const beside = isSed ? filesWritten(invocation) : [];
  return [
    ...beside.flatMap(word => writes(word, [], 'replace', invocation, world, true)),
    ...placed(emptied, invocation).flatMap(({ word, at }) => writes(word, [at], 'empty', invocation, world)),
  ];
}

/** A whole program that leaves nothing of `$_` but perhaps the line's end, in Perl's and Ruby's spellings. */
const CLEARS =
  /^\s*(?:\$_\s*=\s*(?:""|''|undef|nil)|undef\s*\(?\s*\$_\s*\)?|\$_\.clear|s([/|#,!@])\^?\.[*+](?:\$|\\n)?\1\1\w*|next)\s*;?\s*$/;
/** awk programs that print no line. */
const SILENT = /^\s*(?:0|!1|\{\s*(?:next\s*;?\s*)?\}|NR\s*<\s*[01])?\s*$/;
const PRINTS = /\b(print|printf|say|puts|putc|write|pp?|eof)\b/;

/** Does perl, ruby or awk, edit in place as it may, print nothing of the lines that it reads? */
function emptiesLines(invocation: Invocation): boolean {
  if (/^g?awk$/.test(invocation.tool)) {
    const [program] = invocation.operands;
    return (
      program?.certain === true && valuesOf(invocation, '--file').length === 0 && SILENT.test(program.text)
    );
  }
  const code = valuesOf(invocation, '-e', '-E');
  if (!['perl', 'ruby'].includes(invocation.tool) || code.some(word => !word.certain)) return false;
  const text = code.map(word => word.text).join('\n');
  if (isOn(invocation, '-p')) return CLEARS.test(text);
  return code.length > 0 && isOn(invocation, '-n') && !PRINTS.test(text);
}

/** `-i`, `-pi`, `-i.bak`, `-pie`: an i among the switches that take no value, then the script of -e, then files. */
function onTheFly(invocation: Invocation): Files {
  const { argv } = invocation;
  const files: Word[] = [];
  let inPlace = false;
  let hasScript = false;
  for (let at = 1; at < argv.length; at += 1) {
    const word = argv[at]!;
    const isSwitch = word.certain && /^-[a-zA-Z0-9]/.test(word.text) && files.length === 0;
    if (!isSwitch) {
      if (word.text !== '--') files.push(word);
      continue;
    }
    // -M, -I, -x and -F take the rest; before them, an i edits in place.
    const letters = /^-([a-zA-Z0-9]*)/.exec(word.text)![1]!.split(/[MmIxFCDV]/, 1)[0]!;
    const switches = letters.split('i', 1)[0]!;
    if (letters.includes('i') && !/[eE]/.test(switches)) inPlace = true;
    if (/[eE]$/.test(word.text) || /[eE]/.test(switches)) {
      hasScript = true;
      if (/[eE]$/.test(word.text)) at += 1;
    }
  }
  if (!inPlace) return undefined;
  return hasScript ? files : files.slice(1);
}

function includedInplace(invocation: Invocation): Files {
  const { argv } = invocation;
  const at = argv.findIndex(word => /^(-i|--include|-i?inplace|--include=inplace)$/.test(word.text));
  const isInplace = at > 0 && (/inplace$/.test(argv[at]!.text) || argv[at + 1]?.text === 'inplace');
  return isInplace
    ? argv
        .slice(at + 1)
        .filter(word => !word.text.startsWith('-'))
        .slice(1)
    : undefined;
}

function converted(invocation: Invocation): Files {
  const keeps = invocation.argv.some(word =>
    /^(-n|--newfile|-O|--to-stdout|-i.*|--info.*|-h|--help|-V|--version)$/.test(word.text),
  );
  return keeps
    ? undefined
    : invocation.argv.slice(1).filter(word => !word.certain || !word.text.startsWith('-'));
}

function edited(files: readonly Word[], invocation: Invocation, world: World): readonly Effect[] {
  const found = files.flatMap((word): readonly Effect[] => {
    const more = { words: [invocation.argv.indexOf(word)], with: ['change=edit'] };
    if (!word.certain) return isWide(word.text) || isMass(word.outputOf ?? []) ? [many(word.text, more)] : [];
    const path = classify(word, invocation, world, { follow: true });
    if (['vcs', 'system', 'outside', 'device'].includes(path.class)) {
      return [effect('overwrite', `file.${path.class}`, path.path, more)];
    }
    if (path.class === 'guard') return [effect('tamper', 'file.guard', path.path, more)];
    // Which file it is counts for rules that name paths: an agent's settings.
    return [
      isWide(word.text) ? many(word.text, more) : effect('update', `file.${path.class}`, path.path, more),
    ];
  });
  // All of it is in git as it stands: `git restore .` brings it back.
  const isKept = found.some(one => one.resource === 'file.many') && isClean(world);
  return isKept ? found.filter(one => one.resource !== 'file.many') : found;
}

/** A pattern that begins at the top (find's `./**` among them) takes whatever the project has; one below `src` does not. */
function isWide(text: string): boolean {
  return /^(\.\/)?[^/]*[*?]/.test(text);
}

function many(target: string, more: Pick<Effect, 'words' | 'with'>): Effect {
  return effect('overwrite', 'file.many', target, {
    ...more,
    extent: 'all',
    note: 'edits many files that git may not have as they are',
  });
}

/** Every file of a project: `git ls-files` and `find .` without a directory that narrows it; a search for a text is narrow. */
function isMass(commands: readonly SimpleCommand[]): boolean {
  return commands.some(({ words }) => {
    const [program, ...rest] = words.map(word => word.text);
    const name = baseName(program ?? '');
    if (name === 'git')
      return (
        rest.includes('ls-files') &&
        !rest.some(word => /^[^-*][^*]*\/|\.\w+$/.test(word) && !word.includes('*'))
      );
    return name === 'find' && /^(\.\/?|-.*|)$/.test(rest[0] ?? '');
  });
}

function isClean(world: World): boolean {
  const root = projectRoot(world);
  if (root === undefined) return false;
  const status = world.git(['status', '--porcelain=v1', '-z', '--untracked-files=normal'], root);
  return status.status === 0 && status.stdout === '';
}

/** Reads cp, mv, install, ln, tee, truncate and dd: what they write over and what they move away. Judges nothing. */

import { inputText } from '../../invocation/input.js';
import { type Invocation, isOn, lastValue } from '../../invocation/invocation.js';
import { baseName, isWithin } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Effect, effect, type Forecast, type Inspector } from '../effect.js';
import { classify } from '../files/classify.js';
import { guardsPlaces } from '../files/guards.js';
import { media } from '../files/media.js';
import { moves } from '../files/move.js';
import { isOneOfAKind } from '../files/names.js';
import { hasUnseen, onlyTells, placed, unseen } from '../files/operands.js';
import { poured } from '../files/poured.js';
import { preview } from '../files/preview.js';
import { fileResources } from '../files/resources.js';
import { isDirectory, landing, type Writing, writes } from '../files/write.js';

/** A name in a project that gets other content. */
const WRITTEN: Forecast = {
  actions: ['create', 'overwrite'],
  resources: ['file.generated', 'file.project'],
  extents: ['one'],
  with: [],
};

export const filesWrite: Inspector = {
  name: 'files-write',
  watches: {
    ...{ cp: '*', mv: '*', install: '*', ln: '*', tee: '*', sponge: '*', truncate: '*', dd: '*', sort: '*' },
    ...{ ffmpeg: '*', convert: '*', magick: '*' },
  },
  quiet: { sort: '* : -o*, --o*' },
  resources: fileResources,
  paths: {
    cp: {
      options: ['-f', '-p', '-pf', '-fp', '-v', '-a', '-r', '-R', '-rf'],
      roles: ['read', 'written'],
      more: false,
      effects: [WRITTEN],
    },
    mv: {
      options: ['-f', '-v'],
      roles: ['moved', 'written'],
      more: false,
      effects: [
        WRITTEN,
        { actions: ['update'], resources: ['file.project'], extents: ['one'], with: ['change=move'] },
      ],
    },
    // Without -f, ln refuses a name that is taken.
    ln: { options: ['-s', '-v', '-sv'], roles: ['read', 'written'], more: false, effects: [] },
  },
  inspect(invocation, world) {
    if (onlyTells(invocation)) return [];
    return readers[invocation.tool]?.(invocation, world) ?? [];
  },
  preview,
};

const readers: Readonly<Record<string, (invocation: Invocation, world: World) => readonly Effect[]>> = {
  cp: (invocation, world) => [...linksToGuards(invocation, world), ...transfer(invocation, world)],
  mv: (invocation, world) => [
    ...moves(invocation, destinationOf(invocation), world),
    ...transfer(invocation, world),
  ],
  install: (invocation, world) => (isOn(invocation, '--directory') ? [] : transfer(invocation, world)),
  ln: (invocation, world) => [
    ...linksToGuards(invocation, world),
    ...(isOn(invocation, '--force') ? transfer(invocation, world) : putsIntoGuards(invocation, world)),
  ],
  tee: fed,
  sponge: fed,
  truncate,
  dd,
  sort,
  ...media,
};

/** What comes in goes into the files that are named. */
function fed(invocation: Invocation, world: World): readonly Effect[] {
  const how = isOn(invocation, '--append') ? 'append' : 'replace';
  // What is typed or asked for makes a file; a file that is poured into another takes its place.
  const { input } = invocation;
  const isNothing = how === 'replace' && isEmpty(inputText(input, invocation.directory, world));
  return placed(invocation.operands, invocation).flatMap(({ word, at }) =>
    writes(
      word,
      [at],
      isNothing ? 'empty' : how,
      invocation,
      world,
      input.from === 'file' && takesPlace(input.path, word),
    ),
  );
}

/** A second name of guard's own file: what is written by it, guard reads. Symlinks are followed to the file itself. */
function linksToGuards(invocation: Invocation, world: World): readonly Effect[] {
  const isHard = invocation.tool === 'ln' ? !isOn(invocation, '--symbolic') : isOn(invocation, '--link');
  if (!isHard) return [];
  return placed(destinationOf(invocation).sources, invocation).flatMap(({ word, at }) => {
    const { path, class: kind } = classify(word, invocation, world);
    const isGuards = kind === 'guard' || guardsPlaces(world).some(place => isWithin(place, path));
    return isGuards ? [effect('tamper', 'file.guard', path, { words: [at] })] : [];
  });
}

/** A link among guard's own files, where none of the name is there. */
function putsIntoGuards(invocation: Invocation, world: World): readonly Effect[] {
  const { destination } = destinationOf(invocation);
  if (destination === undefined) return [];
  return placed([destination], invocation).flatMap(({ word, at }) => {
    const { path, class: kind } = classify(word, invocation, world);
    return kind === 'guard' ? [effect('tamper', 'file.guard', path, { words: [at] })] : [];
  });
}

function isEmpty(text: Word | undefined): boolean {
  return text?.certain === true && text.text === '';
}

/** Where sources go: the value of -t, or the last operand. */
function destinationOf(invocation: Invocation): { sources: readonly Word[]; destination: Word | undefined } {
  const directory = lastValue(invocation, '--target-directory');
  if (directory) return { sources: invocation.operands, destination: directory };
  const { operands } = invocation;
  if (operands.length === 1 && invocation.tool === 'ln')
    return { sources: operands, destination: certain('.') };
  if (operands.length < 2) return { sources: operands, destination: undefined };
  return { sources: operands.slice(0, -1), destination: operands.at(-1) };
}

function transfer(invocation: Invocation, world: World): readonly Effect[] {
  const { sources, destination } = destinationOf(invocation);
  if (destination === undefined || keepsWhatStands(invocation)) return [];
  const into =
    lastValue(invocation, '--target-directory') !== undefined ||
    (!isOn(invocation, '--no-target-directory') &&
      isDirectory(destination, invocation, world) &&
      !isReplacedLink(invocation, destination, world));
  const [at] = placed([destination], invocation);
  const isPoured = sources.some(source => /\/\.\/?$/.test(source.text));
  const over = isPoured ? poured(destination, at?.at ?? 0, invocation, world) : [];
  const named = sources.flatMap(source =>
    writes(
      landing(source, destination, into),
      [at?.at ?? 0],
      writingOf(invocation, source),
      invocation,
      world,
      saysSo(invocation, source, destination),
    ),
  );
  return [...over, ...named];
}

/** Of a file that there is one of, the source is another: not its template, nor the same in another tree. */
function takesPlace(source: Word, destination: Word): boolean {
  const name = baseName(destination.text);
  return isOneOfAKind(name) && !baseName(source.text).startsWith(name);
}

/** cp and mv say by an option that they write over what stands there; `ln -f` is how everybody makes a link. */
function saysSo(invocation: Invocation, source: Word, destination: Word): boolean {
  const { tool } = invocation;
  if (tool === 'ln') return takesPlace(source, destination);
  if (tool === 'mv' && isOn(invocation, '--no-target-directory')) return true;
  return tool === 'cp' || tool === 'mv' ? isOn(invocation, '--force', '--remove-destination') : false;
}

/** `ln -sfn target link` replaces a link to a directory instead of writing into the directory. */
function isReplacedLink(invocation: Invocation, destination: Word, world: World): boolean {
  if (!isOn(invocation, '--no-dereference', '-h') || invocation.tool === 'cp') return false;
  const path = destination.text.startsWith('/')
    ? destination.text
    : `${invocation.directory.text}/${destination.text}`;
  return world.stat(path).kind === 'symlink';
}

/** -n leaves existing files alone and -b keeps a copy. Of -i, -f and -n the last one counts. */
function keepsWhatStands(invocation: Invocation): boolean {
  if (isOn(invocation, '--backup', '-b')) {
    const control = lastValue(invocation, '--backup')?.text ?? '';
    if (control !== 'none' && control !== 'off') return true;
  }
  const last = invocation.options.findLast(use =>
    ['--force', '--interactive', '--no-clobber'].includes(use.name),
  );
  if (invocation.tool === 'cp')
    return isOn(invocation, '--no-clobber') || isOn(invocation, '--attributes-only');
  return last?.name === '--no-clobber';
}

function writingOf(invocation: Invocation, source: Word): Writing {
  if (source.text === '/dev/null' && invocation.tool !== 'mv') return 'empty';
  if (invocation.tool === 'cp') return isOn(invocation, '--remove-destination') ? 'swap' : 'replace';
  return 'swap';
}

/** `-s +n` and `-s '>n'` only grow a file; a file that is cut loses what is cut off. */
function truncate(invocation: Invocation, world: World): readonly Effect[] {
  const size = lastValue(invocation, '--size');
  if (size?.certain && /^\s*[+>%]/.test(size.text)) return [];
  const named = placed(invocation.operands, invocation).flatMap(({ word, at }) =>
    writes(word, [at], 'empty', invocation, world),
  );
  // What xargs hands on is a list.
  const isHandedOn = invocation.via.includes('xargs') && invocation.operands.some(word => word.text === '');
  return isHandedOn || hasUnseen(invocation) ? [...named, unseen(false)] : named;
}

function dd(invocation: Invocation, world: World): readonly Effect[] {
  const output = invocation.options.findLast(use => use.name === 'of');
  if (output?.value === undefined) return [];
  const flags = (lastValue(invocation, 'oflag')?.text ?? '').split(',');
  const source = lastValue(invocation, 'if')?.text ?? '';
  const isFiller = /^\/dev\/(null|zero|u?random|full)$/.test(source);
  const how: Writing = flags.includes('append') ? 'append' : isFiller ? 'empty' : 'replace';
  // What is written into the middle of a file is written into one that is there.
  const inside = /(^|,)notrunc(,|$)/.test(lastValue(invocation, 'conv')?.text ?? '');
  return writes(output.value, [output.at], how, invocation, world, inside);
}

/** `sort -o f /dev/null`: what is sorted takes the place of what stood in the file. */
function sort({ argv, ...invocation }: Invocation, world: World): readonly Effect[] {
  const at = argv.findIndex(word => /^(-[a-zA-Z]*o|--o)/.test(word.text));
  if (at < 0) return [];
  const [, attached = ''] = /^(?:-[a-zA-Z]*?o|--o\w*=?)(.*)$/.exec(argv[at]!.text) ?? [];
  const output = attached === '' ? argv[at + 1] : { ...argv[at]!, text: attached };
  const sources = argv.slice(1).filter(word => word !== output && !word.text.startsWith('-'));
  const isNothing = sources.length > 0 && sources.every(word => word.text === '/dev/null');
  return output ? writes(output, [at], isNothing ? 'empty' : 'replace', { ...invocation, argv }, world) : [];
}

/** Paths that are to be removed and of which a part is unknown → effects, by what their known parts show. Judges nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect } from '../effect.js';
import { type Classified, classify, type PathClass } from './classify.js';
import type { More, Removal } from './remove.js';

/** Classes that stay dangerous when part of the path is unknown. */
const GRAVE: readonly PathClass[] = [
  'root',
  'home',
  'system',
  'parent',
  'vcs',
  'secret',
  'data',
  'mount',
  'device',
  'guard',
];

/**
 * A path of which a part is unknown. Known parts may still show that it is harmless (`"$x/node_modules"`,
 * `/tmp/$x`, the output of mktemp) or grave: `"$x/"` is `/` where x is empty.
 */
export function unknownRemoval(
  word: Word,
  path: Classified,
  removal: Removal,
  more: More,
  invocation: Invocation,
  world: World,
): readonly Effect[] {
  const harmless = harmlessClass(word, path, invocation, world);
  if (harmless) return [effect('delete', `file.${harmless}`, word.text, { ...more, extent: 'unknown' })];
  const namesFile = word.text !== '' && !word.text.endsWith('/') && !path.contents;
  if (GRAVE.includes(path.class) && word.text !== '' && (removal.recursive || namesFile)) {
    if (path.class === 'guard') return [effect('tamper', 'file.guard', path.path, more)];
    const note = 'part of the path is not known; this is what is left where it is empty';
    const extent = removal.recursive ? 'unknown' : 'one';
    return [effect('delete', `file.${path.class}`, path.path, { ...more, extent, note })];
  }
  const note = 'the path is not known before the command runs';
  const isList = word.splits === true && word.outputOf !== undefined;
  // What xargs hands on is a list, however few it hands on at a time.
  const isHandedOn = invocation.via.some(label => label === 'xargs' || label === 'parallel');
  const isMany = removal.recursive || path.contents || path.pattern || isList || word.varies || isHandedOn;
  return [
    effect(isMany ? 'unknown' : 'delete', 'file.path', word.text, { ...more, extent: 'unknown', note }),
  ];
}

function harmlessClass(
  word: Word,
  path: Classified,
  invocation: Invocation,
  world: World,
): PathClass | undefined {
  if (path.class === 'generated' || path.class === 'temporary') return path.class;
  if (isFromMktemp(word) || isTemporaryByName(word, path)) return 'temporary';
  // `cd "$(mktemp -d)" && rm -rf work`, `… && rm -rf *`
  const name = word.certain ? word.text : word.pattern;
  const isThere = name !== undefined && !name.startsWith('/') && !/(^|\/)\.\.(\/|$)/.test(name);
  if (isThere && isFromMktemp(invocation.directory)) return 'temporary';
  // Without offsets the unknown part can only be at the end where the text stops at a slash.
  const hole = word.holes?.[0] ?? (word.text.endsWith('/') ? word.text.length : 0);
  const literal = hole === 0 ? '' : word.text.slice(0, word.text.lastIndexOf('/', hole - 1) + 1);
  if (literal === '') return undefined;
  // The directory in front of the unknown part is known: something in it is meant.
  const inside = classify({ text: `${literal}x`, certain: true }, invocation, world);
  return inside.class === 'generated' || inside.class === 'temporary' ? inside.class : undefined;
}

/** `$(mktemp -d)`, straight or through a variable, with nothing in front of it. */
function isFromMktemp(word: Word): boolean {
  const sources = word.outputOf ?? [];
  return (
    sources.length > 0 &&
    (word.holes?.[0] ?? 0) === 0 &&
    (word.text === '' || (word.text.startsWith('/') && !word.text.includes('..'))) &&
    sources.every(source => baseName(source.words[0]?.text ?? '') === 'mktemp')
  );
}

/**
 * `"$TMPDIR/work"` and `"$tmp"`, which nothing here has set: by its name the variable holds a directory for what is
 * temporary. `"$TMPDIR"` itself holds everybody's.
 */
function isTemporaryByName({ text, holes, variable = '' }: Word, path: Classified): boolean {
  const isFirst = holes?.[0] === 0;
  if (!isFirst || !/(^|_)(tmp|temp)(_?(dir|file|path|d))?$/i.test(variable)) return false;
  if (text === '') return !/^(TMPDIR|TEMPDIR|RUNNER_TEMP)$/.test(variable);
  return /^\/[\w.-]*\w/.test(text) && !text.includes('..') && !GRAVE.includes(path.class);
}

/**
 * A repository's objects under second names: outside its refs, so that nothing shows in its logs or is pushed, and out of
 * reach of `gc` and of `rm -rf .git`. Objects are never written again, so that a second name is as good as a copy.
 */

import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { faultCode } from '../../errors.js';
import { notSaved } from '../capture.js';
import type { Limits } from '../saver.js';

const OWN = { recursive: true, mode: 0o700 } as const;
const HEX = /^[0-9a-f]{2}$/;
const REST = /^[0-9a-f]+$/;
const PACKED = /^pack-[0-9a-f]+\.(pack|idx|rev)$/;
/** Loose objects of a snapshot until something reads it, by their whole names: 256 folders cost more than 2,000 links. */
const LOOSE = 'loose';

/** Gives every object of a repository a second name in a snapshot; returns the bytes that had to be copied instead. */
export function saveObjects(from: string, to: string, limits: Limits): number {
  const sharing = new Sharing(limits);
  const loose = join(to, LOOSE);
  mkdirSync(loose, { mode: 0o700 });
  for (const folder of readdirSync(from)) {
    if (HEX.test(folder)) sharing.loose(`${from}/${folder}`, `${loose}/${folder}`);
  }
  sharing.folder(join(from, 'pack'), join(to, 'pack'), PACKED);
  const others = alternatesOf(from);
  if (others.length > 0) {
    mkdirSync(join(to, 'info'), { recursive: true });
    writeFileSync(join(to, 'info/alternates'), `${others.join('\n')}\n`, { mode: 0o600 });
  }
  return sharing.copied;
}

/** Gives a snapshot's objects the places in which git looks for them; once that is done, does nothing. */
export function unfoldObjects(objects: string): void {
  const loose = join(objects, LOOSE);
  const names = list(loose);
  for (const folder of new Set(names.map(name => name.slice(0, 2)))) mkdirSync(join(objects, folder), OWN);
  for (const name of names) {
    unlessGone(() => renameSync(join(loose, name), join(objects, name.slice(0, 2), name.slice(2))));
  }
  unlessGone(() => rmdirSync(loose));
}

/** Gives a repository the objects of a snapshot that it lacks. */
export function restoreObjects(from: string, to: string): void {
  const all = Number.POSITIVE_INFINITY;
  const sharing = new Sharing({ cap: all, entries: all, milliseconds: all });
  for (const folder of readdirSync(from)) {
    if (HEX.test(folder)) sharing.folder(join(from, folder), join(to, folder), REST);
  }
  sharing.folder(join(from, 'pack'), join(to, 'pack'), PACKED);
}

class Sharing {
  copied = 0;
  #count = 0;
  readonly #limits: Limits;
  readonly #until: number;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#until = Date.now() + limits.milliseconds;
  }

  folder(from: string, to: string, wanted: RegExp): void {
    const names = list(from).filter(name => wanted.test(name));
    if (names.length === 0) return;
    mkdirSync(to, OWN);
    const there = new Set(list(to));
    for (const name of names) if (!there.has(name)) this.#file(`${from}/${name}`, `${to}/${name}`);
  }

  /** One of git's folders of loose objects, whose names go on where `to` ends. */
  loose(from: string, to: string): void {
    for (const name of list(from)) if (REST.test(name)) this.#file(`${from}/${name}`, `${to}${name}`);
  }

  #file(from: string, to: string): void {
    this.#count += 1;
    if (this.#count > this.#limits.entries)
      throw notSaved(
        `the repository has more than ${this.#limits.entries} loose objects; \`git gc\` packs them`,
      );
    if (this.#count % 512 === 0 && Date.now() > this.#until)
      throw notSaved(`saving takes longer than ${this.#limits.milliseconds / 1000} seconds`);
    try {
      linkSync(from, to);
    } catch (fault) {
      const code = faultCode(fault);
      // Gone since it was listed, for git packs behind our back; or here already.
      if (code === 'ENOENT' || code === 'EEXIST') return;
      if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'EMLINK') throw fault;
      this.copied += statSync(from).size;
      if (this.copied > this.#limits.cap)
        throw notSaved('the repository is on another disk and larger than the cap');
      copyFileSync(from, to);
    }
  }
}

/** The other stores that this one borrows from. */
function alternatesOf(objects: string): readonly string[] {
  const text = unlessGone(() => readFileSync(join(objects, 'info/alternates'), 'utf8')) ?? '';
  return text
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => resolve(objects, line));
}

function list(directory: string): readonly string[] {
  return unlessGone(() => readdirSync(directory)) ?? [];
}

/** `undefined` where what it is about is not there; another guard may do the same at the same time. */
function unlessGone<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (fault) {
    if (faultCode(fault) === 'ENOENT') return undefined;
    throw fault;
  }
}

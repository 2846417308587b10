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
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { notSaved } from '../capture.js';
import type { Limits } from '../saver.js';

const HEX = /^[0-9a-f]{2}$/;
const PACKED = /^pack-[0-9a-f]+\.(pack|idx|rev)$/;

/** Gives every object of one store a second name in another; returns the bytes that had to be copied instead. */
export function shareObjects(from: string, to: string, limits: Limits): number {
  const sharing = new Sharing(limits);
  for (const folder of readdirSync(from)) {
    if (HEX.test(folder)) sharing.folder(join(from, folder), join(to, folder), /^[0-9a-f]+$/);
  }
  sharing.folder(join(from, 'pack'), join(to, 'pack'), PACKED);
  const others = alternatesOf(from);
  if (others.length > 0) {
    mkdirSync(join(to, 'info'), { recursive: true });
    writeFileSync(join(to, 'info/alternates'), `${others.join('\n')}\n`, { mode: 0o600 });
  }
  return sharing.copied;
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
    mkdirSync(to, { recursive: true, mode: 0o700 });
    const there = new Set(list(to));
    for (const name of names) if (!there.has(name)) this.#file(join(from, name), join(to, name));
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
      const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
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
  try {
    return readFileSync(join(objects, 'info/alternates'), 'utf8')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => resolve(objects, line));
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return [];
    throw fault;
  }
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return [];
    throw fault;
  }
}

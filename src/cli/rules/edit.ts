/**
 * Edits of the user's YAML files that keep what people wrote there: comments, order, layout. Under a lock, checked before
 * and after, and written in one step; a file that is broken is not touched.
 */

import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Document } from 'yaml';
import { writeAtomic } from '../../durable.js';
import { faultCode, GuardError } from '../../errors.js';
import { hold, letGo } from '../../lock.js';

const PATIENCE_MS = 10_000;

type Check = (text: string, file: string) => Promise<unknown>;

/** What to change, and how to know that the file is whole. */
interface Edit {
  /** The file's text where there is none yet. */
  readonly template: string;
  /** Throws `GuardError` for a text that guard could not read. */
  readonly check: Check;
  /** Changes the document in place. Throws to leave everything as it is. */
  change(document: Document): void;
}

/** Changes a YAML file. Throws `GuardError` where it is broken, locked or cannot be written. */
export async function editYaml(path: string, edit: Edit): Promise<void> {
  const yaml = await import('yaml');
  // The file may be a link into a directory of dotfiles: the link stays.
  const file = existsSync(path) ? realpathSync(path) : path;
  await withLock(file, async () => {
    const text = read(file) ?? edit.template;
    await edit.check(text, file);
    const document = yaml.parseDocument(text);
    edit.change(document);
    const changed = document.toString({ lineWidth: 0, flowCollectionPadding: true });
    await edit.check(changed, file);
    writeAtomic(file, changed, existsSync(file) ? statSync(file).mode & 0o777 : 0o600);
  });
}

/** Runs `work` while no other guard edits the file. Throws `GuardError('locked')` where another does not finish. */
async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  const deadline = Date.now() + PATIENCE_MS;
  while (!hold(lock, 0)) {
    if (Date.now() > deadline) {
      throw new GuardError('locked', 'another guard is editing this file and does not finish', {
        at: { file },
        hint: `If none is running: rm ${lock}`,
      });
    }
    await sleep(10 + Math.random() * 30);
  }
  try {
    return await work();
  } finally {
    letGo(lock);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (faultCode(cause) === 'ENOENT') return undefined;
    throw new GuardError('cannot-read', 'this file cannot be read', {
      at: { file },
      hint: 'Check its owner and mode.',
      cause,
    });
  }
}

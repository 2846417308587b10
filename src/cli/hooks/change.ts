/** Putting guard's hook into clients' settings and taking it out again, byte for byte. Asks nobody. */

import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GuardError } from '../../errors.js';
import type { Settings } from '../../hooks/adapter.js';
import { forget, type Writing, writeNoted } from '../../integrity/manifest.js';
import { loadJsonc } from '../../jsonc.js';
import {
  behindLinks,
  bytesOf,
  checkWritable,
  type FileChange,
  readBytes,
  removeIfEmpty,
  Undoable,
} from '../setup/files.js';
import { hashOf } from '../setup/manifest.js';
import { type HookRecord, readRecords, writeRecords } from './record.js';
import { commandIn, withHook, withoutHook } from './wire.js';

/** One client's settings, as they are and as they would be. */
export interface HookChange extends FileChange {
  readonly client: string;
  /** The file's name in the client's settings, before links. */
  readonly named: string;
  /** guard's part of the text after an install, where the rest is the person's. */
  readonly holds?: string;
}

/** The change that puts the hook in. Throws `GuardError` for a file that cannot be read, parsed or written. */
export async function planInstall(client: string, settings: Settings, command: string): Promise<HookChange> {
  await loadJsonc();
  const path = behindLinks(settings.file);
  checkWritable(path);
  const before = readBytes(path);
  const text = before === undefined ? undefined : textOf(before);
  if (text !== undefined && bytesOf(text) !== before) {
    throw new GuardError('bad-settings', 'guard leaves this file as it is: it is not UTF-8', {
      at: { file: settings.file },
      hint: 'Correct it, and run the command again.',
    });
  }
  const found = text === undefined ? undefined : commandIn(text, settings.wiring, settings.file);
  const isThere = found === command;
  if (found !== undefined && !isThere && isOthers(found, command)) {
    throw new GuardError('foreign', `it calls the hook of another guard: ${found}`, {
      at: { file: settings.file },
      hint: 'Set HOME and XDG_* as they were when that was set up, or run guard hook remove with those first.',
    });
  }
  const whole = isThere && settings.wiring.kind === 'entries';
  const after = whole ? before : bytesOf(withHook(text, settings.wiring, command, settings.file));
  const holds = settings.wiring.kind === 'file' ? undefined : spelledIn(after ?? '', command);
  return { client, named: settings.file, path, before, after, mode: 0o600, ...(holds && { holds }) };
}

/** Does a hook's command call another program than ours, and one that is there? One that is gone guards nothing. */
function isOthers(command: string, ours: string): boolean {
  const [theirs, own] = [command, ours].map(one => /^'?(\/.*guard-hook)/.exec(one)?.[1]);
  return theirs !== undefined && theirs !== own && existsSync(theirs);
}

/** The change that takes it out, to the very bytes that were there where nobody has changed the file since. */
export async function planRemoval(
  client: string,
  settings: Settings,
  records: string,
): Promise<HookChange | undefined> {
  await loadJsonc();
  const path = behindLinks(settings.file);
  const before = readBytes(path);
  if (before === undefined) return undefined;
  const found = commandIn(textOf(before), settings.wiring, settings.file);
  if (found !== undefined && isOthers(found, join(dirname(records), 'guard-hook'))) return undefined;
  const record = readRecords(records)[path];
  const change = { client, named: settings.file, path, before, mode: 0o600 };
  if (record?.after === hashOf(before)) return { ...change, after: original(record) };
  const own = bytesOf(withoutHook(textOf(before), settings.wiring, settings.file));
  if (own === before) return undefined;
  // A file that guard made goes where nothing but its frame is left.
  const isEmpty = record?.before === null && isFrame(own, settings);
  const isGuards = settings.wiring.kind === 'file' && own === '';
  return { ...change, after: isEmpty || isGuards ? undefined : own };
}

/** Carries out installs, all or none, and remembers what was there. */
export function applyInstalls(changes: readonly HookChange[], records: string): void {
  const old = readRecords(records);
  const fresh: Record<string, HookRecord> = { ...old };
  const steps = new Undoable();
  try {
    for (const change of changes) {
      const directories = steps.makeDirectory(dirname(change.path));
      if (change.before !== change.after) steps.change(change);
      // A hook that stood there before guard's own record is taken out by its command.
      if (change.before === change.after && !old[change.path]) continue;
      fresh[change.path] = recordOf(change, old[change.path], directories);
    }
    writeRecords(records, fresh);
    writeNoted(dirname(records), writingsOf(changes), () => undefined);
  } catch (fault) {
    steps.rollBack();
    throw fault;
  }
}

/** Carries out removals, all or none, and forgets them. */
export function applyRemovals(changes: readonly HookChange[], records: string): void {
  const kept: Record<string, HookRecord> = { ...readRecords(records) };
  const paths = changes.map(({ path }) => path);
  // First, or whoever checks meanwhile would miss the hook.
  forget(dirname(records), paths);
  const steps = new Undoable();
  try {
    for (const change of changes) steps.change(change);
  } catch (fault) {
    steps.rollBack();
    throw fault;
  }
  for (const path of paths) {
    for (const directory of (kept[path]?.directories ?? []).toReversed()) removeIfEmpty(directory);
    delete kept[path];
  }
  if (Object.keys(kept).length > 0) writeRecords(records, kept);
  else if (existsSync(records)) rmSync(records);
}

/** guard's command as this file spells it. */
function spelledIn(bytes: string, command: string): string | undefined {
  return [JSON.stringify(command).slice(1, -1), command].find(one => bytes.includes(bytesOf(one)));
}

function writingsOf(changes: readonly HookChange[]): readonly Writing[] {
  return changes.map(({ path, after = '', mode, holds }) => ({
    path,
    bytes: Buffer.from(after, 'latin1'),
    mode,
    ...(holds !== undefined && { holds }),
  }));
}

/** What was there before guard came; a second install keeps what the first one found. */
function recordOf(
  { before, after }: HookChange,
  old: HookRecord | undefined,
  directories: readonly string[],
): HookRecord {
  const hash = hashOf(after ?? '');
  if (old && before !== undefined && old.after === hashOf(before)) return { ...old, after: hash };
  return {
    before: before === undefined ? null : Buffer.from(before, 'latin1').toString('base64'),
    after: hash,
    directories: [...(old?.directories ?? []), ...directories],
  };
}

function original({ before }: HookRecord): string | undefined {
  return before === null ? undefined : Buffer.from(before, 'base64').toString('latin1');
}

function isFrame(bytes: string, { wiring }: Settings): boolean {
  const base = wiring.kind === 'entries' ? JSON.stringify(wiring.base) : '';
  return bytes.replace(/\s/g, '') === base || bytes.trim() === '';
}

function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** YAML text → plain values whose places in the file are known. The library is loaded when YAML is first read. */

import type * as Yaml from 'yaml';
import { GuardError, type Position } from '../errors.js';

type Path = readonly PropertyKey[];

/** A file's value, and where each part of it stands. */
export interface Located {
  readonly value: unknown;
  /** The place of the value at a path, or of its nearest existing parent; of the key itself where `key` is given. */
  at(path: Path, key?: string): Position;
}

/** Parses one document. Throws `GuardError('bad-yaml')` with the place of the first fault. */
export async function parseYaml(text: string, file: string): Promise<Located> {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const document = yaml.parseDocument(text, {
    lineCounter: lines,
    logLevel: 'error',
    uniqueKeys: true,
    prettyErrors: false,
  });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw badYaml(fault.message, place(fault.pos[0]), fault);
  return {
    value: plain(() => document.toJS({ maxAliasCount: 100 }), { file, line: 1, column: 1 }),
    at: (path, key) => place(offsetOf(yaml, document.contents, path, key) ?? 0),
  };
}

function plain(convert: () => unknown, at: Position): unknown {
  try {
    return convert();
  } catch (cause) {
    throw badYaml(cause instanceof Error ? cause.message : 'it cannot be read', at, cause);
  }
}

function badYaml(message: string, at: Position, cause: unknown): GuardError {
  const hint = /unique/i.test(message)
    ? 'Keep one of the two keys.'
    : 'Mend the YAML there; text with ": " or " #" in it needs quotes or a block scalar (|).';
  return new GuardError('bad-yaml', message.split('\n')[0]!, { at, hint, cause });
}

function offsetOf(yaml: typeof Yaml, root: unknown, path: Path, key: string | undefined): number | undefined {
  const start = (node: unknown) => (yaml.isNode(node) ? node.range?.[0] : undefined);
  let node: unknown = root;
  let offset = start(root);
  for (const step of path) {
    // A single value may stand where the schema sees a list of one.
    if (typeof step === 'number' && !yaml.isSeq(node)) continue;
    const next: unknown = yaml.isMap(node) || yaml.isSeq(node) ? node.get(step, true) : undefined;
    if (next === undefined) break;
    node = next;
    offset = start(next) ?? offset;
  }
  if (key !== undefined && yaml.isMap(node)) {
    const pair = node.items.find(item => yaml.isScalar(item.key) && item.key.value === key);
    offset = start(pair?.key) ?? offset;
  }
  return offset;
}

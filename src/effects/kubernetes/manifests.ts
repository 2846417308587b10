/** The objects that manifests describe, where their text can be read: on standard input, or in a file. May not judge. */

import { inputText, readPath, STDIN } from '../../invocation/input.js';
import type { Invocation } from '../../invocation/invocation.js';
import { Lazy } from '../../lazy.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';

const yaml = new Lazy('yaml', () => import('yaml'));

export interface ManifestObject {
  readonly kind: string;
  readonly name: string;
}

/** Longest manifest that is read, in UTF-16 units. */
const LIMIT = 1_000_000;

/** The objects of all these files, or `undefined` where one of them, or a part of it, cannot be read. */
export function objectsIn(
  files: readonly Word[],
  invocation: Invocation,
  world: World,
): readonly ManifestObject[] | undefined {
  const found: ManifestObject[] = [];
  for (const file of files) {
    const text =
      file.text === STDIN
        ? inputText(invocation.input, invocation.directory, world)
        : readPath(file, invocation.directory, world).text;
    const objects = text?.certain ? objectsOf(text.text) : undefined;
    if (!objects || objects.length === 0) return undefined;
    found.push(...objects);
  }
  return found;
}

/** YAML or JSON, of which JSON is a part; several documents, and lists of objects. */
function objectsOf(text: string): readonly ManifestObject[] | undefined {
  if (text.length > LIMIT) return undefined;
  const documents = yaml.get().parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.some(document => document.errors.length > 0)) return undefined;
  const values = documents
    .map((document): unknown => document.toJS({ maxAliasCount: 100 }))
    .filter(value => value !== null && value !== undefined);
  const objects = values.flatMap(value => describedBy(value));
  return objects.every(one => one !== undefined) ? objects : undefined;
}

function describedBy(value: unknown): readonly (ManifestObject | undefined)[] {
  const { kind, metadata, items } = record(value);
  if (Array.isArray(items)) return items.flatMap(describedBy);
  if (typeof kind !== 'string') return [undefined];
  const { name } = record(metadata);
  return [{ kind, name: typeof name === 'string' ? name : '' }];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

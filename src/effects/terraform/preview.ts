/**
 * What a state file of this machine says that terraform made: resources by kind, for who is asked about destroy and apply.
 * Reads files only; starts no terraform, which would ask its backend and its providers.
 */

import { type Invocation, lastValue, valuesOf } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { counted, visible } from '../../text.js';
import { inside, jsonAt, parsed } from '../surroundings/files.js';

const MAX_BYTES = 8 * 1024 * 1024;
const MOST_KINDS = 8;

/** Sentences; none for other commands, and where no state file can be read. */
export function terraformPreview(invocation: Invocation, world: World): readonly string[] {
  const [verb] = invocation.subcommand;
  if ((verb !== 'destroy' && verb !== 'apply') || !invocation.directory.certain) return [];
  const base = absolute(invocation.directory.text || '.', world.cwd);
  const directory = absolute(lastValue(invocation, '--chdir')?.text ?? '.', base);
  const workspace = workspaceOf(directory, world);
  const named = workspace === 'default' ? [] : [`Its workspace is ${visible(workspace)}.`];
  // A saved plan is what it says: src/clients/terraform reads it.
  if (verb === 'apply' && invocation.operands.length > 0) return named;
  const backend = parsed(text(absolute('.terraform/terraform.tfstate', directory), world));
  const kind = jsonAt(JSON.stringify(backend ?? null), 'backend', 'type') ?? 'local';
  if (kind !== 'local') return [`Its state is in a backend (${kind}), which guard does not ask.`, ...named];
  const path = jsonAt(JSON.stringify(backend ?? null), 'backend', 'config', 'path');
  const file = stateFile(invocation, directory, path, world);
  const kinds = kindsIn(parsed(text(absolute(file, directory), world)));
  const all = [...kinds.values()].reduce((sum, count) => sum + count, 0);
  if (all === 0) return named;
  const narrowed = valuesOf(invocation, '--target', '--target-file', '--exclude').length > 0;
  return [
    `${narrowed ? 'some' : verb === 'destroy' ? 'all' : 'at most'} of ${counted(all, 'resource')} in ${file}:`,
    ...[...kinds]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_KINDS)
      .map(([name, count]) => `  ${count} ${name}`),
    ...(kinds.size > MOST_KINDS ? [`  and ${kinds.size - MOST_KINDS} more kinds`] : []),
    ...named,
  ];
}

/** `-state`, the chosen workspace's file, the backend's path, or the file of the default workspace. */
function stateFile(
  invocation: Invocation,
  directory: string,
  path: string | undefined,
  world: World,
): string {
  const given = lastValue(invocation, '--state')?.text;
  if (given !== undefined) return given;
  const workspace = workspaceOf(directory, world);
  return workspace === 'default'
    ? (path ?? 'terraform.tfstate')
    : `terraform.tfstate.d/${workspace}/terraform.tfstate`;
}

function workspaceOf(directory: string, world: World): string {
  const chosen = world.env['TF_WORKSPACE'] ?? text(absolute('.terraform/environment', directory), world);
  return chosen?.trim() || 'default';
}

/** How many instances of each kind terraform manages; what it only reads (`data`) is not its own. */
function kindsIn(state: unknown): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>();
  const resources = inside(state, 'resources');
  for (const resource of Array.isArray(resources) ? resources : []) {
    const kind = inside(resource, 'type');
    const instances = inside(resource, 'instances');
    if (inside(resource, 'mode') !== 'managed' || typeof kind !== 'string' || !Array.isArray(instances))
      continue;
    kinds.set(kind, (kinds.get(kind) ?? 0) + instances.length);
  }
  return kinds;
}

function text(path: string, world: World): string | undefined {
  const content = world.readText(path, MAX_BYTES);
  return 'text' in content && content.complete ? content.text : undefined;
}

/** Setup and removal plans as text for a person and as JSON for a program. Changes nothing. */

import { tilded } from '../../paths.js';
import { visible } from '../../text.js';
import { changesOf, type SetupPlan } from './plan.js';
import type { RemovalPlan } from './undo.js';

/** The plan, files and exact blocks, line by line; `home` is shown as `~`. */
export function showSetup(plan: SetupPlan): readonly string[] {
  const { home, shims } = plan.places;
  const short = (path: string) => visible(tilded(path, home));
  const changes = new Set(changesOf(plan));
  const lines = [`shims    ${plan.shims.size} programs in ${short(shims)}`];
  for (const change of plan.own) {
    if (!changes.has(change)) continue;
    lines.push(`${change.before === undefined ? 'create ' : 'replace'}  ${short(change.path)}`);
    lines.push(...indented(change.after ?? ''));
  }
  const startup = plan.startup.filter(change => changes.has(change));
  for (const line of new Set(startup.map(change => change.line))) {
    for (const { named, path, before } of startup.filter(change => change.line === line)) {
      const through = path === named ? '' : ` (a link to ${short(path)})`;
      const where = before ? 'change ' : 'create ';
      lines.push(`${where}  ${short(named)}${through}${before ? ': at its top and at its end' : ''}`);
    }
    lines.push(...indented(`# >>> guard >>>\n${line}\n# <<< guard <<<\n`));
  }
  return lines;
}

/** The plan for programs: every file and what would happen to it. */
export function setupJson(plan: SetupPlan, done: boolean) {
  const changes = new Set(changesOf(plan));
  const row = (change: SetupPlan['own'][number]) => ({
    path: change.path,
    action: !changes.has(change) ? 'same' : change.before === undefined ? 'create' : 'change',
    text: change.after,
  });
  return {
    done,
    shims: { directory: plan.places.shims, tools: [...plan.shims.keys()] },
    own: plan.own.map(row),
    startup: plan.startup.map(change => ({
      path: change.path,
      action: row(change).action,
      block: `# >>> guard >>>\n${change.line}\n# <<< guard <<<`,
    })),
  };
}

/** What a removal would take away, line by line. */
export function showRemoval(plan: RemovalPlan, home: string, keepLog: boolean): readonly string[] {
  const short = (path: string) => visible(tilded(path, home));
  const startup = plan.startup.map(({ path, after, edited }) => {
    if (after === undefined) return `delete   ${short(path)}`;
    return `restore  ${short(path)}${edited ? ' (changed since: only the lines of guard go)' : ''}`;
  });
  const trees = plan.trees.map(path => `delete   ${short(path)}`);
  const log = keepLog && plan.log ? [`keep     ${short(plan.log)}`] : [];
  return [...startup, ...trees, ...log];
}

function indented(text: string): readonly string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map(line => `           ${visible(Buffer.from(line, 'latin1').toString())}`);
}

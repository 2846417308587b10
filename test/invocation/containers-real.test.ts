/** The tables of docker, kubectl and terraform against the installed tools: the same options with the same arity. */

import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { CommandGrammar, Grammar } from '../../src/invocation/grammar.js';
import { docker } from '../../src/invocation/grammars/docker.js';
import { kubectl } from '../../src/invocation/grammars/kubectl.js';
import { terraform } from '../../src/invocation/grammars/terraform.js';
import { type OptionRow, optionsOf } from '../../src/invocation/notation.js';
import { scratchDirectory } from '../support/scratch.js';

const home = scratchDirectory();
const env = { PATH: process.env['PATH'] ?? '', HOME: home };

function help(tool: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(tool, words, { encoding: 'utf8', env, timeout: 20_000 });
  return status === null ? '' : `${stdout}${stderr}`;
}

/** Every command of a grammar that has subcommands or options of its own. */
function pathsOf(grammar: CommandGrammar, path: readonly string[] = []): readonly (readonly string[])[] {
  const inner = Object.entries(grammar.subcommands ?? {});
  return [path, ...inner.flatMap(([name, one]) => pathsOf(one, [...path, name]))];
}

/** As the parser looks an option up: the innermost command first. */
function rowOf(grammar: Grammar, path: readonly string[], spelling: string): OptionRow | undefined {
  const commands: CommandGrammar[] = [grammar];
  for (const name of path) commands.push(commands.at(-1)?.subcommands?.[name] ?? {});
  return commands
    .toReversed()
    .map(one => optionsOf(one.options ?? '').get(spelling))
    .find(row => row !== undefined);
}

interface Shown {
  readonly spellings: readonly string[];
  readonly takesValue: boolean;
}

function differences(grammar: Grammar, path: readonly string[], shown: readonly Shown[]): readonly string[] {
  return shown.flatMap(({ spellings, takesValue }) =>
    spellings.flatMap(spelling => {
      const row = rowOf(grammar, path, spelling);
      if (!row) return [`${path.join(' ')} ${spelling} is missing`];
      const reads = row.arity === 'required';
      return reads === takesValue ? [] : [`${path.join(' ')} ${spelling} takes a value: ${takesValue}`];
    }),
  );
}

const hasDocker = help('docker', '--help').includes('Management Commands');
describe.skipIf(!hasDocker)('docker', () => {
  // podman's and plugins' own commands are not docker's to show.
  const foreign = /^(compose|buildx|machine|pod|kube|system reset)/;
  const paths = pathsOf(docker).filter(path => !foreign.test(path.join(' ')));
  test.each(paths.map(path => [path.join(' '), path] as const))('docker %s', (_, path) => {
    const shown = help('docker', ...path, '--help')
      .split('\n')
      .flatMap(line => {
        const [, short, long, value] =
          /^ {2}(?:(-\w), | {4})(--[\w-]+)(?: ([a-zA-Z-]+))?(?: {2,}|$)/.exec(line) ?? [];
        return long
          ? [{ spellings: [...(short ? [short] : []), long], takesValue: value !== undefined }]
          : [];
      });
    expect(differences(docker, path, shown)).toEqual([]);
  });
});

const hasKubectl = help('kubectl', 'options').includes('--kubeconfig');
describe.skipIf(!hasKubectl)('kubectl', () => {
  test.each(pathsOf(kubectl).map(path => [path.join(' '), path] as const))('kubectl %s', (_, path) => {
    const text = path.length === 0 ? help('kubectl', 'options') : help('kubectl', ...path, '--help');
    const shown = [...text.matchAll(/^ {4}(?:(-\w), )?(--[\w-]+)=(.*):$/gm)].flatMap(
      ([, short, long, value]) => {
        // These may stand alone, or have a value attached: no word after them is theirs.
        const alone = ['--dry-run', '--cascade', '--validate'].includes(long ?? '');
        const takesValue = !alone && value !== 'true' && value !== 'false';
        // Shown by `set`, `rollout` and `config` for another of their commands.
        return long ? [{ spellings: [...(short ? [short] : []), long], takesValue }] : [];
      },
    );
    const wrong = differences(kubectl, path, shown).filter(text => !text.includes('missing'));
    expect(wrong).toEqual([]);
    const dangerous = ['delete', 'apply', 'replace', 'patch', 'scale', 'drain', 'exec', 'run', 'debug'];
    if (dangerous.includes(path[0] ?? '')) expect(differences(kubectl, path, shown)).toEqual([]);
  });
});

const hasTerraform = help('terraform', '-help').includes('Usage: terraform');
describe.skipIf(!hasTerraform)('terraform', () => {
  const paths = pathsOf(terraform).filter(path => path.length > 0);
  test.each(paths.map(path => [path.join(' '), path] as const))('terraform %s', (_, path) => {
    const shown = [
      ...help('terraform', ...path, '-help').matchAll(/^ {2}-([a-z-]+)(=|\s)('?)(\S*)/gm),
    ].flatMap(([, name, equals, quote, value]) => {
      const takesValue = quote === "'" || (equals === '=' && value !== 'true' && value !== 'false');
      return name === 'plugin-dir' ? [] : [{ spellings: [`--${name}`], takesValue }];
    });
    // `-parallelism=n` of destroy and others is inherited from apply's help.
    expect(differences(terraform, path, shown)).toEqual([]);
  });
});

/** Events as agents' clients write them, and the front program's quick way run on many of them in one process of a shell. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectors } from '../../src/effects/inspectors/index.js';
import type { Fields, HookAdapter } from '../../src/hooks/adapter.js';
import { adapters } from '../../src/hooks/index.js';
import { EVERYDAY, quickTests } from '../../src/hooks/quick.js';
import { grammarOf } from '../../src/invocation/lookup.js';
import { plainProgram } from '../../src/plain/derive.js';
import { RuleFacts } from '../../src/plain/rules.js';
import { shellWord } from '../../src/text.js';
import type { Generator } from './plain-cases.js';
import { builtinPolicy } from './policy.js';
import { scratchDirectory } from './scratch.js';

/** One event, whose it is, and the text that its client writes. */
export interface HookEvent {
  readonly adapter: HookAdapter;
  readonly text: string;
}

/** A directory that is a repository's root, so that no project's rules are looked for above it. */
export function repositoryDirectory(): string {
  const directory = scratchDirectory();
  mkdirSync(join(directory, '.git'));
  return directory;
}

/** The event of a shell tool with this script, in a client's form; some of them with what no client writes yet. */
export function eventOf(generator: Generator, script: string, cwd: string): HookEvent {
  const adapter = generator.of(adapters);
  /** Seldom something else than what clients write. */
  const seldom = <T>(usual: T, ...others: readonly T[]) =>
    generator.of([...Array<T>(4 * others.length).fill(usual), ...others]);
  const input = shuffled(generator, {
    [seldom('command', 'cmd')]: seldom<unknown>(script, [script]),
    ...seldom<Fields>(
      {},
      { description: 'says "command"' },
      { timeout: 1000, cmd: 'ls' },
      { nested: { cmd: 'ls' } },
    ),
    ...seldom<Fields>({}, { workdir: 'sub' }, { dir_path: null }, { command: 'git log' }),
  });
  const tool = seldom('Bash', 'bash', 'shell', 'run_shell_command', 'Monitor', 'exec_command', 'Write');
  const where = seldom<unknown>(cwd, `${cwd}/a b`, '', null, [cwd]);
  const more = seldom<Fields>(
    {},
    { session_id: 's', tool_use_id: 'command' },
    { cmd: 'ls', command: 'ls' },
    { tool: 'Bash', tool_response: { command: 'pwd' } },
  );
  const event = shuffled(generator, { ...formOf(adapter.name, tool, input, where), ...more });
  const text = JSON.stringify(event, null, seldom<number | undefined>(undefined, 1));
  return { adapter, text: seldom(text, `${text}\n`, text.replaceAll('":', '": ')) };
}

function formOf(client: string, tool: string, input: Fields, cwd: unknown): Fields {
  switch (client) {
    case 'cursor':
      return { hook_event_name: 'beforeShellExecution', ...input, cwd, workspace_roots: [cwd] };
    case 'copilot':
      return { toolName: tool, toolArgs: input, cwd };
    case 'opencode':
      return { tool, args: input, directory: cwd };
    default:
      return { hook_event_name: 'PreToolUse', tool_name: tool, tool_input: input, cwd };
  }
}

function shuffled(generator: Generator, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).toSorted(() => generator.of([-1, 0, 1])));
}

const rules = new RuleFacts(builtinPolicy().rules);
const programs = EVERYDAY.map(name => ({
  name,
  plain: plainProgram(name, grammarOf(name), inspectors, rules),
}));

/** For each event: would the front program answer it by itself? `interpreter` as it stands after `#!`. */
export function answeredBy(interpreter: string, events: readonly HookEvent[]): readonly boolean[] {
  const script = [
    '_gq() {',
    ...quickTests(
      { programs, home: '/nowhere', sources: [], script: '/nowhere' },
      { pass: '_gv=1 _n=; return', judge: 'return', judging: [] },
    ),
    '}',
    ...events.map(({ text }) => {
      const [first = '', ...others] = text.split('\n');
      const rest = others.length === 0 ? '</dev/null' : `<<'.'\n${others.join('\n')}\n.`;
      return `IFS=' '; set +f; _gv=0; _j=${shellWord(first)}; _gq ${rest}\necho $_gv`;
    }),
  ];
  const file = join(scratchDirectory(), 'events');
  writeFileSync(file, `${script.join('\n')}\n`);
  const [program = '', ...options] = interpreter.split(' ');
  const { stdout, stderr } = spawnSync(program, [...options, file], {
    env: { PATH: '/nowhere', LC_ALL: 'C.UTF-8', HOME: '/nowhere' },
    maxBuffer: 100_000_000,
    encoding: 'utf8',
  });
  const answers = stdout.trimEnd().split('\n');
  if (stderr !== '' || answers.length !== events.length) {
    throw new Error(
      `${interpreter}: ${answers.length} answers to ${events.length} events: ${stderr.slice(0, 500)}`,
    );
  }
  return answers.map(answer => answer === '1');
}

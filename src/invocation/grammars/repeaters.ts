/** entr, watchexec, hyperfine, nodemon: commands that are run again and again. May not judge. */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { isOn, lastValue, valuesOf } from '../invocation.js';
import { joinWords, withUnknown } from '../words.js';
import { combine } from './shells.js';

const exact = { ...styles.prefix, abbreviate: false };

const entr: Grammar = {
  tool: 'entr',
  source: 'entr(1), 5.3: `/_` stands for the file that changed; -s runs a string with $SHELL',
  style: exact,
  options: '-a\n-c\n-d\n-n\n-p\n-r\n-s\n-x\n-z',
  transparent: true,
  unwrap(invocation, world) {
    const words = invocation.operands.map(word => (word.text === '/_' ? withUnknown(word, '/_') : word));
    const [first] = words;
    if (!first) return { inner: [] };
    if (isOn(invocation, '-s')) return codeInWord(first, { via: 'entr -s', openEnded: false }, world);
    return { inner: [{ via: 'entr', words }] };
  },
};

const watchexec: Grammar = {
  tool: 'watchexec',
  source: 'watchexec(1), 2.1: the command line is joined and given to the shell, unless -n or --shell=none',
  style: exact,
  options: `
  -w, --watch <path>
  -W, --watch-non-recursive <path>
  -F, --watch-file <file>
  -c, --clear[=<mode>]
  -o, --on-busy-update <mode>
  -r, --restart
  -s, --signal <signal>
      --stop-signal <signal>
      --stop-timeout <time>
  -d, --debounce <time>
      --stdin-quit
      --no-vcs-ignore
      --no-project-ignore
      --no-global-ignore
      --no-default-ignore
      --no-discover-ignore
      --ignore-nothing
  -p, --postpone
      --delay-run <time>
      --poll[=<interval>]
      --shell <shell>
  -n
      --emit-events-to <mode>
      --only-emit-events
  -E, --env <assignment>
      --no-process-group
      --wrap-process <mode>
  -N, --notify
      --color <when>
      --timings
  -q, --quiet
      --bell
      --project-origin <path>
      --workdir <path>
  -e, --exts <extensions>
  -f, --filter <pattern>
      --filter-file <path>
  -j, --filter-prog <expression>
  -i, --ignore <pattern>
      --ignore-file <path>
      --fs-events <events>
      --no-meta
  -v, --verbose
      --log-file[=<path>]
      --print-events
  -1
  -h, --help
  -V, --version
  `,
  transparent: true,
  unwrap(invocation, world) {
    const { operands } = invocation;
    if (operands.length === 0) return { inner: [] };
    const bare = isOn(invocation, '-n') || lastValue(invocation, '--shell')?.text === 'none';
    if (bare && operands.length > 1) return { inner: [{ via: 'watchexec', words: operands }] };
    return codeInWord(joinWords(operands, ' '), { via: 'watchexec', openEnded: false }, world);
  },
};

const hyperfine: Grammar = {
  tool: 'hyperfine',
  source: 'hyperfine(1), 1.19',
  style: { ...styles.getopt, abbreviate: false },
  options: `
  -w, --warmup <num>
  -m, --min-runs <num>
  -M, --max-runs <num>
  -r, --runs <num>
  -s, --setup <command>
      --reference <command>
  -p, --prepare <command>
  -C, --conclude <command>
  -c, --cleanup <command>
  -P, --parameter-scan <var>
  -D, --parameter-step-size <delta>
  -L, --parameter-list <var>
  -S, --shell <shell>
  -N
  -i, --ignore-failure[=<mode>]
      --style <type>
      --sort <method>
  -u, --time-unit <unit>
      --export-asciidoc <file>
      --export-csv <file>
      --export-json <file>
      --export-markdown <file>
      --export-orgmode <file>
      --show-output
      --output <where>
      --input <where>
  -n, --command-name <name>
  -h, --help
  -V, --version
  `,
  transparent: true,
  unwrap(invocation, world) {
    const own = valuesOf(invocation, '--setup', '--prepare', '--conclude', '--cleanup', '--reference');
    return scripts('hyperfine', [...own, ...invocation.operands], world);
  },
};

function scripts(via: string, words: readonly Word[], world: World): Unwrapped {
  return combine(words.map(word => codeInWord(word, { via, openEnded: false }, world)));
}

const nodemon: Grammar = {
  tool: 'nodemon',
  source: 'nodemon --help options, 3.1',
  style: exact,
  options: `
  -e, --ext <extensions>
  -x, --exec <app>
  -w, --watch <path>
  -i, --ignore <path>
  -V, --verbose
  -d, --delay <n>
  -C, --on-change-only
  -L, --legacy-watch
  -I, --no-stdin
  -s, --signal <signal>
  -q, --quiet
      --config <file>
      --cwd <dir>
      --exitcrash
      --polling-interval <ms>
      --spawn
      --no-colors
      --inspect
  -h, --help
  -v, --version
  `,
  transparent: true,
  unwrap(invocation, world) {
    const exec = lastValue(invocation, '--exec');
    const { operands } = invocation;
    if (exec)
      return codeInWord(
        joinWords([exec, ...operands], ' '),
        { via: 'nodemon --exec', openEnded: false },
        world,
      );
    return { inner: operands.length > 0 ? [{ via: 'nodemon', words: [certain('node'), ...operands] }] : [] };
  },
};

export const repeaters: readonly Grammar[] = [entr, watchexec, hyperfine, nodemon];

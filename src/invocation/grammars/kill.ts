/** The grammars of kill, pkill, killall and fuser: what ends processes. Says how words are read, never judges. */

import { certain, type Word } from '../../shell/command.js';
import { type Grammar, type Reading, styles } from '../grammar.js';
import type { OptionUse } from '../invocation.js';

const SIGNALS =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU'.split(
    ' ',
  );

/** `-9`, `-KILL`, `-SIGKILL` as rows of their own, so that no bundle is read out of them. */
const SIGNAL_OPTIONS = ['-0', ...SIGNALS.map((name, i) => `-${i + 1}, -${name}, -SIG${name}`)].join('\n');

const kill: Grammar = {
  tool: 'kill',
  source:
    'kill(1) procps 4.0 and bash(1) 5.2: the first dashed word is a signal, a later negative number a process group',
  style: styles.prefix,
  read: readKill,
};

/** Signals as the option `--signal`; process ids, `-1` and `-GROUP` among them, as operands. */
function readKill(argv: readonly Word[]): Reading {
  const options: OptionUse[] = [];
  const operands: Word[] = [];
  let ended = false;
  for (let at = 1; at < argv.length; at += 1) {
    const word = argv[at]!;
    const isFirst = options.length === 0 && operands.length === 0;
    if (!ended && word.text === '--') ended = true;
    else if (!ended && isFirst && /^(-s|-n|--signal|-q|--queue)$/.test(word.text)) {
      at += 1;
      const value = argv[at];
      options.push({ name: '--signal', negated: false, at: at - 1, ...(value && { value }) });
    } else if (
      !ended &&
      /^(-l|-L|--list|--table|-h|--help|-V|--version|-p|-a|--verbose)(=|$)/.test(word.text)
    ) {
      options.push({ name: word.text.replace(/=.*$/, ''), negated: false, at });
    } else if (!ended && isFirst && /^-(-signal=)?./.test(word.text)) {
      const name = word.text.replace(/^-(-signal=)?(SIG)?/i, '');
      options.push({ name: '--signal', negated: false, at, value: { ...word, text: name } });
    } else operands.push(word);
  }
  return { subcommand: [], options, operands, operandsBeforeDashes: operands.length, unknown: [] };
}

const pkill: Grammar = {
  tool: 'pkill',
  source: 'pkill --help, procps 4.0; -l and -S from macOS pkill(1)',
  style: styles.getopt,
  options: `
    ${SIGNAL_OPTIONS}
        --signal <sig>
    -q, --queue <value>
    -e, --echo
    -c, --count
    -f, --full
    -g, --pgroup <pgid>
    -G, --group <gid>
    -i, --ignore-case
    -n, --newest
    -o, --oldest
    -O, --older <seconds>
    -P, --parent <ppid>
    -s, --session <sid>
    -t, --terminal <tty>
    -u, --euid <id>
    -U, --uid <id>
    -x, --exact
    -F, --pidfile <file>
    -L, --logpidfile
    -r, --runstates <state>
    -A, --ignore-ancestors
        --cgroup <names>
        --ns <pid>
        --nslist <ns>
    -h, --help
    -V, --version
  `,
};

const killall: Grammar = {
  tool: 'killall',
  source: 'killall --help, psmisc 23.6; -d, -m, -t and -c from macOS killall(1)',
  style: styles.getopt,
  options: `
    ${SIGNAL_OPTIONS}
    -e, --exact
    -I, --ignore-case
    -g, --process-group
    -y, --younger-than <time>
    -o, --older-than <time>
    -i, --interactive
    -l, --list
    -q, --quiet
    -r, --regexp
    -s, --signal <signal>
    -u, --user <user>
    -v, --verbose
    -V, --version
    -w, --wait
    -n, --ns <pid>
    -Z, --context <regexp>
    -m
    -d
    -t <tty>
    -c <procname>
        --help
  `,
};

const fuser: Grammar = {
  tool: 'fuser',
  source: 'fuser --help, psmisc 23.6',
  style: styles.getopt,
  options: `
    ${SIGNAL_OPTIONS}
    -a, --all
    -i, --interactive
    -I, --inode
    -k, --kill
    -l, --list-signals
    -m, --mount
    -M, --ismountpoint
    -n, --namespace <space>
    -s, --silent
    -u, --user
    -v, --verbose
    -w, --writeonly
    -V, --version
    -c
    -f
    -4, --ipv4
    -6, --ipv6
  `,
};

/** The signal that a use of an option names, in capitals without SIG: `9` and `-SIGKILL` are both KILL. */
export function signalNames(options: readonly OptionUse[]): readonly string[] {
  return options.flatMap(use => {
    const text = use.name === '--signal' ? (use.value ?? certain('')).text : use.name.replace(/^-+/, '');
    const name = text.toUpperCase().replace(/^SIG/, '');
    const numbered = /^\d+$/.test(name) ? SIGNALS[Number(name) - 1] : undefined;
    if (numbered !== undefined) return [numbered];
    return SIGNALS.includes(name) || name === '0' ? [name] : [];
  });
}

export const processTools: readonly Grammar[] = [kill, pkill, killall, fuser];

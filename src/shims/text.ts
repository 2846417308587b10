/**
 * The text of a shim: a small sh script that asks the judge and then becomes the real program. Pure; writes nothing
 * and decides nothing. Every byte before the hot `exec` is parsed at every start, so that part stays short.
 */

import { SHIM_MARKER, SHIM_SIGNATURE } from '../locate.js';
import type { Hot } from './hot.js';
import { PRIVILEGED_BASH } from './interpreter.js';

/** Variables that make node slow, chatty or run other code; empty is as good as unset for each. */
const NODE_VARIABLES = [
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_COMPILE_CACHE',
  'NODE_V8_COVERAGE',
  'NODE_PATH',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_REDIRECT_WARNINGS',
  'NODE_PENDING_DEPRECATION',
];

/**
 * Programs that begin their messages with the name they were called by (`sh: 1: x: not found`). The others are called
 * by their path, as python must be, which looks for its library from there and would find the shim by a bare name.
 */
const NAMED = new Set(
  `bash dash ksh mksh rbash sh zsh cat chgrp chmod chown chroot cp dd env find head install ln ls mkfifo mv nice nohup
  rm rmdir shred stdbuf tail tee timeout truncate unlink xargs`.split(/\s+/),
);

/** What a shim is made of. Paths are absolute. */
export interface ShimParts {
  /** The program's name, as it is typed. */
  readonly tool: string;
  /** What follows `#!`. */
  readonly interpreter: string;
  readonly node: string;
  readonly judge: string;
  /** The directory where the judge leaves the standard input that it had to read. */
  readonly spool: string;
  /** The real `rm`. */
  readonly rm: string;
  /** The directory of shims, for the message on how to be rid of it. */
  readonly shims: string;
  readonly hot: Hot;
}

/** A shim's whole text. Throws for a tool name that is no plain file name. */
export function shimText(parts: ShimParts): string {
  if (!isToolName(parts.tool)) throw new Error(`no name for a shim: ${parts.tool}`);
  return [
    `#!${parts.interpreter}`,
    SHIM_SIGNATURE,
    // After node ran, bash would set LINES and COLUMNS to the terminal's size, over what the caller exported.
    ...(parts.interpreter === PRIVILEGED_BASH ? ['shopt -u checkwinsize'] : []),
    walk(parts),
    ...hotPath(parts.hot),
    judged(parts),
    '',
  ].join('\n');
}

/** True for a name that can be a file and a word in sh without quoting. */
export function isToolName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/.test(name);
}

/** Text as one sh word. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** `NAME= NAME= …`, before the call of node. */
const CLEARED = NODE_VARIABLES.map(name => `${name}=`).join(' ');

// `$_gp` ends in a colon so that the split keeps a last empty entry. `-ef "$0"` meets a link to this very file, the
// two reads a link to another guard's shim. IFS and globbing are as they were when the real program starts.
function walk({ tool, interpreter }: ShimParts): string {
  const name = interpreter === PRIVILEGED_BASH && NAMED.has(tool) ? `-a ${tool} ` : '';
  return `_gx() {
_gi=$IFS
IFS=:
_gp=$PATH:
set -f
for _gd in $_gp; do
_gf=\${_gd:-.}/${tool}
[ -f "$_gf" ] && [ -x "$_gf" ] && [ ! -e "\${_gd:-.}/${SHIM_MARKER}" ] && [ ! "$_gf" -ef "$0" ] || continue
[ -L "$_gf" ] && { read -r _gl; read -r _gl; } 2>/dev/null <"$_gf" && [ "$_gl" = '${SHIM_SIGNATURE}' ] && continue
IFS=$_gi
set +f
exec ${name}"$_gf" "$@"
done
echo 'guard: ${tool}: command not found' >&2
exit 127
}`;
}

// A project's rules may name what is harmless elsewhere: where a `.guard.yaml` stands between here and the repository's
// root (the same directories that the policy is read from), the judge is asked. `..` walks real parents, without a fork.
const UNRULED = `_gh() {
_gy=.
while [ ! -e "$_gy/.guard.yaml" ] && [ -d "$_gy" ]; do
if [ -e "$_gy/.git" ] || [ "$_gy" -ef "\${HOME-}" ] || [ "$_gy" -ef / ]; then _gx "$@"; fi
_gy=$_gy/..
done
}`;

function hotPath(hot: Hot): string[] {
  const lines: string[] = [];
  if (hot.sole.length > 0)
    lines.push(`case $#\${1-} in ${hot.sole.map(word => `1${word}`).join('|')}) _gx "$@"; esac`);
  if (hot.terminal || hot.first.length > 0) lines.push(UNRULED);
  if (hot.terminal) lines.push('[ $# = 0 ] && [ -t 0 ] && _gh');
  if (hot.first.length > 0) lines.push(firstWords(hot));
  return lines;
}

function firstWords({ first, after, except, environment }: Hot): string {
  const pass =
    except.length === 0
      ? '_gh "$@"'
      : `case " $*" in ${except.map(beginning => `*${shellWord(` ${beginning}`)}*`).join('|')}) ;; *) _gh "$@"; esac`;
  const words = `case $_gw in ${first.join('|')}) ${pass}; esac`;
  const steps = after.map(({ option, values }) => `${option}) _gw=\${${2 + values}-} ;; `).join('');
  const set = environment.filter(variable => variable.harmless.length === 0);
  const isClear = [
    ...(set.length > 0 ? [`[ -z "${set.map(({ name }) => `\${${name}+x}`).join('')}" ]`] : []),
    ...environment
      .filter(variable => variable.harmless.length > 0)
      .map(({ name, harmless }) => `case \${${name}-} in ''|${harmless.join('|')}) ;; *) false; esac`),
  ];
  return [
    `_gw=\${1-}`,
    ...(steps === '' ? [] : [`case $_gw in ${steps}esac`]),
    [...isClear, words].join(' && '),
  ].join('\n');
}

function judged({ tool, node, judge, spool, rm, shims }: ShimParts): string {
  return `_gn=${shellWord(node)}
_gj=${shellWord(judge)}
_gs=${shellWord(spool)}/$$
if [ ! -x "$_gn" ] || [ ! -f "$_gj" ]; then
case $#\${1-} in 1--version|1--help) _gx "$@"; esac
echo 'guard: ${tool} was not run: the files that judge it are gone.' >&2
echo 'guard: Repair: run "npm run setup" in the guard package, or install guard again.' >&2
echo ${shellWord(`guard: To do without guard, take ${shims} out of PATH by hand.`)} >&2
exit 125
fi
[ -e "$_gs" ] && ${shellWord(rm)} -f "$_gs"
${CLEARED} "$_gn" "$_gj" shim "$_gs" ${tool} "$@" >/dev/null
_gc=$?
if [ $_gc != 0 ]; then
[ -e "$_gs" ] && ${shellWord(rm)} -f "$_gs"
case $_gc in 125|126) exit $_gc; esac
[ $_gc -gt 128 ] && { case $(stty -a </dev/tty) in *-icanon*) stty sane </dev/tty; esac; exit 126; } 2>/dev/null
echo "guard: ${tool} was not run: judging it failed (status $_gc). Run it again, or install guard again" >&2
exit 125
fi
if [ -f "$_gs" ]; then
exec <"$_gs" || exit 125
${shellWord(rm)} -f "$_gs"
fi
_gx "$@"`;
}

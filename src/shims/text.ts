/**
 * The text of a shim: a small sh script that asks the judge and then becomes the real program. Pure; writes nothing
 * and decides nothing. Every byte before the hot `exec` is parsed at every start, so that part stays short.
 */

import { SHIM_MARKER, SHIM_SIGNATURE } from '../locate.js';
import { type PathSite, pathLines } from '../plain/path-shell.js';
import type { PlainProgram } from '../plain/program.js';
import { environmentTest, plainLines } from '../plain/shell.js';
import { nodeCall } from '../start-node.js';
import { shellWord } from '../text.js';
import { isNamed, PRIVILEGED_BASH } from './interpreter.js';

/** What a shim is made of. Paths are absolute. */
export interface ShimParts {
  /** The program's name, as it is typed. */
  readonly tool: string;
  /** What follows `#!`. */
  readonly interpreter: string;
  /** The bash that gives a program the name it was called by, where another shell runs the shim. */
  readonly bash?: string | undefined;
  readonly node: string;
  readonly judge: string;
  /** The program that runs an approved command and tells the judge how it ended. */
  readonly runner: string;
  /** The directory where the judge leaves the standard input that it had to read. */
  readonly spool: string;
  /** Where the guard is that the shim belongs to: see pinOf. */
  readonly pin: string;
  readonly site: PathSite;
  /** The real `rm`. */
  readonly rm: string;
  /** The directory of shims. */
  readonly shims: string;
  /** Files of policy: where one is newer than the directory's marker, the shim was compiled from another. */
  readonly sources: readonly string[];
  readonly plain: PlainProgram;
  /** The file that gets a line for each command that passes unjudged; with the time where `timed`. */
  readonly log?: { readonly file: string; readonly timed: boolean };
}

/** A shim's whole text. Throws for a tool name that is no plain file name. */
export function shimText(parts: ShimParts): string {
  if (!isToolName(parts.tool)) throw new Error(`no name for a shim: ${parts.tool}`);
  const { interpreter, plain, site } = parts;
  const isAnswering = plain.states.length > 0 || plain.terminal || plain.paths !== undefined;
  return [
    `#!${interpreter}`,
    SHIM_SIGNATURE,
    // After node ran, bash would set LINES and COLUMNS to the terminal's size, over what the caller exported.
    ...(interpreter === PRIVILEGED_BASH ? ['shopt -u checkwinsize'] : []),
    ...(isAnswering ? passLines(parts) : []),
    ...plainLines(plain, '_gh'),
    ...(plain.paths === undefined ? [] : pathLines(plain.paths, site, '_gh')),
    judged(parts),
    '',
  ].join('\n');
}

/** True for a name that can be a file and a word in sh without quoting. */
export function isToolName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/.test(name);
}

/**
 * Lines that become the first program of that name on PATH, `finally` first; they go on where there is none. `''` keeps a
 * last empty entry in the split. `-ef "$0"` meets a link to this very file, the two reads a link to another guard's shim.
 * IFS and globbing are as they were when the real program starts. `test`: `[` has one word more to read.
 */
function walkLines({ tool, interpreter, bash }: ShimParts, last: readonly string[]): readonly string[] {
  const isBash = interpreter === PRIVILEGED_BASH;
  const named = isNamed(tool) ? `-a ${tool} ` : '';
  return [
    '_gi=$IFS IFS=:',
    'set -f',
    "for _gd in $PATH''; do",
    `_gf=\${_gd:-.}/${tool}`,
    `test -f "$_gf" && test ! -e "\${_gd:-.}/${SHIM_MARKER}" && test -x "$_gf" && test ! "$_gf" -ef "$0" || continue`,
    `test -L "$_gf" && { read -r _gl; read -r _gl; } 2>/dev/null <"$_gf" && test "$_gl" = '${SHIM_SIGNATURE}' && continue`,
    'IFS=$_gi',
    'set +f',
    ...last,
    ...(isBash || bash === undefined || named === ''
      ? []
      : [`test "$_gt" || exec ${shellWord(bash)} -p -c 'exec ${named}"$0" "$@"' "$_gf" "$@"`]),
    `exec ${isBash ? named : ''}"$_gf" "$@"`,
    'done',
  ];
}

/**
 * Defines `_gh`, which lets a plain command line pass, unless something else may be in force than what the shim was
 * compiled from: a variable that changes what the program does, a policy file that is newer, or a project's rules. Those
 * stand in a `.guard.yaml` between here and the repository's root, the same directories that the policy is read from.
 * `..` walks real parents, without a fork. Then it returns, and the judge is asked.
 */
function passLines(parts: ShimParts): readonly string[] {
  const { tool, bash, plain, shims, site, sources, log } = parts;
  const harmless = environmentTest(plain.environment);
  const newer = sources.map(source => `${shellWord(source)} -nt "$_gm"`);
  return [
    ...(isNamed(tool) && bash !== undefined ? ['_gt='] : []),
    '_gh() {',
    ...(harmless === undefined ? [] : [`${harmless} || return`]),
    ...(newer.length === 0
      ? []
      : [`_gm=${shellWord(`${shims}/${SHIM_MARKER}`)} _gy=.`, `test ${newer.join(' -o ')} && return`]),
    ...(newer.length === 0 ? ['_gy=.'] : []),
    'while test ! -e $_gy/.guard.yaml; do',
    `if test -e $_gy/.git || test $_gy -ef ${shellWord(site.home)} || test $_gy -ef /; then`,
    ...(log ? [logLine(tool, log)] : []),
    ...walkLines(parts, []),
    'return',
    'fi',
    '_gy=$_gy/..',
    // The directory may be gone, and with it the way up.
    'test -d $_gy || return',
    'done',
    '}',
  ];
}

/** One line of the log of what passed (see audit/allowed.ts). What cannot be written is left out, without a word. */
function logLine(tool: string, { file, timed }: NonNullable<ShimParts['log']>): string {
  const time = timed ? '_gu=-\nread -r _gu _gv </proc/uptime\n' : '';
  const line = timed ? `"$_gu ${tool} $_gb"` : `'- ${tool}'`;
  return `{ ${time}echo ${line} >>${shellWord(file)}; } 2>&-`;
}

function judged(parts: ShimParts): string {
  const { tool, interpreter, bash, node, judge, runner, spool, pin, rm } = parts;
  const called = (interpreter === PRIVILEGED_BASH || bash !== undefined) && isNamed(tool) ? tool : "''";
  return `_gq= _gt=
_gx() {
${walkLines(parts, ['[ "$_gq" ] && _gq "$@"']).join('\n')}
echo 'guard: ${tool}: command not found' >&2
exit 127
}
_gn=${shellWord(node)}
_gj=${shellWord(judge)}
_gs=${shellWord(spool)}/$$
if [ ! -x "$_gn" ] || [ ! -f "$_gj" ]; then
case $#\${1-} in 1--version|1--help) _gx "$@"; esac
echo 'guard: ${tool} was not run: the files that judge it are gone.' >&2
echo 'guard: Repair: run "npm run setup" in the guard package, or install guard again. To be rid of it: after that, guard uninstall.' >&2
exit 125
fi
[ -e "$_gs" ] && ${shellWord(rm)} -f "$_gs"
${nodeCall(`"$_gj" shim "$_gs" ${tool} "$@" >/dev/null`, pin)}
_gq() {
PERL5OPT= PERL_BADLANG=0 exec ${shellWord(runner)} "$_gn" "$_gj" "$_gs.ran" "\${PERL5OPT+=$PERL5OPT}" "\${PERL_BADLANG+=$PERL_BADLANG}" ${called} "$_gf" "$@"
}
[ $_gc = 3 ] && _gc=0 _gq=1
if [ $_gc != 0 ]; then
[ -e "$_gs" ] && ${shellWord(rm)} -f "$_gs"
case $_gc in 125|126) exit $_gc; esac
if [ $_gc -gt 128 ]; then
{ case $(stty -a </dev/tty) in *-icanon*) stty sane </dev/tty; esac; } 2>/dev/null
case $_gc in 129|130|131|143) ;; *) echo "guard: ${tool} was not run: its judge was ended by signal $((_gc-128)), as for lack of memory or by a limit (ulimit -a). Run it again without that" >&2; esac
exit 126
fi
echo "guard: ${tool} was not run: judging it failed (status $_gc). Run it again, or install guard again" >&2
exit 125
fi
if [ -f "$_gs" ]; then
exec <"$_gs" || exit 125
${shellWord(rm)} -f "$_gs"
fi
_gx "$@"`;
}

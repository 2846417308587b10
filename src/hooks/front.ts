/**
 * The text of the program that clients call: a small sh script before the judge. It answers where the judge cannot (its
 * files are gone, it crashed, it ran too long), for a hook that fails lets the command run. Pure; writes nothing.
 */

import { nodeCall } from '../start-node.js';
import { quote } from '../text.js';
import { universalDenial } from './adapter.js';
import { type QuickParts, quickLines } from './quick.js';

/** What the script is made of. Paths are absolute. */
export interface FrontParts {
  readonly interpreter: string;
  readonly node: string;
  readonly judge: string;
  /** Where the guard is that the script belongs to: see pinOf. */
  readonly pin: string;
  /** The path of a `timeout` that knows `--foreground` (GNU); without one, only the judge's own clock ends it. */
  readonly timeout?: string;
  /** What answers without node; nothing: everything goes to the judge. */
  readonly quick?: QuickParts;
}

/** Seconds of computing after which the system ends the judge: a loop in it never comes to its own clock. */
const CPU_SECONDS = 20;

/** Seconds after which it is killed: what hangs in the system (a file system, git on one) never comes to its own clock either. */
const SECONDS = 15;

/**
 * What sh has read is all where the event had ended; else it goes ahead of the rest. Either way in a pipe: that can be read
 * without making a stream. A short here-document needs no process that writes it.
 */
const HAND_ON = `if [ -z "$_j" ]; then _gk "$1"
elif [ "$_e" ]; then _gk "$1" <<.
$_j
.
else { printf '%s\\n' "$_j"; exec cat; } | { _gk "$1"; exit $_gc; }; _gc=$?; fi`;

/** The script's whole text. */
export function frontText(parts: FrontParts): string {
  const judge = '_gs "${1-}"';
  const judging = judgingLines(parts);
  const lines = parts.quick ? quickLines(parts.quick, judge, judging) : [...judging, judge];
  return [`#!${parts.interpreter}`, '# guard hook', '_j=', ...lines, ''].join('\n');
}

/** Lines that define `_gs CLIENT`: the judge answers in the script's place. */
function judgingLines({ node, judge, pin, timeout, quick }: FrontParts): readonly string[] {
  const clock = timeout && [timeout, '--foreground', '-s', 'KILL', String(SECONDS)].join(' ');
  return [
    '_gr() {',
    '_gm="guard: stopped, nothing was run: $1"',
    `printf '${denialFormat()}\\n' "$_gm" "$_gm" "$_gm" "$_gm"`,
    `printf '%s\\n' "$_gm" >&2`,
    'exit 2',
    '}',
    '_gk() {',
    nodeCall('"$_gj" hook "$1"', pin, clock ? '$_gl ' : ''),
    '}',
    '_gs() {',
    `IFS=' ' _gc=1 _gn=${quote([node])} _gj=${quote([judge])}`,
    `[ -x "$_gn" ] && [ -f "$_gj" ] || _gr 'the files that judge it are gone. Repair: install guard again. To be rid of the hook: after that, guard hook remove.'`,
    `ulimit -t ${CPU_SECONDS} 2>/dev/null`,
    ...(clock ? [`_gl='${clock}'`, `[ -x ${timeout} ] || _gl=`] : []),
    quick ? HAND_ON : '_gk "$1"',
    'case $_gc in 0|2) exit $_gc; esac',
    '_gr "judging it failed (status $_gc). Run it again; if that does not help, install guard again."',
    '}',
  ];
}

/**
 * A hook's command as it stands in a client's settings. Without the rest, a script that is gone would let the command run
 * in Claude and Codex: the shell then ends with 127, and only 2 refuses everywhere.
 */
export function hookCommand(script: string, client: string): string {
  return `${quote([script])} ${client} || exit 2`;
}

/** The denial as a format of printf, the reason in the place of each `%s`; Cursor's keys too, which the others ignore. */
function denialFormat(): string {
  const denial = { ...universalDenial('%s'), permission: 'deny', agent_message: '%s' };
  return JSON.stringify(denial).replaceAll("'", "'\\''");
}

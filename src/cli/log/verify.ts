/** `guard log verify`: is the log what was written? Exit status 1 where it is not. */

import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { journalNotes, notesIn } from '../../audit/anchor.js';
import { type Finding, isAccident, MOST_KEPT } from '../../audit/finding.js';
import { type Verification, verifyLog } from '../../audit/verify.js';
import { GuardError } from '../../errors.js';
import { counted } from '../../text.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';
import { withProgress } from './progress.js';

export interface VerifyOptions {
  readonly json?: true;
  /** Files that hold copies of checkpoints: a system's log. */
  readonly anchors: readonly string[];
}

/** Who looks at more of them looks at none. */
const MOST_SHOWN = 100;

/** The first of the findings, damage before accidents. */
function mostOf(findings: readonly Finding[], most: number): readonly Finding[] {
  if (findings.length <= most) return findings;
  const damage = findings.filter(finding => !isAccident(finding));
  return [
    ...damage.slice(0, most),
    ...findings.filter(isAccident).slice(0, Math.max(0, most - damage.length)),
  ];
}

/** `guard log verify`: the exit status is 1 where something was changed, removed or forged. */
export function verify(options: VerifyOptions, context: Context): void {
  const anchors = [...journalNotes(), ...options.anchors.flatMap(readAnchors)];
  const result = withProgress(context, watch => verifyLog(context.places.audit, anchors, watch));
  const { damage, accidents } = result;
  if (options.json) {
    const findings = mostOf(result.findings, MOST_KEPT);
    const more = damage + accidents - findings.length;
    context.print(
      JSON.stringify({ ok: damage === 0, ...result, findings, ...(more > 0 && { more }) }, null, 2),
    );
  } else context.print(describe(result, context).join('\n'));
  if (damage > 0) process.exitCode = 1;
}

function describe(result: Verification, { style }: Context): readonly string[] {
  const { records, segments, checkpoints, anchored, unsealed, strangers, first, damage } = result;
  const shown = mostOf(result.findings, MOST_SHOWN);
  const more = damage + result.accidents - shown.length;
  const rows = shown.map(finding => [
    isAccident(finding) ? style.yellow(finding.kind) : style.red(finding.kind),
    finding.line > 0 ? `${basename(finding.file)}:${finding.line}` : basename(finding.file),
    finding.says,
  ]);
  const isEmpty = records === 0 && checkpoints === 0;
  return [
    ...(rows.length > 0 ? [tableOf(['what', 'where', 'finding'], rows, [14, 24, 90]), ''] : []),
    ...(more > 0 ? [`… and ${more} findings more.`, ''] : []),
    `${counted(records, 'record')} in ${counted(segments, 'file')}; ${checkpoints} checkpoints hold, ${anchored} of them confirmed by a copy outside; ${unsealed} lines are newer than the last.`,
    ...(first > 1 ? [`The log begins with segment ${first}: older ones were removed as it grew.`] : []),
    ...(strangers > 0
      ? [
          `${style.yellow(`${strangers} checkpoints outside are not of this log.`)} If no other user's guard writes there, this log was ${isEmpty ? 'removed' : 'replaced by another'}.`,
        ]
      : []),
    damage === 0
      ? isEmpty
        ? 'Nothing is recorded here.'
        : style.green('The log is whole.')
      : style.red(`The log is not what was written: ${counted(damage, 'finding')}.`),
    ...(damage > 0
      ? ['Keep a copy of the directory before anything else writes to it, and look at who could write there.']
      : []),
  ];
}

function readAnchors(path: string): readonly string[] {
  if (!existsSync(path))
    throw new GuardError('no-such-path', `there is no file ${path}`, {
      hint: 'Give a file that holds copies of checkpoints, like /var/log/auth.log.',
    });
  return notesIn(readFileSync(path, 'utf8'));
}

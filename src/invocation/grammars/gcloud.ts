/** How gcloud reads its arguments, and what it runs elsewhere. Groups, commands and names are operands, in that order. */

import type { Word } from '../../shell/command.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { type Invocation, lastValue } from '../invocation.js';
import { joinWords } from '../words.js';
import { valuedOptions } from './cloud/gcloud-options.js';
import { remoteScript, remoteSql } from './cloud/inner.js';

export const gcloud: Grammar = {
  tool: 'gcloud',
  source:
    'Cloud SDK 528.0.0: data/cli/gcloud_completions.py and gcloud help; shortened options are refused (tried)',
  style: { ...styles.argparse, abbreviate: false, negate: true },
  options: `
    --account <account>
    --access-token-file <file>
    --billing-project <project>
    --configuration <name>
    --flags-file <file>
    --flatten <key>
    --format <format>
    -h, --help
    --impersonate-service-account <account>
    --log-http
    --project <project>
    -q, --quiet
    --trace-token <token>
    --user-output-enabled[=<enabled>]
    --verbosity <level>
    -v, --version
    ${valuedOptions}
  `,
  unwrap,
  plain: `
    app, artifacts, auth, builds, components, config, container, dns, functions, iam, info, kms, logging, projects, pubsub
    run, secrets, services, sql, storage, version
  `,
};

function unwrap(invocation: Invocation): Unwrapped {
  const words = invocation.operands
    .map(word => word.text)
    .filter(word => !/^(alpha|beta|preview)$/.test(word));
  const path = words.slice(0, 3).join(' ');
  if (path.startsWith('compute ssh ') || words.slice(0, 4).join(' ') === 'compute tpus tpu-vm ssh') {
    const command = lastValue(invocation, '--command') ?? behindDashes(invocation);
    return { inner: command ? [remoteScript('gcloud compute ssh', command)] : [] };
  }
  const sql = path === 'spanner databases execute-sql' ? lastValue(invocation, '--sql') : undefined;
  const ddl =
    words.slice(0, 4).join(' ') === 'spanner databases ddl update'
      ? lastValue(invocation, '--ddl')
      : undefined;
  const statement = sql ?? ddl;
  return {
    inner: statement ? [remoteSql(`gcloud ${path}`, 'spanner.googleapis.com', statement, 'generic')] : [],
  };
}

/** `compute ssh VM -- CMD`: what stands there goes to ssh, which may also be given its own options. */
function behindDashes({ operands, operandsBeforeDashes }: Invocation): Word | undefined {
  const words = operands.slice(operandsBeforeDashes);
  return words.length === 0 || words[0]!.text.startsWith('-') ? undefined : joinWords(words, ' ');
}

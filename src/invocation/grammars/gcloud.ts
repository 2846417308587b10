/** How gcloud reads its arguments, and what it runs elsewhere. Groups, commands and names are operands, in that order. */

import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { type Invocation, lastValue } from '../invocation.js';
import { remoteScript, remoteSql } from './cloud/inner.js';

const taking = (names: string) =>
  names
    .trim()
    .split(/\s+/)
    .map(name => `--${name} <value>`)
    .join('\n');

/** The options that take a value wherever they stand, the most frequent ones; none of them is a flag anywhere. */
const VALUED = taking(`
  location region limit filter page-size sort-by description zone organization labels role member folder instance
  display-name remove-labels update-labels network cluster condition condition-from-file source service-account
  service database dataset destination billing-account kms-key type tags port keyring timeout machine-type
  request-id namespace regions repository scope config key subnet bucket model annotations properties path policy name
  parent image metadata host volume file memory action instances zones subnetwork build-config security-policy
  accelerator user password domain provider cpu command router tier reservation priority network-interface direction
  substitutions tag end-time output-file size schedule max-nodes min-nodes num-nodes container args package files
  execute max-retry-duration connection address mode disk network-tags http-method uri message-body set-env-vars
  update-env-vars remove-env-vars set-secrets update-secrets remove-secrets entry-point runtime trigger-topic
  trigger-bucket sql ddl ddl-file topic project-id time freshness order release-channel cluster-version scopes
  member-type keyfile key-file data-file secret version-id target from-file lifecycle-file retention-period
`);

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
    ${VALUED}
  `,
  unwrap,
};

function unwrap(invocation: Invocation): Unwrapped {
  const words = invocation.operands
    .map(word => word.text)
    .filter(word => !/^(alpha|beta|preview)$/.test(word));
  const path = words.slice(0, 3).join(' ');
  if (path.startsWith('compute ssh ') || words.slice(0, 4).join(' ') === 'compute tpus tpu-vm ssh') {
    const command = lastValue(invocation, '--command');
    return { inner: command ? [remoteScript('gcloud compute ssh', command)] : [] };
  }
  const sql = path === 'spanner databases execute-sql' ? lastValue(invocation, '--sql') : undefined;
  const ddl =
    words.slice(0, 4).join(' ') === 'spanner databases ddl update'
      ? lastValue(invocation, '--ddl')
      : undefined;
  const statement = sql ?? ddl;
  return { inner: statement ? [remoteSql(`gcloud ${path}`, 'spanner.googleapis.com', statement)] : [] };
}

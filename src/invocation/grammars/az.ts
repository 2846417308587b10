/** How the Azure command line reads its arguments, and what it runs elsewhere. Groups and commands are operands. */

import type { Word } from '../../shell/command.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import type { Invocation } from '../invocation.js';
import { remoteScript } from './cloud/inner.js';

export const az: Grammar = {
  tool: 'az',
  source: 'learn.microsoft.com/cli/azure (global parameters; the names that most commands share)',
  style: styles.argparse,
  options: `
    --debug
    -h, --help
    --only-show-errors
    -o, --output <format>
    --query <jmespath>
    --subscription <subscription>
    --verbose
    -y, --yes
    --no-wait
    -n, --name <name>
    -g, --resource-group <group>
    -l, --location <location>
    --ids <id>
    --account-name <name>
    --account-key <secret>
    --connection-string <secret>
    --container-name <name>
    --vault-name <name>
    --method <method>
    --mode <mode>
    --url, --uri <url>
    --body <body>
    --headers <headers>
    --dryrun
    --dry-run
    --recursive
  `,
  targets: '--name -n --ids --vault-name --account-name --resource-group -g',
  unwrap,
};

/** `az vm run-command invoke --scripts 'a' 'b'`: each word up to the next option is a line for the machine. */
function unwrap(invocation: Invocation): Unwrapped {
  const path = invocation.operands.map(word => word.text).join(' ');
  const running = /^(?:vm|vmss|aks)(?: run-command| command) (?:invoke|create)\b/.exec(path);
  if (!running) return { inner: [] };
  const via = `az ${running[0]}`;
  return { inner: scriptsOf(invocation.argv).map(script => remoteScript(via, script)) };
}

function scriptsOf(argv: readonly Word[]): readonly Word[] {
  const start = argv.findIndex(word => /^(--scripts|--command|-c)(=|$)/.test(word.text));
  const first = argv[start];
  if (!first) return [];
  const equals = first.text.indexOf('=');
  const attached = equals < 0 ? [] : [{ ...first, text: first.text.slice(equals + 1) }];
  const rest = argv.slice(start + 1);
  const end = rest.findIndex(word => word.text.startsWith('-'));
  // `@file` names a file with the script; what is in it is not read here.
  return [...attached, ...(end < 0 ? rest : rest.slice(0, end))].filter(word => !word.text.startsWith('@'));
}

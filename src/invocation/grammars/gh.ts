/** The grammars of gh and glab, GitHub's and GitLab's command lines. They say how words are read, never judge. */

import { certain, type Word } from '../../shell/command.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { type Invocation, isOn } from '../invocation.js';
import { storedAlias } from './gh/aliases.js';
import { API, ghCommands, group, HELP, leaf, leaves, REPO } from './gh/commands.js';
import { remoteCommand } from './hosted/inner.js';

const gh: Grammar = {
  tool: 'gh',
  source: 'cli.github.com/manual; cli/cli pkg/cmd/*/ (cobra commands, their aliases and options, 2.62)',
  style: styles.cobra,
  options: `${HELP}    --version\n${REPO}`,
  subcommands: ghCommands,
  // All of its own but `alias` and `codespace`, whose `ssh` runs a command: a person's alias never has the name of one of these.
  plain: `
    api, auth, browse, cache, config, gist, gpg-key, issue, label, org, pr, project, release, repo, ruleset, run
    search, secret, ssh-key, status, variable, workflow
  `,
  unwrap(invocation, world) {
    const isShell = invocation.subcommand.join(' ') === 'codespace ssh';
    if (isShell) return { inner: remoteCommand(invocation.operands, 'gh codespace ssh') };
    return alias(invocation, 'gh') ?? storedAlias(invocation, 'gh', world);
  },
};

/** The subcommands of glab that matter for how later words are read; others are operands. */
const glab: Grammar = {
  tool: 'glab',
  source: 'docs.gitlab.com/cli; glab-api(1), glab-alias-set(1) 1.53',
  style: styles.cobra,
  options: `-h, --help\n-v, --version\n${REPO}-g, --group <group>\n`,
  subcommands: {
    alias: group({ ...leaves('list delete'), set: leaf('-s, --shell') }, ''),
    api: leaf(API),
  },
  unwrap: (invocation, world) => alias(invocation, 'glab') ?? storedAlias(invocation, 'glab', world),
};

/** `alias set NAME EXPANSION` keeps a command for later: what it stands for is looked at now. */
function alias(invocation: Invocation, tool: string): Unwrapped | undefined {
  const [expansion] = invocation.operands.slice(1);
  if (invocation.subcommand.join(' ') !== 'alias set' || expansion === undefined) return undefined;
  const via = `${tool} alias`;
  const isShell = isOn(invocation, '--shell') || expansion.text.startsWith('!');
  const script = (text: string): Word => ({ text, certain: expansion.certain });
  if (isShell) return { inner: [{ via, script: script(expansion.text.replace(/^!/, '')) }] };
  if (!expansion.certain) return { inner: [{ via, words: [certain(tool), expansion] }] };
  return { inner: [{ via, script: script(`${tool} ${expansion.text}`) }] };
}

export const forgeTools: readonly Grammar[] = [gh, glab];

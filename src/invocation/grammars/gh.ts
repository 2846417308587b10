/** The grammars of gh and glab, GitHub's and GitLab's command lines. They say how words are read, never judge. */

import { certain, type Word } from '../../shell/command.js';
import { type CommandGrammar, type Grammar, styles, type Unwrapped } from '../grammar.js';
import { type Invocation, isOn } from '../invocation.js';
import { storedAlias } from './gh/aliases.js';
import { remoteCommand } from './hosted/inner.js';

type Subcommands = Readonly<Record<string, CommandGrammar>>;

const HELP = '    --help\n';
/** Inherited by every command that acts on a repository. */
const REPO = '-R, --repo <repo>\n';

const leaf = (options = '', ...aliases: readonly string[]): CommandGrammar => ({
  options,
  ...(aliases.length > 0 && { aliases }),
});
const group = (subcommands: Subcommands, options = REPO, ...aliases: readonly string[]): CommandGrammar => ({
  subcommands,
  options,
  ...(aliases.length > 0 && { aliases }),
});
const leaves = (names: string): Subcommands =>
  Object.fromEntries(names.split(' ').map(name => [name, leaf()] as const));

/** `api` of both: cli.github.com/manual/gh_api; glab-api(1) 1.53, which adds `--form`. */
const API = `
    -X, --method <method>
    -F, --field <field>
    -f, --raw-field <field>
        --form <field>
    -H, --header <header>
        --hostname <host>
        --input <file>
    -i, --include
    -q, --jq <query>
        --output <format>
        --paginate
    -p, --preview <names>
        --silent
        --slurp
    -t, --template <text>
        --verbose
        --cache <duration>
`;
const YES = '-y, --yes\n    --confirm\n';
const SCOPE = '-a, --app <app>\n-e, --env <environment>\n-o, --org <org>\n-u, --user\n';

const ghCommands: Subcommands = {
  alias: group(
    {
      ...leaves('list'),
      set: leaf('-s, --shell\n    --clobber\n'),
      import: leaf('--clobber'),
      delete: leaf('--all'),
    },
    '',
  ),
  api: leaf(API),
  attestation: group(leaves('download trusted-root verify'), REPO, 'at'),
  auth: group(
    {
      ...leaves('setup-git'),
      login: leaf(
        '-h, --hostname <host>\n-p, --git-protocol <name>\n-s, --scopes <scopes>\n    --with-token\n-w, --web\n',
      ),
      logout: leaf('-h, --hostname <host>\n-u, --user <name>\n'),
      refresh: leaf(
        '-h, --hostname <host>\n-s, --scopes <scopes>\n-r, --remove-scopes <scopes>\n    --reset-scopes\n',
      ),
      status: leaf('-h, --hostname <host>\n-t, --show-token\n'),
      switch: leaf('-h, --hostname <host>\n-u, --user <name>\n'),
      token: leaf('-h, --hostname <host>\n-u, --user <name>\n'),
    },
    '',
  ),
  browse: leaf(REPO),
  cache: group({
    list: leaf('', 'ls'),
    delete: leaf('-a, --all\n-r, --ref <ref>\n    --succeed-on-no-caches\n'),
  }),
  codespace: group(
    {
      ...leaves('code cp edit jupyter logs ports rebuild stop view create'),
      ssh: leaf(
        '-c, --codespace <name>\n-d, --debug\n    --debug-file <file>\n    --profile <name>\n    --server-port <n>\n-R, --repo <repo>\n    --repo-owner <name>\n',
      ),
      list: leaf('', 'ls'),
      delete: leaf(
        '-c, --codespace <name>\n    --all\n    --days <n>\n-f, --force\n-o, --org <login>\n-u, --user <name>\n-R, --repo <repo>\n',
      ),
    },
    '',
    'cs',
  ),
  completion: leaf(),
  config: group(leaves('clear-cache get list set'), ''),
  extension: group(
    { ...leaves('browse create exec install list search upgrade'), remove: leaf() },
    '',
    'extensions',
    'ext',
  ),
  gist: group({ ...leaves('clone create edit rename view'), list: leaf('', 'ls'), delete: leaf(YES) }, ''),
  'gpg-key': group({ ...leaves('add'), list: leaf('', 'ls'), delete: leaf(YES) }, ''),
  issue: group({
    ...leaves('comment develop edit lock pin reopen status transfer unlock unpin view'),
    close: leaf('-c, --comment <text>\n-r, --reason <reason>\n'),
    create: leaf('', 'new'),
    delete: leaf(YES),
    list: leaf('', 'ls'),
  }),
  label: group({
    ...leaves('create edit'),
    list: leaf('', 'ls'),
    clone: leaf('-f, --force'),
    delete: leaf(YES),
  }),
  org: group({ list: leaf('', 'ls') }, ''),
  pr: group({
    ...leaves('checks comment diff edit lock ready reopen revert review status unlock update-branch view'),
    checkout: leaf('-b, --branch <name>\n    --detach\n-f, --force\n    --recurse-submodules\n', 'co'),
    close: leaf('-c, --comment <text>\n-d, --delete-branch\n'),
    create: leaf('', 'new'),
    list: leaf('', 'ls'),
    merge: leaf(
      '--admin\n-A, --author-email <text>\n--auto\n-b, --body <text>\n-F, --body-file <file>\n-d, --delete-branch\n--disable-auto\n--match-head-commit <sha>\n-m, --merge\n-r, --rebase\n-s, --squash\n-t, --subject <text>\n',
    ),
  }),
  project: group(
    {
      ...leaves(
        'copy create edit field-create field-list item-add item-create item-edit item-list link mark-template unlink view',
      ),
      list: leaf('', 'ls'),
      close: leaf('--owner <login>\n    --undo\n'),
      delete: leaf('--owner <login>\n    --format <format>\n'),
      'field-delete': leaf('--id <id>\n    --format <format>\n'),
      'item-archive': leaf('--id <id>\n    --owner <login>\n    --undo\n'),
      'item-delete': leaf('--id <id>\n    --owner <login>\n'),
    },
    '',
  ),
  release: group({
    ...leaves('download verify verify-asset view'),
    create: leaf('', 'new'),
    edit: leaf(
      '--draft\n    --latest\n-n, --notes <text>\n-F, --notes-file <file>\n    --prerelease\n    --tag <tag>\n    --target <branch>\n-t, --title <text>\n    --discussion-category <name>\n    --verify-tag\n',
    ),
    list: leaf('', 'ls'),
    upload: leaf('--clobber'),
    delete: leaf(`${YES}    --cleanup-tag\n`),
    'delete-asset': leaf(YES),
  }),
  repo: group(
    {
      ...leaves('autolink clone fork gitignore license set-default unarchive view'),
      create: leaf('', 'new'),
      list: leaf('', 'ls'),
      archive: leaf(YES),
      delete: leaf(YES),
      rename: leaf(`${YES}${REPO}`),
      edit: leaf(
        '--add-topic <names>\n--remove-topic <names>\n--visibility <kind>\n--accept-visibility-change-consequences\n--default-branch <name>\n-d, --description <text>\n-h, --homepage <url>\n--delete-branch-on-merge\n--enable-issues\n--enable-wiki\n--enable-projects\n--enable-auto-merge\n--allow-forking\n--template\n',
      ),
      sync: leaf('-b, --branch <name>\n    --force\n-s, --source <repo>\n'),
      'deploy-key': group({ ...leaves('add list'), delete: leaf() }),
    },
    '',
  ),
  ruleset: group(leaves('check list view'), REPO, 'rs'),
  run: group({
    ...leaves('cancel delete download rerun view watch'),
    list: leaf('', 'ls'),
  }),
  search: group(leaves('code commits issues prs repos'), ''),
  secret: group({
    list: leaf(SCOPE, 'ls'),
    set: leaf(
      `${SCOPE}-b, --body <secret>\n-f, --env-file <file>\n    --no-repos-selected\n    --no-store\n-r, --repos <repos>\n-v, --visibility <kind>\n`,
    ),
    delete: leaf(SCOPE, 'remove'),
  }),
  'ssh-key': group({ ...leaves('add'), list: leaf('', 'ls'), delete: leaf(YES) }, ''),
  status: leaf(),
  variable: group({
    ...leaves('get'),
    list: leaf(SCOPE, 'ls'),
    set: leaf(
      `${SCOPE}-b, --body <text>\n-f, --env-file <file>\n-r, --repos <repos>\n-v, --visibility <kind>\n`,
    ),
    delete: leaf(SCOPE, 'remove'),
  }),
  workflow: group({ ...leaves('disable enable run view'), list: leaf('', 'ls') }),
};

const gh: Grammar = {
  tool: 'gh',
  source: 'cli.github.com/manual; cli/cli pkg/cmd/*/ (cobra commands and their aliases, 2.60)',
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

/** gh's commands, and what both forges' command lines share. They say how words are read, never judge. */

import type { CommandGrammar } from '../../grammar.js';
import { optionsOfCommand } from './options.js';

export type Subcommands = Readonly<Record<string, CommandGrammar>>;

export const HELP = '    --help\n';
/** Inherited by every command that acts on a repository. */
export const REPO = '-R, --repo <repo>\n';

export const leaf = (options = '', ...aliases: readonly string[]): CommandGrammar => ({
  options,
  ...(aliases.length > 0 && { aliases }),
});
export const group = (
  subcommands: Subcommands,
  options = REPO,
  ...aliases: readonly string[]
): CommandGrammar => ({
  subcommands,
  options,
  ...(aliases.length > 0 && { aliases }),
});
export const leaves = (names: string): Subcommands =>
  Object.fromEntries(names.split(' ').map(name => [name, leaf()] as const));

/** `api` of both: cli.github.com/manual/gh_api; glab-api(1) 1.53, which adds `--form`. */
export const API = `
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

const commands: Subcommands = {
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
  browse: leaf(
    `${REPO}-p, --projects\n-r, --releases\n-w, --wiki\n-s, --settings\n-n, --no-browser\n-c, --commit[=<sha>]\n-b, --branch <name>\n`,
  ),
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

/** The commands with the options that the table beside has of those that are written here without any. */
function withOptions(commands: Subcommands, path: readonly string[] = []): Subcommands {
  return Object.fromEntries(
    Object.entries(commands).map(([name, command]) => {
      const words = [...path, name];
      if (command.subcommands)
        return [name, { ...command, subcommands: withOptions(command.subcommands, words) }];
      return [name, command.options ? command : { ...command, options: optionsOfCommand(words) }];
    }),
  );
}

export const ghCommands: Subcommands = withOptions(commands);

/** The options of gh's commands that no rule speaks of: what they take a value for is no operand. A table; judges nothing. */

import type { OptionTable } from '../../grammar.js';

const AS_JSON = '--json <fields> | -q, --jq <query> | -t, --template <text>';

/** cli/cli pkg/cmd/*, 2.62: a command a row, its options apart by `|`. */
const TABLE = `
  attestation download: -o, --owner <login> | -R, --repo <repo> | --predicate-type <value> | -L, --limit <n> | --hostname <host>
  attestation inspect: -b, --bundle <value> | --hostname <host> | --format <format> | -q, --jq <query> | -t, --template <text>
  attestation trusted-root: --tuf-url <value> | --tuf-root <value> | --verify-only | --hostname <host>
  attestation verify: -b, --bundle <value> | --bundle-from-oci | -o, --owner <login> | -R, --repo <repo> | --predicate-type <value> | --no-public-good | --custom-trusted-root <value> | -L, --limit <n> | --format <format> | -q, --jq <query> | -t, --template <text> | --deny-self-hosted-runners | --cert-identity <value> | -i, --cert-identity-regex <value> | --signer-repo <value> | --signer-workflow <value> | --cert-oidc-issuer <value> | --hostname <host>
  auth setup-git: -h, --hostname <host> | -f, --force
  cache list: -L, --limit <n> | -O, --order <value> | -S, --sort <value> | -k, --key <value> | -r, --ref <value> | ${AS_JSON}
  codespace code: -c, --codespace <name> | -R, --repo <repo> | --repo-owner <login> | --insiders | -w, --web
  codespace cp: -c, --codespace <name> | -R, --repo <repo> | --repo-owner <login> | -r, --recursive | -e, --expand | -p, --profile <name>
  codespace create: -R, --repo <repo> | -b, --branch <name> | -l, --location <place> | -m, --machine <type> | --default-permissions | -s, --status | --idle-timeout <duration> | --retention-period <duration> | --devcontainer-path <path> | -d, --display-name <name> | -w, --web
  codespace edit: -c, --codespace <name> | -R, --repo <repo> | --repo-owner <login> | -d, --display-name <name> | -m, --machine <type>
  codespace list: -L, --limit <n> | -R, --repo <repo> | -o, --org <login> | -u, --user <login> | -w, --web | ${AS_JSON}
  codespace logs: -c, --codespace <name> | -R, --repo <repo> | --repo-owner <login> | -f, --follow
  codespace rebuild: -c, --codespace <name> | -R, --repo <repo> | --repo-owner <login> | --full
  codespace stop: -c, --codespace <name> | -R, --repo <repo> | --repo-owner <login> | -o, --org <login> | -u, --user <login>
  completion: -s, --shell <value>
  config get: -h, --host <value>
  config list: -h, --host <value>
  config set: -h, --host <value>
  extension create: --precompiled <language>
  extension install: --force | --pin <ref>
  extension upgrade: --all | --force | --dry-run
  gist create: -d, --desc <value> | -w, --web | -p, --public | -f, --filename <value>
  gist edit: -a, --add <value> | -d, --desc <value> | -f, --filename <value> | -r, --remove <value>
  gist list: -L, --limit <n> | --public | --secret | --filter <value> | --include-content
  gist view: -r, --raw | -w, --web | --files | -f, --filename <value>
  gpg-key add: -t, --title <text>
  issue comment: -b, --body <text> | -F, --body-file <file> | -e, --editor | -w, --web | --edit-last
  issue create: -t, --title <text> | -b, --body <text> | -F, --body-file <file> | -e, --editor | -w, --web | -a, --assignee <value> | -l, --label <name> | -p, --project <value> | -m, --milestone <value> | --recover <value> | -T, --template <text>
  issue develop: --branch-repo <value> | -b, --base <branch> | -c, --checkout | -l, --list | -n, --name <value> | -i, --issue-repo <value>
  issue edit: -t, --title <text> | -b, --body <text> | -F, --body-file <file> | --add-assignee <value> | --remove-assignee <value> | --add-label <value> | --remove-label <value> | --add-project <value> | --remove-project <value> | -m, --milestone <value> | --remove-milestone
  issue list: -w, --web | -a, --assignee <value> | -l, --label <name> | -s, --state <value> | -L, --limit <n> | -A, --author <value> | --app <value> | --mention <value> | -m, --milestone <value> | -S, --search <query> | ${AS_JSON}
  issue lock: -r, --reason <value>
  issue reopen: -c, --comment <text>
  issue status: ${AS_JSON}
  issue view: -w, --web | -c, --comments | ${AS_JSON}
  label create: -d, --description <text> | -c, --color <color> | -f, --force
  label edit: -d, --description <text> | -c, --color <color> | -n, --name <name>
  label list: -w, --web | -L, --limit <n> | -S, --search <query> | --order <order> | --sort <key> | ${AS_JSON}
  org list: -L, --limit <n>
  pr checks: -w, --web | --watch | --fail-fast | -i, --interval <value> | --required | ${AS_JSON}
  pr comment: -b, --body <text> | -F, --body-file <file> | -e, --editor | -w, --web | --edit-last
  pr create: -d, --draft | -t, --title <text> | -b, --body <text> | -F, --body-file <file> | -B, --base <branch> | -H, --head <branch> | -e, --editor | -w, --web | --fill-verbose | -f, --fill | --fill-first | -r, --reviewer <value> | -a, --assignee <value> | -l, --label <name> | -p, --project <value> | -m, --milestone <value> | --no-maintainer-edit | --recover <value> | -T, --template <text> | --dry-run
  pr diff: --color <color> | --patch | --name-only | -w, --web
  pr edit: -t, --title <text> | -b, --body <text> | -F, --body-file <file> | -B, --base <branch> | --add-reviewer <value> | --remove-reviewer <value> | --add-assignee <value> | --remove-assignee <value> | --add-label <value> | --remove-label <value> | --add-project <value> | --remove-project <value> | -m, --milestone <value> | --remove-milestone
  pr list: -w, --web | -L, --limit <n> | -s, --state <value> | -B, --base <branch> | -H, --head <branch> | -l, --label <name> | -A, --author <value> | --app <value> | -a, --assignee <value> | -S, --search <query> | -d, --draft | ${AS_JSON}
  pr ready: --undo
  pr reopen: -c, --comment <text>
  pr review: -a, --approve | -r, --request-changes | -c, --comment | -b, --body <text> | -F, --body-file <file>
  pr status: -c, --conflict-status | ${AS_JSON}
  pr update-branch: --rebase
  pr view: -w, --web | -c, --comments | ${AS_JSON}
  project copy: --source-owner <value> | --target-owner <value> | --title <text> | --drafts | --format <format> | -q, --jq <query> | -t, --template <text>
  project create: --title <text> | --owner <login> | --format <format> | -q, --jq <query> | -t, --template <text>
  project edit: --owner <login> | --title <text> | --readme <value> | -d, --description <text> | --format <format> | -q, --jq <query> | -t, --template <text>
  project field-create: --owner <login> | --name <value> | --single-select-options <value> | --format <format> | -q, --jq <query> | -t, --template <text>
  project field-list: --owner <login> | --format <format> | -q, --jq <query> | -t, --template <text> | -L, --limit <n>
  project item-add: --owner <login> | --url <value> | --format <format> | -q, --jq <query> | -t, --template <text>
  project item-create: --owner <login> | --title <text> | --body <text> | --format <format> | -q, --jq <query> | -t, --template <text>
  project item-edit: --id <value> | --format <format> | -q, --jq <query> | -t, --template <text> | --title <text> | --body <text> | --field-id <value> | --project-id <value> | --text <value> | --date <value> | --single-select-option-id <value> | --iteration-id <value> | --clear
  project item-list: --owner <login> | --format <format> | -q, --jq <query> | -t, --template <text> | -L, --limit <n>
  project link: --owner <login> | -R, --repo <repo> | -T, --team <value>
  project list: --owner <login> | --closed | -w, --web | --format <format> | -q, --jq <query> | -t, --template <text> | -L, --limit <n>
  project mark-template: --owner <login> | --undo | --format <format> | -q, --jq <query> | -t, --template <text>
  project unlink: --owner <login> | -R, --repo <repo> | -T, --team <value>
  project view: --owner <login> | -w, --web | --format <format> | -q, --jq <query> | -t, --template <text>
  release create: -d, --draft | -p, --prerelease | --target <value> | -t, --title <text> | -n, --notes <text> | -F, --notes-file <file> | --discussion-category <value> | --generate-notes | --notes-start-tag <value> | --latest | --verify-tag | --notes-from-tag
  release download: -O, --output <value> | -D, --dir <value> | -p, --pattern <value> | -A, --archive <value> | --clobber | --skip-existing
  release list: -L, --limit <n> | --exclude-drafts | --exclude-pre-releases | -O, --order <value> | ${AS_JSON}
  release view: -w, --web | ${AS_JSON}
  repo clone: -u, --upstream-remote-name <value>
  repo create: -d, --description <text> | -h, --homepage <value> | -t, --team <value> | -p, --template <text> | --public | --private | --internal | -g, --gitignore <value> | -l, --license <value> | -s, --source <value> | -r, --remote <value> | --push | -c, --clone | --disable-issues | --disable-wiki | --include-all-branches | --add-readme | -y, --confirm | --enable-issues | --enable-wiki
  repo deploy-key add: -t, --title <text> | -w, --allow-write
  repo deploy-key list: ${AS_JSON}
  repo fork: --clone | --remote | --remote-name <value> | --org <login> | --fork-name <value> | --default-branch-only
  repo license view: -w, --web
  repo list: -L, --limit <n> | --source | --fork | -l, --language <value> | --topic <value> | --visibility <value> | --archived | --no-archived | ${AS_JSON} | --private | --public
  repo set-default: -v, --view | -u, --unset
  repo unarchive: --confirm | -y, --yes
  repo view: -w, --web | -b, --branch <name> | ${AS_JSON}
  ruleset check: --default | -w, --web
  ruleset list: -L, --limit <n> | -o, --org <login> | -p, --parents | -w, --web
  ruleset view: -w, --web | -o, --org <login> | -p, --parents
  run download: -D, --dir <value> | -n, --name <value> | -p, --pattern <value>
  run list: -L, --limit <n> | -w, --workflow <value> | -b, --branch <name> | -u, --user <login> | -e, --event <value> | --created <value> | -c, --commit <value> | -a, --all | -s, --status <value> | ${AS_JSON}
  run rerun: --failed | -j, --job <value> | -d, --debug
  run view: -v, --verbose | --exit-status | -j, --job <value> | --log | --log-failed | -w, --web | -a, --attempt <value> | ${AS_JSON}
  run watch: --exit-status | -i, --interval <value>
  search code: ${AS_JSON} | -w, --web | -L, --limit <n> | --extension <value> | --filename <value> | --match <value> | --language <value> | -R, --repo <repo> | --size <value> | --owner <login>
  search commits: ${AS_JSON} | -w, --web | -L, --limit <n> | --order <value> | --sort <value> | --author <value> | --author-date <value> | --author-email <value> | --author-name <value> | --committer <value> | --committer-date <value> | --committer-email <value> | --committer-name <value> | --hash <value> | --merge | --parent <value> | -R, --repo <repo> | --tree <value> | --owner <login> | --visibility <value>
  search issues: ${AS_JSON} | -w, --web | -L, --limit <n> | --order <value> | --sort <value> | --include-prs | --app <value> | --archived | --assignee <value> | --author <value> | --closed <value> | --commenter <value> | --comments <value> | --created <value> | --match <value> | --interactions <value> | --involves <value> | --visibility <value> | --label <name> | --language <value> | --locked | --mentions <value> | --milestone <value> | --no-assignee | --no-label | --no-milestone | --no-project | --project <value> | --reactions <value> | -R, --repo <repo> | --state <value> | --team-mentions <value> | --updated <value> | --owner <login>
  search prs: ${AS_JSON} | -w, --web | -L, --limit <n> | --order <value> | --sort <value> | --app <value> | --archived | --assignee <value> | --author <value> | --closed <value> | --commenter <value> | --comments <value> | --created <value> | --match <value> | --interactions <value> | --involves <value> | --visibility <value> | --label <name> | --language <value> | --locked | --mentions <value> | --milestone <value> | --no-assignee | --no-label | --no-milestone | --no-project | --project <value> | --reactions <value> | -R, --repo <repo> | --state <value> | --team-mentions <value> | --updated <value> | --owner <login> | -B, --base <branch> | --draft | -H, --head <branch> | --merged-at <value> | --merged | --review <value> | --review-requested <value> | --reviewed-by <value> | --checks <value>
  search repos: ${AS_JSON} | -w, --web | -L, --limit <n> | --order <value> | --sort <value> | --archived | --created <value> | --followers <value> | --include-forks <value> | --forks <value> | --good-first-issues <value> | --help-wanted-issues <value> | --match <value> | --visibility <value> | --language <value> | --license <value> | --updated <value> | --size <value> | --stars <value> | --topic <value> | --number-topics <value> | --owner <login>
  ssh-key add: --type <value> | -t, --title <text>
  status: -o, --org <login> | -e, --exclude <value>
  variable get: -o, --org <login> | -e, --env <value> | ${AS_JSON}
  workflow list: -L, --limit <n> | -a, --all | ${AS_JSON}
  workflow run: -r, --ref <value> | -F, --field <value> | -f, --raw-field <value> | --json
  workflow view: -w, --web | -y, --yaml | -r, --ref <value>
`;

const byCommand = new Map(
  TABLE.trim()
    .split('\n')
    .map(row => {
      const at = row.indexOf(':');
      return [row.slice(0, at).trim(), row.slice(at + 1).replaceAll('|', '\n')] as const;
    }),
);

/** The table of a command by its words: `pr create`; empty where it has no options of its own. */
export function optionsOfCommand(words: readonly string[]): OptionTable {
  return byCommand.get(words.join(' ')) ?? '';
}

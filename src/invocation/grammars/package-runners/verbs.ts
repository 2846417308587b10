/** The own commands of npm, pnpm and yarn, as against scripts and programs of packages. Only names; may not judge. */

import type { PlainTable } from '../../grammar.js';

/** npm's commands that run no script and no package's program (`npm help`, npm 11.19); `pkg set` writes scripts. */
export const NPM_PLAIN: PlainTable = `
  access, adduser, audit, bugs, cache, ci, clean-install, completion, config, dedupe, deprecate, diff, dist-tag, docs
  doctor, explain, find-dupes, fund, get, help, i, in, info, init, install, link, ll, la, ln, login, logout, ls, list, org
  outdated, owner, pack, ping, prefix, profile, prune, publish, query, rebuild, repo, root, sbom, search, set, show
  star, stars, team, token, trust, undeprecate, uninstall, un, unlink, unpublish, up, update, upgrade, v, version, view, whoami
`;

/**
 * pnpm's and yarn's own commands and their aliases (`pnpm help -a`, 12.21; yarn 1.22 and 4); any other word is a script or
 * a program of node_modules/.bin.
 */
export const OWN_VERBS: ReadonlySet<string> = new Set(
  `access add adduser approve approve-builds audit autoclean bin bugs c cache cat-file cat-index cache-clean change check
  ci clean clean-install completion config constraints create dedupe deploy deprecate dislink dist-tag dist-tags docs doctor
  edit env explain explore fetch find find-hash fund generate-lock-entry get global help home i ic ignored-builds import in
  info init install install-clean install-test issues it la lane licences licenses link list ll ln login logout ls m multi
  node npm outdated owner owners pack pack-app patch patch-commit patch-remove peers permissions ping pipeline pkg plugin
  policies prefix profile prune publish purge rb rebuild recursive remove repo rm root rt run runtime s sbom se search
  self-update server set set-script setup shim show ss stage star stars store tag tasks team token un undeprecate uni
  uninstall unlink unplug unpublish unstar up update upgrade upgrade-interactive v version versions view where whoami why
  workspace workspaces`.split(/\s+/),
);

/**
 * What the names in a path say about its content: generated, version control, secret, data. Text alone: asks
 * neither the file system nor git, and judges nothing.
 *
 * A long regular expression takes half a millisecond when it first runs, as much as all else that is asked of a path. So a name is
 * held against one only where it has what each alternative of it has.
 */

import { once } from '../../once.js';

/**
 * Directories that a tool makes and makes again, under a name that people do not give to their own work.
 * Anything below them is generated too.
 */
export const GENERATED_DIRECTORIES: ReadonlySet<string> = new Set(
  `node_modules bower_components jspm_packages dist __pycache__ .pytest_cache .mypy_cache .ruff_cache .hypothesis
   .ipynb_checkpoints .tox .nox .venv venv .eggs .next .nuxt .output .turbo .parcel-cache .cache .vite .svelte-kit
   .angular .expo .docusaurus .astro .nyc_output .serverless .terraform .gradle .dart_tool .nx .sass-cache .swc
   .rollup.cache coverage htmlcov test-results playwright-report storybook-static DerivedData .build _build
   cmake-build-debug cmake-build-release CMakeFiles .deps .libs autom4te.cache Pods .bundle .pnpm-store .yarn-cache
   .rpt2_cache .jest-cache .phpunit.cache .scannerwork .wrangler .zig-cache zig-out dist-newstyle .stack-work elm-stuff .elixir_ls
   _site .jekyll-cache __generated__ allure-results allure-report .playwright-mcp blob-report .lighthouseci .contentlayer
   .velite .vinxi .nitro .react-router .tanstack .open-next .webpack .vscode-test .cxx .externalNativeBuild .kotlin .pdm-build
   .pytype .pyre .import_linter_cache .direnv .firebase`
    .split(/\s+/)
    .filter(name => name !== ''),
);

/** Names that are as often generated as they are someone's source: git is asked whether it tracks anything there. */
const PERHAPS_GENERATED = new Set(
  `build out target tmp temp .tmp .temp obj logs bld esm cjs libesm libcjs umd iife amd es5 es6 es2015 typings dts generated
   compiled`.split(/\s+/),
);
/** `dist-cjs`, `dist.browser`, `test-dist`, `dist*`; not what somebody set aside. */
const DIST = /^(dist([-_.*].*)?|.+[-_]dist)$/;
const SET_ASIDE = /bak|backup|old|orig|keep|saved?|copy|release/i;

/**
 * `app-temp`, `tmp_clone`: what a scaffold or a copy was put into for a while. `temp-` alone may be a temperature.
 */
const FOR_A_WHILE =
  /^[._]?tmp[-_].|.[-_.](tmp|temp)$|^[._]?temp[-_](app|project|repo|clone|dir|folder|build|install|init|scaffold|extract|site|next|vite|react|worktree)s?$/i;

/** Installed from a list, or made in a moment: nobody's only copy, set aside or not. */
const INSTALLED_COPY =
  /^(node_modules|\.?venv|\.next|__pycache__)[-_.]?(old|bak|backup|orig|prev|tmp|broken)$/;

/** `out1`, `build-2`: one of several runs. */
const NUMBERED = /^(build|dist|out|output|obj|target|tmp|temp|logs?)[-_.]?\d+$/;

/** What files end in that a tool makes and makes again: `x.o`. */
export const GENERATED_ENDINGS: readonly string[] =
  `o a lo la so dylib obj pyc pyo class log tmp swp swo gcda gcno gcov tsbuildinfo rej orig egg-info dSYM js.map mjs.map
   cjs.map css.map d.ts.map d.mts.map d.cts.map crdownload pid lock.bak`.split(/\s+/);
const generatedEndings = once(() => new Set(GENERATED_ENDINGS));
const GENERATED_NAME =
  /^(\.DS_Store|Thumbs\.db|\.(pending|partial|tmp|temp|lock)([-_.].+)?|\.eslintcache|\.stylelintcache|\.coverage(\..+)?|coverage\.(xml|json|out)|lcov\.info|core\.\d+|nohup\.out|(npm|yarn|pnpm)-(debug|error).*\.log.*|conftest(_ipa8_conftest)?(\.(?!py)\w+)?\*?|a\.(out|exe)|a_out\.exe|b\.out|confcache|confdefs\.h|conf\d{3,}(subs)?(\.\w+)?\*?|conf(?!ig)(?=\w*[A-Z0-9])[A-Za-z0-9]{6}|(cmake-)?build-.+|bazel-(bin|out|testlogs)|node_modules[-_.]\w+|\.aider\.tags\.cache\.v\d+|.+\.egg-info|.+\.log\.\d+(\.gz)?)$/;
/** Lock files: the package manager writes them again from the manifest. */
const LOCK_FILES = new Set(
  `package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb Cargo.lock poetry.lock uv.lock Pipfile.lock
   Gemfile.lock composer.lock`.split(/\s+/),
);

/** What bundler, yarn, pixi and husky install, Vercel builds and Cypress takes; any other `vendor` may be somebody's own copy. */
const BUNDLE =
  /(^|\/)(vendor\/bundle|\.yarn\/(cache|unplugged)|\.pixi\/envs|\.husky\/_|\.vitepress\/cache|\.vercel\/output|cypress\/(videos|screenshots|downloads))(\/|$)/;

/** What a test run leaves: `tests/output`. */
const OF_TESTS = /(^|\/)(tests?|__tests__|specs?|e2e)\/([^/]+\/)*(outputs?|results?|artifacts)(\/|$)/;
/** The declarations that a compiler writes where packages keep what they publish; people write some by hand elsewhere. */
const DECLARATIONS = /(^|\/)(lib|types|es|module)\/([^/]+\/)*[^/]*\.d\.[cm]?ts$/;

export type Generated = 'yes' | 'perhaps' | 'no';

/** Are these path components (below a project or another place that may hold generated files) generated? */
export function generatedBy(components: readonly string[]): Generated {
  if (components.some(name => GENERATED_DIRECTORIES.has(name) || isInstalledCopy(name))) return 'yes';
  const path = components.join('/');
  const isDeep = components.length > 1;
  if (isDeep && BUNDLE.test(path)) return 'yes';
  const last = components.at(-1) ?? '';
  if (hasGeneratedEnding(last) || isGeneratedName(last) || LOCK_FILES.has(last)) return 'yes';
  if (components.some(isPerhaps)) return 'perhaps';
  const isOfBuild = isDeep && (OF_TESTS.test(path) || (path.endsWith('ts') && DECLARATIONS.test(path)));
  return isOfBuild ? 'perhaps' : 'no';
}

function isInstalledCopy(name: string): boolean {
  const mayBe =
    name.includes('venv') || name.includes('node_modules') || name.includes('__') || name.startsWith('.next');
  return mayBe && INSTALLED_COPY.test(name);
}

function hasGeneratedEnding(name: string): boolean {
  for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) {
    if (generatedEndings().has(name.slice(at + 1))) return true;
  }
  return name.endsWith('~');
}

function isGeneratedName(name: string): boolean {
  const isMarked = name.includes('.') || name.includes('-');
  const mayBe = isMarked || name.startsWith('conf') || name.startsWith('node_modules');
  return mayBe && GENERATED_NAME.test(name);
}

function isPerhaps(name: string): boolean {
  if (PERHAPS_GENERATED.has(name)) return true;
  const lower = name.toLowerCase();
  if (endsInDigit(name) && NUMBERED.test(name)) return true;
  const isNamedSo =
    (lower.includes('dist') && DIST.test(name)) ||
    ((lower.includes('tmp') || lower.includes('temp')) && FOR_A_WHILE.test(name));
  return isNamedSo && !SET_ASIDE.test(name);
}

function endsInDigit(name: string): boolean {
  const last = name.at(-1) ?? '';
  return last >= '0' && last <= '9';
}

/** Caches that stand at fixed places, below the home directory. */
const HOME_CACHES =
  /^(\.cache|\.zcompdump[^/]*|\.npm|\.cargo\/(registry|git)|go\/pkg\/mod|\.gradle\/caches|\.m2\/repository|\.nuget\/packages|Library\/Caches|Library\/Developer\/Xcode\/DerivedData)(\/|$)/;
/** Caches of the system's own package managers: `rm -rf /var/lib/apt/lists/*` ends every other Dockerfile. */
const SYSTEM_CACHES = /^\/var\/(lib\/apt\/lists|cache)\/[^/]/;

/** A cache at a well-known absolute place. */
export function isCache(path: string, home: string): boolean {
  if (SYSTEM_CACHES.test(path)) return true;
  return home !== '/' && path.startsWith(`${home}/`) && HOME_CACHES.test(path.slice(home.length + 1));
}

const VCS = /^\.(git|hg|svn|jj|bzr)$/i;
/** Copies of a repository's directory that someone set aside (incident 34: the only copy of a history). */
const VCS_COPY = /^\.?git[._-].*(bak|backup|old|orig|save|copy)|^\.git\.\d+$/i;
/** Inside `.git`: lock files of a git that died, hooks, messages, and texts that git has none of. None of them is history. */
const VCS_ORDINARY =
  /^\.git\/(([^/]+\/)*[^/]+\.lock|[^/]+\.(txt|md|msg|tmp|log|patch|diff)|gc\.pid|hooks(\/.*)?|info\/exclude|COMMIT_EDITMSG|(MERGE|SQUASH)_MSG)$/i;

/** A repository's own storage. */
export function isVcs(components: readonly string[]): boolean {
  const at = components.findIndex(name => name.startsWith('.') && VCS.test(name));
  if (at >= 0) return !VCS_ORDINARY.test(components.slice(at).join('/'));
  return components.some(name => name.toLowerCase().includes('git') && VCS_COPY.test(name));
}

const SECRET_DIRECTORY = /^\.(ssh|gnupg|aws|kube|azure|password-store|docker)$/i;
const SECRET_FILE =
  /^(\.env(\..+)?|.+\.env|.+\.(pem|key|p12|pfx|jks|keystore|kdbx|ppk)|id_(rsa|dsa|ecdsa|ed25519)(_.+)?|\.netrc|\.pgpass|\.my\.cnf|\.htpasswd|\.git-credentials|\.vault-token|credentials|(\w+[-_])?credentials\.(json|ya?ml|toml)|(client_)?secrets?\.(json|ya?ml|toml)|service[-_]account.*\.json)$/i;
const SECRET_ENDINGS = new Set('env pem key p12 pfx jks keystore kdbx ppk'.split(' '));
const SECRET_TEMPLATE = /\.(example|sample|template|dist|tpl|defaults?)$|^\.env\.schema$/i;

/** Keys and credentials, by the names that tools give them. Templates (`.env.example`) are none. */
export function isSecret(components: readonly string[]): boolean {
  const last = components.at(-1) ?? '';
  if (components.some(name => name.startsWith('.') && SECRET_DIRECTORY.test(name)))
    return !last.endsWith('.pub');
  // A pattern as find takes it: `.env*`.
  const name = last.endsWith('*') ? last.slice(0, -1) : last;
  return mayBeSecret(name.toLowerCase()) && SECRET_FILE.test(name) && !SECRET_TEMPLATE.test(last);
}

function mayBeSecret(name: string): boolean {
  if (name.startsWith('.') || name.startsWith('id_') || SECRET_ENDINGS.has(endingOf(name))) return true;
  return name.includes('credential') || name.includes('secret') || name.includes('account');
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

const DATA_FILE =
  /\.(db|db3|sqlite|sqlite3|duckdb|mdb|dump|pgdump|rdb|aof|bak|backup|tfstate)$|\.(db|sqlite3?)-(wal|shm|journal)$|\.tfstate\.(backup|\d+)$|\.sql\.(gz|bz2|xz|zst)$|(dump|backup|snapshot|prod).*\.sql$|(^|[._-])backups?([._-].*)?\.(tar|tgz|zip|gz|bz2|xz|zst|7z)(\.[a-z0-9]+)?$/i;
const DATA_ENDINGS = new Set(
  'db db3 sqlite sqlite3 duckdb mdb dump pgdump rdb aof bak backup tfstate sql'.split(' '),
);
const DATA_DIRECTORY =
  /^(pgdata|pg_data|(postgres|postgresql|mysql|mariadb|mongo|mongodb|redis|db)[-_]?data|backups?|snapshots?\.d|volumes)$/i;
/** A database that a test run makes: `rm -f test.db` is how people start one. */
const SCRATCH = /(^|[._-])(tests?(db)?|tmp|temp|scratch|e2e|spec|fixtures?|demo|example|junk)([._-]|$)/i;

const TRIAL =
  /^(test|tmp|temp|scratch|debug|try|check|verify|repro(duce)?|quick|demo)([-_.][\w.-]*)?\.([cm]?[jt]sx?|py|sh|rb|php|pl|go|rs|c|java|html|txt|log|out|png)$/i;

/** A script, or its output, that was written to try something out: `test-run.ts`, `debug_auth.py`, `repro.sh`. */
export function isTrialName(name: string): boolean {
  return name.includes('.') && TRIAL.test(name);
}

/**
 * Databases, dumps and backups. `tree` is true where the whole directory is meant: a directory called `data`
 * then counts, while one file in it is judged by its own name.
 */
export function isData(components: readonly string[], tree: boolean): boolean {
  const last = components.at(-1) ?? '';
  if (components.slice(0, -1).some(isDataDirectory)) return true;
  if (tree && (isDataDirectory(last) || last === 'data')) return true;
  return mayBeData(last.toLowerCase()) && DATA_FILE.test(last) && !SCRATCH.test(last);
}

function isDataDirectory(name: string): boolean {
  const lower = name.toLowerCase();
  const mayBe =
    lower.endsWith('data') || lower.includes('backup') || lower.startsWith('snapshot') || lower === 'volumes';
  return mayBe && DATA_DIRECTORY.test(name);
}

function mayBeData(name: string): boolean {
  if (DATA_ENDINGS.has(endingOf(name)) || name.includes('backup')) return true;
  return (
    name.includes('.sql.') || name.includes('.tfstate.') || name.includes('.db-') || name.includes('.sqlite')
  );
}

const LIVE_DATABASE =
  /^(?:[a-z]+[._-])?(?:prod|production|live)(?:[._-](?!bak|back|copy|dump|old|new|restor|snap|export)[a-z]+)?\.(?:db|db3|sqlite3?|duckdb|mdb|rdb)$|^terraform\.tfstate$/i;

/**
 * The database that production runs on, or Terraform's state, by name: they were not made by this work, and whoever
 * writes there writes over them.
 */
export function isLive(name: string): boolean {
  return LIVE_DATABASE.test(name);
}

const ONE_OF_A_KIND = /^(\.env(\.[\w-]+)?|id_(rsa|dsa|ecdsa|ed25519)|.+\.tfstate)$/i;

/**
 * A name under which there is one file, made by hand or by long work: a machine's settings, a private key, Terraform's
 * state. Another file that takes its place is no copy of it.
 */
export function isOneOfAKind(name: string): boolean {
  return ONE_OF_A_KIND.test(name) && !SECRET_TEMPLATE.test(name) && !SCRATCH.test(name);
}

/** The file that `name` is a backup of: `sed -i.bak` and editors leave `x.bak` beside `x`. */
export function backupOf(name: string): string | undefined {
  return /^(.+)\.(bak|backup)$/i.exec(name)?.[1];
}

const DOCUMENT =
  /\.(txt|md|json|jsonl|ya?ml|toml|xml|csv|html?|css|[cm]?[jt]sx?|py|rb|go|rs|c|h|cc|cpp|java|kt|sh|out|mdx|vue|svelte|s[ac]ss|less|png|jpe?g|svg|gif|webp|ico|woff2?|pdf|zip|tgz|gz|tar|whl|vsix|jar|wasm|map|patch|diff|ini|cfg|conf|bck|log([.-]\d+)?)$/i;

/** A name that by its extension is a file's: what says so where nothing stands there yet. */
export function looksLikeFile(name: string): boolean {
  return name.includes('.') && DOCUMENT.test(name);
}

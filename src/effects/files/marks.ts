/**
 * What sh can tell at a glance of the class that a name has in a project: patterns of its `case`, each of which says no
 * more than names.ts does. Text alone; judges nothing.
 */

import { GENERATED_DIRECTORIES, GENERATED_ENDINGS } from './names.js';

/** Letters and digits: a range of them may hold others in some languages. */
export const WORD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const DIGIT = '[0123456789]';
/** What `conf` and the number of its process stand before. */
const NUMBERED = ['.file', '.dir', '.exe', 'subs.sh', 'subs.awk', ''];

/** Directories of builds that write and remove thousands of files one by one; whatever is in them is generated. */
const BUSY = ['.deps', '.libs', 'CMakeFiles', '__pycache__', 'node_modules'].filter(name =>
  GENERATED_DIRECTORIES.has(name),
);

/** Patterns of a name (without its directories), and of a relative path behind a slash: what is surely `generated`. */
export const made = {
  names: GENERATED_ENDINGS.map(ending => `*.${ending}`),
  paths: BUSY.map(name => `*/${name}/*`),
  /** What configure makes; pytest's `conftest.py` is a person's. The first pattern that takes a name decides. */
  configure: [
    { are: false, names: ['conftest.py*', `conftest.*[!${WORD}_]*`] },
    {
      are: true,
      names: [
        'conftest',
        'conftest.?*',
        "'conftest*'",
        'conftest_ipa8_conftest.oo',
        'confcache',
        'confdefs.h',
        'a.out',
        'a.exe',
        'b.out',
      ],
    },
    ...NUMBERED.flatMap(ending => [
      { are: false, names: [`conf*[!0123456789]*${ending}`] },
      { are: true, names: [`conf${DIGIT}${DIGIT}${DIGIT}*${ending}`] },
    ]),
  ],
} as const;

/** A name with one of these endings, or with none, says nothing of keys, data or a repository. */
const ENDINGS =
  `[0-9] Plo Plo-t Po Po-t Tpo ac am awk bat beam c cache cc cjs cmake cpp cs css cxx d dir dll dylib err exe file
   gif go guess h hh hpp html i ii in inc ini java jpg js m m4 make map md mjs mk new old out php png py rb rs
   rst s sed sh so status sub svg swift tex ts tsx txt vue xml xsl`.split(/\s+/);

/** Patterns of an absolute path that holds anything which might be a secret, data or a repository's own. */
const TELLING = [
  '/.*',
  '/git[._-]*',
  '/id_*',
  'credential*',
  'secret*',
  'backup*',
  'snapshot*',
  'tfstate*',
  'volumes*',
  // `/data/app` is a place of work; a file called `data` may be one of a database.
  '[!/]data/*',
  'data',
].map(text => `*${anyCase(text)}`);

/** What is `project` where nothing around it says otherwise: the path must not be `telling`, the name be of `names`. */
export const ordinary = {
  telling: TELLING,
  names: ENDINGS.map(ending => `*.${ending}`),
  /** Names that configure removes as it wrote them, for as patterns they matched nothing. */
  literal: ["'*.core'", "'core.conftest.*'", "'conftest*'"],
} as const;

/** `id_*` as `[iI][dD]_*`; what stands in brackets stays. */
function anyCase(pattern: string): string {
  return pattern.replace(/\[[^\]]*\]|[a-z]/g, text =>
    text.startsWith('[') ? text : `[${text}${text.toUpperCase()}]`,
  );
}

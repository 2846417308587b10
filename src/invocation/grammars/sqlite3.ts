/** How sqlite3 and duckdb read their arguments, and the shell commands in what they are given. Judges nothing. */

import type { World } from '../../port.js';
import { sqliteSteps } from '../clients/sqlite.js';
import { type Grammar, type Inner, type Style, styles, type Unwrapped } from '../grammar.js';
import type { Invocation } from '../invocation.js';

/** One dash or two, whole words, options anywhere before the SQL. */
const style: Style = { ...styles.clap, singleDash: true, bundle: false, equals: false };

function unwrap(invocation: Invocation, world: World): Unwrapped {
  const inner = sqliteSteps(invocation, world).flatMap((step): Inner[] =>
    step.kind === 'shell'
      ? [
          {
            via: `${invocation.tool} .shell`,
            script: step.script,
            input: { from: 'text', text: { text: '', certain: false } },
          },
        ]
      : [],
  );
  return { inner };
}

export const sqlite3: Grammar = {
  tool: 'sqlite3',
  names: ['sqlite', 'sqlcipher', 'litecli'],
  source: 'sqlite3 -help, 3.40.1; litecli.com (-e)',
  style,
  options: `
  --append
  --ascii
  --bail
  --batch
  --box
  --cmd, --execute, --e <command>
  --column
  --csv
  --deserialize
  --echo
  --header
  --noheader
  --help
  --html
  --init <file>
  --interactive
  --json
  --line
  --list
  --lookaside <n>
  --markdown
  --maxsize <n>
  --memtrace
  --mmap <n>
  --newline <separator>
  --nofollow
  --nonce <string>
  --nullvalue <text>
  --pagecache <n>
  --quote
  --readonly
  --safe
  --separator <separator>
  --stats
  --table
  --tabs
  --unsafe-testing
  --version
  --vfs <name>
  --zip
`,
  unwrap,
};

export const duckdb: Grammar = {
  tool: 'duckdb',
  source: 'duckdb.org/docs/stable/clients/cli/arguments',
  style,
  options: `
  --ascii
  --bail
  --batch
  --box
  --c, --s <command>
  --cmd <command>
  --column
  --csv
  --echo
  --f <file>
  --header
  --noheader
  --help
  --html
  --init <file>
  --interactive
  --json
  --line
  --list
  --markdown
  --newline <separator>
  --no-init
  --no-stdin
  --nullvalue <text>
  --quote
  --readonly
  --safe
  --separator <separator>
  --stats
  --table
  --ui
  --unredacted
  --unsigned
  --version
`,
  unwrap,
};

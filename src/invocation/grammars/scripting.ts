/** Ruby, PHP and awk: code in options, a file, or standard input. */

import { certain, type Word } from '../../shell/command.js';
import { requiredByRuby } from '../code/preloaded.js';
import { interpreterPrograms, type Program, unwrapPrograms } from '../code/programs.js';
import { type Grammar, type Inner, styles } from '../grammar.js';
import { type Invocation, isOn, lastValue, valuesOf } from '../invocation.js';
import { projectCommand } from '../project-command.js';

const exact = { ...styles.prefix, abbreviate: false };

const ruby: Grammar = {
  tool: 'ruby',
  source: 'ruby(1), 3.1',
  style: exact,
  options: `
  -e <code>
  -0[=<octal>]
  -a
  -c
  -C <directory>
  -d, --debug
  -E <encoding>
  -F <pattern>
  -i[=<extension>]
  -I <directory>
  -l
  -n
  -p
  -r <library>
  -s
  -S
  -T[=<level>]
  -v, --verbose
  -w
  -W[=<level>]
  -x[=<directory>]
  -h, --help
      --version
      --yjit
      --encoding <encoding>
  `,
  unwrap(invocation, world) {
    if (isOn(invocation, '-c', '--help', '--version')) return { inner: [] };
    const words = projectCommand(invocation);
    if (words.length > 0) return { inner: [{ via: 'ruby', words }] };
    const inner = unixCommand(invocation);
    if (inner) return { inner: [inner] };
    return unwrapPrograms(
      invocation,
      [...requiredByRuby(invocation), ...interpreterPrograms('ruby', valuesOf(invocation, '-e'), invocation)],
      world,
    );
  },
};

/** `ruby -run -e rm -- -rf src`: the commands of Ruby's library `un`; `rm_rf` and its like have FileUtils' names. */
function unixCommand(invocation: Invocation): Inner | undefined {
  const [code, more] = valuesOf(invocation, '-e');
  if (!code || more || lastValue(invocation, '-r')?.text !== 'un') return undefined;
  const [, name, letters] =
    /^\s*(cp|ln|mv|rm|mkdir|rmdir|install|chmod|touch)(?:_(r|f|rf))?\s*$/.exec(code.text) ?? [];
  if (!name) return undefined;
  const options = letters ? [certain(`-${letters}`)] : [];
  return { via: 'ruby -run', words: [certain(name), ...options, ...invocation.operands] };
}

const rake: Grammar = {
  tool: 'rake',
  source: 'rake --help, 13.3',
  style: styles.getopt,
  options: `
      --backtrace[=<out>]
      --comments
      --job-stats[=<level>]
      --rules
      --suppress-backtrace <pattern>
  -A, --all
  -B, --build-all
  -C, --directory <directory>
  -D, --describe[=<pattern>]
  -e, --execute <code>
  -E, --execute-continue <code>
  -f, --rakefile <file>
  -G, --no-system, --nosystem
  -g, --system
  -I, --libdir <directory>
  -j, --jobs <number>
  -m, --multitask
  -n, --dry-run
  -N, --no-search, --nosearch
  -P, --prereqs
  -p, --execute-print <code>
  -q, --quiet
  -r, --require <module>
  -R, --rakelibdir, --rakelib <directory>
  -s, --silent
  -t, --trace[=<out>]
  -T, --tasks[=<pattern>]
  -v, --verbose
  -V, --version
  -W, --where[=<pattern>]
  -X, --no-deprecation-warnings
  -h, -H, --help
  `,
  unwrap(invocation, world) {
    const code = valuesOf(invocation, '--execute', '--execute-continue', '--execute-print');
    const found = code.map((text): Program => ({ language: 'ruby', via: 'rake -e', from: { text } }));
    return unwrapPrograms(invocation, found, world);
  },
};

const php: Grammar = {
  tool: 'php',
  names: ['php8', 'php8.1', 'php8.2', 'php8.3', 'php8.4'],
  source: 'php(1), 8.2',
  style: exact,
  options: `
  -a, --interactive
  -b, --bindpath <path>
  -B, --process-begin <code>
  -c, --php-ini <path>
  -d, --define <setting>
  -E, --process-end <code>
  -f, --file <file>
  -F, --process-file <file>
  -h, --help
  -H, --hide-args
  -i, --info
  -l, --syntax-check
  -m, --modules
  -n, --no-php-ini
  -q, --no-header
  -r, --run <code>
  -R, --process-code <code>
  -s, --syntax-highlight
  -S, --server <address>
  -t, --docroot <docroot>
  -v, --version
  -w, --strip
  -z, --zend-extension <file>
      --ini
      --rf <name>
      --rc <name>
      --re <name>
  `,
  unwrap(invocation, world) {
    if (isOn(invocation, '--help', '--version', '--syntax-check', '--info', '--modules', '--server')) {
      return { inner: [] };
    }
    const words = projectCommand(invocation);
    if (words.length > 0) return { inner: [{ via: 'php', words }] };
    const code = valuesOf(invocation, '--run', '--process-begin', '--process-code', '--process-end');
    const file = lastValue(invocation, '--file', '--process-file');
    const found: readonly Program[] = file
      ? [{ language: 'php', via: 'php', from: { file } }]
      : interpreterPrograms('php', code, invocation);
    return unwrapPrograms(invocation, found, world);
  },
};

const awk: Grammar = {
  tool: 'awk',
  names: ['gawk', 'mawk', 'nawk', 'original-awk'],
  source: 'gawk(1) 5.2, mawk(1) 1.3.4; POSIX awk: -F, -f and -v take a value',
  style: { ...exact, abbreviate: true },
  shim: false,
  options: `
  -f, --file <file>
  -F, --field-separator <fs>
  -v, --assign <assignment>
  -e, --source <code>
  -E, --exec <file>
  -i, --include <file>
  -l, --load <library>
  -b, --characters-as-bytes
  -c, --traditional
  -C, --copyright
  -d, --dump-variables[=<file>]
  -D, --debug[=<file>]
  -g, --gen-pot
  -h, --help
  -L, --lint[=<value>]
  -M, --bignum
  -n, --non-decimal-data
  -N, --use-lc-numeric
  -o, --pretty-print[=<file>]
  -O, --optimize
  -p, --profile[=<file>]
  -P, --posix
  -r, --re-interval
  -s, --no-optimize
  -S, --sandbox
  -t, --lint-old
  -V, --version
  -W <option>
  `,
  unwrap(invocation, world) {
    if (isOn(invocation, '--help', '--version', '--sandbox')) return { inner: [] };
    const variables: Record<string, Word> = {};
    for (const word of valuesOf(invocation, '--assign')) {
      const at = word.text.indexOf('=');
      if (at > 0)
        variables[word.text.slice(0, at)] = { text: word.text.slice(at + 1), certain: word.certain };
    }
    const files = valuesOf(invocation, '--file', '--exec');
    const code = valuesOf(invocation, '--source');
    const [first] = invocation.operands;
    const texts = files.length > 0 || code.length > 0 ? code : first ? [first] : [];
    const found: readonly Program[] = [
      ...files.map((file): Program => ({ language: 'awk', via: 'awk', from: { file }, variables })),
      ...texts.map((text): Program => ({ language: 'awk', via: 'awk', from: { text }, variables })),
    ];
    return unwrapPrograms(invocation, found, world);
  },
};

export const scriptingRunners: readonly Grammar[] = [ruby, rake, php, awk];

/**
 * Programs in whose options or properties the program stands that they start: `man -P`, `mvn exec:exec`, `xcrun`.
 * May not judge.
 */

import { certain, uncertain, type Word } from '../../shell/command.js';
import { interpreterPrograms, unwrapPrograms } from '../code/programs.js';
import { commandIn } from '../command-variables.js';
import { readGenerically } from '../generic.js';
import { type Grammar, styles } from '../grammar.js';
import { lastValue, valuesOf } from '../invocation.js';

const man: Grammar = {
  tool: 'man',
  source: 'man --help, man-db 2.11.2',
  shim: false,
  style: styles.getopt,
  options: `
  -C, --config-file <file>
  -d, --debug
  -D, --default
      --warnings[=<warnings>]
  -f, --whatis
  -k, --apropos
  -K, --global-apropos
  -l, --local-file
  -w, --where, --path, --location
  -W, --where-cat, --location-cat
  -c, --catman
  -R, --recode <encoding>
  -L, --locale <locale>
  -m, --systems <system>
  -M, --manpath <path>
  -S, -s, --sections <list>
  -e, --extension <extension>
  -i, --ignore-case
  -I, --match-case
      --regex
      --wildcard
      --names-only
  -a, --all
  -u, --update
      --no-subpages
  -P, --pager <command>
  -r, --prompt <text>
  -7, --ascii
  -E, --encoding <encoding>
      --no-hyphenation, --nh
      --no-justification, --nj
  -p, --preprocessor <letters>
  -t, --troff
  -T, --troff-device[=<device>]
  -H, --html[=<browser>]
  -X, --gxditview[=<resolution>]
  -Z, --ditroff
  -?, --help
      --usage
  -V, --version
`,
  unwrap(invocation) {
    const programs = ['--pager', '--html'].flatMap(name => lastValue(invocation, name) ?? []);
    return { inner: programs.flatMap(value => commandIn('man', value)) };
  },
};

/** The properties of the plug-in's goal `exec`; its goal `java` stays in Maven's own process. */
const mvn: Grammar = {
  tool: 'mvn',
  names: ['mvnw', 'mvnd'],
  source: 'www.mojohaus.org/exec-maven-plugin/exec-mojo.html, 3.5',
  shim: false,
  style: styles.clap,
  generic: true,
  read: readGenerically,
  unwrap({ argv }) {
    const property = (name: string): Word | undefined => {
      const word = argv.findLast(({ text }) => text.startsWith(`-Dexec.${name}=`));
      return word && { ...word, text: word.text.slice(word.text.indexOf('=') + 1) };
    };
    const program = property('executable');
    if (!program || !argv.some(({ text }) => /^(exec|.*:exec-maven-plugin(:.*)?):exec(@.*)?$/.test(text)))
      return { inner: [] };
    const words = property('args');
    const args = words?.certain
      ? words.text
          .split(/\s+/)
          .filter(text => text !== '')
          .map(certain)
      : [];
    return {
      inner: [
        {
          via: 'mvn exec:exec',
          words: [program, ...args],
          ...(words?.certain === false && { openEnded: true }),
        },
      ],
    };
  },
};

/** Its own options stand before the tool; the simulator's files are none of this machine's. */
const xcrun: Grammar = {
  tool: 'xcrun',
  source: 'xcrun(1); xcrun simctl help spawn, Xcode 15',
  shim: false,
  style: styles.clap,
  generic: true,
  read: readGenerically,
  unwrap({ argv }) {
    const at = argv.findIndex(
      ({ text }, place) =>
        place > 0 && !text.startsWith('-') && !/^--?(sdk|toolchain)$/.test(argv[place - 1]!.text),
    );
    if (at < 0 || argv.slice(1, at).some(({ text }) => /^(-f|--?find|-h|--?help|--show-.*)$/.test(text)))
      return { inner: [] };
    const [tool, verb, ...rest] = argv.slice(at);
    if (tool?.text !== 'simctl') return { inner: [{ via: 'xcrun', words: argv.slice(at) }] };
    if (verb?.text !== 'spawn') return { inner: [] };
    const device = rest.findIndex(
      ({ text }, place) =>
        !text.startsWith('-') && rest[place - 1]?.text !== '-a' && rest[place - 1]?.text !== '--arch',
    );
    const words = device < 0 ? [] : rest.slice(device + 1);
    return words.length === 0
      ? { inner: [] }
      : { inner: [{ via: 'simctl spawn', words, directory: uncertain(), clearedEnvironment: true }] };
  },
};

/** Google's zx: `$` in front of a template runs it. */
const zx: Grammar = {
  tool: 'zx',
  source: 'google.github.io/zx/cli, 8.1',
  shim: false,
  style: { ...styles.prefix, abbreviate: false },
  options: `
      --quiet
      --verbose
      --shell <path>
      --prefix <text>
      --postfix <text>
      --prefer-local[=<path>]
      --cwd <path>
      --ext <extension>
      --install
      --registry <url>
      --env <file>
  -e, --eval <script>
  -h, --help
  -v, --version
      --repl
`,
  unwrap(invocation, world) {
    const code = valuesOf(invocation, '--eval');
    return unwrapPrograms(invocation, interpreterPrograms('javascript', code, invocation), world);
  },
};

export const optionRunners: readonly Grammar[] = [man, mvn, xcrun, zx];

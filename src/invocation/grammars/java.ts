/** `java -jar jenkins-cli.jar ARGS…`: the program that an archive is named for. May not judge. */

import { baseName } from '../../paths.js';
import { certain } from '../../shell/command.js';
import { type Grammar, styles } from '../grammar.js';

export const java: Grammar = {
  tool: 'java',
  source: 'java --help, OpenJDK 17: java [options] -jar <jarfile> [args...]',
  style: styles.goflag,
  options: `
      --jar <file>
      --cp, --classpath, --class-path <path>
  -p, --module-path <path>
  -m, --module <name>
      --upgrade-module-path <path>
      --add-modules <names>
      --add-reads <spec>
      --add-exports <spec>
      --add-opens <spec>
      --limit-modules <names>
      --patch-module <spec>
      --source <version>
  -d, --describe-module <name>
`,
  plain: '* : -jar, --jar, @*',
  unwrap(invocation) {
    const { options, argv } = invocation;
    const use = options.find(one => one.name === '--jar');
    const [, name] = /^(.+?)(?:[-_]v?\d[\w.+-]*)?\.jar$/.exec(baseName(use?.value?.text ?? '')) ?? [];
    if (!use || name === undefined) return { inner: [] };
    // All that follows the archive is the program's.
    return { inner: [{ via: 'java -jar', words: [certain(name), ...argv.slice(use.at + 2)] }] };
  },
};

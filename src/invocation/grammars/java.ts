/**
 * `java -jar jenkins-cli.jar ARGS…`: the program that an archive is named for; and commands that the machine itself runs when
 * it fails. May not judge.
 */

import { baseName } from '../../paths.js';
import { certain } from '../../shell/command.js';
import { type Grammar, type Inner, styles } from '../grammar.js';

export const java: Grammar = {
  tool: 'java',
  source: 'java --help, java(1) -XX:OnError, OpenJDK 17: java [options] -jar <jarfile> [args...]',
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
  plain: '* : -jar, --jar, @*, -XX:On*',
  unwrap(invocation) {
    const { options, argv, unknown } = invocation;
    const onFault = unknown.flatMap((word): readonly Inner[] => {
      const [, script] = /^-XX:On(?:Error|OutOfMemoryError)=([\s\S]+)$/.exec(word.text) ?? [];
      return script === undefined ? [] : [{ via: 'java -XX:OnError', script: { ...word, text: script } }];
    });
    const use = options.find(one => one.name === '--jar');
    const [, name] = /^(.+?)(?:[-_]v?\d[\w.+-]*)?\.jar$/.exec(baseName(use?.value?.text ?? '')) ?? [];
    if (!use || name === undefined) return { inner: onFault };
    // All that follows the archive is the program's.
    const words = [certain(name), ...argv.slice(use.at + 2)];
    return { inner: [...onFault, { via: 'java -jar', words }] };
  },
};

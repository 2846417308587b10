/** httpYac and JetBrains' HTTP client, which send the requests of `.http` files. May not judge. */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Grammar, styles } from '../grammar.js';
import { type Invocation, valuesOf } from '../invocation.js';
import { json, read, requestsIn, texts } from '../requests/files.js';
import { httpFileRequests, httpFileVariables } from '../requests/http-file.js';
import { pairs, type Variables } from '../requests/stored.js';

export const httpFiles: readonly Grammar[] = [
  httpFileRunner(
    'httpyac',
    'httpyac send --help, 6.16',
    'send',
    `
-a, --all
    --bail
-e, --env <name>
    --filter <filter>
    --insecure
-i, --interactive
    --json
    --junit
-l, --line <line>
-n, --name <name>
    --no-color
-o, --output <output>
    --output-failed <output>
    --raw
    --quiet
    --repeat <count>
    --repeat-mode <mode>
    --parallel <count>
-s, --silent
-t, --tag <tag>
    --timeout <timeout>
    --var <pair>
-v, --verbose
-h, --help
`,
  ),
  httpFileRunner(
    'ijhttp',
    'jetbrains.com/help/idea/http-client-cli.html, 2024.3',
    undefined,
    `
-D, --docker-mode
-e, --env <name>
-v, --env-file <file>
    --env-variables <pair>
-V, --var <pair>
-p, --private-env-file <file>
-P, --private-env-variables <pair>
-L, --log-level <level>
-r, --report[=<dir>]
-t, --connect-timeout <ms>
    --socket-timeout <ms>
    --proxy <url>
    --insecure
-h, --help
`,
  ),
];

function httpFileRunner(tool: string, source: string, command: string | undefined, options: string): Grammar {
  return {
    tool,
    source,
    style: styles.yargs,
    options,
    unwrap(invocation, world) {
      const given = pairs(texts(invocation, '--var', '--env-variables', '--private-env-variables'));
      const [first] = invocation.operands;
      const files = command === undefined ? invocation.operands : invocation.operands.slice(1);
      if (command !== undefined && first?.text !== command) return { inner: [] };
      const variables = (text: string, file: Word) =>
        new Map([...environmentOf(file, invocation, world), ...httpFileVariables(text), ...given]);
      return requestsIn(files, httpFileRequests, variables, tool, invocation, world);
    },
  };
}

/** `http-client.env.json` beside the file, or where an option says: `{"dev": {"host": "…"}}`. */
function environmentOf(file: Word, invocation: Invocation, world: World): Variables {
  const named = valuesOf(invocation, '--env-file', '--private-env-file');
  const beside = ['http-client.env.json', 'http-client.private.env.json'].map(name =>
    certain(file.text.replace(/[^/]*$/, '') + name),
  );
  const stages = new Set(['$shared', ...texts(invocation, '--env')]);
  return new Map(
    [...beside, ...named].flatMap(place => {
      const file = json(read(place, invocation, world).text);
      return Object.entries(file).flatMap(([stage, values]) =>
        stages.has(stage) && typeof values === 'object' && values !== null
          ? Object.entries(values).map(([name, value]) => [name, String(value)] as const)
          : [],
      );
    }),
  );
}

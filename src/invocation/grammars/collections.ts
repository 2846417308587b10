/** newman, the Postman CLI and Bruno's, which send the requests of collections. May not judge. */

import { certain, type Word } from '../../shell/command.js';
import { type Grammar, styles } from '../grammar.js';
import { isOn, valuesOf } from '../invocation.js';
import { brunoRequest, brunoVariables } from '../requests/bruno.js';
import { filesUnder, json, read, requestsIn, texts } from '../requests/files.js';
import { postmanRequests, postmanVariables } from '../requests/postman.js';
import { pairs } from '../requests/stored.js';

const newman: Grammar = {
  tool: 'newman',
  names: ['postman'],
  source: 'newman run --help, 6.2; learning.postman.com/docs/postman-cli (`postman collection run`)',
  style: styles.clap,
  options: `
-e, --environment <file>
-g, --globals <file>
-r, --reporters <names>
-n, --iteration-count <n>
-d, --iteration-data <file>
    --folder <name>
-i, --requestId <id>
    --global-var <pair>
    --env-var <pair>
    --export-environment <file>
    --export-globals <file>
    --export-collection <file>
    --postman-api-key <secret>
    --bail
    --color <value>
    --delay-request <n>
    --timeout <n>
    --timeout-request <n>
    --timeout-script <n>
    --working-dir <dir>
-k, --insecure
    --ssl-client-cert <file>
    --ssl-client-key <file>
    --ssl-client-passphrase <secret>
    --ssl-extra-ca-certs <file>
    --cookie-jar <file>
    --verbose
-h, --help
`,
  unwrap(invocation, world) {
    const words = invocation.operands.map(word => word.text);
    const skip = words[0] === 'run' ? 1 : words[0] === 'collection' && words[1] === 'run' ? 2 : 0;
    if (skip === 0) return { inner: [] };
    const parsed = (file: Word) => json(read(file, invocation, world).text);
    const given = valuesOf(invocation, '--globals', '--environment').flatMap(file =>
      postmanVariables(parsed(file)),
    );
    const typed = pairs(texts(invocation, '--global-var', '--env-var'));
    const folders = texts(invocation, '--folder');
    return requestsIn(
      invocation.operands.slice(skip),
      text => postmanRequests(json(text), folders),
      text => new Map([...postmanVariables(json(text)), ...given, ...typed]),
      'newman',
      invocation,
      world,
    );
  },
};

const bruno: Grammar = {
  tool: 'bru',
  source: 'bru run --help, @usebruno/cli 4.1',
  style: styles.yargs,
  options: `
-r
    --env <name>
    --env-file <file>
    --global-env <name>
    --env-var <pair>
    --global-env-var <pair>
    --workspace-path <dir>
    --secrets-env-file <file>
    --sandbox <kind>
-o, --output <file>
-f, --format <format>
    --reporter-json <file>
    --reporter-junit <file>
    --reporter-html <file>
    --cacert <file>
    --csv-file-path <file>
    --json-file-path <file>
    --iteration-count <n>
    --delay <ms>
    --tags <tags>
    --exclude-tags <tags>
    --client-cert-config <file>
    --insecure
    --tests-only
    --bail
    --parallel
    --verbose
-h, --help
`,
  unwrap(invocation, world) {
    const [command, ...paths] = invocation.operands;
    if (command?.text !== 'run') return { inner: [] };
    const files = valuesOf(invocation, '--env-file');
    const named = texts(invocation, '--env').map(name => certain(`environments/${name}.bru`));
    const given = [...named, ...files].flatMap(file => brunoVariables(read(file, invocation, world).text));
    const variables = new Map([...given, ...pairs(texts(invocation, '--env-var', '--global-env-var'))]);
    const found = (paths.length > 0 ? paths : [certain('.')]).flatMap(path =>
      filesUnder(path, /\.bru$/, paths.length === 0 || isOn(invocation, '-r'), invocation, world),
    );
    const requests = (text: string) => [brunoRequest(text)].filter(request => request !== undefined);
    return requestsIn(found, requests, () => variables, 'bru', invocation, world);
  },
};

export const collections: readonly Grammar[] = [newman, bruno];

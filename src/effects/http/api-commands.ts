/**
 * Commands of vendors' tools that send one request to the vendor's own API (`heroku api`, `cf curl`, `az rest`): the
 * method, path and body that they are given. Decides nothing.
 */

import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { certain, uncertain, type Word } from '../../shell/command.js';
import { Content, change } from './content.js';
import type { HttpRequest } from './request.js';
import { readUrl } from './url.js';

/** How one such command is written. Option names are written with their dashes. */
interface ApiCommand {
  /** The words behind the tool: `api`, `rt curl`. */
  readonly words: string;
  /** What a path is added to. Without it, the host is not known. */
  readonly base?: string;
  /** Where the method stands: in an option, or as the first operand (then the path follows). */
  readonly method: string | 'operand';
  /** The option that names the path; else it is an operand. */
  readonly path?: string;
  /** The options that carry a body; `@file` and `file://` are read. */
  readonly body?: string;
  /** The options whose value is a file with the body; `-` is standard input. */
  readonly input?: string;
  /** The options that add a field, `key=value`. */
  readonly field?: string;
  /** The other options that take a value. */
  readonly valued?: string;
  /** The operand is a GraphQL document that is sent to the base. */
  readonly document?: true;
}

/** By tool. Each is taken from the vendor's page or source beside it. */
const commands: Readonly<Record<string, ApiCommand>> = {
  // heroku/heroku-api-plugin README: `heroku api [METHOD] PATH [--body BODY]`; the body may come from standard input.
  heroku: {
    words: 'api',
    base: 'https://api.heroku.com',
    method: 'operand',
    body: '-b --body',
    valued: '-a --accept-inclusion',
  },
  // cli.cloudfoundry.org/en-US/v8/curl.html
  cf: { words: 'curl', method: '-X', body: '-d', valued: '-H --output' },
  // docs.oracle.com/iaas/tools/oci-cli: raw-request
  oci: {
    words: 'raw-request',
    method: '--http-method',
    path: '--target-uri',
    body: '--request-body',
    valued: '--request-headers --profile --region --config-file --auth --output --query',
  },
  // learn.microsoft.com/cli/azure/reference-index#az-rest
  az: {
    words: 'rest',
    base: 'https://management.azure.com',
    method: '-m --method',
    path: '-u --url --uri',
    body: '-b --body',
    valued: '--headers --resource --uri-parameters --url-parameters --output-file -o --output --query',
  },
  // docs.databricks.com/dev-tools/cli/reference/api-commands
  databricks: {
    words: 'api',
    method: 'operand',
    body: '--json',
    valued: '-p --profile -t --target -o --output --log-file --log-level --log-format',
  },
  // planetscale/cli internal/cmd/api/api.go
  pscale: {
    words: 'api',
    base: 'https://api.planetscale.com/v1/',
    method: '-X --method',
    input: '-I --input',
    field: '-F --field',
    valued: '-H --header -Q --query --org --service-token --service-token-id --api-url -f --format',
  },
  // vercel/vercel packages/cli/src/commands/api/command.ts
  vercel: {
    words: 'api',
    base: 'https://api.vercel.com',
    method: '-X --method',
    input: '--input',
    field: '-F --field -f --raw-field',
    valued: '-H --header -S --scope -T --team -t --token --cwd',
  },
  // auth0/auth0-cli internal/cli/api.go
  auth0: {
    words: 'api',
    base: 'https://tenant.auth0.com/api/v2/',
    method: 'operand',
    body: '-d --data',
    valued: '-q --query --tenant',
  },
  // salesforcecli/plugin-api: `sf api request rest URL`
  sf: {
    words: 'api request rest',
    method: '-X --method',
    body: '-b --body',
    valued: '-H --header -o --target-org -f --file -S --stream-to-file',
  },
  // developer.hashicorp.com/nomad/commands/operator/api
  nomad: {
    words: 'operator api',
    method: '-X',
    body: '-d',
    valued: '-H -address -region -namespace -token',
  },
  // docs.jfrog.com: `jf rt curl`, with curl's own options
  jf: {
    words: 'rt curl',
    method: '-X --request',
    body: '-d --data',
    valued: '-H --header --server-id -T -o',
  },
  // github.com/newrelic/newrelic-cli docs: `newrelic nerdgraph query DOCUMENT`
  newrelic: {
    words: 'nerdgraph query',
    base: 'https://api.newrelic.com/graphql',
    method: '',
    document: true,
    valued: '--variables --accountId --format --profile',
  },
};

/** The tools with such a command, for the inspectors' `watches`. */
export const apiTools: Readonly<Record<string, '*'>> = Object.fromEntries(
  Object.keys(commands).map(tool => [tool, '*']),
);

/** The same tools' other commands send nothing that is read here. */
export const apiQuiet: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(commands).map(([tool, { words }]) => [tool, `* : ${words.split(' ')[0]}`]),
);

/** The request, or none where it is another command of the tool. */
export function apiRequests(invocation: Invocation, world: World): readonly HttpRequest[] {
  const command = commands[invocation.tool];
  const line = command && readLine(invocation.argv, command);
  if (!line) return [];
  const content = new Content(invocation, world);
  const path = line.path ?? (invocation.openEnded ? uncertain() : undefined);
  if (!path) return [];
  if (command.document)
    return [{ ...requestTo(certain(command.base ?? ''), line), method: POST, body: document(path) }];
  const body = bodyOf(line, content);
  const method = line.method ?? certain(body ? 'POST' : 'GET');
  const request = requestTo(addressOf(path, command.base), line);
  return [{ ...request, method: change(method, method.text.toUpperCase()), body }];
}

const POST = certain('POST');

interface Line {
  readonly method?: Word;
  readonly path?: Word;
  readonly bodies: readonly Word[];
  readonly inputs: readonly Word[];
  readonly fields: readonly Word[];
  readonly at: readonly number[];
}

/** The command's own words, by its table; `undefined` where the first words are others. */
function readLine(argv: readonly Word[], command: ApiCommand): Line | undefined {
  const roles = new Map<string, 'method' | 'path' | 'body' | 'input' | 'field' | 'other'>();
  for (const role of ['method', 'path', 'body', 'input', 'field'] as const)
    for (const name of split(command[role])) roles.set(name, role);
  for (const name of split(command.valued)) roles.set(name, 'other');
  const found = { method: [], path: [], body: [], input: [], field: [], other: [] } as Record<string, Word[]>;
  const operands: Word[] = [];
  const at: number[] = [];
  for (let i = 1; i < argv.length; i += 1) {
    const word = argv[i]!;
    at.push(i);
    if (!/^-./.test(word.text)) {
      operands.push(word);
      continue;
    }
    const [, name = '', attached] = /^(--?[^=]+)(?:=(.*))?$/s.exec(word.text) ?? [];
    const short = roles.has(name) ? name : word.text.slice(0, 2);
    const role = roles.get(short);
    if (role === undefined) continue;
    if (short !== name) found[role]!.push(change(word, word.text.slice(2).replace(/^=/, '')));
    else if (attached !== undefined) found[role]!.push(change(word, attached));
    else if (argv[i + 1]) {
      i += 1;
      found[role]!.push(argv[i]!);
    }
  }
  const words = command.words.split(' ');
  if (words.some((word, i) => operands[i]?.text !== word)) return undefined;
  const rest = operands.slice(words.length);
  const isFirst =
    command.method === 'operand' && (rest.length > 1 || /^[a-zA-Z]+$/.test(rest[0]?.text ?? ''));
  const method = isFirst ? rest.shift() : found['method']!.at(-1);
  const path = found['path']!.at(-1) ?? rest[0];
  return {
    ...(method && { method }),
    ...(path && { path }),
    bodies: found['body']!,
    inputs: found['input']!,
    fields: found['field']!,
    at,
  };
}

function split(names: string | undefined): readonly string[] {
  return names?.split(' ').filter(name => name.startsWith('-')) ?? [];
}

function bodyOf({ bodies, inputs, fields }: Line, content: Content): Word | undefined {
  const given = bodies.at(-1);
  if (given) {
    const [, file] = /^(?:@|file:\/\/)(.+)$/.exec(given.text) ?? [];
    return file === undefined ? given : content.fileOrStdin(change(given, file));
  }
  const input = inputs.at(-1);
  if (input) return content.fileOrStdin(input);
  if (fields.length === 0) return undefined;
  const shape = fields.every(field => field.certain) ? certain : uncertain;
  const members = fields.map(({ text }) => {
    const equals = text.indexOf('=');
    const value = text.slice(equals + 1);
    const json = /^(true|false|null|-?\d+)$/.test(value) ? value : JSON.stringify(value);
    return `${JSON.stringify(text.slice(0, Math.max(equals, 0)))}:${json}`;
  });
  return shape(`{${members.join(',')}}`);
}

function addressOf(path: Word, base: string | undefined): Word {
  if (path.text.includes('://')) return path;
  if (base === undefined) return uncertain(`http:///${path.text.replace(/^\//, '')}`);
  // The host is known even where the path is not.
  return certain(`${base.replace(/\/$/, '')}/${path.text.replace(/^\//, '')}`);
}

function requestTo(address: Word, { at }: Line): HttpRequest {
  return {
    method: POST,
    url: readUrl(address),
    headers: [],
    body: undefined,
    parts: [],
    quotes: [],
    words: at,
  };
}

function document(text: Word): Word {
  return change(text, JSON.stringify({ query: text.text }));
}

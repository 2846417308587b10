/** `gh api` and `glab api`: the HTTP requests that they send, with the forge's own defaults. Decides nothing. */

import { environmentOf, type Invocation, isOn, lastValue, valuesOf } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { certain, uncertain, type Word } from '../../shell/command.js';
import { Content, change, join } from './content.js';
import type { Header, HttpRequest, Part } from './request.js';
import { readUrl } from './url.js';

/** Where a forge's API stands on its public host and on one's own. */
interface Forge {
  readonly host: string;
  readonly variable: string;
  rest(host: string): string;
  graphql(host: string): string;
}

const forges: Readonly<Record<string, Forge>> = {
  gh: {
    host: 'github.com',
    variable: 'GH_HOST',
    // cli/cli internal/ghinstance/host.go
    rest: host => (isGithub(host) ? `https://api.${host}/` : `https://${host}/api/v3/`),
    graphql: host => (isGithub(host) ? `https://api.${host}/graphql` : `https://${host}/api/graphql`),
  },
  glab: {
    host: 'gitlab.com',
    variable: 'GITLAB_HOST',
    rest: host => `https://${host}/api/v4/`,
    graphql: host => `https://${host}/api/graphql`,
  },
};

function isGithub(host: string): boolean {
  return host === 'github.com' || host.endsWith('.ghe.com');
}

/** The request of `gh api` or `glab api`; none for their other commands. */
export function forgeRequests(invocation: Invocation, world: World): readonly HttpRequest[] {
  const forge = forges[invocation.tool];
  if (!forge || invocation.subcommand[0] !== 'api' || isOn(invocation, '--help')) return [];
  const [operand] = invocation.operands;
  const endpoint = operand ?? (invocation.openEnded ? uncertain() : undefined);
  if (endpoint === undefined) return [];
  const content = new Content(invocation, world);
  const host = (lastValue(invocation, '--hostname') ?? environmentOf(invocation, forge.variable, world.env))
    ?.text;
  const isGraphql = endpoint.text === 'graphql';
  const fields = fieldsOf(invocation, content);
  const input = lastValue(invocation, '--input');
  const parts = partsOf(invocation, content);
  const sends = fields.length > 0 || input !== undefined || parts.length > 0;
  const method = lastValue(invocation, '--method') ?? certain(sends ? 'POST' : 'GET');
  const inQuery = input !== undefined || method.text.toUpperCase() === 'GET';
  const url = urlOf(endpoint, isGraphql, forge, host ?? forge.host);
  return [
    {
      method,
      url: readUrl(inQuery ? withQuery(url, fields) : url),
      headers: headersOf(invocation),
      body: input
        ? content.body(input)
        : inQuery || fields.length === 0
          ? undefined
          : bodyOf(fields, isGraphql),
      parts,
      quotes: [],
      words: invocation.argv.map((_, at) => at).slice(1),
    },
  ];
}

function urlOf(endpoint: Word, isGraphql: boolean, forge: Forge, host: string): Word {
  if (endpoint.text.includes('://')) return endpoint;
  if (isGraphql) return certain(forge.graphql(host));
  // The host is known even where the path is not.
  return { ...endpoint, text: forge.rest(host) + endpoint.text.replace(/^\//, ''), certain: true };
}

interface Field {
  readonly key: string;
  readonly value: Word;
  /** The value as JSON. */
  readonly json: string;
}

/** `-f key=value` is a text; `-F key=value` may be a number, a flag or a file's content. */
function fieldsOf(invocation: Invocation, content: Content): readonly Field[] {
  return invocation.options.flatMap(use => {
    const typed = use.name === '--field';
    if ((!typed && use.name !== '--raw-field') || !use.value) return [];
    const { text } = use.value;
    const equals = text.indexOf('=');
    const given = change(use.value, text.slice(equals + 1));
    const value =
      typed && given.text.startsWith('@') ? content.fileOrStdin(change(given, given.text.slice(1))) : given;
    const isLiteral = typed && /^(true|false|null|-?\d+)$/.test(given.text);
    const key = text.slice(0, Math.max(equals, 0));
    return [{ key, value, json: isLiteral ? given.text : JSON.stringify(value.text) }];
  });
}

/** Multipart fields of `glab api --form`. */
function partsOf(invocation: Invocation, content: Content): readonly Part[] {
  return valuesOf(invocation, '--form').map(word => {
    const equals = word.text.indexOf('=');
    const value = change(word, word.text.slice(equals + 1));
    const isFile = value.text.startsWith('@');
    return {
      name: word.text.slice(0, Math.max(equals, 0)),
      value: isFile ? content.file(change(value, value.text.slice(1))) : value,
    };
  });
}

/** Fields as one JSON object; for GraphQL all but the document and its name are variables. */
function bodyOf(fields: readonly Field[], isGraphql: boolean): Word {
  const member = ({ key, json }: Field) => `${JSON.stringify(key.replace(/\[(.*)\]$/, '.$1'))}:${json}`;
  const isOwn = ({ key }: Field) => key === 'query' || key === 'operationName';
  const own = isGraphql ? fields.filter(isOwn) : fields;
  const variables = isGraphql ? fields.filter(field => !isOwn(field)) : [];
  const members = [
    ...own.map(member),
    ...(variables.length > 0 ? [`"variables":{${variables.map(member).join(',')}}`] : []),
  ];
  return change(join(fields.map(field => field.value)), `{${members.join(',')}}`);
}

function withQuery(url: Word, fields: readonly Field[]): Word {
  if (fields.length === 0) return url;
  const query = fields.map(
    ({ key, value }) => `${encodeURIComponent(key)}=${encodeURIComponent(value.text)}`,
  );
  return change(url, `${url.text}${url.text.includes('?') ? '&' : '?'}${query.join('&')}`);
}

function headersOf(invocation: Invocation): readonly Header[] {
  return valuesOf(invocation, '--header').map(word => {
    const colon = word.text.indexOf(':');
    return {
      name: word.text.slice(0, Math.max(colon, 0)).trim().toLowerCase(),
      value: change(word, word.text.slice(colon + 1).trim()),
    };
  });
}

/**
 * The requests of a `.http` or `.rest` file, as JetBrains' client, VS Code's REST Client and httpYac write them
 * (jetbrains.com/help/idea/exploring-http-syntax.html, httpyac.github.io/guide/request.html). Reads text; may not judge.
 */

import { graphqlBody, type StoredRequest, type Variables } from './stored.js';

const METHOD = /^(?:([A-Z]+)[ \t]+)?([^\s#][^\n]*?)(?:[ \t]+HTTP\/[\d.]+)?[ \t]*$/;

/** All requests, in order. */
export function httpFileRequests(text: string): readonly StoredRequest[] {
  return text.split(/^###.*$/m).flatMap(part => requestOf(part.split(/\r?\n/)));
}

/** `@name = value` lines. */
export function httpFileVariables(text: string): Variables {
  return new Map(
    [...text.matchAll(/^@([\w.-]+)[ \t]*=[ \t]*(.*?)[ \t]*\r?$/gm)].map(([, name, value]) => [name!, value!]),
  );
}

function requestOf(lines: readonly string[]): readonly StoredRequest[] {
  const start = lines.findIndex(line => !isAside(line));
  const [, method = 'GET', first = ''] = METHOD.exec(lines[start] ?? '') ?? [];
  if (start < 0 || first === '') return [];
  // The address may go on in indented lines.
  let at = start + 1;
  let url = first;
  for (; /^[ \t]+\S/.test(lines[at] ?? ''); at += 1) url += lines[at]!.trim();
  const blank = lines.findIndex((line, i) => i >= at && line.trim() === '');
  const head = lines.slice(at, blank < 0 ? undefined : blank);
  const headers = head.map(line => line.trim()).filter(line => /^[\w-]+\s*:/.test(line));
  const body = blank < 0 ? '' : bodyText(lines.slice(blank));
  const carries =
    method === 'GRAPHQL' || headers.some(header => /^x-request-type\s*:\s*graphql/i.test(header));
  const file = /^<@?\w*\s+(\S.*)$/.exec(body)?.[1];
  return [
    {
      method: method === 'GRAPHQL' ? 'POST' : method,
      url,
      headers,
      ...(file !== undefined && { bodyFile: file }),
      ...(file === undefined && body !== '' && { body: carries ? graphqlOf(body) : body }),
    },
  ];
}

/** Comments, variables, and scripts that run before. */
function isAside(line: string): boolean {
  return /^\s*($|#|\/\/|@|<\s*\{%|\{\{|%\}|\}\})/.test(line);
}

/** Up to what is done with the answer. */
function bodyText(lines: readonly string[]): string {
  const end = lines.findIndex(line => /^(>|<>|\?\?|\{\{@)/.test(line));
  return lines
    .slice(0, end < 0 ? undefined : end)
    .filter(line => !/^(#|\/\/)/.test(line))
    .join('\n')
    .trim();
}

/** The document, and after an empty line its variables. */
function graphqlOf(body: string): string {
  const [, document = body, variables] = /^([\s\S]*?)\n\s*\n(\{[\s\S]*\})$/.exec(body) ?? [];
  return graphqlBody(document, variables);
}

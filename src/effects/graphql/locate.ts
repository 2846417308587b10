/**
 * Where a GraphQL document stands in an HTTP request: JSON body, batch, raw text, form, multipart `operations`, URL.
 * A body is taken for GraphQL only where it looks so; what looks so and cannot be read is said.
 */

import { type Json, readJson, valuesAt } from '../http/json.js';
import { type HttpRequest, headerValues } from '../http/request.js';
import { readFields, resourcePath } from '../http/url.js';

/** One document with what selects and fills it. Several names or variables: which of them counts cannot be told. */
export interface Payload {
  readonly document: string;
  readonly operationNames: readonly string[];
  readonly variables: readonly Json[];
}

export interface Located {
  readonly payloads: readonly Payload[];
  /** Why part of it cannot be read, as a clause; undefined where all could. */
  readonly unreadable?: string;
}

const NOTHING: Located = { payloads: [] };

/** The GraphQL of a request, none where it is not GraphQL. */
export function locate(request: HttpRequest): Located {
  const speaks = speaksGraphql(request);
  const inUrl = fromFields(readFields(request.url.query));
  const inBody = request.parts.length > 0 ? fromParts(request, speaks) : fromBody(request, speaks);
  const payloads = [...inUrl.payloads, ...inBody.payloads].filter(
    payload => looksLikeDocument(payload.document) || (speaks && payload.document.trim() !== ''),
  );
  const { unreadable } = inBody;
  // A body whose unknown part is the document itself.
  const empty = speaks && inBody.payloads.some(payload => payload.document.trim() === '');
  if (unreadable !== undefined) return { payloads, unreadable };
  return empty ? { payloads, unreadable: 'the GraphQL document is not known' } : { payloads };
}

/** True where the URL or the content type says GraphQL. */
export function speaksGraphql(request: HttpRequest): boolean {
  const types = headerValues(request, 'content-type').map(type => type.text.toLowerCase());
  if (types.some(type => type.includes('graphql'))) return true;
  return resourcePath(request.url.path)
    .split('/')
    .some(segment => /^(graphql|gql)(\.\w+)?$/i.test(segment));
}

function fromParts(request: HttpRequest, speaks: boolean): Located {
  const operations = request.parts.filter(part => part.name.toLowerCase() === 'operations');
  if (operations.length === 0) {
    return fromFields(request.parts.map(part => [part.name, part.value.text] as const));
  }
  const read = operations.map(part => {
    const json = readJson(part.value.text);
    if (json) return fromJson(json, speaks);
    return speaks ? { payloads: [], unreadable: 'the form field "operations" cannot be read' } : NOTHING;
  });
  return together(read);
}

function fromBody(request: HttpRequest, speaks: boolean): Located {
  const { body } = request;
  if (body === undefined) return NOTHING;
  const encodings = headerValues(request, 'content-encoding').filter(value => value.text !== 'identity');
  if (encodings.length > 0 || (!body.certain && body.text.trim() === '')) {
    return speaks ? { payloads: [], unreadable: 'the request body cannot be read' } : NOTHING;
  }
  const json = readJson(body.text);
  if (json) return fromJson(json, speaks);
  const form = fromFields(readFields(body.text));
  if (form.payloads.length > 0) return form;
  if (!speaks || body.text.trim() === '') return NOTHING;
  // Raw text, as with `Content-Type: application/graphql`; what is no document is found out by parsing.
  return { payloads: [{ document: body.text, operationNames: namesInUrl(request), variables: [] }] };
}

function namesInUrl(request: HttpRequest): readonly string[] {
  return readFields(request.url.query).flatMap(([name, value]) => (name === 'operationName' ? [value] : []));
}

function fromJson(json: Json, speaks: boolean): Located {
  if (json.kind === 'array') return together(json.items.map(item => fromJson(item, speaks)));
  if (json.kind !== 'object') return NOTHING;
  const documents = [...valuesAt(json, 'query'), ...valuesAt(json, 'mutation')].flatMap(value =>
    value.kind === 'text' ? [value.text] : [],
  );
  const operationNames = valuesAt(json, 'operationName').flatMap(value =>
    value.kind === 'text' && value.text !== '' ? [value.text] : [],
  );
  const variables = valuesAt(json, 'variables').flatMap(value => {
    const read = value.kind === 'text' ? readJson(value.text) : value;
    return read ? [read] : [];
  });
  if (documents.length > 0) {
    return { payloads: documents.map(document => ({ document, operationNames, variables })) };
  }
  // A persisted document is known to the server by its hash or name alone.
  const persisted = PERSISTED.some(key => valuesAt(json, key).length > 0);
  const byId = valuesAt(json, 'id').length > 0 && variables.length > 0;
  return speaks && (persisted || byId || operationNames.length > 0)
    ? { payloads: [], unreadable: 'the GraphQL document is stored on the server' }
    : NOTHING;
}

const PERSISTED = ['extensions', 'documentId', 'doc_id', 'queryId', 'sha256Hash', 'persistedQuery'];

function fromFields(fields: readonly (readonly [name: string, value: string])[]): Located {
  const all = (name: string) =>
    fields.flatMap(([key, value]) => (key.toLowerCase() === name.toLowerCase() ? [value] : []));
  const variables = all('variables').flatMap(text => {
    const json = readJson(text);
    return json ? [json] : [];
  });
  const operationNames = all('operationName').filter(name => name !== '');
  const documents = [...all('query'), ...all('mutation')].filter(looksLikeDocument);
  return { payloads: documents.map(document => ({ document, operationNames, variables })) };
}

function together(parts: readonly Located[]): Located {
  const unreadable = parts.find(part => part.unreadable !== undefined)?.unreadable;
  const payloads = parts.flatMap(part => part.payloads);
  return unreadable === undefined ? { payloads } : { payloads, unreadable };
}

/** GraphQL begins with a selection or an operation's keyword, behind blanks, commas and comments. */
function looksLikeDocument(text: string): boolean {
  return /^(?:[\s,\ufeff]|#[^\n\r]*(?:[\n\r]|$))*(?:\{|(?:query|mutation|subscription|fragment)\b[\s\S]*\{)/.test(
    text,
  );
}

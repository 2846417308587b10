/** `railway api`: the HTTP request that it sends to Railway's GraphQL endpoint. Decides nothing. */

import { environmentOf, type Invocation, isOn, lastValue, valuesOf } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { UNKNOWN_VALUE } from '../graphql/document.js';
import { Content, change } from '../http/content.js';
import { type Json, readJson } from '../http/json.js';
import type { HttpRequest } from '../http/request.js';
import { readUrl } from '../http/url.js';

/** The request of `railway api`, none for its commands that only look at the schema. */
export function railwayApiRequests(invocation: Invocation, world: World): readonly HttpRequest[] {
  if (invocation.subcommand[0] !== 'api' || invocation.subcommand.length > 1) return [];
  if (isOn(invocation, '--help', '--version')) return [];
  const content = new Content(invocation, world);
  const document = documentOf(invocation, content);
  const variables = variablesOf(invocation, content);
  const name = lastValue(invocation, '--operation-name');
  const fields = [
    `"query":${JSON.stringify(document.text)}`,
    `"variables":${variables.text}`,
    ...(name ? [`"operationName":${JSON.stringify(name.text)}`] : []),
  ];
  const known = document.certain && variables.certain && (name?.certain ?? true);
  return [
    {
      method: certain('POST'),
      url: readUrl(certain(`https://${railwayHost(invocation, world)}/graphql/v2`)),
      headers: [{ name: 'content-type', value: certain('application/json') }],
      body: { text: `{${fields.join(',')}}`, certain: known },
      parts: [],
      quotes: [],
      words: invocation.argv.map((_, at) => at).slice(1),
    },
  ];
}

/** The API's host; `RAILWAY_ENV` picks the staging and development installations. */
export function railwayHost(invocation: Invocation, world: World): string {
  const chosen = environmentOf(invocation, 'RAILWAY_ENV', world.env)?.text.toLowerCase() ?? '';
  if (chosen.startsWith('stag')) return 'backboard.railway-staging.com';
  return chosen.startsWith('dev') ? 'backboard.railway-develop.com' : 'backboard.railway.com';
}

function documentOf(invocation: Invocation, content: Content): Word {
  const [operand] = invocation.operands;
  if (operand) return operand;
  const file = lastValue(invocation, '--file');
  return file ? content.fileOrStdin(file) : content.stdin();
}

/** The JSON text of all variables; later ones stand behind earlier ones, duplicates kept. */
function variablesOf(invocation: Invocation, content: Content): Word {
  const given = lastValue(invocation, '--variables');
  const whole = given?.text.startsWith('@')
    ? content.fileOrStdin(change(given, given.text.slice(1)))
    : (given ?? certain('{}'));
  const typed = valuesOf(invocation, '--var').map(word => assignment(word, true));
  const raw = valuesOf(invocation, '--raw-var').map(word => assignment(word, false));
  const json = readJson(whole.text);
  const more = [...typed, ...raw];
  const inside = json?.kind === 'object' ? whole.text.trim().replace(/^\{|\}$/g, '') : '';
  const text = `{${[inside.trim(), ...more].filter(part => part !== '').join(',')}}`;
  const words = [...valuesOf(invocation, '--var'), ...valuesOf(invocation, '--raw-var'), whole];
  return { text, certain: json !== undefined && words.every(word => word.certain) };
}

/** `KEY=VALUE` as a JSON member. */
function assignment(word: Word, typed: boolean): string {
  const equals = word.text.indexOf('=');
  const key = JSON.stringify(word.text.slice(0, Math.max(equals, 0)).trim());
  const value = word.text.slice(equals + 1);
  const parsed: Json | undefined = typed ? readJson(value) : undefined;
  if (!word.certain && !parsed) return `${key}:${JSON.stringify(UNKNOWN_VALUE)}`;
  return `${key}:${parsed ? value : JSON.stringify(value)}`;
}

/** What mongosh is given: `--eval`, files, standard input → effects. Decides nothing, and connects to no server. */

import { readPath } from '../../invocation/input.js';
import { type Invocation, isOn, lastValue, valuesOf } from '../../invocation/invocation.js';
import { readThrough } from '../../invocation/streamed.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { mongoEffects } from '../nosql/mongo.js';
import { mongoManner } from '../nosql/mongo-lines.js';
import { marked } from '../sql/playground.js';
import { sign } from '../surroundings/sign.js';
import { signsOfUrl } from '../surroundings/url.js';

export const mongo: Inspector = {
  name: 'mongo',
  watches: { mongosh: '*' },
  resources: [
    'mongo.database',
    'mongo.collection',
    'mongo.document',
    'mongo.index',
    'mongo.user',
    'mongo.server',
    'mongo.script',
  ],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    if (isOn(invocation, '--help', '--version')) return [];
    const { operands, directory, input } = invocation;
    const files = [...valuesOf(invocation, '--file'), ...operands.filter(word => /\.m?js$/.test(word.text))];
    const texts = [
      ...valuesOf(invocation, '--eval'),
      ...files.map(file => readPath(file, directory, world).text),
    ];
    const read = texts.length === 0 ? readThrough(input, directory, world, mongoManner) : undefined;
    const host = hostOf(invocation);
    const given = read ? [read.text] : texts;
    // `use`, getSiblingDB() and getDB() lead to other databases.
    const leaves = given.some(({ text }) => /getSiblingDB|getDB|(^|\n)\s*use\s/.test(text));
    const database = leaves ? '' : databaseOf(invocation);
    const signs = database === '' ? {} : { signs: [sign('databases', database)] };
    const found = [...given.flatMap(effectsOfText), ...(read?.blocked ? [PARTLY_UNKNOWN] : [])];
    return found.map(one => marked({ ...one, host, ...signs }, host, database));
  },
};

/** Where a part is not known, what is known is read, and it may hide more. */
function effectsOfText({ text, certain }: Word): readonly Effect[] {
  const found = mongoEffects(text);
  if (certain || found.some(one => one.action !== 'unknown')) return found;
  const isPlain = /^\s*db\.[\w.]+\.(find|findOne|countDocuments|count|insertOne|insertMany|distinct)\(/.test(
    text,
  );
  if (isPlain) return [];
  return [PARTLY_UNKNOWN];
}

const PARTLY_UNKNOWN = effect('unknown', 'mongo.script', '', {
  extent: 'unknown',
  note: 'a part of the script is not known',
});

/** `mongosh app`, `mongosh mongodb://host/app`; empty where none is named. */
function databaseOf({ operands }: Invocation): string {
  const given = operands.find(word => !/\.m?js$/.test(word.text));
  if (!given?.certain) return '';
  if (!given.text.includes('://')) return given.text.replace(/^.*\//, '');
  return signsOfUrl(given).find(({ kind }) => kind === 'databases')?.name ?? '';
}

/** The host of a connection string, or of `--host`; empty for this machine. */
function hostOf(invocation: Invocation): string {
  const uri = invocation.operands.find(word => word.text.includes('://') || !word.certain);
  const named = lastValue(invocation, '--host') ?? uri;
  if (!named) return '';
  if (!named.certain && named.text === '') return '?';
  const [, host = ''] = /^(?:[\w+]+:\/\/)?(?:[^@/]*@)?([^/?]*)/.exec(named.text) ?? [];
  return host
    .split(',')
    .map(one => one.replace(/:\d+$/, '').toLowerCase())
    .map(one => (/^(localhost|127(\.\d+){3})$/.test(one) ? '' : one))
    .join(',');
}

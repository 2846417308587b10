/**
 * The addresses of databases in configuration files that are programs (`drizzle.config.ts`, `knexfile.js`, data sources of
 * TypeORM …): read by their tokens, so that TypeScript is no hindrance. Runs nothing; judges nothing.
 */

import { certain, uncertain, type Word } from '../../shell/command.js';
import { type JsToken, tokensOf } from '../nosql/javascript.js';

/** Where a tool keeps its address. */
export interface ConfigFile {
  /** In the directory where it runs, the first that there is. */
  readonly names: readonly string[];
  /** Options that name another. */
  readonly options?: string;
  /** The file holds a record by stage; what stands for one without a name. */
  readonly stage?: string;
}

const programs = (name: string) => ['ts', 'js', 'mjs', 'cjs', 'mts', 'json'].map(end => `${name}.${end}`);

export const drizzleConfig: ConfigFile = { names: programs('drizzle.config'), options: '--config' };
export const knexConfig: ConfigFile = {
  names: programs('knexfile'),
  options: '--knexfile',
  stage: 'development',
};
export const sequelizeConfig: ConfigFile = {
  names: [...programs('config/config'), ...programs('config/database')],
  options: '--config',
  stage: 'development',
};
export const typeormConfig: ConfigFile = {
  names: [...programs('data-source'), ...programs('src/data-source'), ...programs('ormconfig')],
  options: '-d --dataSource',
};

/** An address: a URL or a host, or the name of a database. */
interface Address {
  readonly kind: 'url' | 'database';
  readonly word: Word;
}

const KEYS: Readonly<Record<string, Address['kind']>> = {
  url: 'url',
  uri: 'url',
  connectionString: 'url',
  connection: 'url',
  host: 'url',
  database: 'database',
  dbName: 'database',
};

/** What the text says, in its stage where it has some; `variable` gives a variable's value. */
export function addressesIn(
  text: string,
  stage: string | undefined,
  variable: (name: string) => Word | undefined,
): readonly Address[] {
  const all = tokensOf(text);
  const tokens = (stage === undefined ? undefined : recordOf(all, stage)) ?? all;
  return tokens.flatMap((token, at): readonly Address[] => {
    const kind = (token.kind === 'name' || token.kind === 'string') && Object.hasOwn(KEYS, token.text);
    if (!kind || tokens[at + 1]?.text !== ':' || tokens[at + 2]?.text === '{') return [];
    const word = valueAt(tokens, at + 2, variable);
    return word ? [{ kind: KEYS[token.text]!, word }] : [];
  });
}

/** The tokens of `stage: { … }`. */
function recordOf(tokens: readonly JsToken[], stage: string): readonly JsToken[] | undefined {
  const at = tokens.findIndex(
    (token, i) => token.text === stage && tokens[i + 1]?.text === ':' && tokens[i + 2]?.text === '{',
  );
  if (at < 0) return undefined;
  let depth = 0;
  const end = tokens.findIndex((token, i) => {
    if (i < at || token.kind !== 'symbol') return false;
    depth += token.text === '{' ? 1 : token.text === '}' ? -1 : 0;
    return token.text === '}' && depth === 0;
  });
  return tokens.slice(at + 3, end < 0 ? undefined : end);
}

/**
 * `'postgres://…'`, `process.env.DATABASE_URL!`, `env.DATABASE_URL ?? 'postgres://…'`, `process.env['URL'] as string`; of
 * anything else nothing is known. `undefined` for what is no value (a type: `url: string`).
 */
function valueAt(
  tokens: readonly JsToken[],
  start: number,
  variable: (name: string) => Word | undefined,
): Word | undefined {
  const first = tokens[start];
  if (first?.kind === 'string') return certain(first.text);
  if (first?.kind !== 'name') return uncertain();
  if (/^(string|any|unknown|undefined|null|true|false)$/.test(first.text)) return undefined;
  let at = start;
  while (/^(\.|\?\.|\[|\]|!|\(|\))$/.test(tokens[at + 1]?.text ?? '') || isLink(tokens, at)) at += 1;
  const name = tokens.slice(start, at + 1).findLast(({ kind }) => kind === 'name' || kind === 'string');
  const value = name && /^[A-Z][A-Z0-9_]*$/.test(name.text) ? variable(name.text) : undefined;
  if (value) return value;
  const after = tokens[at + 1]?.text;
  const operator = after === '?' || after === '|' ? at + 3 : at + 1;
  const fallback = tokens[operator];
  return operator > at + 1 && fallback?.kind === 'string' ? certain(fallback.text) : uncertain();
}

/** A name or string behind a dot or an opening bracket goes on with the chain. */
function isLink(tokens: readonly JsToken[], at: number): boolean {
  const next = tokens[at + 1];
  const before = tokens[at]?.text ?? '';
  return (next?.kind === 'name' || next?.kind === 'string') && /^(\.|\?\.|\[|\()$/.test(before);
}

/** What a cloud's command line runs elsewhere: a command on a rented machine, SQL at a hosted database. Judges nothing. */

import { uncertain, type Word } from '../../../shell/command.js';
import type { Inner } from '../../grammar.js';

/** A script for a machine of the cloud: nothing about this machine's files is known there. */
export function remoteScript(via: string, script: Word): Inner {
  return { via, script, directory: uncertain(), remote: uncertain() };
}

/** Clients by whose grammar SQL for a hosted database is told: PostgreSQL's own, and what resembles none in particular. */
const CLIENTS = {
  postgres: ['psql', '-h'],
  generic: ['trino', '--server'],
} as const;

/** SQL for a hosted database, told as a client that would send it. */
export function remoteSql(
  via: string,
  host: string,
  sql: Word,
  dialect: keyof typeof CLIENTS = 'postgres',
): Inner {
  const [tool, option] = CLIENTS[dialect];
  const execute = dialect === 'postgres' ? '-c' : '--execute';
  const words = [tool, option, host, execute].map(word => ({ text: word, certain: true }));
  return { via, words: [...words, sql] };
}

/**
 * The commands in `ssm send-command --parameters` and its like: JSON (`{"commands":["a","b"]}`) or the shorthand
 * (`commands=a,b`, `commands=["a","b"]`). Empty where they cannot be seen (`file://…`).
 */
export function commandsIn(parameters: Word): readonly Word[] {
  const { text } = parameters;
  if (/^(file|fileb):\/\//.test(text)) return [];
  const list = jsonOf(text)?.['commands'] ?? jsonOf(text)?.['command'] ?? shorthandOf(text);
  const commands = Array.isArray(list) ? list : [list];
  return commands.flatMap(command =>
    typeof command === 'string' && command !== '' ? [{ text: command, certain: parameters.certain }] : [],
  );
}

/** A parameter written as a JSON object; `undefined` where it is none (`file://…`). */
export function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function shorthandOf(text: string): unknown {
  const value = /(?:^|,)\s*commands?=([\s\S]*)$/.exec(text)?.[1];
  if (value === undefined) return undefined;
  try {
    const list: unknown = JSON.parse(value);
    return list;
  } catch {
    return value.replace(/^\[|\]$/g, '').replace(/^(['"])([\s\S]*)\1$/, '$2');
  }
}

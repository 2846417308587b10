/** What a cloud's command line runs elsewhere: a command on a rented machine, SQL at a hosted database. Judges nothing. */

import { uncertain, type Word } from '../../../shell/command.js';
import type { Inner } from '../../grammar.js';

/** A script for a machine of the cloud: nothing about this machine's files is known there. */
export function remoteScript(via: string, script: Word): Inner {
  return { via, script, directory: uncertain(), remote: uncertain() };
}

/** SQL for a hosted database, told as the client that would send it; backquoted names become SQL's own quotes. */
export function remoteSql(via: string, host: string, sql: Word): Inner {
  const text = sql.text.replaceAll('`', '"');
  const words: readonly Word[] = [
    ...['psql', '-h', host, '-c'].map(word => ({ text: word, certain: true })),
    { ...sql, text },
  ];
  return { via, words };
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

function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
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

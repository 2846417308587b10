/** Code in SQL → effects: COPY with a program or a file of the server, DO blocks, function bodies. Decides nothing. */

import type { Node } from 'libpg-query';
import { type Effect, effect } from '../effect.js';
import { defined } from './anew.js';
import { parsePlpgsql } from './parser.js';
import { executed } from './rows.js';
import { type Readers, type Scope, unreadable } from './scope.js';
import { as, options, optionValue, partsOf, tableName } from './tree.js';

export const programReaders = {
  CopyStmt({ is_program, is_from, filename, query }, scope) {
    const inner = query ? executed(query, scope) : [];
    if (is_program) return [...inner, effect('execute', 'sql.program', filename ?? '')];
    if (filename && !is_from) return [...inner, effect('overwrite', 'sql.file', filename)];
    return inner;
  },
  DoStmt({ args }, scope) {
    const language = languageOf(args);
    if (language !== '' && language !== 'plpgsql') {
      return [unreadable(`a DO block in the language ${language}`)];
    }
    return plpgsqlEffects(scope.source, scope);
  },
  CreateFunctionStmt(statement, scope) {
    const language = languageOf(statement.options);
    const code = codeOf(statement.options);
    // Defining a function runs nothing; calling it later in the same input does.
    scope.define(partsOf(statement.funcname).at(-1) ?? '', () => {
      if (statement.sql_body) return executed(statement.sql_body, scope);
      if (language === 'sql') return scope.judge(code, 'statement');
      if (language === 'plpgsql') return plpgsqlEffects(scope.source, scope);
      return [unreadable(`a function in the language ${language}`)];
    });
    return [defined('sql.function', partsOf(statement.funcname).join('.'))];
  },
  CreateTrigStmt: ({ relation, trigname }) => [
    defined('sql.trigger', `${tableName(relation)}.${trigname ?? ''}`),
  ],
} satisfies Readers;

/** Everything that a PL/pgSQL block could run, every branch counted. */
function plpgsqlEffects(source: string, scope: Scope): readonly Effect[] {
  const body = parsePlpgsql(source);
  if ('fault' in body) return [unreadable(`a PL/pgSQL block that could not be read: ${body.fault}`)];
  return body.parts.flatMap(part => scope.judge(part.text, part.form));
}

function languageOf(nodes: readonly Node[] | undefined): string {
  const language = options(nodes).find(option => option.defname === 'language');
  return language ? optionValue(language).toLowerCase() : '';
}

function codeOf(nodes: readonly Node[] | undefined): string {
  const code = options(nodes).find(option => option.defname === 'as');
  return partsOf(as(code?.arg, 'List')?.items).join('');
}

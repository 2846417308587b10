/** Simple commands as short lines, so that a table of scripts can be read: `?x` uncertain, `?*x` also splits. */

import type { Input, Script, SimpleCommand, Word } from '../../src/shell/command.js';

export const HERE = '/work/app';

export function show(script: Script): readonly string[] {
  return [...script.commands.map(showCommand), ...script.doubts.map(doubt => `DOUBT ${doubt.kind}`)];
}

function showCommand(command: SimpleCommand): string {
  const { words, assignments, exported, redirects, input, directory } = command;
  return [
    ...(directory.certain && directory.text === HERE ? [] : [`@${showWord(directory)}`]),
    ...exported.map(({ name, value, unset }) => (unset ? `-${name}` : `+${name}=${showWord(value)}`)),
    ...assignments.map(({ name, value }) => `${name}=${showWord(value)}`),
    ...words.map(showWord),
    ...redirects.map(({ fd, operator, target }) => `${fd}${operator}${showWord(target)}`),
    ...showInput(input),
  ].join(' ');
}

function showWord({ text, certain, splits, outputOf }: Word): string {
  const shown = /^[\w./:=,@%+*?~^-]+$/.test(text) || (!certain && text === '') ? text : JSON.stringify(text);
  const from = outputOf ? `‹${outputOf.map(showProgram).join('; ')}›` : '';
  return certain ? shown : `${splits ? '?*' : '?'}${shown}${from}`;
}

function showInput(input: Input): readonly string[] {
  if (input.from === 'inherited') return [];
  if (input.from === 'text') return [`<<${showWord(input.text)}`];
  if (input.from === 'file') return [`from ${showWord(input.path)}`];
  return [`from (${input.commands.map(showProgram).join('; ')})`];
}

function showProgram(command: SimpleCommand): string {
  return command.words[0] ? showWord(command.words[0]) : '>';
}

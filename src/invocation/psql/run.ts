/** A psql invocation → the steps of its run. The one entry to this folder; judges nothing. */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Invocation, isOn, lastValue } from '../invocation.js';
import { serverOf } from './connection.js';
import { type Origin, Session } from './session.js';
import type { Step } from './steps.js';

/** Everything that this psql would do, in order. Empty where it only prints help or lists databases. */
export function stepsOf(invocation: Invocation, world: World): readonly Step[] {
  if (isOn(invocation, '--help', '--version', '--list')) return [];
  const session = new Session(invocation, world, serverOf(connectionOf(invocation), invocation, world));
  const origin: Origin = { words: [], folder: invocation.directory, depth: 0 };
  setVariables(session, invocation);
  writeOutput(session, invocation, origin);
  if (!isOn(invocation, '--no-psqlrc')) session.runStartupFiles(origin);
  const actions = invocation.options.filter(use => use.name === '--command' || use.name === '--file');
  for (const { name, value, at } of actions) {
    const here = { ...origin, words: [at] };
    if (value === undefined) {
      // A command line that psql refuses, unless more words are to come.
      if (invocation.openEnded)
        session.add({ kind: 'unread', why: `the value of ${name} is not known` }, here);
    } else if (name === '--file') session.include(value, session.directory, here);
    else if (value.text.startsWith('\\')) session.runSingle(value, here);
    else session.add({ kind: 'query', text: value }, here);
  }
  if (actions.length === 0) session.runStdin(origin);
  return session.steps;
}

/** Database, host and user as psql takes them from options and operands. */
export function connectionOf(invocation: Invocation) {
  const operands = [...invocation.operands];
  const database = lastValue(invocation, '--dbname') ?? operands.shift();
  const user = lastValue(invocation, '--username') ?? operands.shift();
  return { database, user, host: lastValue(invocation, '--host') };
}

/** `-v name=value`; without `=` the variable is unset. */
function setVariables(session: Session, invocation: Invocation): void {
  for (const { name, value } of invocation.options) {
    if (name !== '--set' || !value) continue;
    const equals = value.text.indexOf('=');
    if (equals < 0) session.variables.unset(value.text);
    else session.variables.set(value.text.slice(0, equals), part(value, value.text.slice(equals + 1)));
  }
}

function part(word: Word, text: string): Word {
  return word.certain ? certain(text) : { text, certain: false };
}

/** `-o file` and `-o '|command'`. */
function writeOutput(session: Session, invocation: Invocation, origin: Origin): void {
  const output = lastValue(invocation, '--output');
  if (!output) return;
  const { directory, environment } = session;
  if (output.text.startsWith('|')) {
    const script = part(output, output.text.slice(1));
    session.add({ kind: 'shell', via: 'psql -o', script, directory, environment }, origin);
  } else session.add({ kind: 'file', path: output }, origin);
}

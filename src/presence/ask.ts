/**
 * Asking the person on /dev/tty, never on stdin or stdout, which belong to the command. Anything but the exact
 * answer refuses; the terminal's modes are restored whatever happens. Decides nothing else.
 */

import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import { Lazy } from '../lazy.js';
import { printable } from '../text.js';

const SILENCE_MS = 120_000;
const PARENT_CHECK_MS = 100;

const inquirer = new Lazy('inquirer', () => import('inquirer'));

export interface Question {
  /** Lines shown above the question; already safe to print. */
  readonly lines: readonly string[];
  /** What must be typed, exactly. */
  readonly answer: string;
  /** What the answer does, after "to": `run it` where nothing is said. */
  readonly purpose?: string;
  /** Looked at while the question stands: why it need not be answered any more, as a clause. */
  readonly moot?: () => string | undefined;
}

/** How the person answered; `why` is a clause for the refusal. `isInterrupted`: by Ctrl-C, which ends what asked, too. */
export type Answer =
  | { readonly approved: true }
  | { readonly approved: false; readonly why: string; readonly isInterrupted?: boolean };

/** Shows the question and waits for its answer, two minutes at most. */
export async function ask(question: Question): Promise<Answer> {
  await inquirer.load();
  const fd = openSync('/dev/tty', 'r+');
  dropTypeAhead();
  const input = new ReadStream(openSync('/dev/tty', 'r'));
  const output = new WriteStream(openSync('/dev/tty', 'w'));
  const stop = new AbortController();
  let why = 'the question was not answered';
  const end = (because: string) => () => {
    why = because;
    stop.abort();
  };
  const timer = setTimeout(end('nobody answered for two minutes'), SILENCE_MS);
  const onSignal = end('the question was interrupted');
  // Where the command that asks was killed, nobody waits for the answer any more.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) end('the command was ended')();
    const moot = question.moot?.();
    if (moot !== undefined) end(moot)();
  }, PARENT_CHECK_MS);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  input.on('keypress', (_text: string, key: { name?: string; ctrl?: boolean } | undefined) => {
    if (key?.name === 'escape') end('Esc was pressed')();
    if (key?.ctrl && key.name === 'd') end('the input ended')();
  });
  for (const event of ['end', 'close', 'error'] as const) input.on(event, end('the terminal was closed'));
  try {
    writeSync(fd, printable(`\n${question.lines.join('\n')}\n`));
    const prompt = inquirer.get().default.createPromptModule({ input, output, signal: stop.signal });
    const { typed } = await prompt([
      {
        type: 'input',
        name: 'typed',
        message: `Type ${question.answer} to ${question.purpose ?? 'run it'}, anything else to refuse:`,
      },
    ]);
    // A keyboard and a file system may write one letter with its accent in two ways.
    return typed.normalize() === question.answer.normalize()
      ? { approved: true }
      : { approved: false, why: `what was typed is not ${question.answer}` };
  } catch (fault) {
    // inquirer ends a prompt by throwing: Ctrl-C and a closed terminal by ExitPromptError, our signal by AbortPromptError.
    if (fault instanceof Error && fault.name === 'ExitPromptError')
      return { approved: false, why: 'Ctrl-C was pressed', isInterrupted: true };
    if (!(fault instanceof Error && fault.name === 'AbortPromptError')) throw fault;
    return { approved: false, why };
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    for (const signal of signals) process.off(signal, onSignal);
    input.removeAllListeners('end').removeAllListeners('close').removeAllListeners('error');
    // A terminal that is gone, or another's by now, cannot be restored, and its new owner sets its own modes.
    input.on('error', () => undefined);
    if (!input.destroyed) input.setRawMode(false);
    input.destroy();
    output.destroy();
    closeSync(fd);
  }
}

/** What was typed before the question was shown must not answer it. */
function dropTypeAhead(): void {
  const fd = openSync('/dev/tty', constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    for (let read = 1; read > 0; ) read = readSync(fd, Buffer.alloc(4096));
  } catch (fault) {
    // Nothing (more) to read is how this ends; other faults show when the question is asked.
    if (!(fault instanceof Error)) throw fault;
  } finally {
    closeSync(fd);
  }
}

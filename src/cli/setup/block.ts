/**
 * guard's marked blocks in a shell's start-up file. Pure functions on text in which one character is one byte, so
 * that cutting the blocks gives back exactly the file that was there; touches no file.
 */

const OPEN = '# >>> guard >>>';
const CLOSE = '# <<< guard <<<';
/** Says on the opening line that the file had no newline at its end, and that one was put before the block. */
const NEWLINE = ' +newline';

/** A start-up file's text with the block at its end and, where it has text of its own, at its top too. */
export function withBlocks(text: string, line: string): string {
  const own = withoutBlocks(text);
  const block = (mark: string) => `${OPEN}${mark}\n${line}\n${CLOSE}\n`;
  if (own === '') return block('');
  // Top: Debian's .bashrc returns early where the shell is not interactive. End: nvm and its like come before it.
  return own.endsWith('\n') ? `${block('')}${own}${block('')}` : `${block('')}${own}\n${block(NEWLINE)}`;
}

/** The shell file of another guard that the blocks of a start-up file read; `line` is this one's. */
export function otherGuardIn(text: string, line: string): string | undefined {
  const read = text.match(/(?<=^if (?:\[|test) -r ')\/[^'\n]+\/env\.(?:sh|fish)(?=')/gm) ?? [];
  return read.find(path => !line.includes(`'${path}'`));
}

/** The text without guard's blocks. A block whose end was cut off is left: what follows it may be the user's. */
export function withoutBlocks(text: string): string {
  return text
    .replace(/\n# >>> guard >>> \+newline\n(?:(?!# >>> guard >>>).*\n)*?# <<< guard <<<\n?$/, '')
    .replace(/^# >>> guard >>>.*\n(?:(?!# >>> guard >>>).*\n)*?# <<< guard <<<(?:\n|$)/gm, '');
}

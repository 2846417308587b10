/**
 * `NAME=<(…)`, which unbash 6 splits in two: an empty assignment, and a word that begins where it ends. Put together
 * again, so that the commands inside are the variable's value and the command is the word after it.
 */

import type { AssignmentPrefix, Command, Redirection, Word } from 'unbash';

type Part = AssignmentPrefix | Redirection | Word;

/** The command as bash reads it; the same object where nothing was split. */
export function withProcessValues(node: Command): Command {
  const { prefix, name, suffix } = node;
  const last = prefix.at(-1);
  if (name && last && isSplit(last, name)) {
    const at = suffix.findIndex(part => part.type === 'Word');
    const moved = suffix[at];
    return {
      ...node,
      prefix: [...prefix.slice(0, -1), together(last, name)],
      name: moved?.type === 'Word' ? moved : undefined,
      suffix: suffix.filter((_part, i) => i !== at),
    };
  }
  const at = suffix.findIndex((part, i) => i > 0 && isSplit(suffix[i - 1]!, part));
  if (at < 0) return node;
  const [assignment, value] = [suffix[at - 1]!, suffix[at]!];
  if (assignment.type !== 'Assignment' || value.type !== 'Word') return node;
  return { ...node, suffix: suffix.toSpliced(at - 1, 2, together(assignment, value)) };
}

function isSplit(assignment: Part, value: Part): assignment is AssignmentPrefix {
  return (
    assignment.type === 'Assignment' &&
    value.type === 'Word' &&
    assignment.end === value.pos &&
    value.parts?.[0]?.type === 'ProcessSubstitution'
  );
}

function together(assignment: AssignmentPrefix, value: Word): AssignmentPrefix {
  // unbash works some fields out when they are asked for: a copy by spreading would lose them.
  const { name, append, index } = assignment;
  return { ...assignment, name, append, index, value, end: value.end, text: assignment.text + value.text };
}

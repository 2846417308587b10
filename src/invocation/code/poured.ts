/**
 * What a program writes into files, as far as its text is known: `open(p, "w").write(x)`, `writeFileSync(p, x)`, `print F x`.
 * Some files are read as commands later, so that their text matters and not only their name. Judges nothing.
 */

import { joinWords } from '../words.js';
import type { Call, Deed } from './deed.js';
import { textValue, type Value, wordOf } from './value.js';

/** They take the path and the text. */
const WHOLE =
  /^(fs(\.promises)?\.(write|append)File(Sync)?|Deno\.writeTextFile(Sync)?|Bun\.write|(File|IO)\.(bin)?write|file_put_contents)$/;
/** Of a path object. */
const OF_PATH = /^pathlib\.Path\(\)\.write_(text|bytes)$/;
/** They give a handle; the mode tells whether it is written. */
const OPENS = /^(open|io\.open|fopen|File\.(open|new)|pathlib\.Path\(\)\.open|fs\.createWriteStream)$/;
/** They write into a handle. */
const HANDLE = /(^|\.)(write|writelines|puts|print|fwrite|fputs|end)$/;
/** Calls whose text ends the line by itself. */
const LINES = /\.puts$/;

interface Target {
  readonly path: Value;
  readonly isAppended: boolean;
}

/** One deed for each file of which the program says what it writes. */
export function pouredBy(calls: readonly Call[]): readonly Deed[] {
  const files = new Map<string, Target & { readonly texts: Value[] }>();
  let opened: Target | undefined;
  for (const call of calls) {
    if (OPENS.test(call.name)) opened = openedBy(call) ?? opened;
    const target = targetOf(call, opened);
    const path = target?.path.text;
    if (!target || !path?.certain) continue;
    const file = files.get(path.text) ?? { ...target, texts: [] };
    files.set(path.text, file);
    file.texts.push(...textsOf(call));
  }
  return [...files.values()].flatMap(({ path, isAppended, texts }): readonly Deed[] => {
    const text = joinWords(texts.map(wordOf), '');
    return path.text && text.text !== '' ? [{ kind: 'pour', path: path.text, text, isAppended }] : [];
  });
}

function targetOf(call: Call, opened: Target | undefined): Target | undefined {
  const { name, args, named, receiver } = call;
  const [path] = args;
  if (WHOLE.test(name)) {
    const isAppended =
      name.includes('append') || /^a/.test((named.get('mode') ?? named.get('flag'))?.text?.text ?? '');
    return path && { path, isAppended };
  }
  if (OF_PATH.test(name)) return receiver && { path: receiver, isAppended: false };
  if (!HANDLE.test(name)) return undefined;
  const maker = receiver?.by ?? (/^(fwrite|fputs)$/.test(name) ? path?.by : undefined);
  // A handle that is not followed is taken for the file that was opened last.
  return maker && OPENS.test(maker.name) ? openedBy(maker) : opened;
}

/** The file of an `open` that is for writing. */
function openedBy({ name, args, named, receiver }: Call): Target | undefined {
  if (name === 'fs.createWriteStream') {
    const isAppended = /^a/.test(args[1]?.entries?.get('flags')?.text?.text ?? '');
    return args[0] && { path: args[0], isAppended };
  }
  const isMethod = name.startsWith('pathlib.');
  const given = isMethod ? [receiver, ...args] : args;
  // `open(F, ">", p)`, `open(F, ">p")` of Perl: the handle stands first.
  const isPerl = /^\+?>/.test(given[1]?.text?.text ?? '');
  const [, direction = '', attached = ''] =
    (isPerl && /^\+?(>>?)\s*(.*)$/.exec(given[1]?.text?.text ?? '')) || [];
  const path = isPerl ? (attached === '' ? given[2] : textValue(attached)) : given[0];
  const mode = isPerl ? direction.replace('>>', 'a') : ((given[1] ?? named.get('mode'))?.text?.text ?? '');
  return path && /^[wax>]/.test(mode) ? { path, isAppended: mode.startsWith('a') } : undefined;
}

/** The texts that a call writes, one behind the other. */
function textsOf({ name, args }: Call): readonly Value[] {
  const given = WHOLE.test(name) || /^(fwrite|fputs)$/.test(name) ? args.slice(1, 2) : args;
  const texts = given.flatMap(value => value.items ?? [value]);
  return LINES.test(name) ? texts.flatMap(text => [text, textValue('\n')]) : texts;
}

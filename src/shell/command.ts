/**
 * The words of floor 1: what a script says, as simple commands. This floor knows no tool, and what it could
 * not read it marks instead of dropping it.
 */

/** One argument as the program will receive it. Where not `certain`, `text` has the unknown parts left out (as if empty). */
export interface Word {
  readonly text: string;
  readonly certain: boolean;
  /** An uncertain word that may become none or many arguments (unquoted `$x`, `"$@"`, an unreadable glob). */
  readonly splits?: boolean;
  /** Offsets into `text` where unknown parts were left out, so that a script inside a word can still be read. */
  readonly holes?: readonly number[];
  /** A pattern as it was typed, where its directory is not known or nothing there matches now: it stands for names in there. */
  readonly pattern?: string;
  /** The first unknown part is what this variable holds, which nothing that guard sees has set. */
  readonly variable?: string;
  /** Another one each time round a loop over what a command printed. */
  readonly varies?: true;
  /** The commands whose output the unknown parts are: `$(…)`, `<(…)`. */
  readonly outputOf?: readonly SimpleCommand[];
}

/** `NAME=value` before a command or on its own. */
export interface Assignment {
  readonly name: string;
  readonly value: Word;
  /** The variable was removed (`unset NAME`): `value` is empty. */
  readonly unset?: true;
}

type RedirectOperator = '<' | '>' | '>>' | '>|' | '<>' | '&>' | '&>>' | '<&' | '>&';

/** A redirection to or from a file or descriptor. Here-documents are in `SimpleCommand.input`. */
export interface Redirect {
  readonly fd: number;
  readonly operator: RedirectOperator;
  readonly target: Word;
  /** What `exec N<>file` opened, where the target is that descriptor: `>&N`. */
  readonly opened?: Word;
}

/** What the command's standard input will be. */
export type Input =
  | { readonly from: 'inherited' }
  /** A here-document or here-string. */
  | { readonly from: 'text'; readonly text: Word }
  | { readonly from: 'file'; readonly path: Word }
  /** The output of the commands on the left of the pipe, in order. */
  | { readonly from: 'pipe'; readonly commands: readonly SimpleCommand[] };

/** POSIX's simple command: one program run, after expansion. `words[0]` names it; redirections may stand alone. */
export interface SimpleCommand {
  readonly words: readonly Word[];
  /** Assignments before the command, for that command alone. */
  readonly assignments: readonly Assignment[];
  /** Variables that the script has exported by the time the command runs. */
  readonly exported: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  /** The redirections are those of a group, loop or function: others write through them. */
  readonly compound?: true;
  /** Absolute paths at which, by a test around it, no file with content stands when it starts. */
  readonly absent?: readonly string[];
  readonly input: Input;
  /** The working directory by then: the door's, changed by `cd`. Uncertain after `cd "$x"`. */
  readonly directory: Word;
  /** The shell's own variables then, not only the exported, for `eval` and its like, which run text in that shell. */
  readonly variables?: readonly Assignment[];
  /** Where the script says it, for messages: offsets into its text. */
  readonly span?: readonly [start: number, end: number];
}

/** Something in a script that was not understood; policy decides about it. */
export interface Doubt {
  readonly kind:
    | 'syntax'
    | 'limit'
    | 'word'
    | 'construct'
    | 'script'
    | 'option'
    | 'alias'
    | 'input'
    | 'endless'
    | 'requests';
  /** A short sentence for people, with no secret in it. */
  readonly why: string;
  /** What it is about, where that is not the program: a file. */
  readonly about?: string;
}

/** All simple commands of a script, those inside substitutions included, and what could not be read. */
export interface Script {
  readonly commands: readonly SimpleCommand[];
  readonly doubts: readonly Doubt[];
}

/** A command and those left of it in its pipe, whose output it filters. */
export function upstream(command: SimpleCommand): readonly SimpleCommand[] {
  return command.input.from === 'pipe' ? [...command.input.commands.flatMap(upstream), command] : [command];
}

/** A word that will be this text. */
export function certain(text: string): Word {
  return { text, certain: true };
}

/** A word of which no more than `text` is known; `splits`: it may be none or many. */
export function uncertain(text = '', splits = false): Word {
  return splits ? { text, certain: false, splits } : { text, certain: false };
}

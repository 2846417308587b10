/**
 * What a grammar is: the table of options and subcommands by which a tool reads its arguments, written as its
 * manual page writes it. A grammar says how words are read, never whether that is dangerous.
 */

import type { World } from '../port.js';
import type { Assignment, Doubt, Input, Redirect, Word } from '../shell/command.js';
import type { Invocation } from './invocation.js';
import type { Mount } from './mounts.js';

/** How a family of tools reads options. */
export interface Style {
  /** Options may follow operands. */
  readonly permute: boolean;
  /** Short options bundle: `-rf`. */
  readonly bundle: boolean;
  /** Long options may be cut to an unambiguous prefix. */
  readonly abbreviate: boolean;
  /** `--no-x` switches any flag off, whether its row shows `[no-]` or not. */
  readonly negate: boolean;
  /** `--x=value` is accepted. */
  readonly equals: boolean;
  /** `--flag=false` switches a flag off. */
  readonly flagValues: boolean;
  /** Long options take one dash or two: `-force`. Short bundles do not exist then. */
  readonly singleDash: boolean;
}

const base: Style = {
  permute: true,
  bundle: true,
  abbreviate: false,
  negate: false,
  equals: true,
  flagValues: false,
  singleDash: false,
};

export const styles = {
  /** GNU getopt_long: prefixes, bundles, options anywhere. */
  getopt: { ...base, abbreviate: true },
  /** POSIX getopt: options end at the first operand; wrappers like `sudo`, `env`, `xargs`. */
  prefix: { ...base, abbreviate: true, permute: false },
  /** git's parse-options. */
  git: { ...base, abbreviate: true, negate: true },
  /** curl: prefixes up to 8.x, `--x=value` since 8.16, `--no-x` for booleans. */
  curl: { ...base, abbreviate: true, negate: true },
  /** cobra/pflag: exact names, `--flag=false`. */
  cobra: { ...base, flagValues: true },
  /** Go's flag package. */
  goflag: { ...base, bundle: false, singleDash: true, flagValues: true, permute: false },
  /** clap and other exact-name parsers. */
  clap: base,
  /** Python argparse. */
  argparse: { ...base, abbreviate: true },
  /** yargs, commander, oclif: exact names and `--no-x`. */
  yargs: { ...base, negate: true, flagValues: true },
} as const satisfies Record<string, Style>;

/**
 * Rows of options, one a line, as a manual page writes them:
 *
 *     -f, --force                   a flag
 *     -m, --message <text>          takes a value: `-m x`, `-mx`, `--message x`, `--message=x`
 *         --color[=<when>]          may take a value, attached only
 *         --[no-]verify             also understood as --no-verify
 *     -u, --user <secret>           the value is secret: never logged or shown
 *
 * The first long spelling (else the first spelling) is the canonical name. `#` starts a comment.
 */
export type OptionTable = string;

/**
 * Command lines that need no judge, a statement a row. The words of a row follow each other at the beginning of the line,
 * after the options of `plainAfter`; commas separate alternatives.
 *
 *     = -V, remote -v              nothing but these words
 *     status, stash list           whatever follows them
 *     log, show : --output, ext*   unless one of these follows: an option in any spelling, another word, or a glob
 *     * : -exec*                   any words but these
 *     push ? ? : +*, --force       `?` is any one word that is no option, and none of these
 *     -n ?[0123456789,p] : -i      that word is made of these characters alone
 *
 * It says what by itself changes nothing and runs nothing. A rule that names it, or an inspector that watches it, sends
 * it to the judge all the same.
 */
export type PlainTable = string;

/** Words behind which the line of another program begins, and which programs' lines are known by their own tables. */
export interface PlainRuns {
  readonly behind: readonly string[];
  readonly programs: readonly string[];
}

/** A command or subcommand. */
export interface CommandGrammar {
  readonly options?: OptionTable;
  /** By canonical name; `aliases` are other spellings of the same. */
  readonly subcommands?: Readonly<Record<string, CommandGrammar>>;
  readonly aliases?: readonly string[];
  /** Overrides the tool's style for this command. */
  readonly style?: Style;
}

/** A command inside a command: `sudo rm x` (words) or `sh -c 'rm x'` (script). */
export interface Inner {
  /** How the inner command is reached, for `Invocation.via`: `sudo`, `bash -c`. */
  readonly via: string;
  readonly words?: readonly Word[];
  readonly script?: Word;
  /** Changes to the environment that the inner command sees. */
  readonly environment?: readonly Assignment[];
  readonly clearedEnvironment?: boolean;
  readonly input?: Input;
  readonly redirects?: readonly Redirect[];
  readonly directory?: Word;
  /** It runs on another machine, of this name: nothing that stands here says anything about it. */
  readonly remote?: Word;
  /** It runs in a container that sees these directories of this machine under other names. */
  readonly mounts?: readonly Mount[];
  /**
   * It runs in a container that is made for it: no file there is anybody's but those below these paths. `false`: in one
   * that was there before.
   */
  readonly fresh?: readonly string[] | false;
  /** More arguments will be appended that cannot be seen. */
  readonly openEnded?: boolean;
  /** Variables that the script sees and that are not exported. */
  readonly variables?: readonly Assignment[];
  /** `$1` and on of the script, where they are known. */
  readonly positional?: readonly Word[];
}

/** What stands inside an invocation, and what about it could not be read. */
export interface Unwrapped {
  readonly inner: readonly Inner[];
  readonly doubts?: readonly Doubt[];
}

/** A tool's grammar. One file a tool (or a family of tools with one parser) in `grammars/`. */
export interface Grammar extends CommandGrammar {
  readonly tool: string;
  /** Other program names with the same grammar; the invocation's `tool` is still the canonical one. */
  readonly names?: readonly string[];
  /** The manual page, RFC or source that the table was taken from. */
  readonly source: string;
  readonly style: Style;
  /** For tools whose arguments no table describes (`dd if=`, `find … -exec`): reads argv itself. */
  readonly read?: (argv: readonly Word[]) => Reading;
  /** True where `read` knows no table: conditions then take an option's unknown arity both ways. */
  readonly generic?: true;
  /** The commands inside, for wrappers, shells and aliases. Called again on each inner command, ten deep. */
  readonly unwrap?: (invocation: Invocation, world: World) => Unwrapped;
  /** True where the tool only runs its inner command: the wrapper itself is then not judged. */
  readonly transparent?: boolean;
  /**
   * The options whose value names what a command acts on, best first, as globs: `--name --ids`. `<noun>` stands for the
   * operation's own: `db-instance` of `delete-db-instance`.
   */
  readonly targets?: string;
  /** True for a shell's own command (`eval`, `exec`): it gets a shim only where a program of that name exists. */
  readonly builtin?: boolean;
  /** False: no shim of its own. Scripts call it all the time, what it runs by name is judged there, and hooks see its code. */
  readonly shim?: false;
  /** True for a shell: without arguments on a terminal it only talks to the person there. */
  readonly interactive?: boolean;
  /** What needs no judge, as far as the commands inside it go. Without `unwrap`, there are none: then nothing is said. */
  readonly plain?: PlainTable;
  /** What it runs that needs no judge where alone it needs none. */
  readonly plainRuns?: PlainRuns;
  /** Options that may stand before the words of `plain`: `--no-pager`, `-C <path>`. */
  readonly plainAfter?: readonly string[];
  /** Variables whose words it reads as options before those of its command line: `TAR_OPTIONS`. */
  readonly optionsIn?: readonly string[];
  /** Variables that change what the tool does: where one is set, nothing is plain. `NAME=a|b`: set to something else. */
  readonly environment?: readonly string[];
  /** First words of `plain` behind which more of them do: `git fetch` asks for passwords. */
  readonly speaking?: { readonly words: readonly string[]; readonly environment: readonly string[] };
}

/** The part of an invocation that reading argv gives. */
export interface Reading
  extends Pick<Invocation, 'subcommand' | 'options' | 'operands' | 'operandsBeforeDashes' | 'unknown'> {
  /** Where in argv a subcommand stands that may be the value of an option which the grammar lacks. */
  readonly perhapsValues?: readonly number[];
}

/**
 * The lines of the hook's front program that take an event apart: its command, words parted by spaces, where nothing in it
 * needs more of a shell than that. Pure.
 */

import { quote } from '../text.js';

/** Where the script stands. Paths are absolute. */
export interface EventSurroundings {
  /** Above it no project's rules are looked for. */
  readonly home: string;
  /** Files of policy: where one is newer than the script itself, it was made from another. */
  readonly sources: readonly string[];
  /** The script's own path. */
  readonly script: string;
}

/** What parts commands and may stand between words, and the redirections that change nothing; patterns of sh. */
export const SEPARATORS = "'&&'|'||'|'|'|';'";
export const REDIRECTIONS = "'2>&1'|'>/dev/null'|'2>/dev/null'";

const SHELL_TOOLS = 'Bash|bash|run_shell_command|shell|Shell';

/** Take the event apart: its command is then in `_c`, and `_n` is 0 where it can be looked at. */
export function partingLines({ home, sources, script }: EventSurroundings): readonly string[] {
  const newer = sources.map(source => `${quote([source])} -nt ${quote([script])}`);
  return [
    // What no piece between two quotes can be.
    `_c='"' _d='"' _t= _k= _o= _p= _i=0 _n= _f=' '`,
    // Of backslashes only those before a quote: then every piece between two quotes, or more, is one string of the JSON.
    `case $_j in *\\\\[!\\"]*|*\\\\) ;; *)`,
    "IFS='\"'",
    'set -f',
    'for _w in $_j; do',
    'if [ $_i = 0 ]; then',
    'case $_k in command|cmd|cwd|directory|tool_name|toolName|tool) case $_w in :) ;; *) _t=; break ;; esac ;; esac',
    '_o=$_w _i=1',
    'else',
    // A string goes on behind a quote of its own; how far is bounded, for joining it takes the square of its length.
    `case $_w in *\\\\) _p=$_p\${_w%?}'"'; case \${#_p} in ????*) _t=; break ;; esac; continue ;; esac`,
    '_w=$_p$_w _p= _i=0',
    'case $_o in',
    ':) case $_k in',
    `command|cmd) case $_c in '"') _c=$_w ;; *) _t=; break ;; esac ;;`,
    `cwd|directory) case $_d in '"') _d=$_w ;; *) _t=; break ;; esac ;;`,
    'tool_name|toolName|tool) case $_t in "") _t=$_w ;; *) _t=; break ;; esac ;;',
    'workdir|dir_path|working_directory) _t=; break ;;',
    'esac',
    '_k= ;;',
    '*) _k=$_w ;;',
    'esac',
    'fi',
    'done ;;',
    'esac',
    `case $_t in ${SHELL_TOOLS}) case $_c in ''|'"') ;; *) case $_d in /*)`,
    '_y=$_d',
    'until [ -e "$_y/.guard.yaml" ]; do',
    `if [ -e "$_y/.git" ] || [ "$_y" = ${quote([home])} ] || [ -z "$_y" ]; then`,
    newer.length === 0 ? '_n=0' : `test ${newer.join(' -o ')} || _n=0`,
    'break',
    'fi',
    '_y=${_y%/*}',
    'done',
    'esac ;; esac ;; esac',
    ...quoteLines(),
  ];
}

/** Outside quotes; in single and in double ones, of what is special only that which nobody looks at there. No braces: ksh would look; no `]`: shells differ on it. */
const PLAIN = 'A-Za-z0-9_./:=,@%+\\ \\&\\|\\;\\>';
const IN_DOUBLE = `${PLAIN}\\(\\)\\<*?#^~\\[\\'`;
const IN_SINGLE = `${PLAIN}\\(\\)\\<*?#^~\\[\\"\\$\\\`!`;

/**
 * Where there are quotes in `_c`, make it words with newlines between them, as `_f` then says. What parts commands stands by
 * itself outside quotes, and no word in them is only that.
 */
function quoteLines(): readonly string[] {
  const live = '*[\\&\\|\\;\\>]*';
  return [
    // Semicolons in `_a` come to stand by themselves.
    '_gt() {',
    "IFS=';' _b=",
    'for _w in ${_a}x; do _b="$_b ; $_w"; done',
    "IFS=' ' _a=${_b#???}",
    '_a=${_a%x}',
    '}',
    'case $_n$_c in',
    `0*[\\'\\"]*)`,
    "_l=$_c _c= _g= _f='",
    "' IFS=' '",
    'while [ "$_n" ]; do',
    `_a=\${_l%%[\\'\\"]*}`,
    '_l=${_l#"$_a"}',
    'case $_a in *\\;*) _gt ;; esac',
    // Next to a quote nothing else may part commands: `"a"&&`, `>"x"`.
    `case $_g\${_a%% *} in x${live}) _n= ;; esac`,
    `case $_l in ?*) case \${_a##* } in ${live}) _n= ;; esac ;; esac`,
    `case $_a in *[!${PLAIN}-]*) _n= ;; ' '*) _c=$_c$_f ;; esac`,
    '_g=',
    'for _w in $_a; do',
    `case $_w in ${SEPARATORS}|${REDIRECTIONS}) ;; ${live}) _n= ;; esac`,
    '_c=$_c$_g$_w _g=$_f',
    'done',
    "case $_a in *' ') _c=$_c$_f ;; esac",
    'case $_l in',
    `'') break ;; \\'*) _g=\\' ;; *) _g=\\" ;;`,
    'esac',
    '_l=${_l#?}',
    'case $_l in *"$_g"*) ;; *) _n= ;; esac',
    '_a=${_l%%"$_g"*}',
    '_l=${_l#"$_a"}',
    '_l=${_l#?}',
    `case $_g$_a in ?|\\"*[!${IN_DOUBLE}-]*|\\'*[!${IN_SINGLE}-]*) _n= ;; esac`,
    `case $_a in ${live}) case $_a in *[!\\&\\|\\;\\>12/devnul]*) ;; *) _n= ;; esac ;; esac`,
    '_c=$_c$_a _g=x',
    'done ;;',
    `0*[!${PLAIN}-]*) _n= ;;`,
    `0*\\;*) _a=$_c; _gt; _c=$_a ;;`,
    'esac',
  ];
}

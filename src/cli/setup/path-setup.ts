/** The lines by which a shell puts the shims first on PATH: no forks, harmless when run twice. Pure; writes nothing. */

import { shellWord } from '../../text.js';

/** The line of a block in a file that sh, dash, bash, ksh or zsh reads. */
export function shellLine(file: string): string {
  return `if [ -r ${shellWord(file)} ]; then . ${shellWord(file)}; fi`;
}

/** The line of a block in a file that fish reads. */
export function fishLine(file: string): string {
  return `if test -r ${fishWord(file)}; source ${fishWord(file)}; end`;
}

/** Works in every Bourne shell and zsh, under `set -eu` too; an empty PATH entry keeps its place. */
export function shellText(shims: string): string {
  return `# Puts guard's shims first on PATH. Written by \`guard init\`, removed by \`guard uninstall\`.
_guard_d=${shellWord(shims)}
case \${PATH-} in
"$_guard_d" | "$_guard_d":*) ;;
*)
  _guard_p=":\${PATH-}:"
  while :; do
    case $_guard_p in
    *:"$_guard_d":*) _guard_p=\${_guard_p%%:"$_guard_d":*}:\${_guard_p#*:"$_guard_d":} ;;
    *) break ;;
    esac
  done
  _guard_p=\${_guard_p#:}
  _guard_p=\${_guard_p%:}
  PATH=$_guard_d\${_guard_p:+:$_guard_p}
  unset _guard_p
  ;;
esac
export PATH
unset _guard_d
`;
}

/** The same for fish. */
export function fishText(shims: string): string {
  return `# Puts guard's shims first on PATH. Written by \`guard init\`, removed by \`guard uninstall\`.
begin
    set -l shims ${fishWord(shims)}
    if test "$PATH[1]" != "$shims"
        set -l rest
        for entry in $PATH
            test "$entry" = "$shims"; or set -a rest $entry
        end
        set -gx PATH $shims $rest
    end
end
`;
}

function fishWord(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

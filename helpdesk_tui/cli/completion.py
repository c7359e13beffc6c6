"""`helpdesk completion`: the scripts that let a shell complete verbs, options and both languages."""

from __future__ import annotations

from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.errors import UsageError

BASH = r"""# bash completion for helpdesk
_helpdesk() {
    local line="${COMP_LINE:0:COMP_POINT}" found
    COMPREPLY=()
    while IFS= read -r found; do
        COMPREPLY+=("${found%%$'\t'*}")
    done < <(helpdesk complete bash --line="$line" 2>/dev/null </dev/null)
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:\<\>=] ]] && compopt -o nospace
    return 0
}
complete -o default -F _helpdesk helpdesk
"""

ZSH = r"""#compdef helpdesk
_helpdesk() {
    local line value hint
    local -a values hints
    for line in ${(f)"$(helpdesk complete zsh --line="$LBUFFER" 2>/dev/null </dev/null)"}; do
        value=${line%%$'\t'*}
        hint=${line#*$'\t'}
        values+=("$value")
        hints+=("$value${hint:+  -- $hint}")
    done
    (( ${#values} )) || { _files; return }
    compadd -Q -U -S '' -d hints -a values
}
compdef _helpdesk helpdesk
"""

FISH = r"""# fish completion for helpdesk
complete -c helpdesk -a '(helpdesk complete fish --line=(commandline -cp | string collect) 2>/dev/null </dev/null)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def run(call: Call) -> int:
    """Print the script of a shell."""
    (shell,) = call.expect(1, 1)
    if shell not in SCRIPTS:
        raise UsageError(f"There is no completion for `{shell}`.", f"There is one for: {', '.join(SCRIPTS)}.")
    call.out.raw(SCRIPTS[shell])
    return DONE

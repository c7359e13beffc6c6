"""`helpdesk completion`: the scripts that let a shell complete verbs, options and both languages."""

from __future__ import annotations

from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.errors import UsageError

BASH = r"""# bash completion for helpdesk. To have it always:
#     helpdesk completion bash > ~/.local/share/bash-completion/completions/helpdesk
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
# zsh completion for helpdesk. To have it always, in a folder of $fpath:
#     helpdesk completion zsh > ~/.zfunc/_helpdesk    (with `fpath=(~/.zfunc $fpath)` before `compinit` in ~/.zshrc)
_helpdesk() {
    local typed="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" line value shown
    local -a whole whole_shown open open_shown
    for line in ${(f)"$(helpdesk complete zsh --line="$typed" 2>/dev/null </dev/null)"}; do
        value=${line%%$'\t'*}
        shown="$value  -- ${line#*$'\t'}"
        shown=${shown%  -- }
        if [[ $value == *[:\<\>=] ]]; then
            open+=("$value") open_shown+=("$shown")
        else
            whole+=("$value") whole_shown+=("$shown")
        fi
    done
    (( ${#whole} + ${#open} )) || { _files; return }
    compadd -Q -U -d whole_shown -a whole
    compadd -Q -U -S '' -d open_shown -a open
}
# Read from $fpath this is the function itself; sourced, it has to be made known.
if [[ ${funcstack[1]} == _helpdesk ]]; then _helpdesk "$@"; else compdef _helpdesk helpdesk; fi
"""

FISH = r"""# fish completion for helpdesk. To have it always:
#     helpdesk completion fish > ~/.config/fish/completions/helpdesk.fish
function __helpdesk_offers
    set -g __helpdesk_offered (helpdesk complete fish --line=(commandline -cp | string collect) 2>/dev/null </dev/null)
    test (count $__helpdesk_offered) -gt 0
end
complete -c helpdesk -n __helpdesk_offers -f -a '(printf "%s\n" $__helpdesk_offered)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def run(call: Call) -> int:
    """Print the script of a shell."""
    (shell,) = call.expect(1, 1)
    if shell not in SCRIPTS:
        raise UsageError(f"There is no completion for `{shell}`.", f"There is one for: {', '.join(SCRIPTS)}.")
    call.out.raw(SCRIPTS[shell])
    return DONE

// The scripts know no command and no flag: when the key is pressed they ask the program, and leave files to the shell.
#include "clade/commands/completion_command.hpp"

#include <clade/core/error.hpp>

#include <algorithm>
#include <cctype>
#include <iostream>

namespace clade {
namespace {

/// PROGRAM, FUNCTION and REQUEST are filled in.
///
/// bash takes words apart at = and : and replaces only what stands behind: so they are put together for the program, and
/// `cut` is taken off its answers.
constexpr std::string_view bash_script =
    R"sh(# bash completion of PROGRAM; use it with: source <(PROGRAM completion bash)
FUNCTION() {
    local cur="${COMP_WORDS[COMP_CWORD]}" i word glue= cut
    local -a words=() answer=()
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word="${COMP_WORDS[i]}"
        if [[ ${#words[@]} -gt 0 && ( -n "$glue" || "$word" == [=:] ) ]]; then
            words[${#words[@]}-1]+="$word"
        else
            words+=("$word")
        fi
        glue=
        if [[ "$word" == [=:] ]]; then glue=1; fi
    done
    if [[ "$cur" == [=:] ]]; then cur=; fi
    word="${words[${#words[@]}-1]}"
    cut="${word%"$cur"}"
    mapfile -t answer < <("${1/#\~/$HOME}" REQUEST "${words[@]}" 2>/dev/null)
    COMPREPLY=()
    for word in "${answer[@]:1}"; do
        word="${word%%$'\t'*}"
        COMPREPLY+=("${word#"$cut"}")
    done
    case "${answer[0]}" in *nospace*) compopt -o nospace ;; esac
    case "${answer[0]}" in *yaml* | *folders* | *files*) compopt -o filenames ;; esac
    case "${answer[0]}" in *files*) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$cur") ;; esac
    case "${answer[0]}" in
    *yaml*) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(
        compgen -d -- "$cur"; compgen -f -X '!*.yaml' -- "$cur"; compgen -f -X '!*.yml' -- "$cur") ;;
    *folders*) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$cur") ;;
    esac
}
complete -F FUNCTION PROGRAM
)sh";

constexpr std::string_view zsh_script = R"sh(#compdef PROGRAM
# zsh completion of PROGRAM; use it with: source <(PROGRAM completion zsh)
FUNCTION() {
    local line
    local -a answer described space options
    answer=("${(@f)$("${words[1]/#\~/$HOME}" REQUEST "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    for line in "${(@)answer[2,-1]}"; do
        described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    if [[ "$answer[1]" == *nospace* ]]; then space=(-S ''); fi
    if [[ "$words[CURRENT]" == -* ]]; then options=(-o); fi
    if (( $#described )); then _describe "${(@)options}" word described "${(@)space}"; fi
    if [[ "$answer[1]" == *(yaml|folders|files)* ]]; then compset -P '--*='; fi
    case "$answer[1]" in
    *files*) _files ;;
    *yaml*) _files -g '*.(yaml|yml)' ;;
    *folders*) _files -/ ;;
    esac
}
if [ "$funcstack[1]" = FUNCTION ]; then
    FUNCTION
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef FUNCTION PROGRAM
fi
)sh";

constexpr std::string_view fish_script =
    R"sh(# fish completion of PROGRAM; use it with: PROGRAM completion fish | source
function FUNCTION
    set -l words (commandline -opc)
    set -l program $words[1]
    set -l typed (commandline -ct)
    set -l answer ($program REQUEST $words[2..-1] "$typed" 2>/dev/null)
    for line in $answer[2..-1]
        echo $line
    end
    set -l flag (string match -r -- '^--[^=]*=' "$typed")
    set -l value (string replace -- "$flag" '' "$typed")
    set -l files
    switch "$answer[1]"
        case '*files*'
            set files (__fish_complete_path $value)
        case '*yaml*'
            set files (__fish_complete_suffix $value .yaml; __fish_complete_suffix $value .yml)
        case '*folders*'
            set files (__fish_complete_directories $value)
    end
    for file in $files
        echo "$flag$file"
    end
end
complete -c PROGRAM -f -a '(FUNCTION)'
)sh";

/// "_clade": the name of a shell's function for a program.
std::string function_of(const std::string& program) {
    std::string name = "_" + program;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

std::string_view script_of(const std::string& shell) {
    if (shell == "bash") return bash_script;
    if (shell == "zsh") return zsh_script;
    if (shell == "fish") return fish_script;
    throw InputError("shell must be one of bash, zsh, fish, got '" + shell + "'");
}

}  // namespace

int completion_command(const std::string& shell, const std::string& program) {
    std::string script(script_of(shell));
    replace_all(script, "REQUEST", completion_request);
    replace_all(script, "FUNCTION", function_of(program));
    replace_all(script, "PROGRAM", program);
    std::cout << script;
    return 0;
}

}  // namespace clade

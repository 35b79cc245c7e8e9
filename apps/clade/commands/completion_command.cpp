#include "clade/commands/completion_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iostream>

namespace clade {
namespace {

enum class Values { none, formats, simd_levels, tasks, keys, folders, configs, shells, anything };

/// What follows a flag.
Values values_of_flag(std::string_view flag) {
    constexpr std::array<std::pair<std::string_view, Values>, 9> known{{{"--help", Values::none},
                                                                        {"--signature", Values::none},
                                                                        {"--version", Values::none},
                                                                        {"--quiet", Values::none},
                                                                        {"--format", Values::formats},
                                                                        {"--simd", Values::simd_levels},
                                                                        {"--task", Values::tasks},
                                                                        {"--set", Values::keys},
                                                                        {"--out", Values::folders}}};
    const auto* at = std::find_if(known.begin(), known.end(), [&](const auto& entry) { return entry.first == flag; });
    return at == known.end() ? Values::anything : at->second;
}

/// What stands after a command without a flag.
Values values_of_command(std::string_view command) {
    for (const std::string_view takes : {"run", "cross-validate", "config show", "config check"}) {
        if (command == takes) return Values::configs;
    }
    for (const std::string_view takes : {"resume", "inspect", "replay"}) {
        if (command == takes) return Values::folders;
    }
    if (command == "tasks") return Values::tasks;
    return command == "completion" ? Values::shells : Values::none;
}

constexpr std::string_view formats = "table json csv";
constexpr std::string_view simd_levels = "baseline avx2 avx512";
constexpr std::string_view shells = "bash zsh fish";
// Asked of the program when the key is pressed, so that a script stays right when tasks and keys are added.
constexpr std::string_view list_tasks = "tasks --format csv 2>/dev/null | tail -n +2 | cut -d, -f1";
constexpr std::string_view list_keys =
    "config reference --format csv 2>/dev/null | tail -n +2 | grep -v ',block,' | cut -d, -f1";

/// "_clade": the name of a shell's function for a program.
std::string function_of(const std::string& program) {
    std::string name = "_" + program;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

/// Every flag that occurs, each once.
std::vector<std::string> all_flags(const std::vector<CompletionEntry>& entries) {
    std::vector<std::string> flags;
    for (const CompletionEntry& entry : entries) flags.insert(flags.end(), entry.flags.begin(), entry.flags.end());
    std::sort(flags.begin(), flags.end());
    flags.erase(std::unique(flags.begin(), flags.end()), flags.end());
    return flags;
}

std::string flags_with(const std::vector<CompletionEntry>& entries, Values values) {
    std::vector<std::string> flags = all_flags(entries);
    std::erase_if(flags, [&](const std::string& flag) { return values_of_flag(flag) != values; });
    return fmt::format("{}", fmt::join(flags, "|"));
}

/// "run|resume|config|config\ show": every command as a pattern of the shell's case.
std::string command_patterns(const std::vector<CompletionEntry>& entries) {
    std::string patterns;
    for (const CompletionEntry& entry : entries) {
        if (entry.command.empty()) continue;
        patterns += (patterns.empty() ? "\"" : "|\"") + entry.command + "\"";
    }
    return patterns;
}

// ---- bash

/// Of these words, those that begin with what was typed.
std::string bash_words(std::string_view words) {
    return fmt::format(R"sh(COMPREPLY=($(compgen -W "{}" -- "$cur")))sh", words);
}

std::string bash_values(Values values) {
    switch (values) {
        case Values::formats:
            return bash_words(formats);
        case Values::simd_levels:
            return bash_words(simd_levels);
        case Values::shells:
            return bash_words(shells);
        case Values::tasks:
            return bash_words(fmt::format(R"sh($("$1" {}))sh", list_tasks));
        case Values::keys:
            return fmt::format("compopt -o nospace; COMPREPLY=($(compgen -S = -W \"$(\"$1\" {})\" -- \"$cur\"))",
                               list_keys);
        case Values::folders:
            return "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")";
        case Values::configs:
            return "compopt -o filenames; "
                   "mapfile -t COMPREPLY < <(compgen -d -- \"$cur\"; compgen -f -X '!*.yaml' -- \"$cur\"; "
                   "compgen -f -X '!*.yml' -- \"$cur\")";
        case Values::none:
        case Values::anything:
            break;
    }
    return ":";
}

std::string bash_script(const std::vector<CompletionEntry>& entries, const std::string& program) {
    const std::string function = function_of(program);
    std::string script = fmt::format(
        "# bash completion of {0}; use it with: source <({0} completion bash)\n"
        "{1}() {{\n",
        program, function);
    script +=
        "    local cur=\"${COMP_WORDS[COMP_CWORD]}\" prev=\"${COMP_WORDS[COMP_CWORD-1]}\" command= next i\n"
        "    COMPREPLY=()\n"
        "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
        "        next=\"${command:+$command }${COMP_WORDS[i]}\"\n";
    script += fmt::format("        case \"$next\" in {}) command=\"$next\" ;; esac\n", command_patterns(entries));
    script +=
        "    done\n"
        "    case \"$prev\" in\n";
    for (const Values values :
         {Values::formats, Values::simd_levels, Values::tasks, Values::keys, Values::folders, Values::anything}) {
        const std::string flags = flags_with(entries, values);
        if (!flags.empty()) script += fmt::format("        {}) {}; return ;;\n", flags, bash_values(values));
    }
    script +=
        "    esac\n"
        "    case \"$command\" in\n";
    for (const CompletionEntry& entry : entries) {
        std::string words = fmt::format("{}", fmt::join(entry.children, " "));
        script += fmt::format(
            "        \"{}\")\n"
            "            if [[ \"$cur\" == -* ]]; then COMPREPLY=($(compgen -W \"{}\" -- \"$cur\"))\n",
            entry.command, fmt::join(entry.flags, " "));
        if (!words.empty()) words = bash_words(words);
        script += fmt::format("            else {}; fi ;;\n",
                              words.empty() ? bash_values(values_of_command(entry.command)) : words);
    }
    return script + fmt::format("    esac\n}}\ncomplete -F {} {}\n", function, program);
}

// ---- zsh

std::string zsh_values(Values values) {
    switch (values) {
        case Values::formats:
            return fmt::format("compadd {}", formats);
        case Values::simd_levels:
            return fmt::format("compadd {}", simd_levels);
        case Values::shells:
            return fmt::format("compadd {}", shells);
        case Values::tasks:
            return fmt::format("compadd ${{(f)\"$(\"$words[1]\" {})\"}}", list_tasks);
        case Values::keys:
            return fmt::format("compadd -S = ${{(f)\"$(\"$words[1]\" {})\"}}", list_keys);
        case Values::folders:
            return "_files -/";
        case Values::configs:
            return "_files -g '*.(yaml|yml)'";
        case Values::none:
        case Values::anything:
            break;
    }
    return ":";
}

/// Text between single quotes; a colon separates a word from its meaning and is written with a backslash.
std::string zsh_quoted(const std::string& text) {
    std::string quoted;
    for (const char character : text) {
        if (character == '\'') {
            quoted += "'\\''";
        } else {
            if (character == ':') quoted += '\\';
            quoted += character;
        }
    }
    return quoted;
}

const CompletionEntry* entry_of(const std::vector<CompletionEntry>& entries, const std::string& command) {
    const auto at =
        std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.command == command; });
    return at == entries.end() ? nullptr : &*at;
}

std::string zsh_children(const std::vector<CompletionEntry>& entries, const CompletionEntry& entry) {
    std::string described;
    for (const std::string& child : entry.children) {
        const CompletionEntry* found = entry_of(entries, entry.command.empty() ? child : entry.command + " " + child);
        described += fmt::format(" '{}:{}'", child, zsh_quoted(found == nullptr ? "" : found->summary));
    }
    return fmt::format("local -a commands=({} ); _describe command commands", described);
}

std::string zsh_script(const std::vector<CompletionEntry>& entries, const std::string& program) {
    const std::string function = function_of(program);
    std::string script = fmt::format(
        "#compdef {0}\n"
        "# zsh completion of {0}; use it with: source <({0} completion zsh)\n"
        "{1}() {{\n",
        program, function);
    script +=
        "    local command= next i\n"
        "    for ((i = 2; i < CURRENT; i++)); do\n"
        "        next=\"${command:+$command }$words[i]\"\n";
    script += fmt::format("        case \"$next\" in {}) command=\"$next\" ;; esac\n", command_patterns(entries));
    script +=
        "    done\n"
        "    case \"$words[CURRENT-1]\" in\n";
    for (const Values values :
         {Values::formats, Values::simd_levels, Values::tasks, Values::keys, Values::folders, Values::anything}) {
        const std::string flags = flags_with(entries, values);
        if (!flags.empty()) script += fmt::format("        {}) {}; return ;;\n", flags, zsh_values(values));
    }
    script +=
        "    esac\n"
        "    case \"$command\" in\n";
    for (const CompletionEntry& entry : entries) {
        script += fmt::format(
            "        \"{}\")\n"
            "            if [[ \"$words[CURRENT]\" == -* ]]; then compadd -- {}\n"
            "            else {}; fi ;;\n",
            entry.command, fmt::join(entry.flags, " "),
            entry.children.empty() ? zsh_values(values_of_command(entry.command)) : zsh_children(entries, entry));
    }
    return script + fmt::format(
                        "    esac\n"
                        "}}\n"
                        "if [ \"$funcstack[1]\" = {1} ]; then\n"
                        "    {1}\n"
                        "else\n"
                        "    (( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit }}\n"
                        "    compdef {1} {0}\n"
                        "fi\n",
                        program, function);
}

// ---- fish

std::string fish_values(Values values, const std::string& function) {
    switch (values) {
        case Values::formats:
            return fmt::format("-a '{}'", formats);
        case Values::simd_levels:
            return fmt::format("-a '{}'", simd_levels);
        case Values::shells:
            return fmt::format("-a '{}'", shells);
        case Values::tasks:
            return fmt::format("-a '(_{}_tasks)'", function);
        case Values::keys:
            return fmt::format("-a '(_{}_keys)'", function);
        case Values::folders:
            return "-a '(__fish_complete_directories (commandline -ct))'";
        case Values::configs:
            return "-a '(__fish_complete_suffix .yaml)'";
        case Values::none:
        case Values::anything:
            break;
    }
    return "";
}

std::string fish_quoted(const std::string& text) {
    std::string quoted;
    for (const char character : text) {
        if (character == '\'' || character == '\\') quoted += '\\';
        quoted += character;
    }
    return quoted;
}

/// One command's lines: its children, its flags, what stands after it.
std::string fish_entry(const std::vector<CompletionEntry>& entries, const CompletionEntry& entry,
                       const std::string& program) {
    const std::string condition =
        fmt::format("complete -c {} -n '_{}_at \"{}\"'", program, function_of(program), entry.command);
    std::string script;
    for (const std::string& child : entry.children) {
        const CompletionEntry* found = entry_of(entries, entry.command.empty() ? child : entry.command + " " + child);
        script +=
            fmt::format("{} -a {} -d '{}'\n", condition, child, fish_quoted(found == nullptr ? "" : found->summary));
    }
    for (const std::string& flag : entry.flags) {
        const Values values = values_of_flag(flag);
        script += fmt::format("{} -l {}{} {}\n", condition, flag.substr(2), values == Values::none ? "" : " -x",
                              fish_values(values, function_of(program)));
    }
    const std::string after =
        entry.children.empty() ? fish_values(values_of_command(entry.command), function_of(program)) : "";
    if (!after.empty()) script += fmt::format("{} {}\n", condition, after);
    return script;
}

std::string fish_script(const std::vector<CompletionEntry>& entries, const std::string& program) {
    const std::string function = function_of(program);
    std::string script = fmt::format(
        "# fish completion of {0}; use it with: {0} completion fish | source\n"
        "function _{1}_at\n",
        program, function);
    script +=
        "    set -l path\n"
        "    for word in (commandline -opc)[2..-1]\n"
        "        set -l next (string join ' ' -- $path $word)\n"
        "        switch $next\n";
    std::string patterns = command_patterns(entries);
    std::replace(patterns.begin(), patterns.end(), '|', ' ');
    script += fmt::format("            case {}\n", patterns);
    script +=
        "                set path $next\n"
        "        end\n"
        "    end\n"
        "    test \"$path\" = \"$argv[1]\"\n"
        "end\n";
    const std::string called = "    set -l program (commandline -opc)[1]\n    $program ";
    script += fmt::format("function _{}_tasks\n{}{}\nend\n", function, called, list_tasks);
    script += fmt::format("function _{}_keys\n{}{} | sed 's/$/=/'\nend\n", function, called, list_keys);
    script += fmt::format("complete -c {} -f\n", program);
    for (const CompletionEntry& entry : entries) script += fish_entry(entries, entry, program);
    return script;
}

}  // namespace

int completion_command(const std::string& shell, const std::vector<CompletionEntry>& entries,
                       const std::string& program) {
    if (shell == "bash") {
        std::cout << bash_script(entries, program);
    } else if (shell == "zsh") {
        std::cout << zsh_script(entries, program);
    } else if (shell == "fish") {
        std::cout << fish_script(entries, program);
    } else {
        throw InputError("shell must be one of bash, zsh, fish, got '" + shell + "'");
    }
    return 0;
}

}  // namespace clade

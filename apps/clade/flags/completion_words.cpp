#include "clade/flags/completion_words.hpp"

#include "clade/commands/functions_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"
#include "terminal/safe_output.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <sstream>
#include <string_view>
#include <utility>

namespace clade {
namespace {

/// The answer while it is put together.
struct Answer {
    std::vector<std::string> kinds{};
    std::vector<std::pair<std::string, std::string>> words{};  // and what each is
};

/// Where the words before the one that is typed lead.
struct Place {
    const CLI::App* command;
    const CLI::Option* flag = nullptr;  // whose value comes next
    std::size_t arguments = 0;          // that the command has already
    bool arguments_only = false;        // behind "--"
    std::string config{};               // the first argument, which may be a configuration
};

bool is_flag(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

const CLI::Option* find_flag(const CLI::App& command, const std::string& name) {
    for (const CLI::Option* option : command.get_options()) {
        if (option->nonpositional() && option->check_name(name)) return option;
    }
    return nullptr;
}

bool takes_value(const CLI::Option* flag) { return flag != nullptr && flag->get_items_expected_max() > 0; }

const CLI::App* child_named(const CLI::App& command, const std::string& name) {
    for (const CLI::App* child : shown_commands(command)) {
        if (child->get_name() == name) return child;
    }
    return nullptr;
}

Place place_of(const CLI::App& app, const std::vector<std::string>& words) {
    Place place{&app};
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const std::string& word = words[i];
        const bool optional = place.flag != nullptr && place.flag->get_items_expected_min() == 0;
        if (std::exchange(place.flag, nullptr) != nullptr && !(optional && is_flag(word))) continue;
        if (place.arguments_only || !is_flag(word)) {
            if (const CLI::App* child = child_named(*place.command, word)) {
                place.command = child;
            } else {
                if (place.arguments++ == 0) place.config = word;
            }
        } else if (word == "--") {
            place.arguments_only = true;
        } else if (const CLI::Option* flag = find_flag(*place.command, word); takes_value(flag)) {
            place.flag = flag;
        }
    }
    return place;
}

/// Of the configuration that stands on the command line, if there is one and it can be read.
std::string task_of(const std::string& config, const Vocabulary& vocabulary) {
    try {
        return load_config({config, {}, vocabulary.tasks, vocabulary.functions}).task.name;
    } catch (const Error&) {
        return "";
    }
}

void add_keys(const Place& place, const Vocabulary& vocabulary, Answer& answer) {
    const bool continues = place.command->get_name() == "resume";
    for (const ReferenceRow& row : config_reference_rows(vocabulary.tasks, task_of(place.config, vocabulary))) {
        if (row.type == "block" || (continues && row.changes_results)) continue;
        answer.words.emplace_back(row.key + "=", row.meaning);
    }
    answer.kinds.emplace_back("nospace");
}

void add_commands(const CLI::App& command, Answer& answer) {
    for (const CLI::App* child : shown_commands(command)) {
        answer.words.emplace_back(child->get_name(), child->get_description());
    }
}

/// The command that the first arguments of `help` name.
const CLI::App& named_by(const CLI::App& app, const std::vector<std::string>& words, std::size_t arguments) {
    const CLI::App* command = &app;
    for (std::size_t i = words.size() - 1 - arguments; i + 1 < words.size(); ++i) {
        const CLI::App* child = child_named(*command, words[i]);
        if (child == nullptr) break;
        command = child;
    }
    return *command;
}

/// What an argument or value of this type can be. A type says it itself: argument_types.hpp.
void add_values(const std::string& type, const Place& place, const Vocabulary& vocabulary, Answer& answer) {
    namespace types = argument_types;
    std::istringstream alternatives(type);
    for (std::string one; std::getline(alternatives, one, '|');) {
        if (one == types::config) {
            answer.kinds.emplace_back("yaml");
        } else if (one == types::folder || one == types::run) {
            answer.kinds.emplace_back("folders");
        } else if (one == types::file || one == types::model) {
            answer.kinds.emplace_back("files");
        } else if (one == types::task) {
            for (const auto& entry : vocabulary.tasks.entries()) answer.words.emplace_back(entry.name, entry.summary);
        } else if (one == types::function) {
            for (const FunctionRow& row : function_rows(vocabulary.functions))
                answer.words.emplace_back(row.name, row.formula);
        } else if (one == types::key_value || one == types::key_values) {
            add_keys(place, vocabulary, answer);
        } else if (std::ranges::none_of(one, [](unsigned char c) { return std::isupper(c) != 0; })) {
            answer.words.emplace_back(one, "");
        }
    }
}

void add_flags(const CLI::App& command, Answer& answer) {
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_group().empty() || !option->nonpositional()) continue;
        for (const std::string& name : option->get_lnames()) {
            answer.words.emplace_back("--" + name, option->get_description());
        }
    }
}

/// What the argument can be that comes next; of several the last may be repeated.
void add_arguments(const CLI::App& app, const Place& place, const std::vector<std::string>& words,
                   const Vocabulary& vocabulary, Answer& answer) {
    std::size_t begin = 0;
    for (const CLI::Option* option : place.command->get_options()) {
        if (!option->get_positional()) continue;
        const auto most = static_cast<std::size_t>(std::max(option->get_items_expected_max(), 1));
        if (place.arguments < begin + most) {
            const std::string type = option->get_type_name();
            if (type == argument_types::command) return add_commands(named_by(app, words, place.arguments), answer);
            return add_values(type, place, vocabulary, answer);
        }
        begin += most;
    }
}

/// The answer's words as they stand in the whole word: behind "--format=" or, in a list, behind the last comma.
std::string text_of(const Answer& answer, const std::string& typed, const std::string& prefix) {
    std::string text;
    for (const std::string& kind : answer.kinds) text.append(text.empty() ? "" : " ").append(kind);
    text += '\n';
    for (const auto& [word, meaning] : answer.words) {
        const std::string whole = prefix + word;
        if (whole.starts_with(typed)) text.append(whole).append(control_sequence("\t")).append(meaning).append("\n");
    }
    return text;
}

}  // namespace

std::string completions(const CLI::App& app, const std::vector<std::string>& words, const Vocabulary& vocabulary) {
    if (words.empty()) return "\n";
    Place place = place_of(app, words);
    const std::string& typed = words.back();
    Answer answer;
    std::string prefix;
    const std::size_t equals = typed.find('=');
    const bool flag_expected = !place.arguments_only && is_flag(typed);
    if (place.flag == nullptr && flag_expected && equals != std::string::npos) {
        place.flag = find_flag(*place.command, typed.substr(0, equals));
        if (!takes_value(place.flag)) return "\n";
        prefix = typed.substr(0, equals + 1);
    }
    const bool optional = place.flag != nullptr && place.flag->get_items_expected_min() == 0;
    if (place.flag != nullptr && !(optional && flag_expected && prefix.empty())) {
        const std::size_t comma = typed.rfind(',');
        if (place.flag->get_delimiter() == ',' && comma != std::string::npos) prefix = typed.substr(0, comma + 1);
        add_values(place.flag->get_type_name(), place, vocabulary, answer);
    } else if (flag_expected) {
        add_flags(*place.command, answer);
    } else if (!shown_commands(*place.command).empty()) {
        if (place.arguments == 0) add_commands(*place.command, answer);
    } else {
        add_arguments(app, place, words, vocabulary, answer);
    }
    return text_of(answer, typed, prefix);
}

}  // namespace clade

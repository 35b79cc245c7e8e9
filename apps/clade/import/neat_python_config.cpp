#include "clade/import/neat_python_config.hpp"

#include "clade/import/ini_file.hpp"
#include "clade/import/settings.hpp"

#include <clade/core/error.hpp>
#include <clade/core/fields.hpp>
#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace clade::imported {
namespace {

/// What a value is.
enum class Kind { number, integer, flag, word, words };

/// A key of neat-python, and the key of Clade that takes its value as it is; or why none does.
struct Rule {
    std::string_view section;
    std::string_view key;
    Kind kind = Kind::number;
    std::string_view to{};        ///< a key of Clade; empty: none, or by a function below
    std::string_view fallback{};  ///< if it is left out; empty: it must be there
    std::string_view why_not{};   ///< why it is not mapped
};

constexpr std::string_view optional = "-";  // as a fallback: nothing is set

constexpr std::string_view run = "NEAT";
constexpr std::string_view genome = "DefaultGenome";
constexpr std::string_view species = "DefaultSpeciesSet";
constexpr std::string_view stagnation = "DefaultStagnation";
constexpr std::string_view reproduction = "DefaultReproduction";

constexpr std::array rules{
    Rule{run, "pop_size", Kind::integer, "evolution.population_size"},
    Rule{run, "fitness_criterion", Kind::word, "", "max", "the task says whether fitness is maximised or minimised"},
    Rule{run, "fitness_threshold", Kind::number, "", optional},
    Rule{run, "no_fitness_termination", Kind::flag, "", "false"},
    Rule{run, "reset_on_extinction", Kind::flag, ""},
    Rule{run, "seed", Kind::word, "", optional},
    Rule{genome, "num_inputs", Kind::integer, "", "", "the task says it"},
    Rule{genome, "num_outputs", Kind::integer, "", "", "the task says it"},
    Rule{genome, "num_hidden", Kind::integer, "genome.initial.hidden_nodes"},
    Rule{genome, "feed_forward", Kind::flag, ""},
    Rule{genome, "initial_connection", Kind::words, "", "unconnected"},
    Rule{genome, "activation_default", Kind::word, "", "random"},
    Rule{genome, "activation_options", Kind::words, "genome.activation.options", "sigmoid"},
    Rule{genome, "activation_mutate_rate", Kind::number, "genome.activation.mutation_rate"},
    Rule{genome, "aggregation_default", Kind::word, "", "random"},
    Rule{genome, "aggregation_options", Kind::words, "genome.aggregation.options", "sum"},
    Rule{genome, "aggregation_mutate_rate", Kind::number, "genome.aggregation.mutation_rate"},
    Rule{genome, "conn_add_prob", Kind::number, "evolution.mutation.add_connection_probability"},
    Rule{genome, "conn_delete_prob", Kind::number, "evolution.mutation.delete_connection_probability"},
    Rule{genome, "node_add_prob", Kind::number, "evolution.mutation.add_node_probability"},
    Rule{genome, "node_delete_prob", Kind::number, "evolution.mutation.delete_node_probability"},
    Rule{genome, "single_structural_mutation", Kind::flag, "", "true"},
    Rule{genome, "structural_mutation_surer", Kind::word, "", "default",
         "a structural mutation that finds no place is left out"},
    Rule{genome, "enabled_default", Kind::word, "", "True", "new connections are enabled"},
    Rule{genome, "enabled_mutate_rate", Kind::number, "", "",
         "evolution.mutation.toggle_connection_probability is a child's, not a connection's: set it by hand"},
    Rule{genome, "enabled_rate_to_true_add", Kind::number, "", "0", "see enabled_mutate_rate"},
    Rule{genome, "enabled_rate_to_false_add", Kind::number, "", "0", "see enabled_mutate_rate"},
    Rule{genome, "compatibility_disjoint_coefficient", Kind::number, "evolution.speciation.disjoint_coefficient"},
    Rule{genome, "compatibility_excess_coefficient", Kind::word, "", "auto"},
    Rule{genome, "compatibility_weight_coefficient", Kind::number, "evolution.speciation.weight_coefficient"},
    Rule{genome, "compatibility_include_node_genes", Kind::flag, "", "true"},
    Rule{genome, "compatibility_enable_penalty", Kind::number, "", "1.0",
         "distances do not count whether connections are enabled"},
    Rule{species, "compatibility_threshold", Kind::number, ""},
    Rule{species, "target_num_species", Kind::word, "", "none"},
    Rule{species, "threshold_adjust_rate", Kind::number, "", "0.1", "the threshold is found in each generation"},
    Rule{species, "threshold_min", Kind::number, "", "0.1"},
    Rule{species, "threshold_max", Kind::number, "", "100"},
    Rule{stagnation, "species_fitness_func", Kind::word, "", "mean", "the best member of a species counts"},
    Rule{stagnation, "max_stagnation", Kind::integer, "evolution.stagnation.species_limit", "15"},
    Rule{stagnation, "species_elitism", Kind::integer, "evolution.stagnation.protected_species", "0"},
    Rule{reproduction, "elitism", Kind::integer, "evolution.selection.elitism", "0"},
    Rule{reproduction, "survival_threshold", Kind::number, "evolution.selection.survival_threshold", "0.2"},
    Rule{reproduction, "min_species_size", Kind::integer, "evolution.selection.min_species_size", "1"},
    Rule{reproduction, "fitness_sharing", Kind::word, "", "normalized"},
    Rule{reproduction, "spawn_method", Kind::word, "", "smoothed", "species get their whole share at once"},
    Rule{reproduction, "interspecies_crossover_prob", Kind::number, "evolution.crossover.interspecies_probability",
         "0"},
};

/// Keys of an attribute, "weight_mutate_rate", and what follows `genome.weight.`.
struct AttributeRule {
    std::string_view key;
    Kind kind = Kind::number;
    std::string_view to{};
    std::string_view fallback{};
};
constexpr std::array attribute_rules{
    AttributeRule{"_init_mean", Kind::number, "mean"},
    AttributeRule{"_init_stdev", Kind::number, "deviation"},
    AttributeRule{"_init_type", Kind::word, "", "gaussian"},
    AttributeRule{"_mutate_rate", Kind::number, "perturb_rate"},
    AttributeRule{"_mutate_power", Kind::number, "perturb_power"},
    AttributeRule{"_replace_rate", Kind::number, "replace_rate"},
    AttributeRule{"_min_value", Kind::number, "min"},
    AttributeRule{"_max_value", Kind::number, "max"},
};
constexpr std::array<std::string_view, 3> attributes{"weight", "bias", "response"};

/// What neat-python does without a key, as far as Clade has it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> always{{
    {"defaults", "general"},
    {"evolution.innovation_scope", "generation"},
    {"evolution.speciation.small_genome", "0"},
    {"evolution.speciation.representative", "nearest"},
    {"evolution.stagnation.population_limit", "0"},
    {"evolution.selection.elitism_min_species_size", "1"},
    {"evolution.selection.preserve_champion", "false"},
    {"evolution.crossover.probability", "1"},
    {"evolution.mutation.attributes_probability", "1"},
    {"evolution.mutation.toggle_connection_probability", "0"},
}};

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

std::optional<double> number_in(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double number = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

std::optional<bool> flag_in(const std::string& text) {
    const std::string word = lower(text);
    if (word == "true" || word == "yes" || word == "on" || word == "1") return true;
    if (word == "false" || word == "no" || word == "off" || word == "0") return false;
    return std::nullopt;
}

std::vector<std::string> words_in(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \t\n", begin), text.size());
        if (end > begin) words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

class Importer {
public:
    Importer(std::string_view text, std::string file) : file_(std::move(file)), entries_(read_ini(text, file_)) {}

    ImportedConfig import() {
        require_known_genome();
        for (const auto& [key, value] : always) settings_.set(key, std::string(value));
        for (const Rule& rule : rules) apply(rule);
        for (const std::string_view name : attributes) import_attribute(std::string(name));
        if (problems_.empty()) import_special();
        for (const IniEntry& entry : entries_) note_unread(entry);
        if (!problems_.empty()) throw InputError(fmt::format("{}", fmt::join(problems_, "\n")));
        return {settings_.yaml(), notes_};
    }

private:
    /// Genomes of other classes are those of spiking networks, or a program's own.
    void require_known_genome() const {
        if (std::ranges::find(entries_, genome, &IniEntry::section) != entries_.end()) return;
        std::string text = fmt::format("{}: must have the section [{}] with keys", printable(file_, 200), genome);
        for (const IniEntry& entry : entries_) {
            if (!entry.section.ends_with("Genome")) continue;
            text += ": genomes of the class " + printable(entry.section, 60) + " cannot be imported";
            break;
        }
        throw InputError(text);
    }

    void refuse(const IniEntry* entry, const std::string& problem) {
        const std::string line = entry == nullptr ? "" : fmt::format(":{}", entry->line);
        problems_.push_back(fmt::format("{}{}: {}", printable(file_, 200), line, problem));
    }

    void note(const IniEntry& entry, std::string_view reason) {
        notes_.push_back(fmt::format("[{}] {} = {}: {}", printable(entry.section), printable(entry.key),
                                     printable(entry.value, 60), reason));
    }

    const IniEntry* find(std::string_view section, std::string_view key) {
        read_.push_back(std::string(section) + '\n' + std::string(key));
        const auto found = std::ranges::find_if(
            entries_, [&](const IniEntry& entry) { return entry.section == section && entry.key == key; });
        return found == entries_.end() ? nullptr : &*found;
    }

    /// The value of a key, checked, or what it is if it is left out.
    std::string value(std::string_view section, std::string_view key, Kind kind, std::string_view fallback) {
        const IniEntry* entry = find(section, key);
        if (entry == nullptr) {
            if (fallback.empty()) refuse(nullptr, fmt::format("[{}] must have the key '{}'", section, key));
            return fallback == optional ? "" : std::string(fallback);
        }
        const std::optional<double> number = number_in(entry->value);
        const auto must = [&](bool holds, const char* rule) {
            if (!holds) refuse(entry, fmt::format("{} must be {}, got '{}'", key, rule, printable(entry->value, 60)));
        };
        if (kind == Kind::number) must(number.has_value(), "a number");
        if (kind == Kind::integer) must(number && std::floor(*number) == *number, "an integer");
        if (kind == Kind::flag) must(flag_in(entry->value).has_value(), "true or false");
        if (kind == Kind::words) must(!words_in(entry->value).empty(), "names with blanks between");
        return entry->value;
    }

    static std::string as_yaml(const std::string& text, Kind kind) {
        if (kind == Kind::words) return fmt::format("[{}]", fmt::join(words_in(text), ", "));
        const std::optional<double> number = number_in(text);
        return number ? number_text(*number) : text;
    }

    void apply(const Rule& rule) {
        const std::string text = value(rule.section, rule.key, rule.kind, rule.fallback);
        if (!rule.to.empty()) {
            settings_.set(rule.to, as_yaml(text, rule.kind));
        } else if (const IniEntry* entry = find(rule.section, rule.key); entry != nullptr && !rule.why_not.empty()) {
            note(*entry, rule.why_not);
        }
    }

    void import_attribute(const std::string& name) {
        for (const AttributeRule& rule : attribute_rules) {
            const std::string text = value(genome, name + std::string(rule.key), rule.kind, rule.fallback);
            if (!rule.to.empty()) settings_.set(fmt::format("genome.{}.{}", name, rule.to), as_yaml(text, rule.kind));
        }
        const auto number = [&](const char* key) { return number_in(text_of(genome, name + key)).value_or(0.0); };
        if (number("_mutate_rate") > 0.0) settings_.set("genome." + name + ".perturb_distribution", "normal");
        const std::string type = lower(text_of(genome, name + "_init_type", "gaussian"));
        if (type.starts_with("gauss") || type == "normal") {
            settings_.set("genome." + name + ".distribution", "normal");
        } else if (type == "uniform") {  // within two deviations of the mean, and the bounds
            const double wide = 2.0 * number("_init_stdev");
            settings_.set("genome." + name + ".distribution", "uniform");
            settings_.set("genome." + name + ".low",
                          number_text(std::max(number("_min_value"), number("_init_mean") - wide)));
            settings_.set("genome." + name + ".high",
                          number_text(std::min(number("_max_value"), number("_init_mean") + wide)));
        } else {
            refuse(find(genome, name + "_init_type"),
                   name + "_init_type must be gaussian, normal or uniform, got '" + printable(type, 60) + "'");
        }
    }

    /// The value of a key that was checked before.
    std::string text_of(std::string_view section, std::string_view key, std::string_view fallback = "") {
        const IniEntry* entry = find(section, key);
        return entry == nullptr ? std::string(fallback) : entry->value;
    }
    bool flag(std::string_view section, std::string_view key, std::string_view fallback = "") {
        return flag_in(text_of(section, key, fallback)).value_or(false);
    }

    /// Keys that become several, or depend on others.
    void import_special() {
        import_run();
        settings_.set("genome.network", flag(genome, "feed_forward") ? "feed_forward" : "recurrent");
        settings_.set("evolution.mutation.structural_budget",
                      flag(genome, "single_structural_mutation", "true") ? "one" : "several");
        import_initial_connection();
        import_function("activation", "sigmoid");
        import_function("aggregation", "sum");
        import_speciation();
        const std::string sharing = text_of(reproduction, "fitness_sharing", "normalized");
        settings_.set("evolution.selection.sharing", sharing == "canonical" ? "canonical" : "normalised");
    }

    void import_run() {
        const bool endless = flag(run, "no_fitness_termination", "false");
        const std::string threshold = text_of(run, "fitness_threshold");
        if (const IniEntry* entry = find(run, "fitness_threshold"); entry != nullptr && endless) {
            note(*entry, "no_fitness_termination is on");
        } else if (entry != nullptr) {
            settings_.set("stop.solved_fitness", as_yaml(threshold, Kind::number));
        }
        settings_.set("evolution.stagnation.extinction", flag(run, "reset_on_extinction") ? "restart" : "error");
        const IniEntry* seed = find(run, "seed");
        if (seed == nullptr) return;
        const bool digits = !seed->value.empty() && seed->value.find_first_not_of("0123456789") == std::string::npos;
        if (digits) {
            settings_.set("seed", seed->value);
        } else {
            note(*seed, "a seed is a number of at least 0");
        }
    }

    void import_initial_connection() {
        const std::vector<std::string> words = words_in(text_of(genome, "initial_connection", "unconnected"));
        const bool hidden = number_in(text_of(genome, "num_hidden")).value_or(0.0) > 0.0;
        const std::string kind = words.front().substr(0, words.front().find("_no"));
        const std::string base = kind.ends_with("_direct") ? kind.substr(0, kind.size() - 7) : kind;
        const IniEntry* entry = find(genome, "initial_connection");
        if (base == "fs_neat" || base == "fs_neat_hidden") {
            settings_.set("genome.initial.connections", "fs_neat");
            if (hidden) note(*entry, "with hidden nodes fs_neat may differ: see genome.initial.route");
        } else if (base == "full" || base == "partial") {
            settings_.set("genome.initial.connections", base);
            const bool direct = kind.ends_with("_direct");
            settings_.set("genome.initial.route", !hidden ? "direct" : direct ? "both" : "hidden");
        } else if (base == "unconnected") {
            settings_.set("genome.initial.connections", "unconnected");
        } else {
            refuse(entry, "initial_connection must be unconnected, fs_neat, full or partial, got '" +
                              printable(words.front(), 60) + "'");
        }
        if (base != "partial") return;
        const std::optional<double> fraction = words.size() == 2 ? number_in(words[1]) : std::nullopt;
        if (fraction && *fraction >= 0.0 && *fraction <= 1.0) {
            settings_.set("genome.initial.fraction", number_text(*fraction));
        } else {
            refuse(entry, "initial_connection partial must have a number between 0 and 1 behind it");
        }
    }

    /// The function that nodes begin with; `random` is not there: they begin with the first option.
    void import_function(const std::string& name, const std::string& fallback) {
        std::string initial = text_of(genome, name + "_default", "random");
        const std::vector<std::string> options = words_in(text_of(genome, name + "_options", fallback));
        if (initial == "random") {
            initial = options.front();
            notes_.push_back(fmt::format("[{}] {}_default is random: nodes begin with {}", genome, name, initial));
        }
        settings_.set("genome." + name + ".initial", initial);
    }

    void import_speciation() {
        const std::string disjoint = text_of(genome, "compatibility_disjoint_coefficient");
        const std::string excess = text_of(genome, "compatibility_excess_coefficient", "auto");
        settings_.set("evolution.speciation.excess_coefficient",
                      as_yaml(lower(excess) == "auto" ? disjoint : excess, Kind::number));
        const bool nodes = flag(genome, "compatibility_include_node_genes", "true");
        settings_.set(
            "evolution.speciation.node_coefficient",
            nodes ? as_yaml(text_of(genome, "compatibility_weight_coefficient"), Kind::number) : std::string("0"));
        const std::string target = text_of(species, "target_num_species", "none");
        const IniEntry* threshold = find(species, "compatibility_threshold");
        if (lower(target) == "none") {
            settings_.set("evolution.speciation.threshold", as_yaml(threshold->value, Kind::number));
            return;
        }
        settings_.set("evolution.speciation.threshold", "null");
        settings_.set("evolution.speciation.target_species", as_yaml(target, Kind::integer));
        note(*threshold, "the threshold is found in each generation, so that target_num_species is held");
        settings_.set("evolution.speciation.threshold_min",
                      as_yaml(text_of(species, "threshold_min", "0.1"), Kind::number));
        settings_.set("evolution.speciation.threshold_max",
                      as_yaml(text_of(species, "threshold_max", "100"), Kind::number));
    }

    void note_unread(const IniEntry& entry) {
        if (std::ranges::find(read_, entry.section + '\n' + entry.key) != read_.end()) return;
        const bool time_constant = entry.section == genome && entry.key.starts_with("time_constant_");
        note(entry, time_constant ? "there are no continuous-time networks" : "no key of neat-python that is known");
    }

    std::string file_;
    std::vector<IniEntry> entries_;
    Settings settings_;
    std::vector<std::string> read_;  // "section\nkey" that were looked for
    std::vector<std::string> notes_;
    std::vector<std::string> problems_;
};

}  // namespace

ImportedConfig import_neat_python(std::string_view text, const std::string& file) {
    return Importer(text, file).import();
}

}  // namespace clade::imported

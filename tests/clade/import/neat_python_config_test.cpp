// Configurations of neat-python: every key is mapped or named, and the result is a configuration of Clade.
#include "clade/import/neat_python_config.hpp"

#include "tests/clade/import/neat_python_text.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/config/experiment_config.hpp>

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade::imported {
namespace {

using testing::least;

/// That with a key more, or with another value, in a section.
std::string with(std::string_view section, const std::string& key, const std::string& value) {
    std::string text(least);
    if (const std::size_t at = text.find("\n" + key + " ="); at != std::string::npos) {
        text.erase(at, text.find('\n', at + 1) - at);
    }
    const std::string head = "[" + std::string(section) + "]\n";
    return text.insert(text.find(head) + head.size(), key + " = " + value + "\n");
}

ExperimentConfig config_of(std::string_view text) {
    const TaskRegistry tasks = builtin_tasks();
    const FunctionSet functions;
    return load_config({.file = "imported",
                        .registry = tasks,
                        .functions = functions,
                        .text = "task: {name: xor}\n" + import_neat_python(text, "config").yaml});
}

std::string notes_of(std::string_view text) {
    std::string notes;
    for (const std::string& note : import_neat_python(text, "config").notes) notes += note + '\n';
    return notes;
}

std::string refusal(const std::string& text) {
    try {
        (void)import_neat_python(text, "config");
    } catch (const InputError& error) {
        return error.what();
    }
    return "nothing";
}

TEST(NeatPythonConfig, IsMappedKeyByKey) {
    const ExperimentConfig config = config_of(least);
    EXPECT_EQ(config.evolution.population_size, 120);
    EXPECT_EQ(config.evolution.stagnation.extinction, Extinction::error);
    EXPECT_EQ(config.genome.network.kind, NetworkKind::feed_forward);
    EXPECT_EQ(config.genome.activation.initial, "tanh");
    EXPECT_EQ(config.genome.activation.options, (std::vector<std::string>{"tanh", "relu"}));
    EXPECT_EQ(config.evolution.mutation.add_connection_probability, 0.5);
    EXPECT_EQ(config.evolution.mutation.delete_node_probability, 0.1);
    EXPECT_EQ(config.genome.weight.distribution, Distribution::normal);
    EXPECT_EQ(config.genome.weight.perturb_distribution, PerturbDistribution::normal);
    EXPECT_EQ(config.genome.weight.perturb_rate, 0.8);
    EXPECT_EQ(config.genome.weight.max, 30.0);
    EXPECT_EQ(config.genome.response.mean, 1.0);
    EXPECT_EQ(config.evolution.speciation.threshold, 3.0);
    EXPECT_EQ(config.evolution.speciation.disjoint_coefficient, 1.5);
    EXPECT_EQ(config.evolution.speciation.node_coefficient, 0.6);
}

TEST(NeatPythonConfig, HasTheDefaultsOfNeatPythonForKeysThatAreLeftOut) {
    const ExperimentConfig config = config_of(least);
    EXPECT_EQ(config.genome.initial.connections, InitialConnections::unconnected);
    EXPECT_EQ(config.evolution.mutation.structural_budget, StructuralBudget::one) << "left out, it is on";
    EXPECT_EQ(config.evolution.speciation.excess_coefficient, 1.5) << "as for disjoint genes";
    EXPECT_EQ(config.evolution.stagnation.species_limit, 15);
    EXPECT_EQ(config.evolution.stagnation.protected_species, 0);
    EXPECT_EQ(config.evolution.selection.elitism, 0);
    EXPECT_EQ(config.evolution.innovation_scope, InnovationScope::generation);
    EXPECT_EQ(config.genome.aggregation.options, std::vector<std::string>{"sum"});
}

TEST(NeatPythonConfig, MapsKeysThatDependOnOthers) {
    EXPECT_EQ(
        config_of(with("DefaultGenome", "single_structural_mutation", "false")).evolution.mutation.structural_budget,
        StructuralBudget::several);
    EXPECT_EQ(config_of(with("NEAT", "fitness_threshold", "3.9")).stop.solved_fitness, 3.9);
    EXPECT_EQ(config_of(with("NEAT", "no_fitness_termination", "True")).stop.solved_fitness, std::nullopt);
    EXPECT_EQ(config_of(with("NEAT", "seed", "42")).seed, 42U);
    const ExperimentConfig held = config_of(with("DefaultSpeciesSet", "target_num_species", "12"));
    EXPECT_EQ(held.evolution.speciation.threshold, std::nullopt);
    EXPECT_EQ(held.evolution.speciation.target_species, 12U);
    const ExperimentConfig uniform = config_of(with("DefaultGenome", "weight_init_type", "uniform"));
    EXPECT_EQ(uniform.genome.weight.distribution, Distribution::uniform);
    EXPECT_EQ(uniform.genome.weight.low, -2.0);
    EXPECT_EQ(uniform.genome.weight.high, 2.0);
    const ExperimentConfig partial = config_of(with("DefaultGenome", "initial_connection", "partial_nodirect 0.3"));
    EXPECT_EQ(partial.genome.initial.connections, InitialConnections::partial);
    EXPECT_EQ(partial.genome.initial.fraction, 0.3);
    EXPECT_EQ(config_of(with("DefaultGenome", "initial_connection", "full_direct")).genome.initial.route,
              InitialRoute::direct);
    EXPECT_EQ(config_of(with("DefaultReproduction", "fitness_sharing", "canonical")).evolution.selection.sharing,
              Sharing::canonical);
    EXPECT_EQ(config_of(with("DefaultGenome", "activation_default", "random")).genome.activation.initial, "tanh");
}

TEST(NeatPythonConfig, NamesEachKeyThatIsNotMapped) {
    EXPECT_EQ(
        notes_of(least),
        "[DefaultGenome] num_inputs = 2: the task says it\n"
        "[DefaultGenome] num_outputs = 1: the task says it\n"
        "[DefaultGenome] enabled_mutate_rate = 0.01: evolution.mutation.toggle_connection_probability is a child's, "
        "not a connection's: set it by hand\n");
    for (const auto& [section, key, value] : {std::array{"NEAT", "fitness_criterion", "max"},
                                              {"DefaultGenome", "time_constant_init_mean", "1.0"},
                                              {"DefaultStagnation", "species_fitness_func", "mean"},
                                              {"DefaultGenome", "no_such_key", "3"},
                                              {"DefaultReproduction", "spawn_method", "proportional"},
                                              {"NEAT", "seed", "-1"}}) {
        const std::string note = "[" + std::string(section) + "] " + key + " = " + value + ": ";
        EXPECT_NE(notes_of(with(section, key, value)).find(note), std::string::npos) << note;
    }
}

TEST(NeatPythonConfig, ThatIsWrongIsToldWithAllItsMistakes) {
    EXPECT_TRUE(refusal("[NEAT]\npop_size = many\n[DefaultGenome]\nnum_inputs = 2\n")
                    .starts_with("config:2: pop_size must be an integer, got 'many'\n"
                                 "config: [NEAT] must have the key 'reset_on_extinction'\n"
                                 "config: [DefaultGenome] must have the key 'num_outputs'\n"));
    EXPECT_EQ(
        refusal("[IZGenome]\nnum_inputs = 2\n"),
        "config: must have the section [DefaultGenome] with keys: genomes of the class IZGenome cannot be imported");
    EXPECT_EQ(refusal(with("DefaultGenome", "initial_connection", "some")),
              "config:5: initial_connection must be unconnected, fs_neat, full or partial, got 'some'");
    EXPECT_EQ(refusal(with("DefaultGenome", "initial_connection", "partial")),
              "config:5: initial_connection partial must have a number between 0 and 1 behind it");
    EXPECT_EQ(refusal(with("DefaultGenome", "bias_init_type", "cauchy")),
              "config:5: bias_init_type must be gaussian, normal or uniform, got 'cauchy'");
    EXPECT_EQ(refusal("[NEAT]\nPop_Size = 3\npop_size: 4\n[NEAT]\nwords\nx = 5%\n"),
              "config:3: the key 'pop_size' is given twice in [NEAT]\n"
              "config:4: the section [NEAT] is given twice\n"
              "config:5: must be [section] or key = value, got 'words'\n"
              "config:6: a % in the value of 'x' must be written %%");
}

TEST(NeatPythonConfig, IsReadAsConfigparserReadsIt) {
    const std::string text = with("DefaultGenome", "Activation_Options", "tanh\n    relu\n# a comment\n    sin");
    const ExperimentConfig config = config_of(text.substr(0, text.find("\nactivation_options")) +
                                              text.substr(text.find("\nactivation_mutate_rate")));
    EXPECT_EQ(config.genome.activation.options, (std::vector<std::string>{"tanh", "relu", "sin"}));
}

}  // namespace
}  // namespace clade::imported

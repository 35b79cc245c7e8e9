// Parameters of NEAT. Defaults are those of Stanley & Miikkulainen, "Evolving neural networks through augmenting
// topologies", Evolutionary Computation 10(2), 2002, section 4.1, where the paper gives a number.
#pragma once

#include <clade/core/fields.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace clade {

enum class InnovationScope { run, generation };
template <>
struct EnumNames<InnovationScope> {
    static constexpr std::array<std::string_view, 2> names{"run", "generation"};
};

enum class Normalisation { gene_count, none };
template <>
struct EnumNames<Normalisation> {
    static constexpr std::array<std::string_view, 2> names{"gene_count", "none"};
};

enum class Representative { random, champion, nearest };
template <>
struct EnumNames<Representative> {
    static constexpr std::array<std::string_view, 3> names{"random", "champion", "nearest"};
};

inline constexpr std::uint64_t default_target_species = 10;

/// How a number of species is held: by a threshold that is found each generation, or by as many medoids.
enum class SpeciationMethod { threshold, k_medoids };
template <>
struct EnumNames<SpeciationMethod> {
    static constexpr std::array<std::string_view, 2> names{"threshold", "k_medoids"};
};

/// How a generation is split into species.
struct SpeciationParams {
    double excess_coefficient = 1.0;
    double disjoint_coefficient = 1.0;
    double weight_coefficient = 0.4;
    double node_coefficient = 0.0;
    Normalisation normalisation = Normalisation::gene_count;
    int small_genome = 20;
    std::optional<double> threshold{};              ///< none: found in each generation, so that species are held
    std::optional<std::uint64_t> target_species{};  ///< none: default_target_species; only without a threshold
    SpeciationMethod method = SpeciationMethod::threshold;
    double threshold_min = 0.01;
    double threshold_max = 1000.0;
    Representative representative = Representative::random;

    bool operator==(const SpeciationParams&) const = default;
};

enum class Extinction { restart, error };
template <>
struct EnumNames<Extinction> {
    static constexpr std::array<std::string_view, 2> names{"restart", "error"};
};

/// Stagnation of species and population.
struct StagnationParams {
    int species_limit = 15;
    int population_limit = 0;
    int surviving_species = 2;
    int protected_species = 1;
    Extinction extinction = Extinction::restart;

    bool operator==(const StagnationParams&) const = default;
};

enum class Sharing { canonical, normalised };
template <>
struct EnumNames<Sharing> {
    static constexpr std::array<std::string_view, 2> names{"canonical", "normalised"};
};

/// Parents, elites, and the number of offspring.
struct SelectionParams {
    Sharing sharing = Sharing::normalised;
    double survival_threshold = 0.2;
    int min_species_size = 1;
    int elitism = 1;
    int elitism_min_species_size = 6;
    bool preserve_champion = true;

    bool operator==(const SelectionParams&) const = default;
};

/// Crossover of two parents.
struct CrossoverParams {
    double probability = 0.75;
    double interspecies_probability = 0.001;
    double average_probability = 0.0;
    double disable_probability = 0.75;

    bool operator==(const CrossoverParams&) const = default;
};

enum class StructuralBudget { one, several };
template <>
struct EnumNames<StructuralBudget> {
    static constexpr std::array<std::string_view, 2> names{"one", "several"};
};

/// Probabilities of mutations per child.
struct MutationParams {
    double attributes_probability = 0.8;
    double add_node_probability = 0.03;
    double add_connection_probability = 0.15;
    double delete_node_probability = 0.0;
    double delete_connection_probability = 0.05;
    double toggle_connection_probability = 0.0;
    StructuralBudget structural_budget = StructuralBudget::one;
    int add_connection_attempts = 20;
    int max_hidden_nodes = 0;
    int max_connections = 0;

    bool operator==(const MutationParams&) const = default;
};

/// How a generation comes from the one before. The defaults were chosen on several tasks (apps/docs/method.md);
/// configs/paper/ has those of Stanley & Miikkulainen 2002.
struct EvolutionParams {
    int population_size = 150;
    InnovationScope innovation_scope = InnovationScope::run;
    SpeciationParams speciation{};
    StagnationParams stagnation{};
    SelectionParams selection{};
    CrossoverParams crossover{};
    MutationParams mutation{};

    bool operator==(const EvolutionParams&) const = default;
};

void visit_fields(SpeciationParams& p, FieldVisitor& field);
void visit_fields(StagnationParams& p, FieldVisitor& field);
void visit_fields(SelectionParams& p, FieldVisitor& field);
void visit_fields(CrossoverParams& p, FieldVisitor& field);
void visit_fields(MutationParams& p, FieldVisitor& field);
void visit_fields(EvolutionParams& p, FieldVisitor& field);

/// Checks that initial genomes do not exceed the limits of mutation; `prefix` is the key of the evolution block.
void check_caps(const EvolutionParams& p, int initial_hidden_nodes, std::string_view prefix, IssueSink& issues);

/// The number of species that is held: at most so many that each can have its least number of offspring; 0 with a fixed
/// threshold.
[[nodiscard]] std::size_t held_species(const EvolutionParams& p) noexcept;

/// Checks the rules that span several fields; `prefix` is the key of the evolution block.
void check(const EvolutionParams& p, std::string_view prefix, IssueSink& issues);

}  // namespace clade

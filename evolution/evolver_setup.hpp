// The setup of an evolver: parameters, sizes, seed, seams.
#pragma once

#include <clade/core/fitness_direction.hpp>
#include <clade/core/functions/functions.hpp>
#include <clade/core/genome/genome_io.hpp>
#include <clade/core/parallel.hpp>
#include <clade/evolution/evolution_params.hpp>
#include <clade/evolution/genome/genome_params.hpp>
#include <clade/evolution/select/merit.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace clade {

/// The steps of tell(), in their order.
enum class Stage {
    speciate,   ///< division into species, and their progress
    select,     ///< stagnation, fitness sharing, number of offspring
    record,     ///< the record: summary, complexity, digest
    plan,       ///< parents and operators of each child
    number,     ///< innovation numbers of new genes
    inherit,    ///< genes copied or crossed into the children's places
    mutate,     ///< numbers and functions of genes
    represent,  ///< representatives of the species
};
template <>
struct EnumNames<Stage> {
    static constexpr std::array<std::string_view, 8> names{"speciate", "select",  "record", "plan",
                                                           "number",   "inherit", "mutate", "represent"};
};

/// The setup of an evolver. Results depend on everything but `parallel` and `on_stage_end`.
struct EvolverSetup {
    GenomeParams genome{};
    EvolutionParams evolution{};
    std::size_t input_count = 0;
    std::size_t output_count = 0;
    FitnessDirection direction = FitnessDirection::maximise;
    std::uint64_t seed = 0;
    FunctionSet functions{};
    Parallel parallel{};                          ///< all cores
    MeritFactory merit{};                         ///< makes the merit of selection; empty: fitness
    std::optional<SavedGenome> initial_genome{};  ///< renumbered; genome 0 is it, others have its structure
    std::function<void(Stage)> on_stage_end{};    ///< called after each stage of tell(), in the calling thread

    /// The shape of its genomes.
    [[nodiscard]] GenomeShape genome_shape() const noexcept;
};

/// Throws FieldError, naming every problem, if parameters are out of range or contradict each other.
void check(const EvolverSetup& setup);

}  // namespace clade

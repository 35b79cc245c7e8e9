// The plan of a generation: parents, operators and structural mutations of each child, chosen before any gene is
// written.
//
// Every child draws from a random stream of its own, keyed by seed, generation and its number, so that plans are made
// in parallel with the same result. Structural mutations are chosen here, numbered afterwards (serially, in child
// order), and carried out when the child is written.
#pragma once

#include <clade/core/parallel.hpp>
#include <clade/evolution/breed/structural_mutation.hpp>
#include <clade/evolution/genome/genome_params.hpp>
#include <clade/evolution/genome/innovation_table.hpp>
#include <clade/evolution/species/speciation.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace clade {

/// How a genome came about, as bits of GenomeOrigin::operators; behind these stand the structural mutations, in the order
/// of their list.
enum class Operator : std::uint16_t {
    elite = 1,         ///< unchanged copy of a species' best
    crossover = 2,     ///< two parents
    interspecies = 4,  ///< of different species
    average = 8,       ///< matching genes averaged
    attributes = 16,   ///< weights, biases and other attributes mutated
};

/// The names of all bits, in their order.
inline constexpr auto operator_names = [] {
    std::array<std::string_view, 5 + mutation_kinds> names{"elite", "crossover", "interspecies", "average",
                                                           "attributes"};
    std::copy(mutation_names.begin(), mutation_names.end(), names.begin() + 5);
    return names;
}();
static_assert(operator_names.size() <= 16, "ChildPlan::operators has a bit for each");

[[nodiscard]] constexpr std::uint16_t bit(Operator op) noexcept { return static_cast<std::uint16_t>(op); }
[[nodiscard]] constexpr std::uint16_t bit_of_mutation(std::size_t kind) noexcept {
    return static_cast<std::uint16_t>(bit(Operator::attributes) << (kind + 1));
}

/// One child's structural mutations, and where the numbers of its new genes are.
struct StructuralPlan {
    std::uint32_t child = 0;
    std::uint32_t worker = 0;         ///< whose scratch has the requests
    std::uint32_t first_request = 0;  ///< position among them
    std::uint32_t request_count = 0;
    std::uint8_t count = 0;
    std::array<StructuralMutation, mutation_kinds> mutations{};
};

inline constexpr std::uint32_t no_structural_plan = 0xffffffffU;

/// One child. `primary` is the fitter parent, whose structure the child inherits.
struct ChildPlan {
    std::uint32_t primary = 0;
    std::uint32_t secondary = 0;  ///< equal to primary without crossover
    std::uint32_t slot = 0;       ///< position in the next generation
    std::uint32_t structural = no_structural_plan;
    GenomeSize size{};
    std::uint16_t operators = 0;

    [[nodiscard]] bool has(Operator op) const noexcept { return (operators & bit(op)) != 0; }

    /// Whether the child is its parent's exact copy.
    [[nodiscard]] bool is_copy() const noexcept { return (operators & ~bit(Operator::elite)) == 0; }
};

/// What breeding reads.
struct BreedingInput {
    const GenomeStore& population;
    const Speciation& speciation;
    std::span<const double> merit;          ///< [population size], higher is better
    std::span<const std::uint32_t> quotas;  ///< [species], children of each; sums to the population size
    const GenomeParams& genome;
    const EvolutionParams& evolution;
    std::uint64_t seed;
    std::uint32_t generation;  ///< of the parents
};

/// The plan of a generation. Keeps its memory from generation to generation.
class ReproductionPlan {
public:
    /// Parents, operators and structural decisions of every child (parallel).
    void decide(const BreedingInput& input, const Parallel& parallel);

    /// Gives the new genes of all children their numbers, in child order (serial).
    void number(const GenomeStore& population, InnovationTable& innovations);

    /// Lays out the next generation: copies and children without attribute mutation first, so that the mutation pass
    /// covers one contiguous range. Returns where that range begins.
    std::size_t place(GenomeStore& next);

    [[nodiscard]] std::span<const ChildPlan> children() const noexcept { return children_; }
    [[nodiscard]] const StructuralPlan& structural(const ChildPlan& child) const noexcept {
        return structural_[child.structural];
    }

    /// The numbers of a child's new genes; @pre number() was called.
    [[nodiscard]] std::span<const NumberRequest> numbers(const StructuralPlan& plan) const noexcept {
        return std::span(scratch_[plan.worker].requests).subspan(plan.first_request, plan.request_count);
    }

    /// What a worker plans and writes children with.
    struct Scratch {
        StructureDraft draft;
        GenomeStore inherited;  // a genome with the primary's layout, before structural mutation
        std::vector<StructuralPlan> plans;
        std::vector<NumberRequest> requests;  // of all plans, one plan's after the other's
    };
    [[nodiscard]] Scratch& scratch(std::size_t worker) { return scratch_[worker]; }

private:
    void collect_structural_plans();

    std::vector<ChildPlan> children_;         // [population size]
    std::vector<StructuralPlan> structural_;  // those children that have one, in child order
    std::vector<Scratch> scratch_;            // [workers]
    std::vector<GenomeSize> sizes_;           // [population size], by slot
};

}  // namespace clade

// The plan of a generation: parents, operators and structural mutations of each child, chosen before any gene is
// written.
//
// Every child draws from a random stream of its own, keyed by seed, generation and its number, so that plans are made
// in parallel with the same result. Structural mutations are chosen here, numbered afterwards (serially, in child
// order), and carried out when the child is written.
#pragma once

#include <clade/core/parallel.hpp>
#include <clade/evolution/breed/breeding_input.hpp>
#include <clade/evolution/breed/child_plan.hpp>
#include <clade/evolution/breed/structural_mutation.hpp>
#include <clade/evolution/genome/innovation_table.hpp>

#include <span>
#include <vector>

namespace clade {

/// The plan of a generation. Keeps its memory from generation to generation.
class ReproductionPlan {
public:
    /// Parents, operators and structural decisions of every child (parallel).
    void decide(const BreedingInput& input, const Parallel& parallel);

    /// Gives the new genes of all children their numbers, in child order (serial).
    void number(const GenomeStore& population, InnovationTable& innovations);

    /// The genomes of children with structural mutations, in the order of their plans, laid out to be written.
    /// @pre number() was called.
    GenomeStore& place_changed();

    /// Lays out the next generation: copies and children without attribute mutation first, so that the mutation pass
    /// covers one contiguous range. Returns where that range begins. Topologies get their numbers in child order.
    /// @pre the genomes of place_changed() were written.
    std::size_t place(const GenomeStore& population, GenomeStore& next);

    [[nodiscard]] std::span<const ChildPlan> children() const noexcept { return children_; }
    [[nodiscard]] std::span<const StructuralPlan> structural() const noexcept { return structural_; }

    /// What place_changed() laid out; a child's is at its `structural`.
    [[nodiscard]] const GenomeStore& changed() const noexcept { return changed_; }

    /// The numbers of a child's new genes; @pre number() was called.
    [[nodiscard]] std::span<const NumberRequest> numbers(const StructuralPlan& plan) const noexcept {
        return std::span(scratch_[plan.worker].requests).subspan(plan.first_request, plan.request_count);
    }

    /// What a worker plans and writes children with.
    struct Scratch {
        StructureDraft draft;
        GenomeStore inherited;  // of inherited_genome()
        std::vector<StructuralPlan> plans;
        std::vector<NumberRequest> requests;  // of all plans, one plan's after the other's
    };
    [[nodiscard]] Scratch& scratch(std::size_t worker) { return scratch_[worker]; }

private:
    void collect_structural_plans();

    std::vector<ChildPlan> children_;         // [population size]
    std::vector<StructuralPlan> structural_;  // those children that have one, in child order
    std::vector<Scratch> scratch_;            // [workers]
    std::vector<GenomeSize> sizes_;           // [structural]
    GenomeStore changed_;                     // [structural]
    std::vector<std::uint32_t> topology_;     // [population size], by slot: its number in the next generation
    std::vector<std::uint32_t> inherited_;    // [topologies of the population]: their numbers in the next generation
};

}  // namespace clade

// Carries out a plan: writes the children's genes into the next generation, then mutates attributes in one pass over
// each column.
#pragma once

#include <clade/evolution/breed/reproduction_plan.hpp>

namespace clade {

/// Writes the children with structural mutations, whose topologies the plan must know to lay out a generation.
/// Parallel over children. @pre their genes have numbers.
void write_changed_children(const BreedingInput& input, const NodeFunctions& functions, const Parallel& parallel,
                            ReproductionPlan& plan);

/// Writes every child of the plan into `next`, which the plan has placed. Parallel over children.
void write_children(const BreedingInput& input, const ReproductionPlan& plan, const Parallel& parallel,
                    GenomeStore& next);

/// Mutates the attributes of the genomes from `first_mutated` on: one contiguous range of each column.
void mutate_attributes(const BreedingInput& input, const NodeFunctions& functions, std::size_t first_mutated,
                       const Parallel& parallel, GenomeStore& next);

}  // namespace clade

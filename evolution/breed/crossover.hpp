// Crossover: the genes that a child inherits from its parents (Stanley & Miikkulainen 2002, 3.2).
#pragma once

#include <clade/evolution/breed/breeding_input.hpp>
#include <clade/evolution/breed/child_plan.hpp>

namespace clade {

/// The child's attributes before structural and attribute mutation, for the primary parent's topology: of matching genes
/// from either parent, of disjoint and excess ones from the primary. One pass over the genes of both.
/// `child` numbers the child for its random stream. The node attributes marked in `left_out` are not written.
/// @pre `rows` has the primary's size.
void inherit(const BreedingInput& input, const ChildPlan& plan, std::size_t child, const AttributeRows& rows,
             const NodeMarks& left_out = {});

/// The child as inherit() makes it: a genome of the primary's topology, whose attributes are in `scratch`. Valid until
/// the population or `scratch` change.
[[nodiscard]] GenomeView inherited_genome(const BreedingInput& input, const ChildPlan& plan, std::size_t child,
                                          GenomeStore& scratch);

}  // namespace clade

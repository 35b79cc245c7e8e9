#include <clade/evolution/breed/structural_mutation.hpp>

#include <algorithm>

namespace clade {

MutationChooser::MutationChooser(const MutationParams& params, bool acyclic)
    : context_{.params = params, .acyclic = acyclic},
      probability_(for_mutation_kinds(
          [&]<class Mutation>(std::type_identity<Mutation>) { return Mutation::probability(params); })) {}

unsigned MutationChooser::kinds(Stream& random) const {
    if (context_.params.structural_budget == StructuralBudget::several) {
        unsigned chosen = 0;
        for (std::size_t kind = 0; kind < mutation_kinds; ++kind) {
            if (probability_[kind] > 0.0 && random.bernoulli(probability_[kind])) chosen |= 1U << kind;
        }
        return chosen;
    }
    double total = 0.0;
    for (const double p : probability_) total += p;
    // One roulette over all kinds; probabilities that exceed 1 together share it in proportion.
    double at = random.uniform() * std::max(1.0, total);
    for (std::size_t kind = 0; kind < mutation_kinds; ++kind) {
        if (at < probability_[kind]) return 1U << kind;
        at -= probability_[kind];
    }
    return 0;
}

std::optional<StructuralMutation> MutationChooser::choose(std::size_t kind, const StructureDraft& draft,
                                                          Stream& random) {
    using Choose = std::optional<StructuralMutation> (*)(const StructureDraft&, MutationContext&, Stream&);
    static constexpr auto choosers = for_mutation_kinds([]<class Mutation>(std::type_identity<Mutation>) -> Choose {
        return [](const StructureDraft& on, MutationContext& context, Stream& stream) {
            const auto chosen = Mutation::choose(on, context, stream);
            return chosen ? std::optional<StructuralMutation>(*chosen) : std::nullopt;
        };
    });
    return choosers[kind](draft, context_, random);
}

}  // namespace clade

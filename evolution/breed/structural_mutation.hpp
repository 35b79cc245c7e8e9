// Structural mutations: the list of kinds, and the choice for each child.
//
// Each is a struct in a file of its own (mutations/), with
//
//   static constexpr std::string_view name;                  in logs
//   static double probability(const MutationParams&);        of a child to get it
//   static std::optional<...> choose(draft, context, random) one that is possible on the draft, or nothing
//   void apply(StructureDraft&) const;                       gives equal structure for equal drafts
//
// To add one: its file, its type at the end of StructuralMutation (the order is in logs), and its probability in
// MutationParams.
#pragma once

#include <clade/evolution/breed/mutations/add_connection.hpp>
#include <clade/evolution/breed/mutations/delete_connection.hpp>
#include <clade/evolution/breed/mutations/delete_node.hpp>
#include <clade/evolution/breed/mutations/mutation_context.hpp>
#include <clade/evolution/breed/mutations/split_connection.hpp>
#include <clade/evolution/breed/mutations/toggle_connection.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace clade {

/// One decision. A child tries the kinds that it got in this order.
using StructuralMutation = std::variant<SplitConnection, AddConnection, DeleteNode, DeleteConnection, ToggleConnection>;

inline constexpr std::size_t mutation_kinds = std::variant_size_v<StructuralMutation>;

/// What a kind has.
template <class Mutation>
concept MutationKind = requires(const Mutation& one, const MutationParams& params, const StructureDraft& draft,
                                StructureDraft& changed, MutationContext& context, Stream& random) {
    { Mutation::name } -> std::convertible_to<std::string_view>;
    { Mutation::probability(params) } -> std::same_as<double>;
    { Mutation::choose(draft, context, random) } -> std::same_as<std::optional<Mutation>>;
    { one.apply(changed) } -> std::same_as<void>;
};

template <class Variant>
inline constexpr bool all_mutation_kinds = false;
template <class... Mutations>
inline constexpr bool all_mutation_kinds<std::variant<Mutations...>> = (MutationKind<Mutations> && ...);

static_assert(all_mutation_kinds<StructuralMutation>,
              "a structural mutation needs a static name, static probability(const MutationParams&) and "
              "choose(draft, context, random), and a const apply(StructureDraft&), as this header describes");

/// Calls `use` with each kind's type, as std::type_identity, and gives an array of the results.
template <class Use>
constexpr auto for_mutation_kinds(const Use& use) {
    return [&]<std::size_t... kind>(std::index_sequence<kind...>) {
        return std::array{use(std::type_identity<std::variant_alternative_t<kind, StructuralMutation>>{})...};
    }(std::make_index_sequence<mutation_kinds>{});
}

/// The names of the kinds, in their order.
inline constexpr std::array<std::string_view, mutation_kinds> mutation_names =
    for_mutation_kinds([]<class Mutation>(std::type_identity<Mutation>) { return Mutation::name; });

inline void apply(const StructuralMutation& mutation, StructureDraft& draft) {
    std::visit([&](const auto& one) { one.apply(draft); }, mutation);
}

/// Draws a child's structural mutations.
class MutationChooser {
public:
    MutationChooser(const MutationParams& params, bool acyclic);

    /// Which kinds are tried, as a bit for each.
    [[nodiscard]] unsigned kinds(Stream& random) const;

    /// A mutation of this kind that is possible on the draft, or nothing if none was found.
    [[nodiscard]] std::optional<StructuralMutation> choose(std::size_t kind, const StructureDraft& draft,
                                                           Stream& random);

private:
    MutationContext context_;
    std::array<double, mutation_kinds> probability_;
};

}  // namespace clade

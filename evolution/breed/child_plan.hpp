// The plan of one child: parents, operators, structural mutations.
#pragma once

#include <clade/core/genome/genome_store.hpp>
#include <clade/evolution/breed/structural_mutation.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

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
    GenomeSize size{};  ///< of the child
};

inline constexpr std::uint32_t no_structural_plan = 0xffffffffU;

/// One child. `primary` is the fitter parent, whose structure the child inherits.
struct ChildPlan {
    std::uint32_t primary = 0;
    std::uint32_t secondary = 0;  ///< equal to primary without crossover
    std::uint32_t slot = 0;       ///< position in the next generation
    std::uint32_t structural = no_structural_plan;
    std::uint16_t operators = 0;

    [[nodiscard]] bool has(Operator op) const noexcept { return (operators & bit(op)) != 0; }

    /// Whether the child is its parent's exact copy.
    [[nodiscard]] bool is_copy() const noexcept { return (operators & ~bit(Operator::elite)) == 0; }
};

}  // namespace clade

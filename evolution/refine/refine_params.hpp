// Parameters of refinement: when and how weights are optimised within a generation.
#pragma once

#include <clade/core/fields.hpp>

#include <array>

namespace clade {

enum class RefineMethod { none, cma_es, snes, adam };
template <>
struct EnumNames<RefineMethod> {
    static constexpr std::array<std::string_view, 4> names{"none", "cma_es", "snes", "adam"};
};

enum class RefinedGenomes { species_champions, champion, fraction };
template <>
struct EnumNames<RefinedGenomes> {
    static constexpr std::array<std::string_view, 3> names{"species_champions", "champion", "fraction"};
};

enum class Inheritance { lamarckian, baldwinian };
template <>
struct EnumNames<Inheritance> {
    static constexpr std::array<std::string_view, 2> names{"lamarckian", "baldwinian"};
};

struct RefineParams {
    RefineMethod method = RefineMethod::none;
    int every_generations = 1;
    int stagnation = 0;
    RefinedGenomes genomes = RefinedGenomes::species_champions;
    double fraction = 0.1;
    int evaluations = 200;
    double step_size = 1.0;
    double learning_rate = 0.01;
    int offspring = 0;
    Inheritance inheritance = Inheritance::lamarckian;

    bool operator==(const RefineParams&) const = default;
};

void visit_fields(RefineParams& p, FieldVisitor& field);

/// The rules that span several fields; `prefix` is the key of the refine block.
void check(const RefineParams& p, std::string_view prefix, IssueSink& issues);

}  // namespace clade

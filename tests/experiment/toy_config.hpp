// A small configuration with a field of every kind, for the tests of reader, writer and reference.
#pragma once

#include <clade/core/fields.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

enum class ToyMode { steady, generational, none };

template <>
struct EnumNames<ToyMode> {
    static constexpr std::array<std::string_view, 3> names{"steady", "generational", "none"};
};

struct ToyInner {
    double threshold = 3.0;
    ToyMode mode = ToyMode::steady;
    std::vector<double> rates{0.5};
    std::vector<std::string> functions{"sigmoid", "tanh"};

    bool operator==(const ToyInner&) const = default;
};

inline void visit_fields(ToyInner& p, FieldVisitor& field) {
    field("threshold", p.threshold, greater_than(0.0), "Distance below which genomes are alike.");
    field("mode", p.mode, "How generations follow each other.");
    field("rates", p.rates, probability(), "Chances of each kind.");
    field("functions", p.functions, "Names of functions.");
}

struct ToyEmpty {
    bool operator==(const ToyEmpty&) const = default;
};

inline void visit_fields(ToyEmpty& /*p*/, FieldVisitor& /*field*/) {}

struct ToyConfig {
    std::string name = "toy";
    int population_size = 150;
    std::uint64_t seed = 1;
    bool maximize = true;
    std::optional<double> solved_fitness;
    std::optional<std::uint64_t> evaluations = 10;
    double bias = -1e-9;
    ToyInner inner;
    ToyEmpty empty;

    bool operator==(const ToyConfig&) const = default;
};

inline void visit_fields(ToyConfig& p, FieldVisitor& field) {
    field("name", p.name, "Name of the run.");
    field("population_size", p.population_size, at_least(2), "Genomes of a generation.");
    field("seed", p.seed, any_number(), "Where all randomness begins.");
    field("maximize", p.maximize, "Whether more is better.");
    field("solved_fitness", p.solved_fitness, any_number(), "Fitness that ends the run.");
    field("evaluations", p.evaluations, at_least(1), "Evaluations that end the run.");
    field("bias", p.bias, any_number(), "A number.");
    field.block("inner", p.inner, "More.");
    field.block("empty", p.empty, "Nothing.");
}

}  // namespace clade

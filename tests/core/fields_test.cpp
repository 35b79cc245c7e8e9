#include <clade/core/fields.hpp>
#include <clade/core/fitness_direction.hpp>
#include <clade/core/functions/functions.hpp>
#include <clade/core/special_values_internal.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace clade {
namespace {

TEST(Range, ContainsItsEndsUnlessTheyAreExcluded) {
    EXPECT_TRUE(between(0.0, 1.0).contains(0.0));
    EXPECT_TRUE(between(0.0, 1.0).contains(1.0));
    EXPECT_FALSE(between(0.0, 1.0).contains(std::nextafter(1.0, 2.0)));
    EXPECT_FALSE(between(0.0, 1.0).contains(-1e-300));
    EXPECT_TRUE(at_least(2).contains(2.0));
    EXPECT_FALSE(greater_than(0.0).contains(0.0));
    EXPECT_TRUE(greater_than(0.0).contains(std::numeric_limits<double>::denorm_min()));
    EXPECT_FALSE((Range{.high = 1.0, .high_excluded = true}).contains(1.0));
}

TEST(Range, NeverContainsNan) {
    for (const Range& range : {any_number(), at_least(0), greater_than(0), probability()}) {
        EXPECT_FALSE(range.contains(nan));
    }
}

TEST(Range, DescribesItselfInWords) {
    EXPECT_EQ(any_number().describe(), "");
    EXPECT_EQ(at_least(2).describe(), "at least 2");
    EXPECT_EQ(greater_than(0).describe(), "greater than 0");
    EXPECT_EQ(probability().describe(), "between 0 and 1");
    EXPECT_EQ((Range{.high = 0.5}).describe(), "at most 0.5");
    EXPECT_EQ((Range{.low = 0, .high = 1, .low_excluded = true}).describe(), "greater than 0 and at most 1");
    EXPECT_EQ((Range{.low = 0, .high = 1, .high_excluded = true}).describe(), "at least 0 and less than 1");
}

enum class Colour { red, green };

}  // namespace

template <>
struct EnumNames<Colour> {
    static constexpr std::array<std::string_view, 2> names{"red", "green"};
};

namespace {

struct Inner {
    double rate = 0.5;
    std::vector<double> values{1.0};
};

void visit_fields(Inner& p, FieldVisitor& field) {
    field("rate", p.rate, probability(), "A rate.");
    field("values", p.values, at_least(0.0), "Some numbers.");
}

struct Outer {
    int count = 1;
    std::optional<double> goal;
    Colour colour = Colour::red;
    Inner inner{};
    double last = 0.0;
};

void visit_fields(Outer& p, FieldVisitor& field) {
    field("count", p.count, at_least(1), "A count.");
    field("goal", p.goal, at_least(0.0), "A goal.");
    field("colour", p.colour, "A colour.");
    field.block("inner", p.inner, "More.");
    field("last", p.last, any_number(), "A number.");
}

std::string issues_of(Outer params) {
    ThrowingSink issues;
    RangeCheck ranges("outer", issues);
    visit_fields(params, ranges);
    try {
        issues.finish();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(RangeCheck, FindsNothingInGoodParameters) {
    EXPECT_EQ(issues_of({}), "");
    EXPECT_EQ(issues_of({.goal = 3.0}), "");
}

TEST(RangeCheck, NamesEveryFieldOutOfRangeAtOnce) {
    EXPECT_EQ(issues_of({.count = 0,
                         .goal = -1.0,
                         .colour = static_cast<Colour>(7),
                         .inner = {.rate = 1.5, .values = {0.0, -2.0}},
                         .last = std::numeric_limits<double>::infinity()}),
              "outer.count: must be at least 1, got 0\n"
              "outer.goal: must be at least 0, got -1\n"
              "outer.colour: must be one of the named values\n"
              "outer.inner.rate: must be between 0 and 1, got 1.5\n"
              "outer.inner.values: must be at least 0, got -2\n"
              "outer.last: must be a finite number, got inf");
}

TEST(NearestName, FindsSlipsOfTheKeyboard) {
    const std::vector<std::string_view> names{"population_size", "speciation", "selection", "tanh"};
    EXPECT_EQ(nearest_name("popluation_size", names), "population_size");
    EXPECT_EQ(nearest_name("specation", names), "speciation");
    EXPECT_EQ(nearest_name("tahn", names), "tanh");
    EXPECT_EQ(nearest_name("tanhh", names), "tanh");
    EXPECT_EQ(nearest_name("threads", names), std::nullopt);
    EXPECT_EQ(nearest_name("", names), std::nullopt);
    EXPECT_EQ(nearest_name("Tanh", names), "tanh");
    EXPECT_EQ(nearest_name("TANH", names), "tanh");
    EXPECT_EQ(nearest_name("z", std::vector<std::string_view>{"a", "Z"}), "Z");
    EXPECT_EQ(nearest_name("z", std::vector<std::string_view>{"a"}), std::nullopt);
    EXPECT_EQ(nearest_name("tanh", {}), std::nullopt);
}

TEST(NearestName, IsElseTheOnlyOneThatBeginsWithTheWord) {
    const std::vector<std::string_view> names{"population_size", "stagnation_limit", "stagnation_measure", "tanh"};
    EXPECT_EQ(nearest_name("population", names), "population_size");
    EXPECT_EQ(nearest_name("stagnation", names), std::nullopt) << "two do";
    EXPECT_EQ(nearest_name("stagnation_lim", names), "stagnation_limit");
    EXPECT_EQ(nearest_name("po", names), std::nullopt);
    EXPECT_EQ(nearest_name("size", names), std::nullopt);
}

TEST(FunctionTable, KnowsTheBuiltInFunctionsByName) {
    const FunctionSet functions;
    EXPECT_EQ(functions.activations.find("tanh"), Activation::tanh);
    EXPECT_EQ(functions.activations.find("steepened_sigmoid"), Activation::steepened_sigmoid);
    EXPECT_EQ(functions.aggregations.find("median"), Aggregation::median);
    EXPECT_EQ(functions.aggregations.find("mode"), std::nullopt);
    for (const std::string_view name : functions.activations.names()) {
        EXPECT_EQ(functions.activations.name(functions.activations.find(name).value()), name);
    }
    EXPECT_EQ(functions.activations.added(Activation::relu), nullptr);
}

TEST(FunctionTable, TakesUsersFunctionsByName) {
    ActivationTable table;
    const Activation half = table.add("half", [](float x) { return x / 2.0F; });
    EXPECT_EQ(table.find("half"), half);
    EXPECT_EQ(table.name(half), "half");
    EXPECT_EQ(table.added(half)(3.0F), 1.5F);
    EXPECT_TRUE(table.contains(half));
    EXPECT_FALSE(ActivationTable().contains(half));
    EXPECT_THROW(table.add("half", [](float x) { return x; }), Error);
    EXPECT_THROW(table.add("tanh", [](float x) { return x; }), Error);
}

TEST(FunctionTable, RefusesMoreThan256Functions) {
    ActivationTable table;
    while (table.size() < 256) table.add("f" + std::to_string(table.size()), [](float x) { return x; });
    EXPECT_THROW(table.add("one_more", [](float x) { return x; }), Error);
}

TEST(FitnessDirection, ReachesATargetFromItsOwnSide) {
    for (const double fitness : {-1.0, 0.0, 0.5, 1.0, 2.0}) {
        for (const auto direction : {FitnessDirection::maximise, FitnessDirection::minimise}) {
            const bool worse = is_better(0.5, fitness, direction);
            EXPECT_EQ(reaches(fitness, 0.5, direction), !worse) << fitness << ' ' << name_of(direction);
        }
    }
    EXPECT_TRUE(reaches(0.4, 0.5, FitnessDirection::minimise));
    EXPECT_FALSE(reaches(0.4, 0.5, FitnessDirection::maximise));
}

TEST(FitnessDirection, NanIsWorseThanAnything) {
    for (const FitnessDirection direction : {FitnessDirection::maximise, FitnessDirection::minimise}) {
        EXPECT_TRUE(is_better(0.0, nan, direction));
        EXPECT_FALSE(is_better(nan, 0.0, direction));
        EXPECT_FALSE(is_better(nan, nan, direction));
        EXPECT_FALSE(is_better(1.0, 1.0, direction));
    }
    EXPECT_TRUE(is_better(2.0, 1.0, FitnessDirection::maximise));
    EXPECT_TRUE(is_better(1.0, 2.0, FitnessDirection::minimise));
}

}  // namespace
}  // namespace clade

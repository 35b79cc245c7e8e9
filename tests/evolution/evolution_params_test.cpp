// Every field of every params struct is listed by its visit_fields, once: a field that is not would be a setting that
// no configuration file can reach.
#include <clade/evolution/evolution_params.hpp>
#include <clade/evolution/genome/genome_params.hpp>
#include <clade/evolution/refine/refine_params.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace clade {
namespace {

/// Notes the fields and blocks of the visited struct itself.
class Listing final : public FieldVisitor {
public:
    std::vector<std::string> names;
    std::vector<const void*> places;

protected:
    void visit(const FieldInfo& info, bool& value) override { note(info, &value); }
    void visit(const FieldInfo& info, int& value) override { note(info, &value); }
    void visit(const FieldInfo& info, std::uint64_t& value) override { note(info, &value); }
    void visit(const FieldInfo& info, double& value) override { note(info, &value); }
    void visit(const FieldInfo& info, std::string& value) override { note(info, &value); }
    void visit(const FieldInfo& info, std::optional<std::uint64_t>& value) override { note(info, &value); }
    void visit(const FieldInfo& info, std::optional<double>& value) override { note(info, &value); }
    void visit(const FieldInfo& info, std::vector<double>& value) override { note(info, &value); }
    void visit(const FieldInfo& info, std::vector<std::string>& value) override { note(info, &value); }
    void visit_choice(const FieldInfo& info, int& choice) override {
        EXPECT_GE(choice, 0);
        EXPECT_LT(static_cast<std::size_t>(choice), info.choices.size());
        note(info, nullptr);
    }
    void enter(std::string_view name, std::string_view meaning) override {
        EXPECT_FALSE(meaning.empty()) << name;
        if (depth_++ == 0) names.emplace_back(name);
    }
    void leave() override { --depth_; }

private:
    void note(const FieldInfo& info, const void* place) {
        EXPECT_TRUE(info.meaning.ends_with('.')) << info.name << ": " << info.meaning;
        if (depth_ > 0) return;
        names.emplace_back(info.name);
        if (place != nullptr) places.push_back(place);
    }

    int depth_ = 0;
};

/// The number of fields, none of which is listed twice under one name or place.
template <class Params>
std::size_t listed(Params params = {}) {
    Listing listing;
    visit_fields(params, listing);
    EXPECT_EQ(std::set<std::string>(listing.names.begin(), listing.names.end()).size(), listing.names.size());
    EXPECT_EQ(std::set<const void*>(listing.places.begin(), listing.places.end()).size(), listing.places.size());
    return listing.names.size();
}

template <class... Field>
constexpr std::size_t count(const Field&... /*fields*/) {
    return sizeof...(Field);
}

// The structured bindings below stop compiling when a field is added: then add it to visit_fields too.

TEST(EvolutionParams, ListsEveryField) {
    const auto& [population_size, scope, speciation, stagnation, selection, crossover, mutation] = EvolutionParams{};
    EXPECT_EQ(listed<EvolutionParams>(),
              count(population_size, scope, speciation, stagnation, selection, crossover, mutation));
}

TEST(SpeciationParams, ListsEveryField) {
    const auto& [c1, c2, c3, c4, normalisation, small, threshold, target, step, low, high, representative] =
        SpeciationParams{};
    EXPECT_EQ(listed<SpeciationParams>(),
              count(c1, c2, c3, c4, normalisation, small, threshold, target, step, low, high, representative));
}

TEST(StagnationParams, ListsEveryField) {
    const auto& [species, population, surviving, is_protected, extinction] = StagnationParams{};
    EXPECT_EQ(listed<StagnationParams>(), count(species, population, surviving, is_protected, extinction));
}

TEST(SelectionParams, ListsEveryField) {
    const auto& [sharing, survival, min_size, elitism, elitism_size, champion] = SelectionParams{};
    EXPECT_EQ(listed<SelectionParams>(), count(sharing, survival, min_size, elitism, elitism_size, champion));
}

TEST(CrossoverParams, ListsEveryField) {
    const auto& [probability, interspecies, average, disable] = CrossoverParams{};
    EXPECT_EQ(listed<CrossoverParams>(), count(probability, interspecies, average, disable));
}

TEST(MutationParams, ListsEveryField) {
    const auto& [attributes, add_node, add_connection, delete_node, delete_connection, toggle, budget, attempts, hidden,
                 connections] = MutationParams{};
    EXPECT_EQ(listed<MutationParams>(), count(attributes, add_node, add_connection, delete_node, delete_connection,
                                              toggle, budget, attempts, hidden, connections));
}

TEST(GenomeParams, ListsEveryField) {
    const auto& [network, bias_input, initial, weight, bias, response, activation, aggregation] = GenomeParams{};
    const auto& [kind, steps] = network;
    EXPECT_EQ(listed<GenomeParams>(),
              count(kind, steps, bias_input, initial, weight, bias, response, activation, aggregation));
}

TEST(InitialParams, ListsEveryField) {
    const auto& [connections, fraction, hidden_nodes, route, genome] = InitialParams{};
    EXPECT_EQ(listed<InitialParams>(), count(connections, fraction, hidden_nodes, route, genome));
}

TEST(FunctionParams, ListsEveryField) {
    const auto& [initial, output, options, rate] = FunctionParams{};
    EXPECT_EQ(listed<FunctionParams>(), count(initial, output, options, rate));
}

TEST(AttributeParams, ListsEveryField) {
    const auto& [distribution, mean, deviation, low, high, values, perturb_rate, perturb_distribution, power,
                 replace_rate, min, max] = AttributeParams{};
    EXPECT_EQ(listed<AttributeParams>(), count(distribution, mean, deviation, low, high, values, perturb_rate,
                                               perturb_distribution, power, replace_rate, min, max));
}

TEST(RefineParams, ListsEveryField) {
    const auto& [method, every, stagnation, genomes, fraction, evaluations, step_size, learning_rate, offspring,
                 inheritance] = RefineParams{};
    EXPECT_EQ(listed<RefineParams>(), count(method, every, stagnation, genomes, fraction, evaluations, step_size,
                                            learning_rate, offspring, inheritance));
}

TEST(EvolutionParams, DefaultsAreThoseOfThePaperButForTheNumbersChosenOnSeveralTasks) {
    const EvolutionParams p;
    EXPECT_EQ(p.population_size, 150);
    EXPECT_EQ(p.speciation.excess_coefficient, 1.0);
    EXPECT_EQ(p.speciation.disjoint_coefficient, 1.0);
    EXPECT_EQ(p.speciation.weight_coefficient, 0.4);
    EXPECT_FALSE(p.speciation.threshold) << "3.0 in the paper: here a number of species is held";
    EXPECT_EQ(p.stagnation.species_limit, 15);
    EXPECT_EQ(p.stagnation.population_limit, 0) << "20 in the paper";
    EXPECT_EQ(p.selection.elitism_min_species_size, 6) << "more than five networks";
    EXPECT_EQ(p.crossover.probability, 0.75);
    EXPECT_EQ(p.crossover.interspecies_probability, 0.001);
    EXPECT_EQ(p.crossover.disable_probability, 0.75);
    EXPECT_EQ(p.mutation.attributes_probability, 0.8);
    EXPECT_EQ(p.mutation.add_node_probability, 0.03);
    EXPECT_EQ(p.mutation.add_connection_probability, 0.15) << "0.05 in the paper";
}

TEST(EvolutionParams, DefaultsPassTheirOwnChecks) {
    ThrowingSink issues;
    EvolutionParams evolution;
    GenomeParams genome;
    RefineParams refine;
    RangeCheck ranges("", issues);
    visit_fields(evolution, ranges);
    visit_fields(genome, ranges);
    visit_fields(refine, ranges);
    check(evolution, "", issues);
    check(refine, "", issues);
    check(genome, "", {}, issues);
    EXPECT_NO_THROW(issues.finish());
}

}  // namespace
}  // namespace clade

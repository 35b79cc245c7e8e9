#include <clade/evolution/select/merit.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/evolver.hpp>

#include "tests/support/genomes.hpp"
#include "tests/support/messages.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

namespace clade {
namespace {

TEST(FitnessMerit, IsHigherForBetterGenomesAndLowestForFailedOnes) {
    const ScoreTable scores{.fitness = {1.0, -2.0, nan, infinity}};
    std::vector<double> merit(4);
    FitnessMerit().assess(scores, FitnessDirection::maximise, merit);
    EXPECT_EQ(merit, (std::vector<double>{1.0, -2.0, -infinity, -infinity}));
    FitnessMerit().assess(scores, FitnessDirection::minimise, merit);
    EXPECT_EQ(merit, (std::vector<double>{-1.0, 2.0, -infinity, -infinity}));
}

/// Goes by the first column, and not by fitness.
class FirstColumn final : public Merit {
public:
    void assess(const ScoreTable& scores, FitnessDirection /*direction*/, std::span<double> merit) override {
        ++calls;
        std::copy(scores.columns[0].values.begin(), scores.columns[0].values.end(), merit.begin());
    }
    void write(ByteWriter& out) const override { out.value(calls); }
    void read(ByteReader& in) override { calls = in.value<int>(); }
    int calls = 0;
};

/// Makes a FirstColumn, and says which it made last.
struct FirstColumnFactory {
    std::unique_ptr<Merit> operator()() const {
        auto merit = std::make_unique<FirstColumn>();
        if (last != nullptr) *last = merit.get();
        return merit;
    }
    FirstColumn** last = nullptr;
};

/// Fitness rises with weights; the column with the number of connections.
ScoreTable scores_of(const GenomeStore& population) {
    ScoreTable scores{.fitness = integer_fitness(population), .columns = {{"score.connections", {}}}};
    for (std::size_t genome = 0; genome < population.size(); ++genome) {
        scores.columns[0].values.push_back(static_cast<double>(population.size_of(genome).connections));
    }
    return scores;
}

double mean_connections(const Evolver& evolver) {
    return static_cast<double>(evolver.population().connection_count()) /
           static_cast<double>(evolver.population().size());
}

TEST(Evolver, SelectsByItsMeritAndKeepsTheChampionOfFitness) {
    EvolverSetup by_fitness = busy_setup(5);
    EvolverSetup by_column = by_fitness;
    FirstColumn* merit = nullptr;
    by_column.merit = FirstColumnFactory{&merit};
    Evolver plain(by_fitness);
    Evolver grows(by_column);
    for (int i = 0; i < 15; ++i) {
        EXPECT_TRUE(plain.tell(scores_of(plain.population())).merit.empty()) << "it is the fitness";
        const ScoreTable scores = scores_of(grows.population());
        const GenerationRecord& record = grows.tell(scores);
        EXPECT_EQ(record.merit, scores.columns[0].values);
        EXPECT_EQ(scores.fitness[record.champion], *std::max_element(scores.fitness.begin(), scores.fitness.end()));
        for (const SpeciesRecord& species : record.species) {
            double best = -infinity;
            for (std::size_t genome = 0; genome < scores.fitness.size(); ++genome) {
                if (record.genome_species[genome] == raw(species.id)) best = std::max(best, scores.fitness[genome]);
            }
            EXPECT_EQ(species.best, best);
        }
    }
    EXPECT_EQ(merit->calls, 15);
    EXPECT_GT(mean_connections(grows), 1.5 * mean_connections(plain));
}

TEST(Evolver, BredAgainByALoggedMeritNeedsNoScores) {
    EvolverSetup setup = busy_setup(6);
    setup.merit = FirstColumnFactory{};
    Evolver first(setup);
    setup.merit = {};
    Evolver again(setup);
    for (int i = 0; i < 10; ++i) {
        const GenerationRecord& record = first.tell(scores_of(first.population()));
        const ScoreTable logged{.fitness = record.genome_fitness, .merit = record.merit};
        EXPECT_EQ(again.tell(logged).digest, record.digest);
        ASSERT_EQ(again.population().digest(), first.population().digest());
    }
}

TEST(Evolver, WritesAndReadsWhatItsMeritRemembers) {
    EvolverSetup setup = busy_setup(6);
    FirstColumn* merit = nullptr;
    setup.merit = FirstColumnFactory{&merit};
    Evolver first(setup);
    for (int i = 0; i < 3; ++i) first.tell(scores_of(first.population()));
    ByteWriter out;
    first.write(out);
    Evolver second(setup);
    EXPECT_EQ(merit->calls, 0) << "each evolver has a merit of its own";
    ByteReader in(out.bytes());
    second.read(in);
    EXPECT_EQ(merit->calls, 3);
}

TEST(Evolver, RefusesAFactoryThatMakesNoMerit) {
    EvolverSetup setup = busy_setup(6);
    setup.merit = [] { return nullptr; };
    EXPECT_EQ(message_of<Error>([&] { Evolver{setup}; }), "the merit factory of an evolver returned null");
}

TEST(Evolver, TakesMeritThatIsNotFiniteForTheWorst) {
    EvolverSetup setup = busy_setup(7);
    setup.merit = FirstColumnFactory{};
    Evolver evolver(setup);
    ScoreTable scores = scores_of(evolver.population());
    for (std::size_t genome = 0; genome < scores.fitness.size(); genome += 2) scores.columns[0].values[genome] = nan;
    const GenerationRecord& record = evolver.tell(scores);
    for (std::size_t genome = 0; genome < scores.fitness.size(); genome += 2) {
        EXPECT_EQ(record.merit[genome], -infinity);
    }
}

TEST(Evolver, RefusesAMeritOfAnotherSize) {
    Evolver evolver(busy_setup(8));
    ScoreTable scores = scores_of(evolver.population());
    scores.merit.assign(3, 0.0);
    EXPECT_THROW(evolver.tell(scores), Error);
    scores.merit.clear();
    EXPECT_NO_THROW(evolver.tell(scores));
}

/// A scorer that takes over known fitness, and writes into its column only what it scores: the number of the generation.
void score_new_ones(const Generation& generation, ScoreTable& scores) {
    scores.columns.resize(1);
    scores.columns[0].name = "score.generation";
    scores.resize(generation.genomes.size());
    const std::vector<double> fitness = integer_fitness(generation.genomes);
    for (std::size_t genome = 0; genome < fitness.size(); ++genome) {
        scores.fitness[genome] = fitness[genome];
        if (!std::isnan(generation.known_fitness[genome])) continue;
        scores.columns[0].values[genome] = static_cast<double>(generation.number);
    }
}

TEST(Evolver, LetsNoMeritSeeColumnsOfAnEarlierGeneration) {
    EvolverSetup setup = busy_setup(11);
    setup.merit = FirstColumnFactory{};
    Evolver evolver(setup);
    ScoreTable scores;
    for (std::uint32_t generation = 0; generation < 10; ++generation) {
        score_new_ones(evolver.ask(), scores);
        for (const double merit : evolver.tell(scores).merit) ASSERT_EQ(merit, generation) << "of a copy";
    }
}

TEST(Evolver, KnowsTheFitnessOfCopiesOnlyWhereScoresHaveNoColumns) {
    const auto known_after = [](std::size_t columns) {
        Evolver evolver(busy_setup(12));
        for (int i = 0; i < 5; ++i) {
            ScoreTable scores = scores_of(evolver.population());
            scores.columns.resize(columns);
            evolver.tell(scores);
        }
        return std::ranges::count_if(evolver.known_fitness(), [](double known) { return !std::isnan(known); });
    };
    EXPECT_GT(known_after(0), 0);
    EXPECT_EQ(known_after(1), 0);
}

TEST(Evolver, RefusesAColumnOfAnotherSize) {
    Evolver evolver(busy_setup(8, 150));
    ScoreTable scores = scores_of(evolver.population());
    scores.columns[0].values.pop_back();
    EXPECT_EQ(message_of([&] { evolver.tell(scores); }),
              "each genome needs one number in column 'score.connections': got 149 for 150 genomes");
}

TEST(Evolver, AsksForTheGenerationWithAllThatItsNetworksHaveInCommon) {
    EvolverSetup setup = busy_setup(9);
    setup.genome.network = {NetworkKind::recurrent, 3};
    Evolver evolver(setup);
    evolve(evolver, 2);
    const Generation generation = evolver.ask();
    EXPECT_EQ(&generation.genomes, &evolver.population());
    EXPECT_EQ(generation.number, 2U);
    EXPECT_EQ(generation.seed, 9U);
    EXPECT_EQ(generation.network, setup.genome.network);
    EXPECT_EQ(&generation.functions, &evolver.setup().functions);
    EXPECT_EQ(generation.known_fitness.size(), evolver.population().size());
}

}  // namespace
}  // namespace clade

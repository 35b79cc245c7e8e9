// Evolution from C: the generations of the engine, and what wrong uses are told.
#include <clade/evolution/evolver.hpp>

#include <clade.h>

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clade {
namespace {

constexpr std::string_view xor_yaml =
    "input_count: 2\noutput_count: 1\nseed: 7\nthreads: 1\n"
    "genome: {bias_input: true}\nevolution: {population_size: 60}\n";

class Handle {
public:
    explicit Handle(std::string_view yaml = xor_yaml) {
        EXPECT_EQ(clade_evolver_from_yaml(yaml.data(), yaml.size(), &handle_), CLADE_OK) << clade_error_text();
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { clade_evolver_destroy(handle_); }
    [[nodiscard]] clade_evolver* get() const { return handle_; }

private:
    clade_evolver* handle_ = nullptr;
};

/// The fitness of each genome: how near its network is to exclusive or.
std::vector<double> fitness_of(const clade_evolver* evolver) {
    clade_network* network = nullptr;
    EXPECT_EQ(clade_evolver_network(evolver, 4, &network), CLADE_OK) << clade_error_text();
    std::vector<double> fitness;
    for (std::size_t genome = 0; genome < clade_evolver_population_size(evolver); ++genome) {
        EXPECT_EQ(clade_evolver_decode(evolver, genome, network), CLADE_OK) << clade_error_text();
        const std::array<float, 8> inputs{0, 0, 1, 1, 0, 1, 0, 1};
        const std::array<float, 4> wanted{0, 1, 1, 0};
        std::array<float, 4> outputs{};
        EXPECT_EQ(clade_network_activate_batch(network, inputs.data(), outputs.data(), 4), CLADE_OK);
        double error = 0.0;
        for (std::size_t i = 0; i < 4; ++i) error += std::abs(double{outputs[i]} - double{wanted[i]});
        fitness.push_back(4.0 - error);
    }
    clade_network_destroy(network);
    return fitness;
}

clade_generation advance(clade_evolver* evolver) {
    const std::vector<double> fitness = fitness_of(evolver);
    clade_generation generation{};
    EXPECT_EQ(clade_evolver_tell(evolver, fitness.data(), fitness.size(), &generation), CLADE_OK) << clade_error_text();
    return generation;
}

/// The sum of a text's errors, a line each.
std::string refusal(std::string_view yaml) {
    clade_evolver* evolver = nullptr;
    EXPECT_EQ(clade_evolver_from_yaml(yaml.data(), yaml.size(), &evolver), CLADE_WRONG_INPUT);
    EXPECT_EQ(evolver, nullptr);
    return clade_error_text();
}

TEST(CEvolver, BreedsTheGenerationsOfTheEngine) {
    const Handle handle;
    EvolverSetup setup{.input_count = 2, .output_count = 1, .seed = 7, .parallel = Parallel(1)};
    setup.genome.bias_input = true;
    setup.evolution.population_size = 60;
    Evolver evolver(setup);
    for (int i = 0; i < 5; ++i) {
        const std::vector<double> fitness = fitness_of(handle.get());
        const GenerationRecord& record = evolver.tell(fitness);
        const clade_generation told = advance(handle.get());
        EXPECT_EQ(told.generation, record.generation);
        EXPECT_EQ(told.digest, record.digest);
        EXPECT_EQ(told.champion, record.champion);
        EXPECT_EQ(told.species_count, record.species.size());
        EXPECT_EQ(told.best_fitness, fitness[record.champion]);
    }
    EXPECT_EQ(clade_evolver_generation(handle.get()), 5U);
}

TEST(CEvolver, BreedsTheSameByFewNumbersAsByText) {
    const Handle by_text(
        "input_count: 3\noutput_count: 2\nseed: 9\ndirection: minimise\n"
        "evolution: {population_size: 40}");
    clade_evolver* by_numbers = nullptr;
    const clade_evolver_options options{
        .input_count = 3, .output_count = 2, .population_size = 40, .seed = 9, .minimise = 1, .threads = 2};
    ASSERT_EQ(clade_evolver_create(&options, &by_numbers), CLADE_OK) << clade_error_text();
    for (int i = 0; i < 3; ++i) {
        std::vector<double> fitness(40);
        for (std::size_t g = 0; g < 40; ++g) fitness[g] = static_cast<double>(g * 7 % 40);
        clade_generation one{};
        clade_generation other{};
        ASSERT_EQ(clade_evolver_tell(by_text.get(), fitness.data(), 40, &one), CLADE_OK);
        ASSERT_EQ(clade_evolver_tell(by_numbers, fitness.data(), 40, &other), CLADE_OK);
        EXPECT_EQ(one.digest, other.digest);
        EXPECT_EQ(one.champion, 0U) << "the lowest";
    }
    clade_evolver_destroy(by_numbers);
}

TEST(CEvolver, LaysOutThePopulationAsFlatArrays) {
    const Handle handle;
    for (int i = 0; i < 4; ++i) advance(handle.get());
    clade_population all{};
    ASSERT_EQ(clade_evolver_population(handle.get(), &all), CLADE_OK);
    ASSERT_EQ(all.genome_count, 60U);
    EXPECT_EQ(all.node_begin[60], all.node_count);
    EXPECT_EQ(all.connection_begin[60], all.connection_count);
    clade_network* network = nullptr;
    ASSERT_EQ(clade_evolver_network(handle.get(), 1, &network), CLADE_OK);
    std::size_t compared = 0;
    for (std::size_t g = 0; g < 60; ++g) {
        EXPECT_EQ(all.node_id[all.node_begin[g]], 3U) << "the output, after two inputs and the bias";
        if (all.node_begin[g + 1] - all.node_begin[g] != 1) continue;
        const std::array<float, 3> sources{0.5F, -0.25F, 1.0F};
        float sum = 0.0F;
        for (std::size_t c = all.connection_begin[g]; c < all.connection_begin[g + 1]; ++c) {
            EXPECT_EQ(all.target[c], 3U);
            if (all.enabled[c] != 0) sum = sum + all.weight[c] * sources[all.source[c]];
        }
        const std::size_t node = all.node_begin[g];
        EXPECT_STREQ(clade_aggregation_name(all.aggregation[node]), "sum");
        EXPECT_STREQ(clade_activation_name(all.activation[node]), "steepened_sigmoid");
        float output = 0.0F;
        ASSERT_EQ(clade_evolver_decode(handle.get(), g, network), CLADE_OK);
        ASSERT_EQ(clade_network_activate(network, sources.data(), 2, &output, 1), CLADE_OK);
        EXPECT_EQ(output, activate(Activation::steepened_sigmoid, all.bias[node] + all.response[node] * sum));
        ++compared;
    }
    EXPECT_GT(compared, 5U);
    clade_network_destroy(network);
    EXPECT_EQ(clade_activation_name(255), nullptr);
    EXPECT_EQ(clade_aggregation_name(255), nullptr);
}

TEST(CEvolver, GivesTheChampionAsAModelThatGivesTheSameNumbers) {
    const Handle handle;
    const char* json = nullptr;
    std::size_t length = 0;
    EXPECT_EQ(clade_evolver_champion(handle.get(), &json, &length), CLADE_WRONG_CALL);
    const clade_generation first = advance(handle.get());
    ASSERT_EQ(clade_evolver_champion(handle.get(), &json, &length), CLADE_OK) << clade_error_text();
    clade_model* model = nullptr;
    ASSERT_EQ(clade_model_parse(json, length, &model), CLADE_OK) << clade_error_text();
    clade_origin origin{};
    ASSERT_EQ(clade_model_origin(model, &origin), CLADE_OK);
    EXPECT_EQ(origin.fitness, first.best_fitness);
    EXPECT_EQ(origin.genome, first.champion);
    clade_network* network = nullptr;
    ASSERT_EQ(clade_network_create(model, 4, &network), CLADE_OK) << clade_error_text();
    const std::array<float, 8> inputs{0, 0, 1, 1, 0, 1, 0, 1};
    std::array<float, 4> outputs{};
    ASSERT_EQ(clade_network_activate_batch(network, inputs.data(), outputs.data(), 4), CLADE_OK);
    const double error = double{outputs[0]} + (1.0 - double{outputs[1]}) + (1.0 - double{outputs[2]}) + outputs[3];
    EXPECT_NEAR(4.0 - error, first.best_fitness, 1e-12);
    EXPECT_EQ(clade_evolver_decode(handle.get(), 0, network), CLADE_OK) << "a network alone";
    clade_network_destroy(network);
    clade_model_destroy(model);
}

TEST(CEvolver, GoesOnFromItsSavedStateAsIfItHadNeverStopped) {
    const Handle straight;
    for (int i = 0; i < 3; ++i) advance(straight.get());
    const void* bytes = nullptr;
    std::size_t size = 0;
    ASSERT_EQ(clade_evolver_save(straight.get(), &bytes, &size), CLADE_OK);
    const Handle restored;
    ASSERT_EQ(clade_evolver_restore(restored.get(), bytes, size), CLADE_OK) << clade_error_text();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(advance(restored.get()).digest, advance(straight.get()).digest);
}

TEST(CEvolver, StaysAsItWasWhereASavedStateIsDamaged) {
    const Handle handle;
    const Handle same;
    for (const Handle* one : {&handle, &same}) advance(one->get());
    const void* bytes = nullptr;
    std::size_t size = 0;
    ASSERT_EQ(clade_evolver_save(handle.get(), &bytes, &size), CLADE_OK);
    std::string longer(static_cast<const char*>(bytes), size);
    EXPECT_EQ(clade_evolver_restore(handle.get(), longer.data(), size / 2), CLADE_WRONG_INPUT);
    longer += '\0';
    EXPECT_EQ(clade_evolver_restore(handle.get(), longer.data(), longer.size()), CLADE_WRONG_INPUT);
    EXPECT_EQ(advance(handle.get()).digest, advance(same.get()).digest);
}

TEST(CEvolver, TellsEveryMistakeOfAConfigurationWithItsLine) {
    EXPECT_EQ(refusal("inputs: 2\nevolution:\n  population_size: 0\n  speciation: {treshold: 3}\n"),
              "yaml:1:1: inputs: unknown key; known here are 'input_count', 'output_count', 'seed', 'direction', "
              "'threads', 'genome', 'evolution'\n"
              "yaml:1:1: output_count: must be at least 1, got 0\n"
              "yaml:1:1: input_count: must be at least 1 without genome.bias_input, got 0: there is nothing to "
              "connect\n"
              "yaml:3:20: evolution.population_size: must be an integer between 1 and 100000000, got 0\n"
              "yaml:4:16: evolution.speciation.treshold: unknown key; did you mean 'threshold'?\n"
              "5 problems in yaml; nothing was run");
    EXPECT_EQ(refusal("input_count: 2\noutput_count: 1\ngenome: {initial: {genome: no/such.json}}\n"),
              "yaml:3:20: genome.initial.genome: no/such.json: cannot be read\n"
              "1 problem in yaml; nothing was run");
}

TEST(CEvolver, CountsGenomesThatFailed) {
    const Handle handle;
    std::vector<double> fitness(60, std::numeric_limits<double>::quiet_NaN());
    fitness[11] = 2.0;
    clade_generation told{};
    ASSERT_EQ(clade_evolver_tell(handle.get(), fitness.data(), 60, &told), CLADE_OK);
    EXPECT_EQ(told.failed_count, 59U);
    EXPECT_EQ(told.champion, 11U);
}

TEST(CEvolver, TellsExtinctionByAStatusOfItsOwn) {
    const Handle handle(
        "input_count: 1\noutput_count: 1\nevolution:\n  population_size: 20\n  stagnation:\n"
        "    {population_limit: 1, surviving_species: 0, protected_species: 0, extinction: error}\n");
    const std::vector<double> same(20, 1.0);
    clade_status status = CLADE_OK;
    for (int i = 0; i < 9 && status == CLADE_OK; ++i) {
        status = clade_evolver_tell(handle.get(), same.data(), 20, nullptr);
    }
    EXPECT_EQ(status, CLADE_EXTINCT) << clade_error_text();
}

TEST(CEvolver, RefusesWrongCalls) {
    const Handle handle;
    const std::vector<double> fitness(60, 1.0);
    clade_evolver* evolver = nullptr;
    clade_network* network = nullptr;
    clade_population population{};
    const char* text = nullptr;
    const void* bytes = nullptr;
    std::size_t size = 0;
    const clade_evolver_options threads{
        .input_count = 1, .output_count = 1, .population_size = 10, .seed = 1, .minimise = 0, .threads = -1};
    const std::vector<clade_status> statuses{clade_evolver_create(nullptr, &evolver),
                                             clade_evolver_create(&threads, &evolver),
                                             clade_evolver_create(&threads, nullptr),
                                             clade_evolver_from_yaml(nullptr, 0, &evolver),
                                             clade_evolver_network(nullptr, 1, &network),
                                             clade_evolver_network(handle.get(), 0, &network),
                                             clade_evolver_network(handle.get(), 1, nullptr),
                                             clade_evolver_decode(handle.get(), 0, nullptr),
                                             clade_evolver_population(nullptr, &population),
                                             clade_evolver_population(handle.get(), nullptr),
                                             clade_evolver_tell(handle.get(), nullptr, 60, nullptr),
                                             clade_evolver_tell(handle.get(), fitness.data(), 59, nullptr),
                                             clade_evolver_tell(nullptr, fitness.data(), 60, nullptr),
                                             clade_evolver_champion(nullptr, &text, &size),
                                             clade_evolver_champion(handle.get(), nullptr, &size),
                                             clade_evolver_save(nullptr, &bytes, &size),
                                             clade_evolver_save(handle.get(), &bytes, nullptr),
                                             clade_evolver_restore(handle.get(), nullptr, 0),
                                             clade_evolver_restore(nullptr, "", 0)};
    for (std::size_t call = 0; call < statuses.size(); ++call) {
        EXPECT_EQ(statuses[call], CLADE_WRONG_CALL) << "call " << call;
    }
    ASSERT_EQ(clade_evolver_network(handle.get(), 1, &network), CLADE_OK);
    EXPECT_EQ(clade_evolver_decode(handle.get(), 60, network), CLADE_WRONG_CALL);
    clade_network_destroy(network);
    EXPECT_EQ(evolver, nullptr);
    EXPECT_EQ(clade_evolver_population_size(nullptr), 0U);
    EXPECT_EQ(clade_evolver_generation(nullptr), 0U);
    clade_evolver_destroy(nullptr);
    const clade_evolver_options none{};
    EXPECT_EQ(clade_evolver_create(&none, &evolver), CLADE_WRONG_INPUT) << "no inputs and no outputs";
}

}  // namespace
}  // namespace clade

#include "bench/generation.hpp"

#include <clade/core/byte_stream.hpp>
#include <clade/core/genome/gene_bytes.hpp>
#include <clade/core/random/random.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evolution/evolver.hpp>

#include <fmt/format.h>

#include <sys/resource.h>
#include <algorithm>
#include <array>
#include <utility>

namespace clade::bench {
namespace {

constexpr int settling_generations = 12;  // until a million genomes, too, have about as many species as they should
constexpr int evolving_generations = 50;  // until few of the first genomes' structures are left
constexpr int untimed_generations = 2;    // in which both stores find their memory
constexpr int timed_generations = 7;      // genomes grow meanwhile, so it is the same number for any population
constexpr std::size_t observation_count = 16;  // an evaluation

/// The stages of tell(), then whole ones.
constexpr std::size_t generation_stage = EnumNames<Stage>::names.size();
constexpr std::size_t compile_stage = generation_stage + 1;
constexpr std::size_t evaluate_stage = generation_stage + 2;
constexpr auto timed_stages = [] {
    std::array<std::string_view, evaluate_stage + 1> names{};
    std::copy(EnumNames<Stage>::names.begin(), EnumNames<Stage>::names.end(), names.begin());
    names[generation_stage] = "generation";
    names[compile_stage] = "compile";
    names[evaluate_stage] = "evaluate";
    return names;
}();

struct Case {
    Population population;
    std::size_t genomes;
    std::size_t connections;
    FullShape shape;
    Parallel parallel;
};

EvolverSetup setup_of(const Case& c) {
    EvolverSetup setup;
    setup.evolution.population_size = static_cast<int>(c.genomes);
    setup.evolution.speciation.target_species = std::min<std::uint64_t>(c.genomes, 20);
    setup.evolution.mutation.delete_connection_probability = 0.0;  // genomes keep their size
    setup.evolution.mutation.add_connection_probability = 0.05;
    setup.evolution.stagnation.species_limit = 0;
    setup.evolution.stagnation.population_limit = 0;
    setup.input_count = c.shape.inputs;
    setup.output_count = c.shape.outputs;
    setup.seed = 42;
    setup.parallel = c.parallel;
    return setup;
}

void draw_fitness(std::uint32_t generation, std::vector<double>& fitness) {
    Stream random({1, generation, Purpose::evaluation}, 0);
    for (double& value : fitness) value = random.uniform();
}

/// Goes on from there with the rates of `setup`, which are no part of a state.
Evolver resumed(EvolverSetup setup, const ByteWriter& state) {
    Evolver evolver(std::move(setup));
    ByteReader reader(state.bytes());
    evolver.read(reader);
    return evolver;
}

/// Bits that differ from observation to observation, laid out as activate_batch() reads them.
std::vector<float> observations_of(const FullShape& shape) {
    Stream random({42, 0, Purpose::evaluation}, 0);
    std::vector<float> observations(shape.inputs * observation_count);
    for (float& bit : observations) bit = random.bernoulli(0.5) ? 1.0F : 0.0F;
    return observations;
}

/// Activates each network on the same few observations. Evolved genomes are judged by how near each output comes to the
/// parity of two inputs, at most 0.
class PairParityEvaluator final : public Evaluator {
public:
    PairParityEvaluator(const FullShape& shape, Population population)
        : shape_(shape),
          judges_(population == Population::evolved),
          observations_(observations_of(shape)),
          actions_(shape.outputs * observation_count) {}

    double evaluate(Network& network, const Seeds& /*seeds*/) override {
        network.activate_batch(observations_, actions_, observation_count);
        return judges_ ? -squared_error() : double{actions_.front()};
    }

private:
    [[nodiscard]] const float* input(std::size_t i) const { return observations_.data() + i * observation_count; }

    [[nodiscard]] double squared_error() const {
        double error = 0.0;
        for (std::size_t output = 0; output < shape_.outputs; ++output) {
            const float* const first = input(output);
            const float* const second = input((output + 1) % shape_.inputs);
            for (std::size_t row = 0; row < observation_count; ++row) {
                const double parity = first[row] != second[row] ? 1.0 : 0.0;
                const double difference = double{actions_[output * observation_count + row]} - parity;
                error += difference * difference;
            }
        }
        return error;
    }

    FullShape shape_;
    bool judges_;
    std::vector<float> observations_;
    std::vector<float> actions_;
};

class PairParityTask final : public Task {
public:
    PairParityTask(const FullShape& shape, Population population)
        : shape_(shape),
          population_(population),
          traits_{.name = "bench", .input_count = shape.inputs, .output_count = shape.outputs} {}

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override {
        return std::make_unique<PairParityEvaluator>(shape_, population_);
    }

private:
    FullShape shape_;
    Population population_;
    TaskTraits traits_;
};

/// Evolves until there are about 20 species whose genomes differ in structure. Connections come and go meanwhile, and are
/// at most a twelfth more than asked for. Left to grow, the genomes of a large population would be a quarter larger by
/// then than those of a small one, as more outliers found species.
ByteWriter settled_state(const Case& c) {
    EvolverSetup setup = setup_of(c);
    MutationParams& mutation = setup.evolution.mutation;
    mutation.delete_node_probability = mutation.add_node_probability;
    mutation.delete_connection_probability = mutation.add_connection_probability;
    mutation.max_connections = static_cast<int>(c.connections + std::max<std::size_t>(1, c.connections / 12));
    Evolver evolver(setup);
    const bool evolved = c.population == Population::evolved;
    const PairParityTask task(c.shape, c.population);
    ThreadScorer scorer(task, {.parallel = c.parallel});
    ScoreTable scores;
    scores.resize(c.genomes);
    for (int generation = 0; generation < (evolved ? evolving_generations : settling_generations); ++generation) {
        if (evolved) scorer.score(evolver.ask(), scores);
        if (!evolved) draw_fitness(evolver.generation(), scores.fitness);
        evolver.tell(scores);
    }
    ByteWriter state;
    state.reserve(needed_bytes(c.genomes, c.connections));  // more than it is: what is not written costs nothing
    evolver.write(state);
    return state;
}

std::size_t peak_resident_bytes() {
    rusage usage{};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): glibc wraps each field so
    return getrusage(RUSAGE_SELF, &usage) == 0 ? static_cast<std::size_t>(usage.ru_maxrss) * 1024 : 0;
}

/// What rows say that they are of.
std::string benchmark_of(Population population) {
    return population == Population::random ? "generation" : "generation-evolved";
}

class GenerationTimer {
public:
    explicit GenerationTimer(const Case& c)
        : case_(c),
          evolver_(resumed(make_setup(), settled_state(c))),
          task_(c.shape, c.population),
          scorer_(task_, {.parallel = c.parallel}),
          fitness_(c.genomes),
          decoders_(c.parallel.threads(), {DirectDecoder(evolver_.population().shape()), {}}) {}

    void run() {
        evaluate_all();
        for (int generation = 0; generation < untimed_generations; ++generation) {
            find_fitness();
            breed();
            evaluate_all();
        }
        compile_all();
        for (std::vector<double>& seconds : seconds_) seconds.clear();
        for (int generation = 0; generation < timed_generations; ++generation) {
            find_fitness();
            time(generation_stage, [&] { breed(); });
            time(compile_stage, [&] { compile_all(); });
            time(evaluate_stage, [&] { evaluate_all(); });
        }
    }

    void add_to(GenerationResults& results) const {
        for (std::size_t stage = 0; stage < timed_stages.size(); ++stage) {
            const Timing timing = timing_of(seconds_[stage]);
            results.rows.push_back({benchmark_of(case_.population), std::string(timed_stages[stage]), case_.genomes,
                                    case_.connections, stage == evaluate_stage ? observation_count : 0,
                                    case_.parallel.threads(), timing,
                                    static_cast<double>(case_.genomes) / timing.median});
        }
        const GenomeStore& population = evolver_.population();
        results.cases.push_back({case_.genomes, case_.connections, case_.parallel.threads(),
                                 evolver_.record().species.size(), population.node_count(),
                                 population.connection_count(), 2 * population.capacity_bytes(),
                                 peak_resident_bytes()});
    }

private:
    EvolverSetup make_setup() {
        EvolverSetup setup = setup_of(case_);
        setup.on_stage_end = [this](Stage stage) {
            const auto now = std::chrono::steady_clock::now();
            add(static_cast<std::size_t>(stage), now - stage_begin_);
            stage_begin_ = now;
        };
        return setup;
    }

    void add(std::size_t stage, std::chrono::duration<double> taken) { seconds_[stage].push_back(taken.count()); }

    template <class Work>
    void time(std::size_t stage, const Work& work) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        add(stage, std::chrono::steady_clock::now() - begin);
    }

    /// @pre the generation was evaluated.
    void find_fitness() {
        fitness_ = scores_.fitness;
        if (case_.population == Population::random) draw_fitness(evolver_.generation(), fitness_);
    }

    void breed() {
        stage_begin_ = std::chrono::steady_clock::now();
        evolver_.tell(fitness_);
    }

    void evaluate_all() {
        Generation generation = evolver_.ask();
        generation.known_fitness = {};  // all are scored
        scorer_.score(generation, scores_);
    }

    void compile_all() {
        const GenomeStore& population = evolver_.population();
        case_.parallel.for_ranges(population.size(), 64, [&](std::size_t begin, std::size_t end, std::size_t worker) {
            auto& [decoder, program] = decoders_[worker];
            for (std::size_t genome = begin; genome < end; ++genome) decoder.decode(population[genome], {}, program);
        });
    }

    Case case_;
    std::array<std::vector<double>, timed_stages.size()> seconds_{};  // [stage][generation]
    std::chrono::steady_clock::time_point stage_begin_;
    Evolver evolver_;
    PairParityTask task_;
    ThreadScorer scorer_;
    std::vector<double> fitness_;                                     // what genomes are bred by
    ScoreTable scores_;                                               // of the present generation
    std::vector<std::pair<DirectDecoder, NetworkProgram>> decoders_;  // one a worker
};

/// The threads asked for, each number once.
std::vector<Parallel> parallels_of(const GenerationOptions& options) {
    std::vector<Parallel> parallels;
    for (const int threads : options.threads) {
        const Parallel parallel(threads, options.simd);
        const auto same = [&](const Parallel& other) { return other.threads() == parallel.threads(); };
        if (std::none_of(parallels.begin(), parallels.end(), same)) parallels.push_back(parallel);
    }
    return parallels;
}

}  // namespace

FullShape full_shape(std::size_t connections) {
    std::size_t outputs = 1;
    for (std::size_t divisor = 1; divisor * divisor <= connections; ++divisor) {
        if (connections % divisor == 0) outputs = divisor;
    }
    return {connections / outputs, outputs};
}

std::size_t needed_bytes(std::size_t genomes, std::size_t connections) {
    constexpr std::size_t record = 8 + 4 + 8 + 8 + 2;  // fitness, species, two parents, operators
    constexpr std::size_t places = 8 + 8 + 4;          // where rows end, topology
    const std::size_t genes =
        node_attribute_bytes * full_shape(connections).outputs + connection_attribute_bytes * connections;
    return genomes * (3 * (genes + places) + record);
}

GenerationResults time_generation(const GenerationOptions& options, const StageProgress& progress) {
    GenerationResults results;
    results.population = options.population;
    const std::vector<Parallel> parallels = parallels_of(options);
    for (const std::size_t connections : options.connections) {
        for (const std::size_t genomes : options.genomes) {
            const std::size_t bytes = needed_bytes(genomes, connections);
            if (options.memory_limit > 0 && bytes > options.memory_limit) {
                results.left_out.push_back(fmt::format("{} genomes of {} connections need {:.1f} GB", genomes,
                                                       connections, static_cast<double>(bytes) / 1e9));
                continue;
            }
            for (const Parallel& parallel : parallels) {
                progress(fmt::format("{} genomes of {} connections, threads: {} ...", genomes, connections,
                                     parallel.threads()));
                GenerationTimer timer({options.population, genomes, connections, full_shape(connections), parallel});
                timer.run();
                timer.add_to(results);
            }
        }
    }
    return results;
}

}  // namespace clade::bench

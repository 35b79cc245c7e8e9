#include "bench/network.hpp"

#include "bench/network_graphs.hpp"

#include <clade/core/random/random.hpp>
#include <clade/evaluation/network/network_compiler.hpp>
#include <clade/evaluation/tasks/boolean/multiplexer.hpp>

#include <array>
#include <memory>

namespace clade::bench {
namespace {

constexpr std::array<std::size_t, 6> row_counts{1, 4, 16, 64, 256, 1024};

std::vector<float> random_observations(std::size_t count) {
    Stream random({42, 0, Purpose::evaluation}, 0);
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(random.uniform(-1.0, 1.0));
    return values;
}

/// Compiles a genome for the 11-multiplexer and scores it: a whole evaluation.
class MultiplexerRun {
public:
    explicit MultiplexerRun(const GenomeStore& genome, SimdLevel simd) : genome_(genome), network_({}, simd) {}

    double evaluate() {
        compiler_.compile(genome_[0], genome_.shape(), {}, network_.program());
        network_.reset();
        return evaluator_->evaluate(network_, {});
    }

    [[nodiscard]] std::size_t case_count() const { return task_.table().case_count; }

private:
    const GenomeStore& genome_;
    NetworkCompiler compiler_;
    Network network_;
    MultiplexerTask task_{{.address_bits = 3}, {}};
    std::unique_ptr<Evaluator> evaluator_ = task_.make_evaluator();
};

class NetworkTimer {
public:
    NetworkTimer(const NetworkOptions& options, const StageProgress& progress)
        : options_(options), progress_(progress) {}

    void time_graph(const std::string& name, const GenomeStore& graph, NetworkKind kind) {
        const std::string network_name = name + " " + std::string(name_of(kind));
        Network network = make_network({graph, kind}, {}, options_.simd);
        const std::vector<float> observations = random_observations(network.input_count() * row_counts.back());
        std::vector<float> actions(network.output_count() * row_counts.back());
        const std::span<const float> in(observations);
        const std::span<float> out(actions);

        results_.rows.push_back(timed({"activate", network_name, graph.connection_count(), 1}, 1, [&] {
            network.activate(in.first(network.input_count()), out.first(network.output_count()));
        }));
        for (const std::size_t rows : row_counts) {
            results_.by_row_count.push_back(
                timed({"activate_batch", network_name, graph.connection_count(), rows}, rows, [&] {
                    network.activate_batch(in.first(network.input_count() * rows),
                                           out.first(network.output_count() * rows), rows);
                }));
        }
        results_.rows.push_back(results_.by_row_count.back());
    }

    void time_multiplexer(Activation activation) {
        const GenomeStore graph = multiplexer_graph(activation);
        MultiplexerRun multiplexer(graph, options_.simd);
        double fitness = 0.0;
        results_.rows.push_back(timed({"multiplexer_" + std::string(name_of(activation)), "multiplexer feed_forward",
                                       graph.connection_count(), multiplexer.case_count()},
                                      1, [&] { fitness += multiplexer.evaluate(); }));
    }

    NetworkResults finish() { return std::move(results_); }

private:
    struct Case {
        std::string stage;
        std::string network;
        std::size_t connections;
        std::size_t rows;
    };

    /// A row whose per_second counts `counted` a call.
    template <class Work>
    NetworkRow timed(const Case& c, std::size_t counted, const Work& work) {
        progress_(c.network + ", " + c.stage + ", rows: " + std::to_string(c.rows) + " ...");
        const Timing timing = timing_of(time_short_calls(options_.repetitions, options_.call_seconds, work));
        const double per_second = static_cast<double>(counted) / timing.median;
        return {{"network", c.stage, 1, c.connections, c.rows, 1, timing, per_second},
                c.network,
                static_cast<double>(c.connections * c.rows) / timing.median};
    }

    const NetworkOptions& options_;
    const StageProgress& progress_;
    NetworkResults results_;
};

}  // namespace

NetworkResults time_networks(const NetworkOptions& options, const StageProgress& progress) {
    NetworkTimer timer(options, progress);
    for (const NetworkKind kind : {NetworkKind::feed_forward, NetworkKind::recurrent}) {
        timer.time_graph("small", small_graph(), kind);
        timer.time_graph("large", large_graph(), kind);
    }
    timer.time_multiplexer(Activation::leaky_relu);
    timer.time_multiplexer(Activation::steepened_sigmoid);
    return timer.finish();
}

}  // namespace clade::bench

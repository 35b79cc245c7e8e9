// A small HyperNEAT: a genome is a network that gives the weights of another, larger network.
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evolution/evolver.hpp>

#include <array>
#include <cmath>

namespace {

/// Asks the genome's network for the weight between each input and output, by their positions in [0, 1].
class PatternDecoder final : public clade::Decoder {
public:
    explicit PatternDecoder(const clade::GenomeShape& task) : task_(task) {}

    [[nodiscard]] std::unique_ptr<clade::Decoder> clone() const override {
        return std::make_unique<PatternDecoder>(task_);
    }
    [[nodiscard]] const clade::GenomeShape& genome_shape() const noexcept override { return pattern_shape_; }

    void decode(const clade::GenomeView& genome, const clade::NetworkParams& network,
                clade::NetworkProgram& program) override {
        compiler_.compile(genome, pattern_shape_, {}, pattern_.program());
        pattern_.reset();
        clade::GenomeStore large(task_);
        const clade::GenomeSize size{task_.output_count, task_.input_count * task_.output_count};
        large.place({&size, 1});
        std::uint32_t row = 0;
        for (std::uint32_t o = 0; o < task_.output_count; ++o) {
            const clade::NodeId target{task_.first_output() + o};
            set_node(large.rows(0), o, {.node_id = target, .activation = clade::Activation::steepened_sigmoid});
            for (std::uint32_t i = 0; i < task_.input_count; ++i, ++row) {
                set_connection(large.rows(0), row,
                               {clade::Innovation{row}, clade::NodeId{i}, target, weight_between(i, o), 1});
            }
        }
        compiler_.compile(large[0], task_, network, program);
    }

private:
    float weight_between(std::uint32_t input, std::uint32_t output) {
        const auto position = [](std::uint32_t i, std::uint32_t count) {
            return count < 2 ? 0.5F : static_cast<float>(i) / static_cast<float>(count - 1);
        };
        const std::array positions{position(input, task_.input_count), position(output, task_.output_count)};
        float value = 0.0F;
        pattern_.activate(positions, {&value, 1});
        return 10.0F * value - 5.0F;
    }

    clade::GenomeShape task_;
    clade::GenomeShape pattern_shape_{.input_count = 2, .output_count = 1};
    clade::NetworkCompiler compiler_;
    clade::Network pattern_;
};

}  // namespace

int main() {
    const clade::FunctionTask task(
        {.name = "first_half", .input_count = 8, .output_count = 1}, [](clade::Network& network, const clade::Seeds&) {
            float first = 0.0F;
            float second = 0.0F;
            network.activate(std::array{1.F, 1.F, 1.F, 1.F, 0.F, 0.F, 0.F, 0.F}, {&first, 1});
            network.activate(std::array{0.F, 0.F, 0.F, 0.F, 1.F, 1.F, 1.F, 1.F}, {&second, 1});
            return double{first} - double{second};
        });
    const auto decoder = std::make_shared<PatternDecoder>(clade::GenomeShape{.input_count = 8, .output_count = 1});
    clade::Evolver evolver({.input_count = 2, .output_count = 1, .seed = 42});
    clade::ThreadScorer scorer(task, {.decoder = decoder});
    clade::ScoreTable scores;
    for (int i = 0; i < 20; ++i) {
        scorer.score(evolver.ask(), scores);
        evolver.tell(scores);
    }
    return evolver.best_ever().fitness > 0.9 ? 0 : 1;
}

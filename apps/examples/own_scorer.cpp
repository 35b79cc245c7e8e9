// A task that scores all genomes of a generation together: each bids against every other one.
#include <clade/evaluation/network/network_compiler.hpp>
#include <clade/evaluation/scoring/population_task.hpp>
#include <clade/evolution/evolver.hpp>

namespace {

/// The higher bid wins, and earns 1 minus the bid.
class AuctionScorer final : public clade::Scorer {
public:
    void score(const clade::Generation& generation, clade::ScoreTable& scores) override {
        scores = {};
        scores.columns = {{"score.bid", {}}};
        scores.resize(generation.genomes.size());
        scores.evaluated = generation.genomes.size();
        std::vector<double>& bid = scores.columns[0].values;
        for (std::size_t i = 0; i < bid.size(); ++i) bid[i] = bid_of(generation, i);
        for (std::size_t i = 0; i < bid.size(); ++i) {
            for (const double other : bid) scores.fitness[i] += bid[i] > other ? 1.0 - bid[i] : 0.0;
        }
    }

private:
    double bid_of(const clade::Generation& generation, std::size_t genome) {
        network_.use(generation.functions);
        compiler_.compile(generation.genomes[genome], generation.genomes.shape(), generation.network,
                          network_.program());
        network_.reset();
        const float observation = 1.0F;
        float bid = 0.0F;
        network_.activate({&observation, 1}, {&bid, 1});
        return double{bid};
    }

    clade::NetworkCompiler compiler_;
    clade::Network network_;
};

class Auction final : public clade::PopulationTask {
public:
    struct Params {};

    Auction(const Params& /*params*/, const clade::TaskContext& /*context*/)
        : PopulationTask({.name = "auction", .input_count = 1, .output_count = 1, .scores = {"bid"}}) {}

    [[nodiscard]] std::unique_ptr<clade::Scorer> make_scorer(const clade::Parallel& /*parallel*/) const override {
        return std::make_unique<AuctionScorer>();
    }
};

}  // namespace

int main() {
    const Auction task({}, {});
    const auto scorer = task.make_scorer(clade::Parallel(1));
    clade::Evolver evolver({.input_count = 1, .output_count = 1, .seed = 42});
    clade::ScoreTable scores;
    for (int i = 0; i < 20; ++i) {
        scorer->score(evolver.ask(), scores);
        evolver.tell(scores);
    }
    return evolver.best_ever().fitness > 1.0 ? 0 : 1;
}

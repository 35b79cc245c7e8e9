// clade_soak SECONDS [SEED]: runs random configurations for a few generations each, with every rule checked after each
// generation. The same seed draws the same configurations. Exit code 1 with the configuration where a rule is broken.
#include "tests/soak/random_config.hpp"
#include "tests/soak/run_checks.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/refine_stage.hpp>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

namespace clade {
namespace {

constexpr int generations = 6;

/// A run of its own: one of two that must go through the same generations.
class Run {
public:
    Run(ExperimentConfig config, int threads, const Vocabulary& vocabulary) : config_(std::move(config)) {
        config_.evaluation.threads = threads;
        engine_ = make_engine(config_, vocabulary, {});
    }

    [[nodiscard]] Evolver& evolver() const { return *engine_->evolver; }
    [[nodiscard]] const ScoreTable& scores() const { return scores_; }

    void score() {
        engine_->scorer->score(evolver().ask(), scores_);
        if (config_.refine.method == RefineMethod::none) return;
        (void)refine_generation(*engine_, config_, scores_, std::numeric_limits<std::uint64_t>::max());
    }

    /// False at extinction.
    [[nodiscard]] bool breed() const {
        try {
            evolver().tell(scores_);
            return true;
        } catch (const ExtinctionError&) {
            return false;
        }
    }

private:
    ExperimentConfig config_;
    std::unique_ptr<Engine> engine_;
    ScoreTable scores_;
};

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
    const auto bits = [](double value) { return std::bit_cast<std::uint64_t>(value); };
    return std::ranges::equal(a, b, {}, bits, bits);
}

/// The rules that this configuration breaks.
std::vector<std::string> broken_rules(const ExperimentConfig& config, Run& one, Run& three) {
    RunChecks checks(config.genome, config.evolution);
    for (int generation = 0; generation < generations; ++generation) {
        std::vector<std::string> broken = checks.broken_rules(one.evolver().population());
        if (!state_reads_back(one.evolver())) broken.emplace_back("a written state must read back as it was");
        one.score();
        three.score();
        if (!same_bits(one.scores().fitness, three.scores().fitness)) broken.emplace_back("threads change the fitness");
        const bool goes_on = one.breed();
        if (goes_on != three.breed()) broken.emplace_back("threads change when a run ends");
        if (one.evolver().population().digest() != three.evolver().population().digest()) {
            broken.emplace_back("threads change the next generation");
        }
        if (goes_on) std::ranges::copy(checks.broken_rules(one.evolver().record()), std::back_inserter(broken));
        if (!broken.empty() || !goes_on) return broken;
    }
    return {};
}

/// Of configurations that were drawn.
struct Counts {
    int run = 0;
    int refused = 0;
};

/// Two runs of a configuration, with one thread and with three; nothing if it is refused.
std::optional<std::pair<Run, Run>> runs_of(const std::string& text, const Vocabulary& vocabulary,
                                           ExperimentConfig& config) {
    try {
        config = load_config({"drawn.yaml", {}, vocabulary.tasks, vocabulary.functions, text});
        return std::pair{Run(config, 1, vocabulary), Run(config, 3, vocabulary)};
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// Draws a configuration and runs it. False if it breaks a rule.
bool soak_one(std::mt19937_64& random, const Vocabulary& vocabulary, Counts& counts) {
    const std::string text = write_config(random_config(random, vocabulary));
    ExperimentConfig config;
    std::vector<std::string> broken;
    try {
        auto runs = runs_of(text, vocabulary, config);
        ++(runs ? counts.run : counts.refused);
        if (!runs) return true;
        if (write_config(config) != text) broken.emplace_back("a written configuration must read back as it was");
        std::ranges::copy(broken_rules(config, runs->first, runs->second), std::back_inserter(broken));
    } catch (const std::exception& error) {
        broken.emplace_back(error.what());
    }
    if (broken.empty()) return true;
    std::cerr << text << '\n';
    for (const std::string& rule : broken) std::cerr << rule << '\n';
    return false;
}

int soak(int seconds, std::uint64_t seed) {
    const Vocabulary vocabulary{builtin_tasks(), {}};
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    std::mt19937_64 random(seed);
    Counts counts;
    bool sound = true;
    while (sound && std::chrono::steady_clock::now() < end) sound = soak_one(random, vocabulary, counts);
    std::cout << counts.run << " configurations run, " << counts.refused << " refused, seed " << seed << '\n';
    return sound && counts.run > 0 ? 0 : 1;
}

}  // namespace
}  // namespace clade

int main(int argument_count, char** arguments) {
    const int seconds = argument_count > 1 ? std::atoi(arguments[1]) : 0;
    if (seconds < 1 || argument_count > 3) {
        std::cerr << "usage: clade_soak SECONDS [SEED]\n";
        return 2;
    }
    return clade::soak(seconds, argument_count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1);
}

#include <clade/evaluation/episodes/control_task.hpp>

#include <clade/core/random/random.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

/// Those of the episodes from `first` on.
void fill_seeds(std::span<std::uint64_t> seeds, std::uint64_t seed, Purpose purpose, std::size_t first = 0) {
    for (std::size_t i = 0; i < seeds.size(); ++i) seeds[i] = Stream({seed, 0, purpose}, first + i).bits64();
}

/// Episodes that cannot differ are run once.
std::size_t episodes_of(const EnvironmentTraits& environment, int asked) {
    return environment.random ? static_cast<std::size_t>(asked) : 1;
}

std::unique_ptr<LaneEnvironment> made(const ControlTask::Factory& factory) {
    auto environment = factory();
    if (!environment) throw Error("the factory of a control task returned null");
    return environment;
}

double mean_of(std::vector<double>& returns) { return aggregate(EpisodeAggregation::mean, 0.0, returns); }

}  // namespace

/// One worker's environment and memory.
class ControlTask::EpisodeEvaluator final : public Evaluator {
public:
    explicit EpisodeEvaluator(const ControlTask& task)
        : params_(task.params_),
          environment_(made(task.factory_)),
          runner_(*environment_, params_),
          returns_(task.traits_.episodes) {}

    double evaluate(Network& network, const Seeds& seeds) override {
        play(network, seeds, 0, returns_);
        return aggregate(params_.aggregation, params_.percentile, returns_);
    }

    void play(Network& network, const Seeds& seeds, std::size_t first, std::span<double> returns) override {
        seeds_.resize(returns.size());
        fill_seeds(seeds_, params_.seeds == EpisodeSeeds::fixed ? seeds.run : seeds.generation, Purpose::episode,
                   first);
        runner_.set_deadline(deadline());
        runner_.run(network, seeds_);
        std::copy(runner_.returns().begin(), runner_.returns().end(), returns.begin());
    }

    [[nodiscard]] double fitness_of(std::span<const double> returns) override {
        sorted_.assign(returns.begin(), returns.end());
        return aggregate(params_.aggregation, params_.percentile, sorted_);
    }

    [[nodiscard]] std::span<const double> behaviour() const override { return runner_.behaviour(); }

private:
    const EpisodeParams& params_;
    std::unique_ptr<LaneEnvironment> environment_;
    EpisodeRunner runner_;
    std::vector<std::uint64_t> seeds_;  // of the episodes that are played
    std::vector<double> returns_;       // [episodes]
    std::vector<double> sorted_;        // scratch of fitness_of()
};

ControlTask::ControlTask(Factory factory, const EpisodeParams& params)
    : factory_(std::move(factory)), environment_(made(factory_)->traits()), params_(params) {
    check_traits(environment_);
    ThrowingSink issues;
    RangeCheck ranges("", issues);
    visit_fields(params_, ranges);
    check_episodes(params_, environment_.actions.is_discrete(), issues);
    issues.finish();
    traits_ = {.name = environment_.name,
               .input_count = environment_.observations.size(),
               .output_count = output_count_of(params_.actions, environment_.actions),
               .deterministic = !environment_.random || params_.seeds == EpisodeSeeds::fixed,
               .episodes = episodes_of(environment_, params_.episodes),
               .behaviour = environment_.behaviour};
    check_traits(traits_);
    if (!params_.solved_return) params_.solved_return = environment_.solved_return;
}

std::unique_ptr<Evaluator> ControlTask::make_evaluator() const { return std::make_unique<EpisodeEvaluator>(*this); }

std::vector<double> ControlTask::held_out_returns(Network& network, const Deadline& deadline) const {
    const auto environment = made(factory_);
    EpisodeRunner runner(*environment, params_);
    std::vector<std::uint64_t> seeds(episodes_of(environment_, params_.held_out_episodes));
    fill_seeds(seeds, 0, Purpose::held_out_episode);
    runner.set_deadline(&deadline);
    runner.run(network, seeds);
    return {runner.returns().begin(), runner.returns().end()};
}

std::optional<Verdict> ControlTask::solves(Network& network, double fitness, const Deadline& deadline) const {
    if (!params_.solved_return) return std::nullopt;
    if (fitness < *params_.solved_return) return Verdict{};
    std::vector<double> returns = held_out_returns(network, deadline);
    const double mean = mean_of(returns);
    return Verdict{mean >= *params_.solved_return, {{"held-out mean return", mean}}};
}

TaskReport ControlTask::report(Network& network) const {
    std::vector<double> returns = held_out_returns(network, {});
    if (!environment_.random) return {.measures = {{"return", returns[0]}}};
    const double mean = mean_of(returns);
    double squares = 0.0;
    for (const double value : returns) squares += (value - mean) * (value - mean);
    const auto [low, high] = std::minmax_element(returns.begin(), returns.end());
    const std::string part = "held-out ";
    return {.measures = {{part + "episodes", static_cast<double>(returns.size())},
                         {part + "mean return", mean},
                         {part + "standard deviation", std::sqrt(squares / static_cast<double>(returns.size()))},
                         {part + "lowest return", *low},
                         {part + "highest return", *high}}};
}

TaskPage ControlTask::page() const {
    TaskPage page = environment_.page;
    page.inputs = environment_.observations;
    if (page.solved.empty() && params_.solved_return) {
        page.solved = "A mean return of " + number_text(*params_.solved_return);
        if (environment_.random)
            page.solved += " over " + std::to_string(params_.held_out_episodes) + " held-out episodes";
        page.solved += ".";
    }
    if (!params_.scale_observations) {
        for (Signal& input : page.inputs) input.scale = 1.0;
    }
    switch (mapping_of(params_.actions, environment_.actions)) {
        case ActionMapping::argmax:
            for (const std::string& choice : environment_.actions.choices) page.outputs.push_back({.name = choice});
            break;
        case ActionMapping::threshold:
            page.outputs.push_back({.name = "choice", .low = 0.0, .high = 1.0});
            break;
        default:
            page.outputs = environment_.actions.controls;
    }
    return page;
}

ModelInterface ControlTask::interface() const {
    ModelInterface interface = Task::interface();
    interface.control = {mapping_of(params_.actions, environment_.actions), environment_.actions};
    return interface;
}

Trace ControlTask::trace(Network& network, std::uint64_t seed) const {
    const auto environment = made(factory_);
    return EpisodeRunner(*environment, params_).trace(network, Stream({seed, 0, Purpose::episode}, 0).bits64());
}

std::vector<double> ControlTask::returns(Network& network, std::uint64_t seed, std::size_t episodes) const {
    constexpr std::size_t beyond_confirmation = std::size_t{1} << 32;  // of the numbers of held-out episodes
    constexpr std::size_t at_once = 1'000;                             // each takes memory of its own
    const auto environment = made(factory_);
    EpisodeRunner runner(*environment, params_);
    const std::size_t count = environment_.random ? episodes : std::min<std::size_t>(episodes, 1);
    std::vector<double> all;
    while (all.size() < count) {
        std::vector<std::uint64_t> seeds(std::min(at_once, count - all.size()));
        fill_seeds(seeds, seed, Purpose::held_out_episode, beyond_confirmation + all.size());
        runner.run(network, seeds);
        all.insert(all.end(), runner.returns().begin(), runner.returns().end());
    }
    return all;
}

}  // namespace clade

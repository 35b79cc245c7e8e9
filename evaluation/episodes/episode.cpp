#include <clade/evaluation/episodes/episode.hpp>

#include <clade/core/check.hpp>
#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <cmath>

namespace clade {

double aggregate(EpisodeAggregation aggregation, double percentile, std::span<double> returns) {
    if (aggregation == EpisodeAggregation::mean) {
        double sum = 0.0;
        for (const double value : returns) sum += value;
        return sum / static_cast<double>(returns.size());
    }
    // The order of NaN is undefined: an episode without a number fails the genome.
    for (const double value : returns) {
        if (std::isnan(value)) return value;
    }
    std::sort(returns.begin(), returns.end());
    if (aggregation == EpisodeAggregation::min) return returns.front();
    const double share = aggregation == EpisodeAggregation::median ? 0.5 : percentile / 100.0;
    const double place = share * static_cast<double>(returns.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, returns.size() - 1);
    return returns[below] + (place - static_cast<double>(below)) * (returns[above] - returns[below]);
}

EpisodeRunner::EpisodeRunner(LaneEnvironment& environment, const EpisodeParams& params)
    : environment_(environment),
      params_(params),
      step_limit_(params.step_limit.value_or(environment.traits().step_limit)) {}

void EpisodeRunner::run(Network& network, std::span<const std::uint64_t> seeds) {
    const std::size_t limit = environment_.traits().lane_limit;
    if (limit == 0 || seeds.size() <= limit) return run_at_once(network, seeds);
    std::vector<double> returns;
    std::vector<std::size_t> steps;
    std::vector<double> behaviour;
    for (std::size_t begin = 0; begin < seeds.size(); begin += limit) {
        run_at_once(network, seeds.subspan(begin, std::min(limit, seeds.size() - begin)));
        returns.insert(returns.end(), returns_.begin(), returns_.end());
        steps.insert(steps.end(), steps_.begin(), steps_.end());
        if (begin == 0) behaviour = behaviour_;
    }
    returns_ = std::move(returns);
    steps_ = std::move(steps);
    behaviour_ = std::move(behaviour);
}

void EpisodeRunner::run_at_once(Network& network, std::span<const std::uint64_t> seeds) {
    run(network, seeds.size(), [&](std::span<float> observations) { environment_.reset(seeds, observations); });
}

void EpisodeRunner::run(Network& network, std::size_t episodes, const Start& start,
                        const std::function<void()>& watch) {
    begin(network, episodes, start);
    for (std::size_t running = episodes; running > 0 && step_ < step_limit_;) {
        running = advance(network);
        if (deadline_ != nullptr) deadline_->check();
        if (watch) watch();
        if (running > 0 && 2 * running <= episode_.size()) keep_running_lanes(network);
    }
}

void EpisodeRunner::begin(Network& network, std::size_t lanes, const Start& start) {
    const EnvironmentTraits& traits = environment_.traits();
    CLADE_CHECK(lanes > 0, "there is an episode to run");
    alone_ = lanes == 1;
    step_ = 0;
    observations_.resize(traits.observations.size() * lanes);
    outputs_.resize(output_count_of(params_.actions, traits.actions) * lanes);
    actions_.resize(traits.actions.size() * lanes);
    rewards_.assign(lanes, 0.0);
    done_.assign(lanes, 0);
    running_.assign(lanes, 1);
    returns_.assign(lanes, 0.0);
    best_returns_.assign(lanes, -infinity);
    best_steps_.assign(lanes, 0);
    steps_.assign(lanes, 0);
    behaviour_.clear();
    episode_.resize(lanes);
    for (std::size_t lane = 0; lane < lanes; ++lane) episode_[lane] = static_cast<std::uint32_t>(lane);
    start(observations_);
    network.reset();
}

/// A step of all lanes; the number of lanes that go on.
std::size_t EpisodeRunner::advance(Network& network) {
    act(network);
    environment_.step(actions_, observations_, rewards_, done_);
    ++step_;
    return account();
}

/// From the observations to the actions of all lanes.
void EpisodeRunner::act(Network& network) {
    const EnvironmentTraits& traits = environment_.traits();
    const std::size_t lanes = episode_.size();
    inputs_.resize(observations_.size());
    sound_.assign(lanes, 0.0F);
    for (std::size_t i = 0; i < traits.observations.size(); ++i) {
        const float scale = params_.scale_observations ? static_cast<float>(traits.observations[i].scale) : 1.0F;
        for (std::size_t at = i * lanes; at < (i + 1) * lanes; ++at) inputs_[at] = observations_[at] * scale;
        // NaN or infinity times 0 is NaN, which stays.
        for (std::size_t lane = 0; lane < lanes; ++lane) sound_[lane] += inputs_[i * lanes + lane] * 0.0F;
    }
    if (alone_) {
        network.activate(inputs_, outputs_);
    } else {
        network.activate_batch(inputs_, outputs_, lanes);
    }
    map_actions(params_.actions, traits.actions, outputs_, actions_, lanes);
}

/// Adds up the rewards of a step; the number of lanes that go on.
std::size_t EpisodeRunner::account() {
    std::size_t running = 0;
    for (std::size_t lane = 0; lane < episode_.size(); ++lane) {
        if (running_[lane] == 0) continue;
        const std::size_t episode = episode_[lane];
        returns_[episode] += rewards_[lane];
        steps_[episode] = step_;
        bool over = done_[lane] != 0 || step_ == step_limit_;
        if (std::isnan(sound_[lane])) {
            returns_[episode] = nan;
            over = true;
        }
        if (params_.patience) {
            if (returns_[episode] > best_returns_[episode]) {
                best_returns_[episode] = returns_[episode];
                best_steps_[episode] = step_;
            }
            over = over || step_ - best_steps_[episode] >= *params_.patience;
        }
        if (over && episode == 0) {
            const std::span<const double> behaviour = environment_.behaviour(lane);
            behaviour_.assign(behaviour.begin(), behaviour.end());
        }
        running_[lane] = over ? 0 : 1;
        running += over ? 0 : 1;
    }
    return running;
}

/// Gives up the lanes whose episodes are over.
void EpisodeRunner::keep_running_lanes(Network& network) {
    const std::size_t before = episode_.size();
    kept_.clear();
    for (std::uint32_t lane = 0; lane < before; ++lane) {
        if (running_[lane] != 0) kept_.push_back(lane);
    }
    const std::size_t lanes = kept_.size();
    float* next = observations_.data();
    for (std::size_t i = 0; i < environment_.traits().observations.size(); ++i) {
        for (const std::uint32_t lane : kept_) *next++ = observations_[i * before + lane];
    }
    for (std::size_t i = 0; i < lanes; ++i) episode_[i] = episode_[kept_[i]];
    observations_.resize(observations_.size() / before * lanes);
    outputs_.resize(outputs_.size() / before * lanes);
    actions_.resize(actions_.size() / before * lanes);
    rewards_.resize(lanes);
    done_.assign(lanes, 0);
    running_.assign(lanes, 1);
    episode_.resize(lanes);
    environment_.keep(kept_);
    network.keep_rows(kept_);
}

Trace EpisodeRunner::trace(Network& network, std::uint64_t seed) {
    const EnvironmentTraits& traits = environment_.traits();
    Trace trace{.low = traits.low, .high = traits.high};
    trace.columns.emplace_back("time");
    for (const Signal& signal : traits.observations) trace.columns.push_back(signal.name);
    if (traits.actions.is_discrete()) trace.columns.emplace_back("action");
    for (const Signal& signal : traits.actions.controls) trace.columns.push_back(signal.name);
    trace.columns.emplace_back("reward");

    begin(network, 1, [&](std::span<float> observations) { environment_.reset({&seed, 1}, observations); });
    for (std::size_t running = 1; running > 0 && step_ < step_limit_;) {
        std::vector<double> row{static_cast<double>(step_) * traits.step_seconds};
        row.insert(row.end(), observations_.begin(), observations_.end());
        if (Drawing drawing = environment_.draw(0); !drawing.empty()) trace.drawings.push_back(std::move(drawing));
        running = advance(network);
        row.insert(row.end(), actions_.begin(), actions_.end());
        row.push_back(rewards_[0]);
        trace.rows.push_back(std::move(row));
    }
    return trace;
}

void visit_fields(EpisodeParams& params, FieldVisitor& field) {
    field("episodes", params.episodes, between(1, 100'000), "Episodes per evaluation of a network.");
    field("episode_seeds", params.seeds,
          "Episodes of each generation: always the same (fixed), or new ones (fresh). All genomes of a generation play "
          "the same episodes.");
    field("aggregation", params.aggregation, "Statistic of the episodes' returns that is the fitness.");
    field("percentile", params.percentile, between(0.0, 100.0), "Percentile with aggregation: percentile.",
          {.needs = "aggregation: percentile"});
    field("step_limit", params.step_limit, at_least(1), "Maximum number of steps per episode; null for the task's.");
    field("patience", params.patience, at_least(1),
          "Steps without a higher return so far after which an episode ends; null for no such limit.");
    field("solved_return", params.solved_return, any_number(),
          "Mean return over the held-out episodes that solves the task; null for the task's.");
    field("held_out_episodes", params.held_out_episodes, between(1, 1'000'000),
          "Number of held-out episodes, never used for fitness, that confirm a champion.");
    field("actions", params.actions,
          "Mapping of outputs to actions. automatic: argmax for discrete actions, linear (0 to 1 covers the range) for "
          "continuous ones.");
    field("scale_observations", params.scale_observations,
          "Multiply observations by the scale of each input, so that they are of order 1.");
}

void check_episodes(const EpisodeParams& params, bool discrete, IssueSink& issues) {
    const ActionMapping mapping = params.actions;
    const bool for_choices = mapping == ActionMapping::argmax || mapping == ActionMapping::threshold;
    if (mapping == ActionMapping::automatic || for_choices == discrete) return;
    issues.add("actions", "must be " +
                              std::string(discrete ? "automatic, argmax or threshold where actions are choices"
                                                   : "automatic, linear or scaled_tanh where actions are numbers") +
                              ", got '" + std::string(name_of(mapping)) + "'");
}

}  // namespace clade

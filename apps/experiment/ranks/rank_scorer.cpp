#include <clade/experiment/ranks/rank_scorer.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/scoring/score_check_internal.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace clade {
namespace {

constexpr std::size_t slices_of_rank = 2;   // one that is scored, one that waits
constexpr double part_of_share = 0.25;      // of what a rank would get if all that is left were given out now
constexpr double weight_of_latest = 0.125;  // in the moving average of measured times

/// Makes room for the scores of all genomes, which are not there yet.
void begin_scores(const TaskTraits& traits, std::size_t genomes, ScoreTable& scores) {
    const std::vector<std::string> columns = score_column_names(traits);
    scores.columns.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) scores.columns[i].name = columns[i];
    scores.resize(genomes);
    scores.merit.clear();
    scores.rounds.clear();
    scores.failures.clear();
    scores.evaluated = genomes;
    scores.reused = 0;
}

double part_of_evaluation(const SliceTarget& target) {
    if (target.episodes == nullptr) return 1.0;
    return static_cast<double>(target.episodes->count) / static_cast<double>(target.all_episodes);
}

/// What of the episodes a slice is asked for; empty for whole evaluations.
std::optional<SliceEpisodes> episodes_of(const SliceTarget& target, std::span<const std::size_t> genomes) {
    if (target.episodes == nullptr) return std::nullopt;
    const Episodes& asked = *target.episodes;
    SliceEpisodes episodes{.first = asked.first, .count = asked.count};
    for (const std::size_t genome : genomes) {
        const double* before = asked.returns.data() + genome * target.all_episodes;
        episodes.before.insert(episodes.before.end(), before, before + asked.first);
    }
    return episodes;
}

}  // namespace

RankScorer::RankScorer(std::shared_ptr<RankTeam> team, const Task& task, const FunctionSet& functions,
                       const ThreadScorerSetup& setup, RankScorerParams params)
    : team_(std::move(team)),
      task_(task),
      params_(std::move(params)),
      lanes_(task, functions, setup),
      ranks_(team_->size()) {
    if (params_.threads.size() != ranks_.size()) throw LogicError("a RankScorer needs the threads of every rank");
}

RankScorer::~RankScorer() = default;

void RankScorer::score(const Generation& generation, ScoreTable& scores) {
    begin_scores(task_.traits(), generation.genomes.size(), scores);
    std::vector<std::size_t> genomes = reuse_known(generation, scores);
    scores.evaluated = genomes.size();
    scores.reused = generation.genomes.size() - genomes.size();
    spread(generation, std::move(genomes), {scores});
    scores.complete_failures();
}

void RankScorer::score_with_gradient(const Generation& generation, ScoreTable& scores, PopulationGradient& gradient) {
    if (!task_.traits().differentiable) throw Error("task '" + task_.traits().name + "' has no gradient");
    begin_scores(task_.traits(), generation.genomes.size(), scores);
    gradient.bias.assign(generation.genomes.node_count(), 0.0);
    gradient.weight.assign(generation.genomes.connection_count(), 0.0);
    std::vector<std::size_t> genomes(generation.genomes.size());
    std::iota(genomes.begin(), genomes.end(), std::size_t{0});
    spread(generation, std::move(genomes), {scores, &gradient});
    scores.complete_failures();
}

void RankScorer::play(const Generation& generation, const Episodes& episodes, ScoreTable& scores) {
    if (episodes.first == 0) begin_scores(task_.traits(), generation.genomes.size(), scores);
    std::vector<std::size_t> genomes;
    for (const std::size_t genome : episodes.genomes) {
        if (!std::ranges::binary_search(scores.failures, genome, {}, &GenomeFailure::genome)) genomes.push_back(genome);
    }
    spread(generation, std::move(genomes), {scores, nullptr, &episodes, task_.traits().episodes});
}

/// Takes over what is known, as a ThreadScorer does. Returns the genomes that are to be scored.
std::vector<std::size_t> RankScorer::reuse_known(const Generation& generation, ScoreTable& scores) const {
    const std::span<const double> known = generation.known_fitness;
    const bool may_reuse = !known.empty() && task_.traits().deterministic && scores.columns.empty();
    std::vector<std::size_t> genomes;
    for (std::size_t genome = 0; genome < generation.genomes.size(); ++genome) {
        if (may_reuse && !std::isnan(known[genome])) {
            scores.fitness[genome] = known[genome];
        } else {
            genomes.push_back(genome);
        }
    }
    return genomes;
}

/// Failures are in their order then, but those that a fitness alone shows are still missing.
void RankScorer::spread(const Generation& generation, std::vector<std::size_t> genomes, const SliceTarget& target) {
    Round round{SliceLedger(generation, std::move(genomes), next_id_), target, part_of_evaluation(target)};
    try {
        Nap nap;
        while (!round.ledger.finished()) {
            if (cancel_.stop_requested()) give_up(generation, round);
            hand_out(round);
            if (take_messages(round) || take_results(round, nap.next())) nap.reset();
            watch_silence(round);
        }
    } catch (...) {
        lanes_.cancel();
        lanes_.wait_idle();
        next_id_ = round.ledger.next_id();
        throw;
    }
    next_id_ = round.ledger.next_id();
    throw_failure(round.ledger);
    std::ranges::sort(target.scores.failures, {}, &GenomeFailure::genome);
}

/// Keeps every rank busy. What takes no longer than one slice is scored here.
void RankScorer::hand_out(Round& round) {
    const bool alone =
        seconds_per_cost_ > 0.0 && round.ledger.cost_left() * round.part * seconds_per_cost_ <= params_.least_slice;
    for (std::size_t given = 0; given < slices_of_rank; ++given) {
        for (std::size_t rank = alone ? 0 : 1; rank <= (alone ? 0 : ranks_.size()); ++rank) {
            const std::size_t next = rank % ranks_.size();  // the others first: messages take time
            if (round.ledger.all_given()) return;
            if (!ranks_[next].silent && round.ledger.given_to(next) <= given) give(round, next);
        }
    }
}

void RankScorer::give(Round& round, std::size_t rank) {
    const std::size_t all = std::reduce(params_.threads.begin(), params_.threads.end());
    const auto threads = static_cast<double>(params_.threads[rank]);
    const double share = round.ledger.cost_left() * threads / static_cast<double>(all);
    const double least =
        seconds_per_cost_ > 0.0 ? params_.least_slice * threads / (seconds_per_cost_ * round.part) : 0.0;
    const bool was_idle = round.ledger.given_to(rank) == 0;
    SliceOrder order = round.ledger.give(rank, std::max(share * part_of_share, least), params_.threads[rank]);
    order.gradient = round.target.gradient != nullptr;
    order.episodes = episodes_of(round.target, order.slice.places);  // genomes that race stand in their own places
    if (rank == 0) return lanes_.add(std::move(order));
    if (was_idle) ranks_[rank].heard = Clock::now();
    team_->send(rank, rank_message(RankMessageKind::slice, [&](ByteWriter& out) { write_order(order, out); }));
}

/// The results of this rank; waits for one no longer than that.
bool RankScorer::take_results(Round& round, std::chrono::microseconds longest) {
    bool any = false;
    for (auto result = lanes_.take(longest); result; result = lanes_.take()) {
        settle(round, 0, *result);
        any = true;
    }
    return any;
}

bool RankScorer::take_messages(Round& round) {
    bool any = false;
    for (auto report = team_->receive(); report; report = team_->receive()) {
        any = true;
        Rank& rank = ranks_[report->from];
        rank.heard = Clock::now();
        if (std::exchange(rank.silent, false))
            team_->say(LogLevel::info, team_->name_of(report->from) + " answers again");
        if (report->kind != RankMessageKind::scored) continue;
        ByteReader in = report->reader();
        settle(round, report->from, read_result(in));
    }
    return any;
}

void RankScorer::settle(Round& round, std::size_t rank, const SliceResult& result) {
    const std::optional<double> cost = round.ledger.settle(result, round.target);
    if (!cost || *cost <= 0.0) return;
    const double measured = result.seconds * static_cast<double>(params_.threads[rank]) / (*cost * round.part);
    const double weight = seconds_per_cost_ > 0.0 ? weight_of_latest : 1.0;
    seconds_per_cost_ += weight * (measured - seconds_per_cost_);
}

/// A rank that does not answer is told of, and its genomes go to others: it may hang, or its machine.
void RankScorer::watch_silence(Round& round) {
    const auto now = Clock::now();
    for (std::size_t rank = 1; rank < ranks_.size(); ++rank) {
        const double seconds = std::chrono::duration<double>(now - ranks_[rank].heard).count();
        if (ranks_[rank].silent || round.ledger.given_to(rank) == 0 || seconds < params_.timeout) continue;
        ranks_[rank].silent = true;
        team_->say(LogLevel::error, team_->name_of(rank) + " has not answered for " + number_text(std::round(seconds)) +
                                        " s (evaluation.rank_timeout); it has " + round.ledger.text_of(rank) +
                                        ", which other ranks score now");
        round.ledger.take_back(rank);
    }
}

/// Others hear that they need not go on, but are not waited for.
void RankScorer::give_up(const Generation& generation, const Round& round) {
    for (std::size_t rank = 1; rank < ranks_.size(); ++rank) {
        if (round.ledger.given_to(rank) > 0) team_->send(rank, rank_message(RankMessageKind::cancel));
    }
    throw Cancelled("the evaluation of generation " + std::to_string(generation.number) + " was cancelled");
}

void RankScorer::throw_failure(const SliceLedger& ledger) const {
    if (!ledger.failure()) return;
    const auto& [error, rank] = *ledger.failure();
    const std::string text = error.message + (rank == 0 ? "" : " (" + team_->name_of(rank) + ')');
    if (error.failure) throw ScoringError(text, *error.failure);
    throw Error(text);
}

}  // namespace clade

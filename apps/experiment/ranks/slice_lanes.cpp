#include <clade/experiment/ranks/slice_lanes.hpp>

#include <algorithm>
#include <exception>
#include <numeric>
#include <utility>

namespace clade {
namespace {

SliceError error_of(const std::exception& error) {
    SliceError found{.message = error.what()};
    if (const auto* scoring = dynamic_cast<const ScoringError*>(&error)) found.failure = scoring->failure();
    return found;
}

/// Plays the episodes that are asked for, of all genomes of a slice.
void play(ThreadScorer& scorer, const Generation& generation, const SliceEpisodes& asked, SliceResult& result) {
    const std::size_t stride = scorer.task().traits().episodes;
    const std::size_t count = generation.genomes.size();
    if (asked.first + asked.count > stride || asked.before.size() != count * asked.first) {
        throw FormatError("a slice asks for episodes that its task does not have");
    }
    std::vector<std::size_t> genomes(count);
    std::iota(genomes.begin(), genomes.end(), std::size_t{0});
    std::vector<double> returns(count * stride);
    for (std::size_t i = 0; i < count; ++i) {
        std::copy_n(asked.before.data() + i * asked.first, asked.first, returns.data() + i * stride);
    }
    scorer.play(generation, {genomes, asked.first, asked.count, returns}, result.scores);
    for (std::size_t i = 0; i < count; ++i) {
        const double* played = returns.data() + i * stride + asked.first;
        result.returns.insert(result.returns.end(), played, played + asked.count);
    }
}

SliceResult scored(ThreadScorer& scorer, const SliceOrder& order, const FunctionSet& functions) {
    const auto begin = std::chrono::steady_clock::now();
    SliceResult result{.id = order.id};
    try {
        const Generation generation = order.slice.generation(functions);
        if (order.episodes) {
            play(scorer, generation, *order.episodes, result);
        } else if (order.gradient) {
            scorer.score_with_gradient(generation, result.scores, result.gradient);
        } else {
            scorer.score(generation, result.scores);
        }
    } catch (const std::exception& error) {
        result.error = error_of(error);
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return result;
}

}  // namespace

SliceLanes::SliceLanes(const Task& task, const FunctionSet& functions, const ThreadScorerSetup& setup)
    : functions_(functions) {
    const std::size_t count = setup.parallel.threads() > 1 ? 2 : 1;
    for (std::size_t i = 0; i < count; ++i) scorers_.emplace_back(task, setup);
    for (ThreadScorer& scorer : scorers_) {
        lanes_.emplace_back([this, &scorer](const std::stop_token& over) { run(scorer, over); });
    }
}

SliceLanes::~SliceLanes() { cancel(); }

/// One lane, until it is over: scores slices as they come.
void SliceLanes::run(ThreadScorer& scorer, const std::stop_token& over) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, over, [&] { return !waiting_.empty(); })) {
        const SliceOrder order = std::move(waiting_.front());
        waiting_.pop_front();
        const std::stop_token cancelled = cancel_.get_token();
        ++running_;
        lock.unlock();
        scorer.cancel_with(cancelled);
        SliceResult result = scored(scorer, order, functions_);
        lock.lock();
        --running_;
        if (!cancelled.stop_requested()) done_.push_back(std::move(result));
        changed_.notify_all();
    }
}

void SliceLanes::add(SliceOrder order) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(order));
    changed_.notify_all();
}

std::optional<SliceResult> SliceLanes::take(std::chrono::microseconds longest) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, longest, [&] { return !done_.empty(); })) return std::nullopt;
    SliceResult result = std::move(done_.front());
    done_.pop_front();
    return result;
}

void SliceLanes::cancel() {
    const std::lock_guard lock(mutex_);
    cancel_.request_stop();
    cancel_ = {};
    waiting_.clear();
    done_.clear();
}

void SliceLanes::wait_idle() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return running_ == 0; });
}

void SliceLanes::show_in(std::span<ScoringSlot> slots) {
    for (ThreadScorer& scorer : scorers_) scorer.show_in(slots);
}

}  // namespace clade

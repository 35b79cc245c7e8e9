#include <clade/core/parallel.hpp>

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <algorithm>

// Clade's own build for the sanitizer defines CLADE_TSAN and leaves this source uninstrumented (CMakeLists.txt); a build
// of others that has flags of its own is recognised here.
#if defined(__SANITIZE_THREAD__)
#define CLADE_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CLADE_TSAN 1
#endif
#endif

#ifdef CLADE_TSAN
extern "C" void __tsan_acquire(void*);  // NOLINT(bugprone-reserved-identifier): the sanitizer's own name
extern "C" void __tsan_release(void*);  // NOLINT(bugprone-reserved-identifier): the sanitizer's own name
#endif

namespace clade {
namespace {

/// Tells the thread sanitizer, to which the scheduler's own hand-over is invisible, that work passes between threads.
class HandOver {
public:
    /// Around the whole loop, also one that an exception ends.
    class Loop {
    public:
        explicit Loop(HandOver& hand_over) : hand_over_(hand_over) { release(&hand_over_.before_); }
        ~Loop() { acquire(&hand_over_.after_); }
        Loop(const Loop&) = delete;
        Loop& operator=(const Loop&) = delete;

    private:
        HandOver& hand_over_;
    };

    /// Around each range.
    class Range {
    public:
        explicit Range(HandOver& hand_over) : hand_over_(hand_over) { acquire(&hand_over_.before_); }
        ~Range() { release(&hand_over_.after_); }
        Range(const Range&) = delete;
        Range& operator=(const Range&) = delete;

    private:
        HandOver& hand_over_;
    };

private:
#ifdef CLADE_TSAN
    static void acquire(void* at) { __tsan_acquire(at); }
    static void release(void* at) { __tsan_release(at); }
#else
    static void acquire(void* /*at*/) {}
    static void release(void* /*at*/) {}
#endif
    char before_ = 0;
    char after_ = 0;
};

std::size_t resolve_threads(int threads) {
    const int wanted = threads > 0 ? threads : tbb::info::default_concurrency();
    return static_cast<std::size_t>(std::min(wanted, Parallel::most_threads));
}

}  // namespace

class Parallel::Threads final : public Arena {
public:
    explicit Threads(std::size_t threads) : arena_(static_cast<int>(threads)) {}

    void for_ranges(std::size_t count, std::size_t grain, const Body& body) override {
        HandOver hand_over;
        const HandOver::Loop loop(hand_over);
        arena_.execute([&] {
            tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, std::max<std::size_t>(1, grain)),
                              [&](const tbb::blocked_range<std::size_t>& range) {
                                  const HandOver::Range in_range(hand_over);
                                  const auto worker =
                                      static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
                                  body(range.begin(), range.end(), worker);
                              });
        });
    }

private:
    // The limit of a process is raised out of the way: the scheduler would warn on stderr, and start fewer threads,
    // where an engine asks for more than there are cores.
    tbb::global_control process_limit_{tbb::global_control::max_allowed_parallelism, most_threads};
    tbb::task_arena arena_;
};

Parallel::Parallel(int threads, SimdLevel simd) : threads_(resolve_threads(threads)), simd_(supported(simd)) {
    if (threads_ > 1) arena_ = std::make_shared<Threads>(threads_);
}

}  // namespace clade

#include <clade/experiment/process/worker_pool_internal.hpp>

#include <clade/core/error.hpp>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace clade {
namespace {

constexpr std::size_t most_doublings = 7;  // of the first wait
constexpr std::chrono::milliseconds first_wait{10};

}  // namespace

WorkerPool::WorkerPool(WorkerSetup setup)
    : setup_(std::move(setup)), waiting_(first_worker()), hello_(waiting_.front()->hello()) {}

std::vector<std::unique_ptr<Worker>> WorkerPool::first_worker() {
    std::vector<std::unique_ptr<Worker>> workers;
    workers.push_back(std::make_unique<Worker>(setup_, ++started_));
    return workers;
}

WorkerPool::~WorkerPool() {
    for (const auto& worker : waiting_) worker->close_input();
}

std::unique_ptr<Worker> WorkerPool::take() {
    {
        const std::lock_guard lock(mutex_);
        if (!waiting_.empty()) {
            auto worker = std::move(waiting_.back());
            waiting_.pop_back();
            return worker;
        }
    }
    for (int attempt = 0;; ++attempt) {
        wait_after_failures();
        try {
            return start();
        } catch (const FormatError&) {
            throw;  // it would say the same again
        } catch (const Error&) {
            const std::lock_guard lock(mutex_);
            ++failures_;
            if (attempt >= setup_.params.restarts) throw;
        }
    }
}

std::unique_ptr<Worker> WorkerPool::start() {
    std::size_t number = 0;
    {
        const std::lock_guard lock(mutex_);
        number = ++started_;
    }
    auto worker = std::make_unique<Worker>(setup_, number);
    if (worker->hello().line == hello_.line) return worker;
    throw FormatError("worker " + std::to_string(number) + ": its hello is another than that of the first worker");
}

void WorkerPool::wait_after_failures() const {
    std::size_t failures = 0;
    {
        const std::lock_guard lock(mutex_);
        failures = failures_;
    }
    if (failures > 1) std::this_thread::sleep_for(first_wait * (1 << std::min(failures - 2, most_doublings)));
}

void WorkerPool::give_back(std::unique_ptr<Worker> worker) {
    worker->set_deadline(nullptr);
    const bool is_sound = worker->is_sound();
    const bool has_replied = worker->has_replied();
    if (!is_sound) worker.reset();
    const std::lock_guard lock(mutex_);
    if (is_sound || has_replied) failures_ = 0;
    if (is_sound) waiting_.push_back(std::move(worker));
    if (!is_sound) ++failures_;
}

}  // namespace clade

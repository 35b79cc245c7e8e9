// Workers that wait for work: whoever needs one takes it, and gives it back.
#pragma once

#include <clade/experiment/process/worker_internal.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace clade {

/// For several threads.
class WorkerPool {
public:
    /// Starts the first worker, whose hello all others must repeat. Throws as a Worker does.
    explicit WorkerPool(WorkerSetup setup);

    /// Asks all to end before the first is waited for.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    [[nodiscard]] const WorkerHello& hello() const noexcept { return hello_; }

    /// One that waits, or a new one. After failures it is started later and later; one that does not start is tried again
    /// as the parameters say, then its Error is thrown.
    [[nodiscard]] std::unique_ptr<Worker> take();

    /// One that is not sound is ended.
    void give_back(std::unique_ptr<Worker> worker);

private:
    [[nodiscard]] std::vector<std::unique_ptr<Worker>> first_worker();
    [[nodiscard]] std::unique_ptr<Worker> start();
    void wait_after_failures() const;

    const WorkerSetup setup_;
    mutable std::mutex mutex_;
    std::size_t started_ = 0;   // workers, for their numbers
    std::size_t failures_ = 0;  // in a row
    std::vector<std::unique_ptr<Worker>> waiting_;
    WorkerHello hello_;
};

/// A worker for as long as this lives.
class WorkerLease {
public:
    explicit WorkerLease(std::shared_ptr<WorkerPool> pool) : pool_(std::move(pool)), worker_(pool_->take()) {}
    ~WorkerLease() { pool_->give_back(std::move(worker_)); }
    WorkerLease(const WorkerLease&) = delete;
    WorkerLease& operator=(const WorkerLease&) = delete;

    [[nodiscard]] Worker& operator*() const noexcept { return *worker_; }
    [[nodiscard]] Worker* operator->() const noexcept { return worker_.get(); }

private:
    std::shared_ptr<WorkerPool> pool_;
    std::unique_ptr<Worker> worker_;
};

}  // namespace clade

// The ranks of a job as threads of this process, for tests: the same messages, without a launcher.
#pragma once

#include <clade/experiment/ranks/rank_link.hpp>
#include <clade/experiment/ranks/rank_team.hpp>
#include <clade/experiment/ranks/rank_worker.hpp>

#include <cstdlib>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace clade {

/// Messages that have been sent, for each rank.
class LocalMail {
public:
    explicit LocalMail(std::size_t ranks) : boxes_(ranks) {}

    void put(std::size_t to, RankMessage message) {
        const std::lock_guard lock(mutex_);
        boxes_[to].push_back(std::move(message));
    }
    std::optional<RankMessage> take(std::size_t rank) {
        const std::lock_guard lock(mutex_);
        if (boxes_[rank].empty()) return std::nullopt;
        RankMessage message = std::move(boxes_[rank].front());
        boxes_[rank].pop_front();
        return message;
    }
    [[nodiscard]] std::size_t ranks() const { return boxes_.size(); }

private:
    std::mutex mutex_;
    std::vector<std::deque<RankMessage>> boxes_;
};

class LocalLink final : public RankLink {
public:
    LocalLink(LocalMail& mail, std::size_t rank) : mail_(mail), rank_(rank) {}

    [[nodiscard]] std::size_t rank() const noexcept override { return rank_; }
    [[nodiscard]] std::size_t size() const noexcept override { return mail_.ranks(); }
    void send(std::size_t to, std::span<const std::byte> bytes) override {
        mail_.put(to, {rank_, {bytes.begin(), bytes.end()}});
    }
    std::optional<RankMessage> receive() override { return mail_.take(rank_); }
    void leave() override {}
    [[noreturn]] void abort(int /*exit_code*/) override { std::abort(); }

private:
    LocalMail& mail_;
    std::size_t rank_;
};

/// Rank 0's team, whose other ranks are threads that serve it until this object ends.
class LocalRanks {
public:
    LocalRanks(std::size_t ranks, const Vocabulary& vocabulary) : mail_(ranks), link_(mail_, 0) {
        for (std::size_t rank = 1; rank < ranks; ++rank) {
            threads_.emplace_back([this, rank, &vocabulary] {
                LocalLink link(mail_, rank);
                serve_rank_0(link, vocabulary);
            });
        }
        team_ = std::make_shared<RankTeam>(link_);
    }
    ~LocalRanks() { team_->dismiss(std::chrono::seconds(60)); }
    LocalRanks(const LocalRanks&) = delete;
    LocalRanks& operator=(const LocalRanks&) = delete;

    [[nodiscard]] const std::shared_ptr<RankTeam>& team() const { return team_; }

private:
    LocalMail mail_;
    LocalLink link_;
    std::vector<std::jthread> threads_;
    std::shared_ptr<RankTeam> team_;
};

}  // namespace clade

// All ranks of a job, as rank 0 sees them: where they run, and what it tells them.
//
//   RankTeam team(link);            knows where each runs
//   team.prepare(setup, ...);       all have made the task
//   ... a RankScorer hands out slices ...
//   team.dismiss(...);              all have ended
#pragma once

#include <clade/experiment/log/message_log.hpp>
#include <clade/experiment/ranks/rank_layout.hpp>
#include <clade/experiment/ranks/rank_link.hpp>
#include <clade/experiment/ranks/rank_messages.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace clade {

/// A message of a rank, without its kind.
struct RankReport {
    std::size_t from = 0;
    RankMessageKind kind{};
    std::vector<std::byte> bytes{};  ///< as they arrived; reader() passes over the kind

    [[nodiscard]] ByteReader reader() const {
        ByteReader in(bytes);
        (void)in.value<RankMessageKind>();
        return in;
    }
};

/// Rank 0's team. For one thread at a time.
class RankTeam {
public:
    using Seconds = std::chrono::duration<double>;

    /// Waits until every rank has said where it runs. The link outlives this object and is that of rank 0. Throws Error,
    /// naming them, if ranks have not said so in time.
    explicit RankTeam(RankLink& link, Seconds longest = std::chrono::seconds(60));

    [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }
    [[nodiscard]] const std::vector<RankPlace>& places() const noexcept { return places_; }

    /// "rank 3 on node17".
    [[nodiscard]] std::string name_of(std::size_t rank) const;

    /// Threads of each rank for evaluation.threads.
    [[nodiscard]] std::vector<std::size_t> threads(int configured) const {
        return threads_of_ranks(places_, configured);
    }

    /// Has every other rank make the task, with as many threads as threads() says, and waits for them. Throws InputError
    /// with what they say if one cannot, Error if they take longer.
    void prepare(RankSetup setup, int configured, Seconds longest);

    void send(std::size_t to, const ByteWriter& message) { link_.send(to, message.bytes()); }

    /// The next message of another rank, if one has arrived.
    [[nodiscard]] std::optional<RankReport> receive();

    /// From now on the listener gets messages for the run's log; first those that nobody has heard.
    void listen(MessageLog::Listener listener);
    void say(LogLevel level, const std::string& message);

    /// Ends all other ranks. Says whether they have answered in time: a rank that is lost, or hangs, does not.
    bool dismiss(Seconds longest);

private:
    template <class Take>
    [[nodiscard]] std::vector<std::size_t> wait_for_all(Seconds longest, const Take& take);
    [[nodiscard]] std::string names_of(const std::vector<std::size_t>& ranks) const;

    RankLink& link_;
    std::vector<RankPlace> places_;  // [size()]
    MessageLog::Listener listener_;
    std::vector<std::pair<LogLevel, std::string>> unheard_;
};

}  // namespace clade

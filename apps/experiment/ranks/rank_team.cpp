#include <clade/experiment/ranks/rank_team.hpp>

#include <clade/core/text.hpp>
#include <clade/experiment/ranks/nap.hpp>

namespace clade {
namespace {

constexpr std::size_t most_named_ranks = 8;  // ranks in a message

std::string seconds_text(RankTeam::Seconds seconds) { return number_text(seconds.count()) + " s"; }

}  // namespace

RankTeam::RankTeam(RankLink& link, Seconds longest) : link_(link), places_(link.size()) {
    places_[0] = place_of_this_process();
    const auto silent = wait_for_all(longest, [&](const RankReport& report) {
        ByteReader in = report.reader();
        places_[report.from] = read_place(in);
    });
    if (!silent.empty()) {
        throw Error(names_of(silent) + " has not begun within " + seconds_text(longest) +
                    "; look at the launcher's messages, and at the machines");
    }
}

std::string RankTeam::name_of(std::size_t rank) const {
    const std::string& host = places_[rank].host;
    return "rank " + std::to_string(rank) + (host.empty() ? "" : " on " + host);
}

std::string RankTeam::names_of(const std::vector<std::size_t>& ranks) const {
    std::vector<std::string> names;
    for (const std::size_t rank : ranks) names.push_back(name_of(rank));
    return listed(names, ", ", most_named_ranks);
}

/// Waits for a message from every other rank: take(report). Returns those that have not answered in time.
template <class Take>
std::vector<std::size_t> RankTeam::wait_for_all(Seconds longest, const Take& take) {
    const auto begin = std::chrono::steady_clock::now();
    std::vector<bool> heard(size(), false);
    heard[0] = true;
    Nap nap;
    for (std::size_t missing = size() - 1; missing > 0;) {
        if (const auto report = receive()) {
            take(*report);
            if (!heard[report->from]) --missing;
            heard[report->from] = true;
            nap.reset();
        } else if (std::chrono::steady_clock::now() - begin > longest) {
            break;
        } else {
            nap.rest();
        }
    }
    std::vector<std::size_t> silent;
    for (std::size_t rank = 0; rank < size(); ++rank) {
        if (!heard[rank]) silent.push_back(rank);
    }
    return silent;
}

void RankTeam::prepare(RankSetup setup, int configured, Seconds longest) {
    const std::vector<std::size_t> of_ranks = threads(configured);
    for (std::size_t rank = 1; rank < size(); ++rank) {
        setup.threads = of_ranks[rank];
        send(rank, rank_message(RankMessageKind::setup, [&](ByteWriter& out) { write_setup(setup, out); }));
    }
    std::vector<std::string> refusals(size());
    const auto silent = wait_for_all(longest, [&](const RankReport& report) {
        if (report.kind != RankMessageKind::refused) return;
        ByteReader in = report.reader();
        refusals[report.from] = name_of(report.from) + ": " + read_text(in);
    });
    std::erase(refusals, std::string());
    if (!refusals.empty()) throw InputError(listed(refusals, "\n", most_named_ranks));
    if (!silent.empty()) {
        throw Error(names_of(silent) + " has not made the task within " + seconds_text(longest) +
                    " (evaluation.rank_timeout)");
    }
    say(LogLevel::info, layout_text(places_, of_ranks));
    for (const std::string& warning : layout_warnings(places_, of_ranks)) say(LogLevel::warning, warning);
}

std::optional<RankReport> RankTeam::receive() {
    auto message = link_.receive();
    if (!message) return std::nullopt;
    RankReport report{.from = message->from, .bytes = std::move(message->bytes)};
    ByteReader in(report.bytes);
    report.kind = in.value<RankMessageKind>();
    return report;
}

void RankTeam::listen(MessageLog::Listener listener) {
    listener_ = std::move(listener);
    if (!listener_) return;
    for (const auto& [level, message] : std::exchange(unheard_, {})) listener_(level, message);
}

void RankTeam::say(LogLevel level, const std::string& message) {
    if (listener_) {
        listener_(level, message);
    } else {
        unheard_.emplace_back(level, message);
    }
}

bool RankTeam::dismiss(Seconds longest) {
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t rank = 1; rank < size(); ++rank) send(rank, rank_message(RankMessageKind::quit));
    std::size_t left = size() - 1;
    for (Nap nap; left > 0 && std::chrono::steady_clock::now() - begin < longest;) {
        if (const auto report = receive()) {
            if (report->kind == RankMessageKind::farewell) --left;  // others are late answers
        } else {
            nap.rest();
        }
    }
    return left == 0;
}

}  // namespace clade

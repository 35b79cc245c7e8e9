#include <clade/experiment/ranks/rank_layout.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <sched.h>
#include <unistd.h>

namespace clade {
namespace {

/// The ranks of one machine.
struct HostRanks {
    std::vector<std::size_t> ranks{};
    std::set<int> cores{};  ///< those that any of them is bound to
    std::size_t threads = 0;
    std::size_t host_cores = 0;
};

std::map<std::string, HostRanks> by_host(std::span<const RankPlace> places, std::span<const std::size_t> threads) {
    std::map<std::string, HostRanks> hosts;
    for (std::size_t rank = 0; rank < places.size(); ++rank) {
        HostRanks& host = hosts[places[rank].host];
        host.ranks.push_back(rank);
        host.cores.insert(places[rank].cores.begin(), places[rank].cores.end());
        host.threads += threads[rank];
        host.host_cores = places[rank].host_cores;
    }
    return hosts;
}

std::string count_text(std::size_t count, const std::string& what) {
    return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

/// "1 rank with 2 threads", "2 ranks with 4 threads in all".
std::string ranks_text(const HostRanks& host) {
    return count_text(host.ranks.size(), "rank") + " with " + count_text(host.threads, "thread") +
           (host.ranks.size() == 1 ? "" : " in all");
}

/// The flags of both launchers that give each rank its part of the machine.
std::string remedy(const HostRanks& host) {
    const std::size_t each = std::max<std::size_t>(1, host.host_cores / host.ranks.size());
    return "with Open MPI give mpirun --map-by slot:PE=" + std::to_string(each) +
           " or --bind-to none, with MPICH -bind-to core:" + std::to_string(each) + " or -bind-to none";
}

std::string warning_of(const std::string& name, const HostRanks& host) {
    const bool has_idle_cores = host.cores.size() < host.host_cores;
    if (host.threads > host.cores.size()) {
        return name + " has " + ranks_text(host) + " on " + count_text(host.cores.size(), "core") +
               ", which slows all of them: start fewer ranks, or set evaluation.threads lower" +
               (has_idle_cores ? ", or free more cores: " + remedy(host) : "");
    }
    if (has_idle_cores) {
        return name + " has " + ranks_text(host) + " bound to " + std::to_string(host.cores.size()) + " of its " +
               std::to_string(host.host_cores) + " cores, and the others are idle: " + remedy(host);
    }
    return "";
}

}  // namespace

RankPlace place_of_this_process() {
    RankPlace place;
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) == 0) place.host = host.data();
    const long online = ::sysconf(_SC_NPROCESSORS_ONLN);
    place.host_cores = static_cast<std::size_t>(std::max(1L, online));
    cpu_set_t bound;
    CPU_ZERO(&bound);
    if (::sched_getaffinity(0, sizeof bound, &bound) == 0) {
        for (int core = 0; core < CPU_SETSIZE; ++core) {
            if (CPU_ISSET(static_cast<std::size_t>(core), &bound)) place.cores.push_back(core);
        }
    }
    if (place.cores.empty()) place.cores.push_back(0);
    return place;
}

void write_place(const RankPlace& place, ByteWriter& out) {
    out.values(std::span<const char>(place.host));
    out.values(std::span<const int>(place.cores));
    out.value(std::uint64_t{place.host_cores});
}

RankPlace read_place(ByteReader& in) {
    RankPlace place;
    const std::vector<char> host = in.values<char>();
    place.host.assign(host.begin(), host.end());
    place.cores = in.values<int>();
    place.host_cores = static_cast<std::size_t>(in.value<std::uint64_t>());
    return place;
}

std::vector<std::size_t> threads_of_ranks(std::span<const RankPlace> places, int configured) {
    std::vector<std::size_t> threads;
    for (const RankPlace& place : places) {
        const auto sharing = static_cast<std::size_t>(std::ranges::count(places, place));
        threads.push_back(configured > 0 ? static_cast<std::size_t>(configured)
                                         : std::max<std::size_t>(1, place.cores.size() / sharing));
    }
    return threads;
}

std::string layout_text(std::span<const RankPlace> places, std::span<const std::size_t> threads) {
    const auto hosts = by_host(places, threads);
    std::string text = count_text(places.size(), "rank") + " on " + count_text(hosts.size(), "host");
    for (const auto& [name, host] : hosts) {
        text += "; " + name + ": " + ranks_text(host) + ", bound to " + std::to_string(host.cores.size()) + " of " +
                count_text(host.host_cores, "core");
    }
    return text;
}

std::vector<std::string> layout_warnings(std::span<const RankPlace> places, std::span<const std::size_t> threads) {
    std::vector<std::string> warnings;
    for (const auto& [name, host] : by_host(places, threads)) {
        std::string warning = warning_of(name, host);
        if (!warning.empty()) warnings.push_back(std::move(warning));
    }
    return warnings;
}

}  // namespace clade

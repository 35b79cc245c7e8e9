// Where the ranks of a job run, and how many threads each may use.
//
//   host    node17                          node18
//   cores   0 1 2 3 | 4 5 6 7               0 1 2 3 4 5 6 7
//   ranks   0       | 1                     2 and 3, bound alike
//   threads 4       | 4                     4 each
//
// Counted are the cores that a process is bound to, not those of its machine: launchers bind ranks to cores, and a rank
// that starts a thread for each core of the machine takes those of its neighbours. Ranks that are bound alike share.
#pragma once

#include <clade/core/byte_stream.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace clade {

/// Where a rank runs.
struct RankPlace {
    std::string host{};
    std::vector<int> cores{};    ///< those that it is bound to, ascending
    std::size_t host_cores = 0;  ///< those of the machine that are online

    bool operator==(const RankPlace&) const = default;
};

/// Of this process.
[[nodiscard]] RankPlace place_of_this_process();

/// A place as bytes, and back. Reading throws FormatError on damaged data.
void write_place(const RankPlace& place, ByteWriter& out);
[[nodiscard]] RankPlace read_place(ByteReader& in);

/// Threads of each rank: `configured`, or if that is 0 its share of the cores that it is bound to, at least 1.
/// [places]
[[nodiscard]] std::vector<std::size_t> threads_of_ranks(std::span<const RankPlace> places, int configured);

/// "4 ranks on 2 hosts, 16 threads: node17: ranks 0 and 1, 4 threads each; ...", for the log.
[[nodiscard]] std::string layout_text(std::span<const RankPlace> places, std::span<const std::size_t> threads);

/// What is wrong with the layout and which flag of mpirun mends it, a sentence for each host; empty for a good one.
[[nodiscard]] std::vector<std::string> layout_warnings(std::span<const RankPlace> places,
                                                       std::span<const std::size_t> threads);

}  // namespace clade

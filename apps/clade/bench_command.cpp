#include "bench/nodes_report.hpp"
#include "bench/other_systems.hpp"
#include "clade/commands.hpp"
#include "clade/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace clade {
namespace {

/// What is being timed, on a line that is rewritten on a terminal; nothing elsewhere.
class BenchProgress {
public:
    explicit BenchProgress(bool quiet) : live_(!quiet && is_terminal(Output::err)) {}
    ~BenchProgress() {
        if (live_) std::cerr << "\r\x1b[K" << std::flush;
    }
    BenchProgress(const BenchProgress&) = delete;
    BenchProgress& operator=(const BenchProgress&) = delete;

    void show(const std::string& text) const {
        if (live_) std::cerr << '\r' << text << "\x1b[K" << std::flush;
    }

private:
    bool live_;
};

bench::ReportOptions report_options(const BenchOptions& options) { return {options.format, options.svg, options.out}; }

/// The systems asked for; all of them where none is named.
std::vector<std::string> chosen_systems(const std::vector<std::string>& named) {
    const auto known = bench::other_systems();
    if (named.empty() || named.front().empty()) return {known.begin(), known.end()};
    for (const std::string& name : named) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        throw InputError(fmt::format("--against: must be among {}, got '{}'", fmt::join(known, ", "), name));
    }
    return named;
}

}  // namespace

int bench_nodes_command(const BenchNodesOptions& options) {
    bench::NodesOptions nodes{.repetitions = options.repetitions,
                              .parallel = Parallel(options.bench.threads, options.bench.simd)};
    if (!options.counts.empty()) nodes.counts = options.counts;
    const std::vector<std::string> against =
        options.against ? chosen_systems(*options.against) : std::vector<std::string>();
    bench::NodesResults results;
    {
        const BenchProgress progress(options.bench.quiet);
        const bench::NodesProgress tell = [&](const std::string& system, std::size_t n) {
            progress.show(fmt::format("{}: {} nodes ...", system, n));
        };
        results.rows = bench::time_clade_nodes(nodes, tell);
        for (const std::string& system : against) {
            const bench::OtherSystemResult other = bench::time_other_system(system, nodes, tell);
            results.rows.insert(results.rows.end(), other.rows.begin(), other.rows.end());
            results.versions.insert(other.versions.begin(), other.versions.end());
            if (!other.absent.empty()) results.absent[system] = other.absent;
        }
    }
    bench::show(bench::nodes_report(results, terminal_width(Output::out)), report_options(options.bench));
    return 0;
}

}  // namespace clade

#include "clade/commands/bench_command.hpp"

#include "bench/generation_report.hpp"
#include "bench/network_report.hpp"
#include "bench/nodes_report.hpp"
#include "bench/other_systems.hpp"
#include "bench/signature.hpp"
#include "bench/xor_runs_report.hpp"
#include "clade/output/live_line.hpp"
#include "terminal/terminal.hpp"

#include <clade/core/digest.hpp>

#include <fmt/format.h>

#include <unistd.h>
#include <algorithm>
#include <iostream>

namespace clade {
namespace {

/// What is being timed, on a line that is rewritten on a terminal; nothing elsewhere.
class BenchProgress {
public:
    explicit BenchProgress(bool quiet) : line_(quiet || !is_terminal(Output::err), 0.0) {}
    void show(const std::string& text) { line_.show({{text}}); }

private:
    LiveLine line_;
};

/// What `measure(progress)` returns, after the line of progress is gone.
template <class Measure>
auto with_progress(const BenchOptions& options, const Measure& measure) {
    BenchProgress line(options.quiet);
    return measure([&](const std::string& text) { line.show(text); });
}

/// How the report is to be shown. Throws InputError if it cannot be: called before anything is measured.
bench::ReportOptions report_options(const BenchOptions& options) {
    bench::ReportOptions report{options.format, options.svg, options.out};
    bench::check_files(report);
    return report;
}

/// The systems asked for; all of them where none is named.
std::vector<std::string> chosen_systems(const std::vector<std::string>& named) {
    const auto known = bench::other_systems();
    if (named.empty() || named.front().empty()) return {known.begin(), known.end()};
    return named;
}

/// What a benchmark takes of this machine's memory without being asked to. [bytes]
std::size_t usual_memory_limit() {
    constexpr std::size_t most = std::size_t{12} << 30;
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long page = sysconf(_SC_PAGESIZE);
    if (pages <= 0 || page <= 0) return most;
    return std::min(most, static_cast<std::size_t>(pages) * static_cast<std::size_t>(page) / 4 * 3);
}

/// Each value once, ascending; what is there already where none is given.
template <class T>
void sort_and_take(std::vector<T> given, std::vector<T>& into) {
    if (given.empty()) return;
    std::sort(given.begin(), given.end());
    given.erase(std::unique(given.begin(), given.end()), given.end());
    into = std::move(given);
}

}  // namespace

int bench_nodes_command(const BenchNodesOptions& options) {
    const bench::ReportOptions report = report_options(options.bench);
    bench::NodesOptions nodes{.repetitions = options.repetitions,
                              .parallel = Parallel(options.threads, options.bench.simd)};
    if (!options.counts.empty()) nodes.counts = options.counts;
    const std::vector<std::string> against =
        options.against ? chosen_systems(*options.against) : std::vector<std::string>();
    bench::NodesResults results;
    {
        BenchProgress progress(options.bench.quiet);
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
    bench::show(bench::nodes_report(results, terminal_width(Output::out)), report);
    return 0;
}

int bench_generation_command(const BenchGenerationOptions& options) {
    const bench::ReportOptions report = report_options(options.bench);
    bench::GenerationOptions generation{.population = options.population, .simd = options.bench.simd};
    if (options.genomes.empty()) generation.memory_limit = usual_memory_limit();
    sort_and_take(options.genomes, generation.genomes);
    sort_and_take(options.connections, generation.connections);
    if (!options.threads.empty()) generation.threads = options.threads;
    const auto results = with_progress(options.bench, [&](const bench::StageProgress& progress) {
        return bench::time_generation(generation, progress);
    });
    if (results.cases.empty()) {
        throw InputError(
            fmt::format("--connections: nothing fits into {:.1f} GB: {}; --genomes asks for it all the same",
                        static_cast<double>(generation.memory_limit) * 1e-9, fmt::join(results.left_out, ", ")));
    }
    bench::show(bench::generation_report(results, terminal_width(Output::out)), report);
    return 0;
}

int bench_network_command(const BenchNetworkOptions& options) {
    const bench::ReportOptions report = report_options(options.bench);
    const auto results = with_progress(options.bench, [&](const bench::StageProgress& progress) {
        return bench::time_networks({.simd = options.bench.simd}, progress);
    });
    bench::show(bench::network_report(results, terminal_width(Output::out)), report);
    return 0;
}

int bench_run_command(const BenchRunOptions& options) {
    const bench::ReportOptions report = report_options(options.bench);
    const auto results = with_progress(options.bench, [&](const bench::StageProgress& progress) {
        return bench::time_xor_runs(
            {.seed_count = options.seeds, .parallel = Parallel(options.threads, options.bench.simd)}, progress);
    });
    bench::show(bench::xor_runs_report(results, terminal_width(Output::out)), report);
    return 0;
}

int bench_signature_command() {
    std::cout << to_hex(bench::signature(Parallel(0))) << '\n';
    return 0;
}

}  // namespace clade

#include "clade/flags/bench_flags.hpp"

#include "bench/other_systems.hpp"
#include "clade/commands/bench_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"

#include <clade/core/error.hpp>
#include <clade/core/parallel.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace clade {
namespace {

void add_bench_flags(CLI::App* command, BenchOptions& options) {
    add_choice(*command, "--simd", options.simd, "Highest vector instruction set to use.");
    add_format(*command, options.format);
    command->add_option("--svg", options.svg, "Save the figure as this SVG file (needs gnuplot).")
        ->type_name(argument_types::file);
    command->add_option("--out", options.out, "Save all results in a new folder below FOLDER/bench.")
        ->type_name(argument_types::folder);
    command->add_flag("--quiet", options.quiet, "Do not show progress.");
}

/// A whole number from `low` to `high`, or a list of them with commas.
template <class Value>
CLI::Option* add_numbers(CLI::App* command, const std::string& flag, Value& value,
                         std::pair<std::uint64_t, std::uint64_t> bounds, const std::string& help) {
    CLI::Option* option = command->add_option(flag, value, help)->check([bounds](const std::string& text) {
        return number_problem(text, bounds.first, bounds.second);
    });
    if constexpr (std::is_arithmetic_v<Value>) return option->type_name("COUNT")->capture_default_str();
    return option->delimiter(',')->type_name("COUNTS");
}

constexpr std::pair<std::uint64_t, std::uint64_t> thread_bounds{0, Parallel::most_threads};

/// Makes `call(options)` the action once the command is chosen.
template <class Options>
void call_with(CLI::App* command, const std::shared_ptr<Options>& options, int (*call)(const Options&),
               CommandContext& context) {
    command->callback([options, call, &context] { context.action = [options, call] { return call(*options); }; });
}

void add_nodes_benchmark(CLI::App* bench, CommandContext& context) {
    const auto options = std::make_shared<BenchNodesOptions>();
    CLI::App* command = bench->add_subcommand(
        "nodes", "Create nodes with random biases (the seed document's experiment), compared with the memory's speed.");
    command->footer(
        "Rows: clade (the store reuses its memory), clade-fresh (a new store), fill and fill-fresh (the same bytes set "
        "to one value). Pure Python takes about 15 minutes for all counts.\n\n"
        "Examples:\n"
        "  clade bench nodes                            seconds\n"
        "  clade bench nodes --against                  compared with other systems\n"
        "  clade bench nodes --against numpy --n 10000000 --threads 1");
    add_numbers(command, "--n", options->counts, {1, 1'000'000'000}, "Numbers of nodes, e.g. 1,1000,1000000.");
    add_numbers(command, "--repetitions", options->repetitions, {2, 1'000'000},
                "Number of repetitions; the first is not counted.");
    command
        ->add_option_function<std::vector<std::string>>(
            "--against", [options](const std::vector<std::string>& systems) { options->against = systems; },
            "Other systems to time too, separated by commas; all of them if none is named.")
        ->delimiter(',')
        ->expected(0, static_cast<int>(bench::other_systems().size()))
        ->check([](const std::string& name) {
            return name.empty() ? std::string() : choice_problem(name, bench::other_systems());
        })
        ->type_name(fmt::format("{}", fmt::join(bench::other_systems(), "|")));
    add_numbers(command, "--threads", options->threads, thread_bounds, "Number of threads; 0 for all cores.");
    add_bench_flags(command, options->bench);
    call_with(command, options, bench_nodes_command, context);
}

void add_generation_benchmark(CLI::App* bench, CommandContext& context) {
    const auto options = std::make_shared<BenchGenerationOptions>();
    CLI::App* command =
        bench->add_subcommand("generation", "Breed and evaluate populations; report time per stage and memory.");
    command->footer(
        "Default: 1000 to 1000000 genomes with 25 and with 200 connections, on one thread and on all cores. Cases that "
        "need more than 12 GiB, or more than three quarters of the memory, are skipped and listed. Takes minutes.\n\n"
        "Examples:\n"
        "  clade bench generation --genomes 1000,10000 --connections 25          seconds\n"
        "  clade bench generation --population evolved --genomes 10000           of a population that a task selected\n"
        "  clade bench generation --threads 1,2,4 --format csv");
    add_choice(*command, "--population", options->population,
               "What the genomes come from: selection by chance, or 50 generations on a task. Default: random.");
    add_numbers(command, "--genomes", options->genomes, {1, 100'000'000}, "Population sizes, e.g. 1000,10000.");
    add_numbers(command, "--connections", options->connections, {1, 1'000'000},
                "Connections per genome, e.g. 25 (5 inputs, 5 outputs) or 200 (20 inputs, 10 outputs).");
    add_numbers(command, "--threads", options->threads, thread_bounds,
                "Numbers of threads, e.g. 1,2; 0 for all cores.");
    add_bench_flags(command, options->bench);
    call_with(command, options, bench_generation_command, context);
}

void add_network_benchmark(CLI::App* bench, CommandContext& context) {
    const auto options = std::make_shared<BenchNetworkOptions>();
    CLI::App* command = bench->add_subcommand(
        "network", "Run networks with 10 and 1000 connections and score one on a multiplexer, on one thread.");
    command->footer(
        "The figure shows observations per second by batch size.\n\n"
        "Examples:\n"
        "  clade bench network                           seconds\n"
        "  clade bench network --simd baseline --format csv");
    add_bench_flags(command, options->bench);
    call_with(command, options, bench_network_command, context);
}

void add_run_benchmark(CLI::App* bench, CommandContext& context) {
    const auto options = std::make_shared<BenchRunOptions>();
    CLI::App* command = bench->add_subcommand(
        "run", "Solve XOR repeatedly with the settings of configs/xor.yaml, without log and files.");
    command->footer(
        "All runs are repeated five times. The figure shows cumulative seconds over the runs.\n\n"
        "Examples:\n"
        "  clade bench run                         seconds\n"
        "  clade bench run --seeds 10 --threads 2");
    add_numbers(command, "--seeds", options->seeds, {1, 1'000'000}, "Number of runs; their seeds start at 1.");
    add_numbers(command, "--threads", options->threads, thread_bounds, "Number of threads; 0 for all cores.");
    add_bench_flags(command, options->bench);
    call_with(command, options, bench_run_command, context);
}

}  // namespace

void add_bench_commands(CLI::App& app, CommandContext& context) {
    const auto signature = std::make_shared<bool>(false);
    CLI::App* bench = app.add_subcommand("bench", "Measure how fast Clade is on this machine.");
    bench->require_subcommand(0, 1);
    bench->footer(
        "Examples:\n"
        "  clade bench nodes --against           the seed document's experiment\n"
        "  clade bench generation                breeding and evaluating up to a million genomes\n"
        "  clade bench network                   activations per second\n"
        "  clade bench run                       100 runs of XOR to solution\n"
        "  clade bench --signature               digest of a fixed workload");
    add_nodes_benchmark(bench, context);
    add_generation_benchmark(bench, context);
    add_network_benchmark(bench, context);
    add_run_benchmark(bench, context);
    bench->add_flag("--signature", *signature,
                    "Print a digest of a fixed workload instead; it changes only if results change.");
    bench->callback([signature, bench, &context] {
        const bool has_benchmark = !bench->get_subcommands().empty();
        if (*signature && has_benchmark) throw InputError("clade bench: --signature goes without a benchmark");
        if (*signature) context.action = bench_signature_command;
        if (!*signature && !has_benchmark) throw CLI::RequiredError("A command");
    });
}

}  // namespace clade

#include "clade/flags/command_line.hpp"

#include "clade/commands/completion_command.hpp"
#include "clade/flags/bench_flags.hpp"
#include "clade/flags/command_context.hpp"
#include "clade/flags/common_flags.hpp"
#include "clade/flags/completion_flags.hpp"
#include "clade/flags/completion_words.hpp"
#include "clade/flags/config_flags.hpp"
#include "clade/flags/functions_flags.hpp"
#include "clade/flags/help_flags.hpp"
#include "clade/flags/help_formatter.hpp"
#include "clade/flags/import_flags.hpp"
#include "clade/flags/inspect_flags.hpp"
#include "clade/flags/model_flags.hpp"
#include "clade/flags/run_flags.hpp"
#include "clade/flags/tasks_flags.hpp"
#include "clade/flags/trials_flags.hpp"
#include "clade/flags/usage_error.hpp"
#include "terminal/wrapping.hpp"

#include <clade/experiment/version.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <iostream>
#include <utility>

namespace clade {
namespace {

constexpr int bad_usage = 2;

std::string version_text(const ProgramName& program) {
    const std::string clade =
        fmt::format("clade {} ({}, {}, {})", version, build_type, compiler, name_of(best_simd_level()));
    return program.name() == "clade" ? clade : program.name() + " with " + clade;
}

void add_commands(CLI::App& app, CommandContext& context) {
    add_run_command(app, context);
    add_resume_command(app, context);
    add_inspect_command(app, context);
    add_plot_command(app, context);
    add_report_command(app, context);
    add_replay_command(app, context);
    add_verify_command(app, context);
    add_predict_command(app, context);
    add_evaluate_command(app, context);
    add_export_command(app, context);
    add_import_command(app, context);
    add_cross_validate_command(app, context);
    add_trials_command(app, context);
    add_compare_command(app, context);
    add_sweep_command(app, context);
    add_suite_command(app, context);
    add_tasks_command(app, context);
    add_functions_command(app, context);
    add_config_commands(app, context);
    add_bench_commands(app, context);
    add_completion_command(app, context);
    add_help_command(app, context);
    // Last: commands that have no footer of their own would inherit it.
    app.footer(
        "Start here:\n"
        "  clade run configs/xor.yaml          run an experiment\n"
        "  clade inspect runs                  show the newest run\n"
        "  clade config reference              list every key of a configuration\n"
        "\nExit codes: 0 success, 1 failure, 2 invalid input (nothing was run), 129, 130 or 143 stopped by a signal "
        "(can be continued).");
}

}  // namespace

int run_command_line(int argc, char** argv, const Vocabulary& vocabulary, std::shared_ptr<RankTeam> ranks,
                     ProgramName& program) {
    CLI::App app("Clade evolves the topology and weights of neural networks (NEAT).", program.name());
    format_help(app, program);
    app.set_help_flag("-h,--help", "Print this help.");
    app.require_subcommand(0, 1);
    app.set_version_flag("-V,--version", version_text(program), "Print the version.");
    CommandContext context{vocabulary, program, std::move(ranks)};
    add_commands(app, context);
    program.set_commands(command_names(app));
    if (argc > 1 && argv[1] == completion_request) {
        std::cout << completions(app, {argv + 2, argv + argc}, vocabulary);
        return 0;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const bool asked_for = error.get_exit_code() == 0;  // help or version
        if (asked_for && !names_unknown_command(app)) return app.exit(error, std::cout, std::cerr);
        std::cerr << for_reading(usage_error(app, error), Output::err);
        return bad_usage;
    }
    if (context.action) return context.action();
    std::cout << app.help();
    return 0;
}

}  // namespace clade

#include "clade/commands/trials_command.hpp"

#include "clade/output/json_text.hpp"
#include "clade/output/trials_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>

#include <iostream>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

void print_trials(const EndedTrials& ended, const TrialsCommandOptions& options) {
    const std::filesystem::path file = ended.set.folder / "trials.svg";
    const bool drawn = ended.summary.has_criterion && draw_or_say(trials_figure(ended), file, options.quiet);
    if (options.format == Format::json) {
        Json json = trials_json(ended);
        json["figure"] = drawn ? Json(file.string()) : Json(nullptr);
        std::cout << json_text(json);
    } else if (options.format == Format::csv) {
        std::cout << trials_csv(ended);
    } else {
        std::cout << for_reading(headline(ended), Output::out) << "\n\n"
                  << summary_table(ended, terminal_width(Output::out))
                  << fmt::format("\ntrials: {}\n", ended.set.folder.string());
        if (drawn) std::cout << "figure: " << file.string() << '\n';
    }
}

}  // namespace

int trials_command(const TrialsCommandOptions& options, const Vocabulary& vocabulary) {
    TrialSet set = plan_trials(options.set, options, vocabulary);
    make_folder(set, options.out);
    StopSignals signals;
    if (!complete(set, vocabulary, signals, options.quiet)) {
        say_how_to_go_on(options, {"trials", set.folder.string()});
        return signals.exit_code();
    }
    print_trials(read_ended(set, vocabulary), options);
    return 0;
}

}  // namespace clade

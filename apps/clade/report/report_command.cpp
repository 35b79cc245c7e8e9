#include "clade/report/report_command.hpp"

#include "clade/output/output_file.hpp"
#include "clade/report/report_page.hpp"
#include "clade/report/run_report.hpp"
#include "clade/report/trials_report.hpp"

#include <clade/experiment/trials/trials.hpp>

#include <filesystem>
#include <iostream>

namespace clade {
namespace {

std::string page_of_trials(const std::string& folder, const Vocabulary& vocabulary) {
    const EndedTrials ended = read_ended(open_trials(folder, vocabulary), vocabulary);
    return report::report_page(ended.set.config.name + " - Clade", report::trials_report(ended, vocabulary));
}

std::string page_of_run(const std::string& folder, const Vocabulary& vocabulary) {
    const OpenedRun run = open_run(find_run(folder), vocabulary);
    if (!run.log.last_generation()) {
        throw InputError(run.folder.path.string() + ": no generation has been logged yet");
    }
    return report::report_page(run.log.get("name").value_or("run") + " - Clade",
                               report::run_report(inspect::subject_of(run, vocabulary)));
}

}  // namespace

int report_command(const ReportOptions& options, const Vocabulary& vocabulary) {
    if (std::filesystem::path(options.out).extension() != ".html") {
        throw InputError(options.out + ": the ending of a report must be .html");
    }
    const bool of_trials = is_trials(options.run);
    write_output_file(options.out,
                      of_trials ? page_of_trials(options.run, vocabulary) : page_of_run(options.run, vocabulary));
    std::cout << options.out << '\n';
    return 0;
}

}  // namespace clade

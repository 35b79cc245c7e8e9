#include "clade/report/report_command.hpp"

#include "clade/report/report_page.hpp"
#include "clade/report/run_report.hpp"

#include <filesystem>
#include <iostream>

namespace clade {

int report_command(const ReportOptions& options, const Vocabulary& vocabulary) {
    if (std::filesystem::path(options.out).extension() != ".html") {
        throw InputError(options.out + ": the ending of a report must be .html");
    }
    const OpenedRun run = open_run(find_run(options.run), vocabulary);
    if (!run.log.last_generation()) {
        throw InputError(run.folder.path.string() + ": no generation has been logged yet");
    }
    const std::string name = run.log.get("name").value_or("run");
    const auto data = report::run_report(inspect::subject_of(run, vocabulary));
    replace_file(options.out, report::report_page(name + " - Clade", data));
    std::cout << options.out << '\n';
    return 0;
}

}  // namespace clade

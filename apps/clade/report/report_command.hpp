// `clade report`: all of a run, or of a set of trials, on one HTML page.
#pragma once

#include <clade/experiment/run/experiment.hpp>

#include <string>

namespace clade {

struct ReportOptions {
    std::string run;  ///< a run's folder, that of a set of trials, or a folder of runs
    std::string out;  ///< ends in .html
};

/// Writes the file anew and prints its name. Throws InputError for another ending, or where nothing has been logged yet.
int report_command(const ReportOptions& options, const Vocabulary& vocabulary);

}  // namespace clade

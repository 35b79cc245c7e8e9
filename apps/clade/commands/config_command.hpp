// `clade config`: shows or checks a configuration, or lists every key.
#pragma once

#include "terminal/format.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <string>
#include <vector>

namespace clade {

/// Of `show` and `check`.
struct ConfigOptions {
    std::string file{};  ///< YAML file
    std::vector<std::string> overrides{};
};

struct ConfigReferenceOptions {
    std::string task{};  ///< whose parameters are listed too; empty: none
    Format format = Format::table;
    std::string program = "clade";  ///< as the user called it
};

int config_show_command(const ConfigOptions& options, const Vocabulary& vocabulary);
int config_check_command(const ConfigOptions& options, const Vocabulary& vocabulary);
int config_reference_command(const ConfigReferenceOptions& options, const Vocabulary& vocabulary);

}  // namespace clade

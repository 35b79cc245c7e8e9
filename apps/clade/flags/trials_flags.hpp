// `clade trials` and what is made of sets of trials, on the command line.
#pragma once

#include "clade/commands/commands.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <string>

namespace clade {

class TrialsCommandLine {
public:
    explicit TrialsCommandLine(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

    /// Adds the commands; once one is chosen, `action` runs it.
    void add_to(CLI::App& app, std::function<int()>& action);

    /// As the user called it.
    void set_program(const std::string& program);

private:
    void add_trials(CLI::App& app, std::function<int()>& action);
    void add_compare(CLI::App& app, std::function<int()>& action);
    void add_sweep(CLI::App& app, std::function<int()>& action);

    const Vocabulary& vocabulary_;
    TrialsCommandOptions trials_{};
    CompareOptions compare_{};
    SweepOptions sweep_{};
};

}  // namespace clade

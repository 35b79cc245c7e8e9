// What one sees while a run goes on: a line that is rewritten on a terminal, plain lines from time to time elsewhere.
// On stderr, so that stdout holds the result alone.
#pragma once

#include <clade/experiment/experiment.hpp>

#include <chrono>
#include <string>

namespace clade {

class Progress final : public ExperimentObserver {
public:
    Progress(const ExperimentConfig& config, bool quiet);

    void on_generation(const GenerationRow& row) override;

    /// Clears the live line, so that what follows starts on an empty one.
    void finish();

private:
    [[nodiscard]] std::string line(const GenerationRow& row) const;

    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last_shown_ = begin_;
    std::string generations_;  // "/100" if there is a limit
    double interval_;          // [seconds]
    bool quiet_;
    bool live_;
    bool shown_ = false;
};

}  // namespace clade

// What one sees while a run goes on: a line that is rewritten on a terminal, plain lines from time to time elsewhere.
// On stderr, so that stdout holds the result alone.
#pragma once

#include <clade/experiment/run/experiment.hpp>

#include <chrono>
#include <string>

namespace clade {

/// A line on stderr: rewritten on a terminal, elsewhere a new one each time, but no more than one an `interval`.
class LiveLine {
public:
    /// `interval` holds where there is no terminal. [seconds]
    LiveLine(bool quiet, double interval);
    ~LiveLine() { clear(); }
    LiveLine(const LiveLine&) = delete;
    LiveLine& operator=(const LiveLine&) = delete;

    /// Whether something may be shown now: show() is then worth its text.
    [[nodiscard]] bool is_due() const;
    void show(std::string text);

    /// Clears the line of a terminal, so that what follows starts on an empty one.
    void clear();

private:
    std::chrono::steady_clock::time_point last_shown_ = std::chrono::steady_clock::now();
    double interval_;  // [seconds]
    bool quiet_;
    bool live_;
    bool shown_ = false;
};

class Progress final : public ExperimentObserver {
public:
    Progress(const ExperimentConfig& config, bool quiet);

    void on_generation(const GenerationRow& row) override;

    /// Prints what is of log.console_level or above, errors apart: their exception is printed in the end.
    void on_message(LogLevel level, std::string_view message) override;

    /// Clears the live line.
    void finish() { line_.clear(); }

private:
    [[nodiscard]] std::string text_of(const GenerationRow& row) const;

    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::string generations_;  // "/100" if there is a limit
    LogLevel console_level_;
    LiveLine line_;
};

}  // namespace clade

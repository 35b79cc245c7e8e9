// The progress of a run.
#pragma once

#include "clade/output/live_line.hpp"
#include "clade/output/time_left.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace clade {

/// "generations 12/100  best 12.3  mean 4.2  species 7  hidden 2  evaluations 1800 (15.2 k/s)  0.1 s  up to 1 s left".
/// May be told and asked by several threads.
class Progress final : public ExperimentObserver {
public:
    /// `label` is written before the line, such as "fold 2 of 5".
    Progress(const Experiment& experiment, bool quiet, std::string label = "");

    void on_generation(const GenerationRow& row) override;

    /// From now on a request to stop ends the choice of the champion.
    void on_last_generation() override;

    /// Prints what is of log.console_level or above, errors apart: their exception is printed in the end.
    void on_message(LogLevel level, std::string_view message) override;

    /// Prints it. Ends the program, with exit code 1, where evaluation.on_failure is stop: a thread in an endless loop
    /// cannot be stopped otherwise, and what is logged is safe.
    void on_overdue(std::string_view message) override;

    /// Shows how time goes by while nothing else happens.
    void tick();

    /// Says what a request to stop does: the first lets the generation in flight end, the second, which comes `again`, does
    /// not.
    void answer_stop(int requests, std::string_view again);

    /// Clears the live line; where there is no terminal, shows how the run stands in the end.
    void finish();

private:
    [[nodiscard]] std::vector<LineField> facts() const;
    [[nodiscard]] std::vector<LineField> fields() const;  // and what is still to come
    [[nodiscard]] std::string time_left() const;

    std::mutex told_;
    StopParams stop_;
    LogLevel console_level_;
    OnFailure on_failure_;
    std::string label_;
    std::optional<GenerationRow> last_;
    std::uint32_t in_flight_;  // generation
    bool is_over_ = false;     // no generation is
    Pace pace_{};
    LiveLine line_;
};

}  // namespace clade

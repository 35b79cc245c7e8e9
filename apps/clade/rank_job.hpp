// The part of a process in a job of several ranks: rank 0 does what the command line says, the others score for it. A
// process that was started alone, or a program without MPI, is a job of its own.
#pragma once

#include <clade/experiment/ranks/rank_team.hpp>
#include <clade/experiment/run/vocabulary.hpp>

#include <memory>

namespace clade {

class RankJob {
public:
    /// Joins the job. Throws Error if the launcher does not fit the program, or ranks are missing.
    void begin();

    /// Whether this process is another rank than 0. From then on it ignores the signals that ask to stop: rank 0 hears
    /// them, and says when it is over.
    [[nodiscard]] bool is_worker() const noexcept { return link_ && link_->rank() != 0; }

    /// Scores for rank 0 until that says to quit. Returns the exit code. @pre is_worker().
    int serve(const Vocabulary& vocabulary);

    /// Null where there are no other ranks. @pre !is_worker().
    [[nodiscard]] const std::shared_ptr<RankTeam>& team() const noexcept { return team_; }

    /// Ends the job; returns the exit code that is given. Ranks that do not answer are ended with the whole job.
    int end(int exit_code);

private:
    std::unique_ptr<RankLink> link_;
    std::shared_ptr<RankTeam> team_;
};

}  // namespace clade

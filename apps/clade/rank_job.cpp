#include "clade/rank_job.hpp"

#include <clade/experiment/ranks/rank_worker.hpp>

#if CLADE_HAS_MPI
#include "mpi/mpi_link.hpp"
#endif

#include <chrono>
#include <csignal>
#include <iostream>

namespace clade {
namespace {

constexpr std::chrono::seconds time_to_end{2};  // of the other ranks: one genome, and MPI's own farewell

std::unique_ptr<RankLink> launched_link() {
#if CLADE_HAS_MPI
    return connect_mpi();
#else
    return nullptr;
#endif
}

}  // namespace

void RankJob::begin() {
    link_ = launched_link();
    if (!link_) return;
    if (!is_worker()) {
        team_ = std::make_shared<RankTeam>(*link_);
        return;
    }
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_IGN);
}

int RankJob::serve(const Vocabulary& vocabulary) {
    serve_rank_0(*link_, vocabulary);
    return 0;
}

int RankJob::end(int exit_code) {
    if (!link_) return exit_code;
    std::cout.flush();
    try {
        const bool all_answer = team_ ? team_->dismiss(time_to_end) : is_worker() && exit_code == 0;
        if (!all_answer) link_->abort(exit_code);
        link_->leave();
    } catch (const Error&) {  // a rank is lost
        link_->abort(exit_code);
    }
    return exit_code;
}

}  // namespace clade

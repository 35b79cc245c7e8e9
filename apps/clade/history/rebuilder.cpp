#include "clade/history/rebuilder.hpp"

#include <string>

namespace clade::history {

const GenomeStore& Rebuilder::generation(std::uint32_t number) {
    if (!engine_ || engine_->evolver->generation() > number) {
        engine_ = make_engine(run_->config, *vocabulary_, logged_inputs(run_->config, run_->log));
    }
    replay_logged(*engine_, run_->log, number);
    revise_logged(*engine_, run_->log);
    const auto logged = run_->log.generation(number);
    if (logged && engine_->evolver->population().digest() != raw(logged->digest)) {
        throw Error("generation " + std::to_string(number) + " was rebuilt with another digest than logged");
    }
    return engine_->evolver->population();
}

}  // namespace clade::history

#include <clade/experiment/process/worker_dialect_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>

#include <algorithm>

namespace clade {

void WorkerSteps::resize(std::size_t episodes, const WorkerHello& hello) {
    observations.resize(episodes * hello.inputs.size());
    rewards.resize(episodes);
    over.resize(episodes);
    behaviour.resize(episodes * hello.behaviour.size());
}

void WorkerDialect::require_last(std::uint64_t request) const {
    if (request == request_) return;
    throw Error("its reply is to request " + std::to_string(request) + ", the last one was " +
                std::to_string(request_));
}

WorkerResult& WorkerDialect::claim(std::span<WorkerResult> results, std::uint64_t index) {
    if (index >= results.size()) {
        throw Error("its reply has a result with index " + std::to_string(index) + " for " +
                    std::to_string(results.size()) + " genomes");
    }
    if (results[index].given) throw Error("its reply has two results with index " + std::to_string(index));
    results[index].given = true;
    return results[index];
}

void WorkerDialect::require_all(std::span<const WorkerResult> results) {
    const auto given = static_cast<std::size_t>(std::ranges::count_if(results, &WorkerResult::given));
    if (given == results.size()) return;
    throw Error("its reply has " + std::to_string(given) + " results for " + std::to_string(results.size()) +
                " genomes");
}

std::size_t known_function(const std::vector<std::string>& known, std::string_view name, std::string_view key) {
    const auto found = std::ranges::find(known, name);
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    throw LogicError("a genome has the function '" + std::string(name) + "', the worker knows " +
                     listed(known, ", ", 12) + ": give " + std::string(key) + " only functions of these");
}

}  // namespace clade

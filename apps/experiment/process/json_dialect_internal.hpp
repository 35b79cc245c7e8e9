// Messages as lines of JSON.
#pragma once

#include <clade/experiment/process/worker_dialect_internal.hpp>

#include <memory>

namespace clade {

/// The hello must outlive it.
[[nodiscard]] std::unique_ptr<WorkerDialect> make_json_dialect(const WorkerHello& hello);

}  // namespace clade

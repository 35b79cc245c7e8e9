// Messages as their length and numbers.
#pragma once

#include <clade/experiment/process/worker_dialect_internal.hpp>

#include <memory>

namespace clade {

/// The hello must outlive it.
[[nodiscard]] std::unique_ptr<WorkerDialect> make_binary_dialect(const WorkerHello& hello);

}  // namespace clade

// Checks that a run's log is as it was written: the file, the tables, the digest of every value, the chain.
#pragma once

#include <clade/experiment/log/log_finding.hpp>

#include <filesystem>

namespace clade {

/// Empty if all is sound. Throws as RunLog does if the file cannot be opened as a run log.
[[nodiscard]] LogFindings check_digests(const std::filesystem::path& file);

}  // namespace clade

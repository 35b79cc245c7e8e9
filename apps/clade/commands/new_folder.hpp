// The folder of a new run, or of a set of runs.
#pragma once

#include <clade/experiment/run/run_folder.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace clade {

/// Makes a folder of its own below `out`, named after name, time and seed. Throws InputError if none can be made there.
[[nodiscard]] RunFolder make_new_folder(const std::string& out, std::string_view name,
                                        std::optional<std::uint64_t> seed);

}  // namespace clade

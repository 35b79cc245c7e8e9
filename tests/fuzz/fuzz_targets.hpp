// The fuzz targets: one for each kind of file that Clade reads. Each takes any bytes as the content of a file and says
// whether it is accepted. Content is accepted or refused with the documented error. What is accepted is sound, and reads
// back equal after it was written. A broken promise is thrown as LogicError, or crashes.
//
// `./dev fuzz` searches for inputs that break a promise (libFuzzer); fuzz_test.cpp replays the inputs below corpus/ and the
// seeds.
#pragma once

#include <clade/core/error.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace clade::fuzz {

bool config(std::string_view input);      ///< a YAML configuration
bool csv(std::string_view input);         ///< a data set
bool genome(std::string_view input);      ///< a genome as JSON
bool model(std::string_view input);       ///< a champion's file: a genome with its interface
bool checkpoint(std::string_view input);  ///< a checkpoint
bool run_log(std::string_view input);     ///< an SQLite file

/// Inputs to begin with, of the binary formats and of models. Written anew each time, so they are of the present version.
std::vector<std::string> model_seeds();
std::vector<std::string> checkpoint_seeds();
std::vector<std::string> run_log_seeds();

/// Throws LogicError unless a promise holds.
inline void require(bool holds, const char* promise) {
    if (!holds) throw LogicError(promise);
}

}  // namespace clade::fuzz

// SIGINT and SIGTERM end what runs after the generation in flight; a second one ends the program at once.
#pragma once

#include <atomic>

namespace clade {

/// From now on, signals set what is returned, which stays set: a signal ends this run and whichever comes after it.
const std::atomic<bool>& catch_signals();

/// The program's exit code after a signal: 128 + its number.
int interrupted_code();

}  // namespace clade

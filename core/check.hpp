// CLADE_CHECK(condition, "sentence"): assertions for bugs in Clade, in debug and test builds.
#pragma once

#include <clade/core/error.hpp>

#include <string>

#if defined(CLADE_CHECKS) && CLADE_CHECKS
#define CLADE_CHECK(condition, sentence)                                                          \
    do {                                                                                          \
        if (!(condition)) throw ::clade::LogicError(std::string(sentence) + " (" #condition ")"); \
    } while (false)
#else
#define CLADE_CHECK(condition, sentence) \
    do {                                 \
        (void)sizeof(!(condition));      \
    } while (false)
#endif

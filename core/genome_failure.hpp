// A genome whose scoring failed, and why.
#pragma once

#include <clade/core/fields.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace clade {

/// Why a genome failed.
enum class FailureKind {
    exception,   ///< the task threw
    not_finite,  ///< the fitness is NaN or infinite
    time,        ///< the evaluation took longer than allowed
};
template <>
struct EnumNames<FailureKind> {
    static constexpr std::array<std::string_view, 3> names{"exception", "not_finite", "time"};
};

/// A failed genome of a generation.
struct GenomeFailure {
    std::size_t genome = 0;  ///< position in the generation
    FailureKind kind = FailureKind::not_finite;
    std::string message{};  ///< on one line, at most about 300 bytes

    bool operator==(const GenomeFailure&) const = default;
};

}  // namespace clade

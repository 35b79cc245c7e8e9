// What happens when a genome cannot be scored.
#pragma once

#include <clade/core/fields.hpp>

#include <array>
#include <string_view>

namespace clade {

/// Reaction to an exception of the task or an evaluation that takes too long. A fitness that is not finite never stops.
enum class OnFailure {
    stop,           ///< scoring ends with an error that names the genome
    worst_fitness,  ///< the genome has failed: its fitness is NaN, and ranks last
    retry,          ///< the genome is scored once more, with the same seeds; if that fails, it has failed
};
template <>
struct EnumNames<OnFailure> {
    static constexpr std::array<std::string_view, 3> names{"stop", "worst_fitness", "retry"};
};

struct FailureParams {
    OnFailure on_failure = OnFailure::stop;
    double seconds_per_genome = 0.0;  ///< wall time of one evaluation; 0: no limit

    bool operator==(const FailureParams&) const = default;
};

void visit_fields(FailureParams& p, FieldVisitor& field);

}  // namespace clade

#include "clade/output/failure_output.hpp"

#include <fmt/format.h>

namespace clade {

std::string failure_text(const std::optional<GenomeFailure>& failure) {
    return failure ? fmt::format(" ({}: {})", name_of(failure->kind), failure->message) : "";
}

nlohmann::ordered_json failure_json(const std::optional<GenomeFailure>& failure) {
    if (!failure) return nullptr;
    return {{"kind", name_of(failure->kind)}, {"message", failure->message}};
}

}  // namespace clade

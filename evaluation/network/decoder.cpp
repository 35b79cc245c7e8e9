#include <clade/evaluation/network/decoder.hpp>

#include <clade/core/error.hpp>

namespace clade {

void Decoder::trace_origin(ProgramOrigin& /*origin*/) {
    throw Error("this decoder does not say which genes a network's weights are: there is no gradient");
}

}  // namespace clade

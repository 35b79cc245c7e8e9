#include <clade/evaluation/network/decoder.hpp>

#include <clade/core/error.hpp>

namespace clade {

void Decoder::trace_origin(ProgramOrigin& /*origin*/) {
    throw Error("this decoder does not override trace_origin(), which gradients need");
}

}  // namespace clade

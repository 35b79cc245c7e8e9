// What libFuzzer calls: one target, CLADE_FUZZ_TARGET.
#include "tests/fuzz/fuzz_targets.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    (void)clade::fuzz::CLADE_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
    return 0;
}

// The signature is recorded: a change that moves anybody's results does not pass unnoticed.
#include "bench/signature.hpp"

#include <clade/core/digest.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <gtest/gtest.h>

namespace clade::bench {
namespace {

TEST(Signature, IsTheRecordedOneForEveryNumberOfThreadsAndSimdLevel) {
    const std::string recorded = read_file(CLADE_SOURCE_DIR "/tests/golden/signature.txt");
    for (const int threads : {1, 3}) {
        for (const SimdLevel simd : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
            ASSERT_EQ(to_hex(signature(Parallel(threads, simd))) + "\n", recorded)
                << threads << " threads, " << name_of(simd) << "; CONTRIBUTING.md says how to renew it";
        }
    }
}

}  // namespace
}  // namespace clade::bench

// xoshiro128++ over Word: one std::uint32_t, or a vector of them for as many independent sequences.
//
// Blackman & Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021: period 2^128 - 1, passes
// BigCrush. Checked against the answers of the authors' reference implementation.
#pragma once

#include <clade/core/random/threefry_internal.hpp>

namespace clade {
namespace {

template <class Word>
struct XoshiroState {
    Word s0, s1, s2, s3;
};

/// The next word; the state must not be all zero.
template <class Word>
CLADE_ALWAYS_INLINE Word xoshiro_next(XoshiroState<Word>& s) {
    const Word word = rotate_left(s.s0 + s.s3, 7) + s.s0;
    const Word shifted = s.s1 << 9;
    s.s2 ^= s.s0;
    s.s3 ^= s.s1;
    s.s1 ^= s.s2;
    s.s0 ^= s.s3;
    s.s2 ^= shifted;
    s.s3 = rotate_left(s.s3, 11);
    return word;
}

}  // namespace
}  // namespace clade

// Threefry4x32 as one inlined function over Word: one std::uint32_t, or a vector of them for as many independent
// blocks. Constants: Salmon et al. 2011, table 2 and the Skein 1.3 specification (key schedule parity).
#pragma once

#include <cstdint>

#if defined(__GNUC__)
#define CLADE_ALWAYS_INLINE static inline __attribute__((always_inline))
#else
#define CLADE_ALWAYS_INLINE static inline
#endif

namespace clade {
namespace {

template <class Word>
struct ThreefryState {
    Word x0, x1, x2, x3;
};

template <class Word>
CLADE_ALWAYS_INLINE Word rotate_left(Word x, unsigned count) {
    return (x << count) | (x >> (32U - count));
}

/// One round: two mixes, the partners of which alternate from round to round.
template <class Word>
CLADE_ALWAYS_INLINE void threefry_round(ThreefryState<Word>& s, unsigned round) {
    constexpr unsigned rotation[8][2] = {{10, 26}, {11, 21}, {13, 27}, {23, 5}, {6, 20}, {17, 11}, {25, 10}, {18, 20}};
    const unsigned first = rotation[round % 8][0];
    const unsigned second = rotation[round % 8][1];
    if (round % 2 == 0) {
        s.x0 += s.x1;
        s.x1 = rotate_left(s.x1, first) ^ s.x0;
        s.x2 += s.x3;
        s.x3 = rotate_left(s.x3, second) ^ s.x2;
    } else {
        s.x0 += s.x3;
        s.x3 = rotate_left(s.x3, first) ^ s.x0;
        s.x2 += s.x1;
        s.x1 = rotate_left(s.x1, second) ^ s.x2;
    }
}

template <class Word>
CLADE_ALWAYS_INLINE ThreefryState<Word> threefry(ThreefryState<Word> s, const std::uint32_t* key, unsigned rounds) {
    constexpr std::uint32_t parity = 0x1BD11BDAU;
    const std::uint32_t schedule[5] = {key[0], key[1], key[2], key[3], parity ^ key[0] ^ key[1] ^ key[2] ^ key[3]};
    s.x0 += schedule[0];
    s.x1 += schedule[1];
    s.x2 += schedule[2];
    s.x3 += schedule[3];
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC unroll 20
#endif
    for (unsigned round = 0; round < rounds; ++round) {
        threefry_round(s, round);
        if (round % 4 == 3) {
            const unsigned injection = round / 4 + 1;
            s.x0 += schedule[injection % 5];
            s.x1 += schedule[(injection + 1) % 5];
            s.x2 += schedule[(injection + 2) % 5];
            s.x3 += schedule[(injection + 3) % 5] + injection;
        }
    }
    return s;
}

}  // namespace
}  // namespace clade

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

/// What the key adds to the state: before the first round, and after every fourth.
struct ThreefrySchedule {
    static constexpr unsigned max_injections = 5;
    std::uint32_t words[max_injections + 1][4];
};

CLADE_ALWAYS_INLINE ThreefrySchedule threefry_schedule(const std::uint32_t* key) {
    constexpr std::uint32_t parity = 0x1BD11BDAU;
    const std::uint32_t extended[5] = {key[0], key[1], key[2], key[3], parity ^ key[0] ^ key[1] ^ key[2] ^ key[3]};
    ThreefrySchedule schedule{};
    for (unsigned injection = 0; injection <= ThreefrySchedule::max_injections; ++injection) {
        for (unsigned word = 0; word < 4; ++word) {
            schedule.words[injection][word] = extended[(injection + word) % 5] + (word == 3 ? injection : 0);
        }
    }
    return schedule;
}

template <class Word>
CLADE_ALWAYS_INLINE void threefry_inject(ThreefryState<Word>& s, const std::uint32_t* words) {
    s.x0 += words[0];
    s.x1 += words[1];
    s.x2 += words[2];
    s.x3 += words[3];
}

/// @pre rounds <= 4 * max_injections + 3.
template <class Word>
CLADE_ALWAYS_INLINE ThreefryState<Word> threefry(ThreefryState<Word> s, const ThreefrySchedule& schedule,
                                                 unsigned rounds) {
    threefry_inject(s, schedule.words[0]);
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC unroll 20
#endif
    for (unsigned round = 0; round < rounds; ++round) {
        threefry_round(s, round);
        if (round % 4 == 3) threefry_inject(s, schedule.words[round / 4 + 1]);
    }
    return s;
}

}  // namespace
}  // namespace clade

// The attribute kernels, compiled once for each SIMD level.
//
// A tile is 16 blocks of Threefry side by side, which is 4 x 16 words. Row r of a column takes its words from tile
// r / rows_per_tile, and within it from word (r / 16) and block (r % 16), so that results land contiguously. The width
// of a tile is fixed: wider or narrower registers give the same numbers.
#include <clade/core/attribute_kernels_internal.hpp>

#include <clade/core/float_math_internal.hpp>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#define CLADE_ALWAYS_INLINE_MEMBER inline __attribute__((always_inline))
#define CLADE_JOIN_AGAIN(a, b) a##b
#define CLADE_JOIN(a, b) CLADE_JOIN_AGAIN(a, b)

namespace clade {
namespace {

constexpr std::uint32_t lanes = 16;
constexpr unsigned rounds = 13;  // threefry_rounds in random.hpp, which kernels do not include

/// The four words of each of the tile's blocks.
struct Words {
    alignas(64) std::uint32_t word[4][lanes];
};

/// Out of line, so that the compiler vectorises the one loop well, whoever calls it.
__attribute__((noinline)) void draw_tile(std::uint64_t tile, const std::uint32_t* key, Words& __restrict out) {
    const std::uint64_t block = tile * lanes;
    const auto low = static_cast<std::uint32_t>(block);  // a multiple of the lanes: adding a lane never carries
    const auto high = static_cast<std::uint32_t>(block >> 32);
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        const ThreefryState s = threefry({low + lane, high, 0, 0}, key, rounds);
        out.word[0][lane] = s.x0;
        out.word[1][lane] = s.x1;
        out.word[2][lane] = s.x2;
        out.word[3][lane] = s.x3;
    }
}

/// The possible values of a pass: up to 16 are looked up within registers, more are gathered from memory.
class Values {
public:
    explicit Values(const Birth& birth) : memory_(birth.values), count_(static_cast<std::int32_t>(birth.value_count)) {
        for (std::int32_t i = 0; i < count_ && i < 16; ++i) few_[i] = birth.values[i];
    }

    /// out[lane] = the value at share unit[lane] in [0, 1] of the list.
    CLADE_ALWAYS_INLINE_MEMBER void pick(const float* __restrict unit, float* __restrict out) const {
        alignas(64) std::int32_t index[lanes];
        const auto count = static_cast<float>(count_);
        const std::int32_t last = count_ - 1;
        for (std::uint32_t lane = 0; lane < lanes; ++lane) {
            const auto at = static_cast<std::int32_t>(unit[lane] * count);
            index[lane] = at < last ? at : last;
        }
        if (count_ > 16) {
            for (std::uint32_t lane = 0; lane < lanes; ++lane) out[lane] = memory_[index[lane]];
        } else {
            look_up(index, out);
        }
    }

private:
    CLADE_ALWAYS_INLINE_MEMBER void look_up(const std::int32_t* __restrict index, float* __restrict out) const {
#if defined(__AVX512F__)
        _mm512_storeu_ps(out, _mm512_permutexvar_ps(_mm512_load_si512(index), _mm512_load_ps(few_)));
#elif defined(__AVX2__)
        const __m256 low = _mm256_load_ps(few_);
        const __m256 high = _mm256_load_ps(few_ + 8);
        for (std::uint32_t lane = 0; lane < lanes; lane += 8) {
            const __m256i at = _mm256_load_si256(reinterpret_cast<const __m256i*>(index + lane));
            const __m256 use_high = _mm256_castsi256_ps(_mm256_slli_epi32(at, 28));  // bit 3 to the sign
            _mm256_storeu_ps(out + lane, _mm256_blendv_ps(_mm256_permutevar8x32_ps(low, at),
                                                          _mm256_permutevar8x32_ps(high, at), use_high));
        }
#else
        for (std::uint32_t lane = 0; lane < lanes; ++lane) out[lane] = few_[index[lane]];
#endif
    }

    alignas(64) float few_[16] = {};
    const float* memory_;
    std::int32_t count_;
};

/// out[lane] = newborn value, for the words of 16 rows.
template <Birth::Kind kind>
CLADE_ALWAYS_INLINE void newborn(const AttributePass& pass, const Values& values, const std::uint32_t* __restrict words,
                                 float* __restrict out) {
    if constexpr (kind == Birth::Kind::values) {
        alignas(64) float unit[lanes];
        for (std::uint32_t lane = 0; lane < lanes; ++lane) unit[lane] = unit_float(words[lane]);
        values.pick(unit, out);
    } else {
        const float offset = pass.birth.offset;
        const float scale = pass.birth.scale;
        const float min = pass.min;
        const float max = pass.max;
        for (std::uint32_t lane = 0; lane < lanes; ++lane) {
            const float draw = kind == Birth::Kind::normal ? normal_float(words[lane]) : unit_float(words[lane]);
            out[lane] = clamp_float(offset + scale * draw, min, max);
        }
    }
}

template <Birth::Kind kind, bool perturb_normal>
CLADE_ALWAYS_INLINE void mutate_rows(const AttributePass& pass, const Values& values,
                                     const std::uint32_t* __restrict decide, const std::uint32_t* __restrict amount,
                                     float* __restrict rows) {
    alignas(64) float replaced[lanes];
    newborn<kind>(pass, values, amount, replaced);
    const float power = pass.perturb_power;
    const float min = pass.min;
    const float max = pass.max;
    const std::int32_t replace_below = pass.replace_below;
    const std::int32_t perturb_below = pass.perturb_below;
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        const auto decision = static_cast<std::int32_t>(decide[lane] >> 8);
        const float step = perturb_normal ? normal_float(amount[lane]) : 2.0F * unit_float(amount[lane]) - 1.0F;
        const float newborn_value = replaced[lane];  // loaded whether or not it is used, so that nothing branches
        const float old = rows[lane];
        const float perturbed = clamp_float(old + power * step, min, max);
        const float kept = decision < perturb_below ? perturbed : old;
        rows[lane] = decision < replace_below ? newborn_value : kept;
    }
}

/// One word decides both whether a row is re-drawn and, by where below the threshold it lies, which value it gets.
CLADE_ALWAYS_INLINE void redraw_rows(const Values& values, float below, float stretch,
                                     const std::uint32_t* __restrict words, float* __restrict rows) {
    alignas(64) float unit[lanes];
    alignas(64) float share[lanes];
    alignas(64) float drawn[lanes];
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        unit[lane] = unit_float(words[lane]);
        share[lane] = clamp_float(unit[lane] * stretch, 0.0F, 1.0F);
    }
    values.pick(share, drawn);
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        const float value = drawn[lane];  // both loaded whether or not they are used, so that nothing branches
        const float old = rows[lane];
        rows[lane] = unit[lane] < below ? value : old;
    }
}

/// Calls body(tile, rows) for each tile that the pass touches; a tile cut by the ends of the pass works on a copy.
template <std::uint32_t rows_per_tile, class Body>
CLADE_ALWAYS_INLINE void for_tiles(const AttributePass& pass, const Body& body) {
    const std::uint64_t end = pass.first + pass.count;
    std::uint64_t row = pass.first;
    while (row < end) {
        const std::uint64_t tile = row / rows_per_tile;
        const std::uint64_t tile_begin = tile * rows_per_tile;
        const std::uint64_t tile_end = tile_begin + rows_per_tile;
        float* const rows = pass.rows + (row - pass.first);
        if (row == tile_begin && tile_end <= end) {
            body(tile, rows);
            row = tile_end;
            continue;
        }
        const std::uint64_t stop = tile_end < end ? tile_end : end;
        const auto skipped = static_cast<std::size_t>(row - tile_begin);
        const auto used = static_cast<std::size_t>(stop - row);
        alignas(64) float copy[rows_per_tile] = {};
        std::memcpy(copy + skipped, rows, used * sizeof(float));
        body(tile, copy);
        std::memcpy(rows, copy + skipped, used * sizeof(float));
        row = stop;
    }
}

template <Birth::Kind kind>
void initialise_kind(const AttributePass& pass) {
    const Values values(pass.birth);
    Words words;  // NOLINT(cppcoreguidelines-pro-type-member-init): draw_tile writes all of it
    for_tiles<64>(pass, [&](std::uint64_t tile, float* rows) {
        draw_tile(tile, pass.key, words);
        for (std::size_t w = 0; w < 4; ++w) newborn<kind>(pass, values, words.word[w], rows + w * lanes);
    });
}

template <Birth::Kind kind, bool perturb_normal>
void mutate_kind(const AttributePass& pass) {
    const Values values(pass.birth);
    Words words;  // NOLINT(cppcoreguidelines-pro-type-member-init): draw_tile writes all of it
    for_tiles<32>(pass, [&](std::uint64_t tile, float* rows) {
        draw_tile(tile, pass.key, words);
        mutate_rows<kind, perturb_normal>(pass, values, words.word[0], words.word[1], rows);
        mutate_rows<kind, perturb_normal>(pass, values, words.word[2], words.word[3], rows + lanes);
    });
}

void initialise(const AttributePass& pass) {
    switch (pass.birth.kind) {
        case Birth::Kind::normal: return initialise_kind<Birth::Kind::normal>(pass);
        case Birth::Kind::uniform: return initialise_kind<Birth::Kind::uniform>(pass);
        case Birth::Kind::values: return initialise_kind<Birth::Kind::values>(pass);
    }
}

template <Birth::Kind kind>
void mutate_with(const AttributePass& pass) {
    if (pass.perturb_normal) {
        mutate_kind<kind, true>(pass);
    } else {
        mutate_kind<kind, false>(pass);
    }
}

void mutate(const AttributePass& pass) {
    switch (pass.birth.kind) {
        case Birth::Kind::normal: return mutate_with<Birth::Kind::normal>(pass);
        case Birth::Kind::uniform: return mutate_with<Birth::Kind::uniform>(pass);
        case Birth::Kind::values: return mutate_with<Birth::Kind::values>(pass);
    }
}

void redraw(const AttributePass& pass) {
    const Values values(pass.birth);
    const auto below = static_cast<float>(pass.replace_below) * 5.9604644775390625e-8F;
    const float stretch = pass.replace_below == 0 ? 0.0F : 1.0F / below;
    Words words;  // NOLINT(cppcoreguidelines-pro-type-member-init): draw_tile writes all of it
    for_tiles<64>(pass, [&](std::uint64_t tile, float* rows) {
        draw_tile(tile, pass.key, words);
        for (std::size_t w = 0; w < 4; ++w) redraw_rows(values, below, stretch, words.word[w], rows + w * lanes);
    });
}

}  // namespace

namespace CLADE_JOIN(simd_, CLADE_SIMD_LEVEL) {
const AttributeKernels attribute_kernels{initialise, mutate, redraw};
}

}  // namespace clade

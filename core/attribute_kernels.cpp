// The attribute kernels, compiled once for each SIMD level.
//
// A tile is 16 blocks of Threefry side by side, which is 4 x 16 words. Row r of a column takes its words from tile
// r / rows_per_tile, and within it from word (r / 16) and block (r % 16), so that results land contiguously. The width
// of a tile is fixed: wider or narrower registers give the same numbers.
#include <clade/core/attribute_kernels_internal.hpp>

#include <clade/core/float_math_internal.hpp>

#define CLADE_JOIN_AGAIN(a, b) a##b
#define CLADE_JOIN(a, b) CLADE_JOIN_AGAIN(a, b)
#define CLADE_INLINE_MEMBER inline __attribute__((always_inline))

namespace clade {
namespace {

#if defined(__AVX512F__)
constexpr std::size_t width = 16;
#elif defined(__AVX2__)
constexpr std::size_t width = 8;
#else
constexpr std::size_t width = 4;
#endif

using Floats = FloatVectorOf<width>::Floats;
using Bits = FloatVectorOf<width>::Bits;
using Ints = FloatVectorOf<width>::Ints;

constexpr std::size_t lanes = 16;
constexpr unsigned rounds = 13;  // threefry_rounds in random.hpp, which kernels do not include

CLADE_ALWAYS_INLINE Floats load(const float* from) {
    Floats vector;
    std::memcpy(&vector, from, sizeof vector);
    return vector;
}
CLADE_ALWAYS_INLINE void store(float* to, Floats vector) { std::memcpy(to, &vector, sizeof vector); }

/// The words of `width` of the tile's blocks, from block `begin` of it on.
CLADE_ALWAYS_INLINE ThreefryState<Bits> draw(std::uint64_t tile, std::size_t begin, const std::uint32_t* key) {
    const std::uint64_t first = tile * lanes + begin;
    Bits low;
    for (std::size_t lane = 0; lane < width; ++lane) low[lane] = static_cast<std::uint32_t>(lane);
    low += static_cast<std::uint32_t>(first);  // a tile begins at a multiple of its blocks: adding a lane never carries
    const Bits zero{};
    return threefry<Bits>({low, zero + static_cast<std::uint32_t>(first >> 32), zero, zero}, key, rounds);
}

/// The possible values of a pass: up to 16 are looked up within registers, more are gathered from memory.
class Values {
public:
    explicit Values(const Birth& birth) : memory_(birth.values), count_(static_cast<std::int32_t>(birth.value_count)) {
        for (std::int32_t i = 0; i < count_ && i < 16; ++i) few_[i] = birth.values[i];
    }

    /// The value at this share, in [0, 1], of the list.
    [[nodiscard]] CLADE_INLINE_MEMBER Floats pick(Floats share) const {
        const Floats at = share * static_cast<float>(count_);
        const Ints index =
            __builtin_convertvector(smaller_float(at, spread<Floats>(static_cast<float>(count_ - 1))), Ints);
        return count_ > 16 ? gather(memory_, index) : look_up(index);
    }

private:
    CLADE_INLINE_MEMBER static Floats gather(const float* values, Ints index) {
        Floats picked;
        for (std::size_t lane = 0; lane < width; ++lane) picked[lane] = values[index[lane]];
        return picked;
    }

    [[nodiscard]] CLADE_INLINE_MEMBER Floats look_up(Ints index) const {
#if defined(__AVX512F__)
        return reinterpret_cast<Floats>(
            _mm512_maskz_permutexvar_ps(0xffff, reinterpret_cast<__m512i>(index), _mm512_load_ps(few_)));
#elif defined(__AVX2__)
        const auto at = reinterpret_cast<__m256i>(index);
        const __m256 low = _mm256_permutevar8x32_ps(_mm256_load_ps(few_), at);
        const __m256 high = _mm256_permutevar8x32_ps(_mm256_load_ps(few_ + 8), at);
        const __m256 use_high = _mm256_castsi256_ps(_mm256_slli_epi32(at, 28));  // bit 3 moved to the sign
        return reinterpret_cast<Floats>(_mm256_blendv_ps(low, high, use_high));
#else
        return gather(few_, index);
#endif
    }

    alignas(64) float few_[16] = {};
    const float* memory_;
    std::int32_t count_;
};

template <Birth::Kind kind>
CLADE_ALWAYS_INLINE Floats newborn(const AttributePass& pass, const Values& values, Bits word) {
    if constexpr (kind == Birth::Kind::values) {
        return values.pick(unit_float(word));
    } else {
        Floats draw;
        if constexpr (kind == Birth::Kind::normal) {
            draw = normal_float(word);
        } else {
            draw = unit_float(word);
        }
        return clamp_float(pass.birth.offset + pass.birth.scale * draw, pass.min, pass.max);
    }
}

template <Birth::Kind kind, bool perturb_normal>
CLADE_ALWAYS_INLINE Floats mutated(const AttributePass& pass, const Values& values, Bits decide, Bits amount,
                                   Floats old) {
    const Ints decision = reinterpret_cast<Ints>(decide >> 8);
    Floats step;
    if constexpr (perturb_normal) {
        step = normal_float(amount);
    } else {
        step = 2.0F * unit_float(amount) - 1.0F;
    }
    const Floats perturbed = clamp_float(old + pass.perturb_power * step, pass.min, pass.max);
    const Floats kept = decision < pass.perturb_below ? perturbed : old;
    return decision < pass.replace_below ? newborn<kind>(pass, values, amount) : kept;
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

/// Calls body(row within the tile, word) for the 64 words of a tile, `width` at a time.
template <class Body>
CLADE_ALWAYS_INLINE void for_words(std::uint64_t tile, const std::uint32_t* key, const Body& body) {
    for (std::size_t begin = 0; begin < lanes; begin += width) {
        const ThreefryState<Bits> words = draw(tile, begin, key);
        body(begin, words.x0);
        body(lanes + begin, words.x1);
        body(2 * lanes + begin, words.x2);
        body(3 * lanes + begin, words.x3);
    }
}

template <Birth::Kind kind>
void initialise_kind(const AttributePass& pass) {
    const Values values(pass.birth);
    for_tiles<64>(pass, [&](std::uint64_t tile, float* rows) {
        for_words(tile, pass.key,
                  [&](std::size_t row, Bits word) { store(rows + row, newborn<kind>(pass, values, word)); });
    });
}

template <Birth::Kind kind, bool perturb_normal>
void mutate_kind(const AttributePass& pass) {
    const Values values(pass.birth);
    for_tiles<32>(pass, [&](std::uint64_t tile, float* rows) {
        for (std::size_t begin = 0; begin < lanes; begin += width) {
            const ThreefryState<Bits> words = draw(tile, begin, pass.key);
            float* const first = rows + begin;
            float* const second = first + lanes;
            store(first, mutated<kind, perturb_normal>(pass, values, words.x0, words.x1, load(first)));
            store(second, mutated<kind, perturb_normal>(pass, values, words.x2, words.x3, load(second)));
        }
    });
}

void initialise(const AttributePass& pass) {
    switch (pass.birth.kind) {
        case Birth::Kind::normal:
            return initialise_kind<Birth::Kind::normal>(pass);
        case Birth::Kind::uniform:
            return initialise_kind<Birth::Kind::uniform>(pass);
        case Birth::Kind::values:
            return initialise_kind<Birth::Kind::values>(pass);
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
        case Birth::Kind::normal:
            return mutate_with<Birth::Kind::normal>(pass);
        case Birth::Kind::uniform:
            return mutate_with<Birth::Kind::uniform>(pass);
        case Birth::Kind::values:
            return mutate_with<Birth::Kind::values>(pass);
    }
}

/// One word decides both whether a row is re-drawn and, by where below the threshold it lies, which value it gets.
void redraw(const AttributePass& pass) {
    const Values values(pass.birth);
    const auto below = static_cast<float>(pass.replace_below) * 5.9604644775390625e-8F;
    const float stretch = pass.replace_below == 0 ? 0.0F : 1.0F / below;
    for_tiles<64>(pass, [&](std::uint64_t tile, float* rows) {
        for_words(tile, pass.key, [&](std::size_t row, Bits word) {
            const Floats unit = unit_float(word);
            const Floats old = load(rows + row);
            store(rows + row, unit < below ? values.pick(clamp_float(unit * stretch, 0.0F, 1.0F)) : old);
        });
    });
}

}  // namespace

namespace CLADE_JOIN(simd_, CLADE_SIMD_LEVEL) {
const AttributeKernels attribute_kernels{initialise, mutate, redraw};
}

}  // namespace clade

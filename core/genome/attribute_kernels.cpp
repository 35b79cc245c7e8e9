// The attribute kernels, compiled once for each SIMD level.
//
// A tile is 1024 rows: 64 words from each of 16 sequences side by side.
//
//   sequence    0      1            15
//   word 0    row 0  row 1   ... row 15
//   word 1    row 16 row 17  ... row 31
//   ...
//
// The sequences are xoshiro128++, each begun with a block of Threefry that the key and the sequence's number give: any
// tile can be computed by itself. The shape of a tile is fixed: wider or narrower registers give the same numbers.
//
// One word decides whether a row is replaced, moved or kept, and, by where it lies among the words that decide so, by
// which amount: the inverse distribution function of the mixture.
#include <clade/core/genome/attribute_kernels_internal.hpp>

#include <clade/core/functions/float_math_internal.hpp>
#include <clade/core/random/xoshiro_internal.hpp>

#define CLADE_INLINE_MEMBER inline __attribute__((always_inline))

namespace clade {
namespace {

constexpr std::size_t width = CLADE_VECTOR_BYTES / sizeof(float);

using Floats = FloatVectorOf<width>::Floats;
using Bits = FloatVectorOf<width>::Bits;
using Ints = FloatVectorOf<width>::Ints;

constexpr std::size_t sequences = 16;
constexpr std::size_t rows_per_tile = attribute_rows_per_tile;
constexpr unsigned rounds = 13;  // threefry_rounds in random.hpp, which kernels do not include

CLADE_ALWAYS_INLINE Floats load(const float* from) {
    Floats vector;
    std::memcpy(&vector, from, sizeof vector);
    return vector;
}
CLADE_ALWAYS_INLINE void store(float* to, Floats vector) { std::memcpy(to, &vector, sizeof vector); }

/// Where `width` of a tile's sequences begin, from sequence `begin` of it on.
CLADE_ALWAYS_INLINE XoshiroState<Bits> begin_sequences(std::uint64_t tile, std::size_t begin,
                                                       const ThreefrySchedule& schedule) {
    const std::uint64_t first = tile * sequences + begin;
    Bits low;
    for (std::size_t lane = 0; lane < width; ++lane) low[lane] = static_cast<std::uint32_t>(lane);
    low += static_cast<std::uint32_t>(first);  // a multiple of the tile's sequences: adding a lane never carries
    const Bits zero{};
    const auto block =
        threefry<Bits>({low, zero + static_cast<std::uint32_t>(first >> 32), zero, zero}, schedule, rounds);
    return {block.x0, block.x1, block.x2, block.x3};
}

/// The possible values of a pass: up to 16 are looked up within registers, more are gathered from memory.
class Values {
public:
    explicit Values(const Birth& birth) : memory_(birth.values), count_(static_cast<std::int32_t>(birth.value_count)) {
        for (std::int32_t i = 0; i < count_ && i < 16; ++i) few_[i] = birth.values[i];
    }

    /// The value at this place, in [0, count], of the list.
    [[nodiscard]] CLADE_INLINE_MEMBER Floats pick(Floats place) const {
        const Ints index =
            __builtin_convertvector(smaller_float(place, spread<Floats>(static_cast<float>(count_ - 1))), Ints);
        return count_ > 16 ? gather(memory_, index) : look_up(index);
    }

private:
    CLADE_INLINE_MEMBER static Floats gather(const float* values, Ints index) {
#if defined(__AVX512F__)
        return reinterpret_cast<Floats>(
            _mm512_mask_i32gather_ps(_mm512_setzero_ps(), 0xffff, reinterpret_cast<__m512i>(index), values, 4));
#elif defined(__AVX2__)
        return reinterpret_cast<Floats>(_mm256_i32gather_ps(values, reinterpret_cast<__m256i>(index), 4));
#else
        Floats picked;
        for (std::size_t lane = 0; lane < width; ++lane) picked[lane] = values[index[lane]];
        return picked;
#endif
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

CLADE_ALWAYS_INLINE Floats newborn(const AttributePass& pass, Floats draw) {
    return clamp_float(pass.birth.offset + pass.birth.scale * draw, pass.min, pass.max);
}

/// `share` is in [0, 1], or for possible values in [0, their count].
template <Birth::Kind kind>
CLADE_ALWAYS_INLINE Floats newborn(const AttributePass& pass, const Values& values, Floats share) {
    if constexpr (kind == Birth::Kind::values) {
        return values.pick(share);
    } else {
        return newborn(pass, kind == Birth::Kind::normal ? normal_quantile(share) : share);
    }
}

CLADE_ALWAYS_INLINE Ints word_of(Bits bits) { return reinterpret_cast<Ints>(bits >> 1); }

/// Where `word` lies in the range; anything where it lies outside.
CLADE_ALWAYS_INLINE Floats share_of(Ints word, const WordRange& range) {
    return __builtin_convertvector(word - range.first, Floats) * range.scale;
}

CLADE_ALWAYS_INLINE Floats moved(const AttributePass& pass, Floats old, Floats draw) {
    return clamp_float(old + pass.perturb_power * draw, pass.min, pass.max);
}

template <Birth::Kind kind, AttributePass::Step step>
CLADE_ALWAYS_INLINE Floats mutated(const AttributePass& pass, const Values& values, Bits bits, Floats old) {
    const Ints word = word_of(bits);
    const Ints is_replaced = word <= pass.replaced.last;
    const Ints is_perturbed = word <= pass.perturbed.last;
    const Floats if_replaced = share_of(word, pass.replaced);
    const Floats if_perturbed = share_of(word, pass.perturbed);
    if constexpr (step == AttributePass::Step::none) {
        return is_replaced ? newborn<kind>(pass, values, if_replaced) : old;
    } else if constexpr (step == AttributePass::Step::uniform) {
        const Floats value = is_perturbed ? moved(pass, old, 2.0F * if_perturbed - 1.0F) : old;
        return is_replaced ? newborn<kind>(pass, values, if_replaced) : value;
    } else if constexpr (kind == Birth::Kind::normal) {
        const Floats draw = normal_quantile(is_replaced ? if_replaced : if_perturbed);  // costly: one for both
        const Floats value = is_perturbed ? moved(pass, old, draw) : old;
        return is_replaced ? newborn(pass, draw) : value;
    } else {
        const Floats value = is_perturbed ? moved(pass, old, normal_quantile(if_perturbed)) : old;
        return is_replaced ? newborn<kind>(pass, values, if_replaced) : value;
    }
}

/// The rows of one tile that a pass covers: from `begin` to `end`, multiples of 16 rounded outwards.
struct TilePart {
    std::uint64_t tile;
    std::size_t begin;
    std::size_t end;
};

/// Calls body(part, old, rows) for each tile that the pass touches: `rows` to be written, `old` what they hold before,
/// both [rows_per_tile]. A tile cut by the ends of the pass works on a copy.
template <class Body>
CLADE_ALWAYS_INLINE void for_tiles(const AttributePass& pass, const Body& body) {
    alignas(64) float copy[rows_per_tile];
    alignas(64) float uniform_old[rows_per_tile];
    if (pass.old != nullptr) {
        for (float& value : uniform_old) value = *pass.old;
    }
    const std::uint64_t end = pass.first + pass.count;
    for (std::uint64_t row = pass.first; row < end;) {
        const auto begin_in_tile = static_cast<std::size_t>(row % rows_per_tile);
        const std::size_t left_in_tile = rows_per_tile - begin_in_tile;
        const std::size_t used = end - row < left_in_tile ? static_cast<std::size_t>(end - row) : left_in_tile;
        float* const rows = pass.rows + (row - pass.first);
        const bool whole = used == rows_per_tile;
        if (!whole && pass.old == nullptr) std::memcpy(copy + begin_in_tile, rows, used * sizeof(float));
        float* const target = whole ? rows : copy;
        const TilePart part{row / rows_per_tile, begin_in_tile / sequences * sequences,
                            (begin_in_tile + used + sequences - 1) / sequences * sequences};
        body(part, pass.old == nullptr ? target : uniform_old, target);
        if (!whole) std::memcpy(rows, copy + begin_in_tile, used * sizeof(float));
        row += used;
    }
}

/// Calls body(row, word) for the rows of a part, `width` at a time.
template <class Body>
CLADE_ALWAYS_INLINE void for_words(const TilePart& part, const ThreefrySchedule& schedule, const Body& body) {
    for (std::size_t begin = 0; begin < sequences; begin += width) {
        XoshiroState<Bits> state = begin_sequences(part.tile, begin, schedule);
        for (std::size_t row = 0; row < part.begin; row += sequences) (void)xoshiro_next(state);
        for (std::size_t row = part.begin; row < part.end; row += sequences) body(row + begin, xoshiro_next(state));
    }
}

template <Birth::Kind kind>
void initialise_kind(const AttributePass& given) {
    const AttributePass pass = given;  // a copy, which the compiler knows that no row overlaps
    const Values values(pass.birth);
    const ThreefrySchedule schedule = threefry_schedule(pass.key);
    for_tiles(pass, [&](const TilePart& part, const float*, float* rows) {
        for_words(part, schedule, [&](std::size_t row, Bits bits) {
            store(rows + row, newborn<kind>(pass, values, share_of(word_of(bits), pass.born)));
        });
    });
}

template <Birth::Kind kind, AttributePass::Step step>
void mutate_kind(const AttributePass& given) {
    const AttributePass pass = given;
    const Values values(pass.birth);
    const ThreefrySchedule schedule = threefry_schedule(pass.key);
    for_tiles(pass, [&](const TilePart& part, const float* old, float* rows) {
        for_words(part, schedule, [&](std::size_t row, Bits bits) {
            store(rows + row, mutated<kind, step>(pass, values, bits, load(old + row)));
        });
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
    switch (pass.step) {
        case AttributePass::Step::none:
            return mutate_kind<kind, AttributePass::Step::none>(pass);
        case AttributePass::Step::uniform:
            return mutate_kind<kind, AttributePass::Step::uniform>(pass);
        case AttributePass::Step::normal:
            return mutate_kind<kind, AttributePass::Step::normal>(pass);
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

}  // namespace

namespace CLADE_KERNEL_NAMESPACE {
const AttributeKernels attribute_kernels{initialise, mutate};
}

}  // namespace clade

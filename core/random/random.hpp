// Random numbers keyed by seed, generation, purpose and index, independent of threads and of the order of draws.
//
// The generator is Threefry4x32-13 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC
// 2011): a bijection of a 128-bit counter under a 128-bit key, Crush-resistant from 12 rounds on, checked here against
// the published answers for 13 and 20 rounds.
//
//   key     = (seed low, seed high, generation, purpose)
//   counter = (index low, index high, draw block, 0)      each block gives four 32-bit words
//
// Distributions are our own, as those of the standard library differ between implementations.
#pragma once

#include <clade/core/language_standard.hpp>

#include <array>
#include <cstdint>
#include <span>

namespace clade {

using RandomBlock = std::array<std::uint32_t, 4>;

/// Threefry4x32 with `rounds` rounds.
RandomBlock threefry4x32(const RandomBlock& counter, const RandomBlock& key, int rounds) noexcept;

/// The number of rounds everything in Clade uses.
inline constexpr int threefry_rounds = 13;

/// What a stream of random numbers is for. Values are part of a run's identity: append, never renumber. (19 and 23 were
/// in use once.)
enum class Purpose : std::uint32_t {
    initial_structure = 1,
    representative = 2,
    plan = 3,
    evaluation = 4,
    data_split = 5,
    data_noise = 6,
    restart = 7,
    run_seed = 8,
    inherit = 9,
    choose_functions = 10,
    mutate_functions = 11,
    evaluate_run = 12,
    evaluate_generation = 13,
    episode = 14,
    held_out_episode = 15,
    initial_weight = 16,
    initial_bias = 17,
    initial_response = 18,
    mutate_weight = 20,
    mutate_bias = 21,
    mutate_response = 22,
    refine = 24,
    held_out_generation = 25,
    held_out_genome = 26,
    choose_medoids = 27,
    permutation = 28,
};

/// The key of a family of streams.
struct RandomKey {
    std::uint64_t seed = 0;
    std::uint32_t generation = 0;
    Purpose purpose{};

    [[nodiscard]] RandomBlock words() const noexcept {
        return {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32), generation,
                static_cast<std::uint32_t>(purpose)};
    }
};

/// A sequence of random numbers: one of 2^64 that share a key. Cheap to make; two with equal key and index are equal.
class Stream {
public:
    Stream(const RandomKey& key, std::uint64_t index) noexcept
        : key_(key.words()),
          counter_{static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32), 0, 0} {}

    /// 32 random bits.
    std::uint32_t bits() noexcept;

    /// 64 random bits.
    std::uint64_t bits64() noexcept;

    /// Uniform in [0, 1), a multiple of 2^-53.
    double uniform() noexcept;

    /// Uniform in [low, high). @pre low <= high.
    double uniform(double low, double high) noexcept;

    /// Uniform in {0, ..., count - 1}, without bias (Lemire 2019). @pre count > 0.
    std::uint32_t below(std::uint32_t count) noexcept;

    /// True with this probability, to a step of 2^-32; never for 0, always for 1.
    bool bernoulli(double probability) noexcept { return static_cast<double>(bits()) * 0x1.0p-32 < probability; }

    /// Normal with mean 0 and standard deviation 1, by the inverse distribution function.
    double normal() noexcept;

    /// One of the values, each equally likely. @pre not empty.
    template <class T>
    const T& choice(std::span<const T> values) noexcept {
        return values[below(static_cast<std::uint32_t>(values.size()))];
    }

private:
    RandomBlock key_;
    RandomBlock counter_;
    RandomBlock block_{};
    unsigned used_ = 4;
};

}  // namespace clade

// Statistics of samples, and tests of whether two samples differ.
//
// Sources: E. B. Wilson, JASA 22 (1927) for the interval of a share; Student, Biometrika 6 (1908) for that of a mean; H. B. Mann & D. R. Whitney, Ann. Math. Stat. 18 (1947) for the
// rank test; A. Vargha & H. D. Delaney, J. Educ. Behav. Stat. 25 (2000) for A12; S. Holm, Scand. J. Stat. 6 (1979).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace clade {

/// Of an empty sample, or one that holds NaN, every number is NaN; of a single value the deviation is.
struct Summary {
    std::size_t count = 0;
    double mean = 0.0;
    double deviation = 0.0;  ///< sample standard deviation
    double median = 0.0;     ///< of an even count the mean of the middle two
    double lowest = 0.0;
    double highest = 0.0;
};

/// With infinite values mean and deviation are infinite or NaN, the others hold.
[[nodiscard]] Summary summarise(std::vector<double> values);

/// Of p-values, below which a difference counts as one beyond chance.
inline constexpr double significance_level = 0.05;

struct Interval {
    double low = 0.0;
    double high = 0.0;
};

/// Wilson's 95 % score interval of a share. @pre successes <= trials, trials > 0.
[[nodiscard]] Interval wilson_interval(std::size_t successes, std::size_t trials);

/// Student's 95 % interval of the mean; NaN for fewer than two values.
[[nodiscard]] Interval mean_interval(const Summary& values);

/// Whether two samples come from one distribution, by ranks alone.
struct RankTest {
    double u = 0.0;    ///< pairs (a, b) with a > b, ties counted half
    double p = 1.0;    ///< two-sided
    double a12 = 0.5;  ///< chance that a value of `a` is below one of `b`, ties counted half
};

/// Mann and Whitney's test: exact where both samples are smaller than 50 and no two values are equal, else by the normal
/// distribution with correction for ties and continuity. Values may be infinite. @pre neither sample is empty.
[[nodiscard]] RankTest rank_test(std::span<const double> a, std::span<const double> b);

/// Fisher's exact test of two shares, two-sided: the chance of all tables at most as likely as this one.
/// @pre successes do not exceed trials.
[[nodiscard]] double fisher_test(std::size_t successes_a, std::size_t trials_a, std::size_t successes_b,
                                 std::size_t trials_b);

/// Each p-value as it counts among all of them (Holm's step-down rule), in the order given.
[[nodiscard]] std::vector<double> holm(std::span<const double> p);

}  // namespace clade

#include <clade/core/genome/attribute.hpp>

#include <clade/core/genome/attribute_kernels_internal.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace clade {
namespace {

/// Enough tiles that handing them to another thread costs little beside them.
constexpr std::size_t tiles_per_range = 32;

/// A pass with the numbers of `params`; owns what the pass points at.
class PreparedPass {
public:
    PreparedPass(const PreparedPass&) = delete;
    PreparedPass& operator=(const PreparedPass&) = delete;
    PreparedPass(const AttributeParams& params, const RandomKey& key) : key_(key.words()) {
        pass_.key = key_.data();
        pass_.birth = birth(params);
        pass_.min = static_cast<float>(params.min);
        pass_.max = static_cast<float>(params.max);
        const double births =
            params.distribution == Distribution::choice ? static_cast<double>(params.values.size()) : 1.0;
        pass_.born = words(0.0, 1.0, births);
        pass_.replaced = words(0.0, params.replace_rate, births);
        pass_.perturbed = words(params.replace_rate, std::min(1.0, params.replace_rate + params.perturb_rate), 1.0);
        pass_.perturb_power = static_cast<float>(params.perturb_power);
        if (params.perturb_rate > 0.0) {
            pass_.step = params.perturb_distribution == PerturbDistribution::normal ? AttributePass::Step::normal
                                                                                    : AttributePass::Step::uniform;
        }
    }

    /// Mutates rows that are all `value`, whatever memory holds there.
    void begin_with(float value) {
        old_ = value;
        pass_.old = &old_;
    }

    void initialise(std::span<float> rows, std::size_t first, SimdLevel simd) const {
        attribute_kernels_at(simd).initialise(over(rows, first));
    }
    void mutate(std::span<float> rows, std::size_t first, SimdLevel simd) const {
        attribute_kernels_at(simd).mutate(over(rows, first));
    }

private:
    static constexpr std::size_t inline_values = 32;

    /// The share [begin, end) of all words, spread over [0, length].
    static WordRange words(double begin, double end, double length) {
        const auto place = [](double share) { return std::llround(share * 0x1p31); };
        const std::int64_t count = place(end) - place(begin);
        return {static_cast<std::int32_t>(std::min(place(begin), place(1.0) - 1)),
                static_cast<std::int32_t>(place(end) - 1),
                count == 0 ? 0.0F : static_cast<float>(length / static_cast<double>(count))};
    }

    Birth birth(const AttributeParams& params) {
        switch (params.distribution) {
            case Distribution::normal:
                return {Birth::Kind::normal, static_cast<float>(params.mean), static_cast<float>(params.deviation),
                        nullptr, 0};
            case Distribution::uniform:
                return {Birth::Kind::uniform, static_cast<float>(params.low),
                        static_cast<float>(params.high - params.low), nullptr, 0};
            case Distribution::choice:
                break;
        }
        float* values = few_values_.data();
        if (params.values.size() > inline_values) {
            many_values_.resize(params.values.size());
            values = many_values_.data();
        }
        std::transform(params.values.begin(), params.values.end(), values,
                       [](double value) { return static_cast<float>(value); });
        return {Birth::Kind::values, 0.0F, 0.0F, values, static_cast<std::uint32_t>(params.values.size())};
    }

    [[nodiscard]] AttributePass over(std::span<float> rows, std::size_t first) const {
        AttributePass pass = pass_;
        pass.rows = rows.data();
        pass.first = first;
        pass.count = rows.size();
        return pass;
    }

    RandomBlock key_;
    AttributePass pass_{};  // of no rows
    float old_ = 0.0F;
    std::array<float, inline_values> few_values_{};
    std::vector<float> many_values_;
};

/// Splits rows [first, first + rows.size()) of a column between tiles, and calls body(part, its first row).
template <class Body>
void for_parts(const Parallel& parallel, std::span<float> rows, std::size_t first, const Body& body) {
    constexpr std::size_t tile_rows = attribute_rows_per_tile;
    const std::size_t first_tile = first / tile_rows;
    const std::size_t last = first + rows.size();
    const std::size_t tiles = (last + tile_rows - 1) / tile_rows - first_tile;
    parallel.for_ranges(tiles, tiles_per_range, [&](std::size_t begin, std::size_t end, std::size_t) {
        const std::size_t from = std::max(first, (first_tile + begin) * tile_rows);
        const std::size_t to = std::min(last, (first_tile + end) * tile_rows);
        if (from < to) body(rows.subspan(from - first, to - from), from);
    });
}

void check_distribution(const AttributeParams& p, const std::string& prefix, IssueSink& issues) {
    if (p.distribution == Distribution::uniform && !(p.low <= p.high)) {
        issues.add(prefix + "low", "must not exceed high (" + number_text(p.high) + "), got " + number_text(p.low));
    }
    if (p.distribution != Distribution::choice) {
        if (!p.values.empty()) issues.add(prefix + "values", "is used only with distribution: choice");
        return;
    }
    if (p.values.empty()) issues.add(prefix + "values", "needs at least one value with distribution: choice");
    if (p.perturb_rate > 0.0) {
        issues.add(prefix + "perturb_rate",
                   "must be 0 with distribution: choice, where values are only re-drawn (replace_rate), got " +
                       number_text(p.perturb_rate));
    }
    for (const double value : p.values) {
        if (value >= p.min && value <= p.max) continue;
        issues.add(prefix + "values", "must lie between min (" + number_text(p.min) + ") and max (" +
                                          number_text(p.max) + "), got " + number_text(value));
        return;
    }
}

/// What a gene's single precision holds, with room for sums and products of a few.
constexpr Range storable() { return between(-1e30, 1e30); }
constexpr Range not_negative() { return between(0.0, 1e30); }

}  // namespace

AttributeParams constant_attribute(double value, double min, double max) {
    AttributeParams params;
    params.distribution = Distribution::normal;
    params.mean = value;
    params.deviation = 0.0;
    params.perturb_rate = 0.0;
    params.replace_rate = 0.0;
    params.min = min;
    params.max = max;
    return params;
}

void visit_fields(AttributeParams& p, FieldVisitor& field) {
    field("distribution", p.distribution, "Distribution of initial values.");
    field("mean", p.mean, storable(), "Mean of the normal distribution.", {.needs = "distribution: normal"});
    field("deviation", p.deviation, not_negative(), "Standard deviation of the normal distribution.",
          {.needs = "distribution: normal"});
    field("low", p.low, storable(), "Lower bound of the uniform distribution.", {.needs = "distribution: uniform"});
    field("high", p.high, storable(), "Upper bound of the uniform distribution.", {.needs = "distribution: uniform"});
    field("values", p.values, storable(), "Possible values, equally likely, with distribution: choice.",
          {.needs = "distribution: choice"});
    field("perturb_rate", p.perturb_rate, probability(),
          "Per-gene probability of adding a random number, if the child's attributes mutate.");
    field("perturb_distribution", p.perturb_distribution, "Distribution of that random number; its mean is 0.",
          {.needs = "perturb_rate: not 0"});
    field("perturb_power", p.perturb_power, not_negative(),
          "Half width (uniform) or standard deviation (normal) of that random number.",
          {.needs = "perturb_rate: not 0"});
    field("replace_rate", p.replace_rate, probability(),
          "Per-gene probability of a new initial value, if the child's attributes mutate.");
    field("min", p.min, storable(), "Minimum value.");
    field("max", p.max, storable(), "Maximum value.");
}

void check(const AttributeParams& p, std::string_view prefix, IssueSink& issues) {
    const std::string key = prefix.empty() ? std::string() : std::string(prefix) + ".";
    if (!(p.min <= p.max))
        issues.add(key + "min", "must not exceed max (" + number_text(p.max) + "), got " + number_text(p.min));
    if (p.perturb_rate + p.replace_rate > 1.0 + 1e-9) {
        issues.add(key + "perturb_rate", "must not exceed 1 together with replace_rate (" +
                                             number_text(p.replace_rate) + "), got " + number_text(p.perturb_rate));
    }
    check_distribution(p, key, issues);
}

float nearest_allowed(const AttributeParams& params, double value) noexcept {
    if (params.distribution != Distribution::choice)
        return static_cast<float>(std::clamp(value, params.min, params.max));
    const auto nearest = std::min_element(params.values.begin(), params.values.end(), [&](double a, double b) {
        return std::fabs(a - value) < std::fabs(b - value);
    });
    return static_cast<float>(*nearest);
}

float newborn(const AttributeParams& params, Stream& stream) noexcept {
    double value = 0.0;
    switch (params.distribution) {
        case Distribution::normal:
            value = params.mean + params.deviation * stream.normal();
            break;
        case Distribution::uniform:
            value = stream.uniform(params.low, params.high);
            break;
        case Distribution::choice:
            value = stream.choice(std::span<const double>(params.values));
            break;
    }
    return static_cast<float>(std::clamp(value, params.min, params.max));
}

void initialise(std::span<float> rows, std::size_t first, const AttributeParams& params, const RandomKey& key,
                SimdLevel simd) {
    PreparedPass(params, key).initialise(rows, first, simd);
}

void mutate(std::span<float> rows, std::size_t first, const AttributeParams& params, const RandomKey& key,
            SimdLevel simd) {
    PreparedPass(params, key).mutate(rows, first, simd);
}

void initialise_mutated(std::span<float> rows, std::size_t first, float value, const AttributeParams& params,
                        const RandomKey& key, SimdLevel simd) {
    PreparedPass pass(params, key);
    pass.begin_with(value);
    pass.mutate(rows, first, simd);
}

void initialise(const Parallel& parallel, std::span<float> rows, std::size_t first, const AttributeParams& params,
                const RandomKey& key) {
    const PreparedPass pass(params, key);
    for_parts(parallel, rows, first,
              [&](std::span<float> part, std::size_t row) { pass.initialise(part, row, parallel.simd()); });
}

void mutate(const Parallel& parallel, std::span<float> rows, std::size_t first, const AttributeParams& params,
            const RandomKey& key) {
    if (!params.mutates()) return;
    const PreparedPass pass(params, key);
    for_parts(parallel, rows, first,
              [&](std::span<float> part, std::size_t row) { pass.mutate(part, row, parallel.simd()); });
}

void initialise_mutated(const Parallel& parallel, std::span<float> rows, std::size_t first, float value,
                        const AttributeParams& params, const RandomKey& key) {
    PreparedPass pass(params, key);
    pass.begin_with(value);
    for_parts(parallel, rows, first,
              [&](std::span<float> part, std::size_t row) { pass.mutate(part, row, parallel.simd()); });
}

}  // namespace clade

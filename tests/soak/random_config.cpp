#include "tests/soak/random_config.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace clade {
namespace {

constexpr double widest = 40.0;  // of a range: larger populations and networks only take longer

class RandomFields final : public FieldVisitor {
public:
    RandomFields(std::mt19937_64& random, const FunctionSet& functions, double rate)
        : random_(random), functions_(functions), rate_(rate) {}

protected:
    void visit(const FieldInfo& info, bool& value) override {
        if (is_drawn(info)) value = below(2) == 1;
    }
    void visit(const FieldInfo& info, int& value) override {
        if (is_drawn(info)) value = static_cast<int>(whole(info.range));
    }
    void visit(const FieldInfo& info, std::uint64_t& value) override {
        if (is_drawn(info)) value = whole(info.range);
    }
    void visit(const FieldInfo& info, double& value) override {
        if (is_drawn(info)) value = number(info.range);
    }
    void visit(const FieldInfo& info, std::string& value) override {
        if (info.kind == "function name" && is_drawn(info)) value = function(block_);
    }
    void visit(const FieldInfo& info, std::optional<std::uint64_t>& value) override {
        if (is_drawn(info)) value = whole(info.range);
    }
    void visit(const FieldInfo& info, std::optional<double>& value) override {
        if (is_drawn(info)) value = number(info.range);
    }
    void visit(const FieldInfo& info, std::vector<double>& value) override {
        if (!is_drawn(info)) return;
        value.resize(1 + below(4));
        for (double& one : value) one = number(info.range);
    }
    void visit(const FieldInfo& info, std::vector<std::string>& value) override {
        if (info.kind != "list of function names" || !is_drawn(info)) return;
        value.resize(2 + below(4));
        for (std::string& name : value) name = function(block_);
    }
    void visit_choice(const FieldInfo& info, int& choice) override {
        if (is_drawn(info)) choice = static_cast<int>(below(info.choices.size()));
    }
    void enter(std::string_view name, std::string_view /*meaning*/) override { block_ = name; }
    void leave() override {}

private:
    std::uint64_t below(std::uint64_t end) { return random_() % end; }
    double uniform() { return static_cast<double>(random_() >> 11U) * 0x1p-53; }

    bool is_drawn(const FieldInfo& info) { return info.changes_results && uniform() < rate_; }

    /// The ends of the range are drawn often.
    double number(const Range& range) {
        const double low = std::isfinite(range.low) ? range.low : -widest / 2;
        const double high = std::isfinite(range.high) ? std::min(range.high, low + widest) : low + widest;
        const std::uint64_t kind = below(8);
        if (kind == 0 && !range.low_excluded) return low;
        if (kind == 1 && !range.high_excluded) return high;
        if (kind < 4) return low + (high - low) * std::pow(10.0, -1.0 - 3.0 * uniform());  // near the low end
        return low + (high - low) * (uniform() + 0x1p-54);
    }
    std::uint64_t whole(const Range& range) {
        const double low = std::isfinite(range.low) ? std::max(range.low, 0.0) : 0.0;
        const double high = std::isfinite(range.high) ? std::min(range.high, low + widest) : low + widest;
        return static_cast<std::uint64_t>(low) + below(static_cast<std::uint64_t>(high - low) + 1);
    }
    std::string function(std::string_view block) {
        const auto names = block == "aggregation" ? functions_.aggregations.names() : functions_.activations.names();
        return std::string(names[below(names.size())]);
    }

    std::mt19937_64& random_;
    const FunctionSet& functions_;
    double rate_;
    std::string block_;  // entered last; blocks of functions have no blocks in them
};

}  // namespace

ExperimentConfig random_config(std::mt19937_64& random, const Vocabulary& vocabulary) {
    const auto& entries = vocabulary.tasks.entries();
    ExperimentConfig config;
    config.task = {.name = entries[random() % entries.size()].name, .registry = &vocabulary.tasks, .blueprint = {}};
    config.seed = random();
    config.evolution.population_size = 2 + static_cast<int>(random() % 40);
    const double rate = 0.02 * std::pow(2.0, static_cast<double>(random() % 5));
    RandomFields fields(random, vocabulary.functions, rate);
    visit_fields(config, fields);
    return config;
}

}  // namespace clade

// The attribute kernels one by one, beside the limits of the memory they work on: filling the same bytes, and reading
// and writing them back. Run with --benchmark_filter=REGEX; `dev bench kernels` builds and runs it.
//
// Names are kernel/level/elements. Two sizes: 2^15 floats stay in the second-level cache, 10^7 do not fit into any.
#include <clade/core/column.hpp>
#include <clade/core/genome/attribute.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace clade {
namespace {

constexpr std::int64_t in_cache = 1 << 15;
constexpr std::int64_t in_memory = 10'000'000;
constexpr RandomKey key{42, 0, Purpose::mutate_bias};

AttributeParams with_distribution(Distribution distribution) {
    AttributeParams params;
    params.distribution = distribution;
    return params;
}

AttributeParams only_replaced(Distribution distribution) {
    AttributeParams params = with_distribution(distribution);
    params.replace_rate = 0.5;
    params.perturb_rate = 0.0;
    return params;
}

/// The seed document's setting: a bias becomes one of 0..9 with probability 0.5.
AttributeParams redrawn(int values) {
    AttributeParams params = only_replaced(Distribution::choice);
    params.min = 0.0;
    params.max = 100.0;
    for (int value = 0; value < values; ++value) params.values.push_back(value);
    return params;
}

/// Times `pass(column)` and counts `bytes_an_element` of traffic.
template <class Pass>
void measure(benchmark::State& state, std::int64_t bytes_an_element, const Pass& pass) {
    Column<float> column;
    column.resize(static_cast<std::size_t>(state.range(0)));
    std::fill_n(column.data(), column.size(), 0.0F);
    for (auto _ : state) {
        pass(column.span());
        benchmark::DoNotOptimize(column.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.SetBytesProcessed(state.iterations() * state.range(0) * bytes_an_element);
}

template <class Pass>
void add(const std::string& name, std::int64_t bytes_an_element, const Pass& pass) {
    auto* added = benchmark::RegisterBenchmark(
        name.c_str(), [=](benchmark::State& state) { measure(state, bytes_an_element, pass); });
    added->Arg(in_cache)->Arg(in_memory)->UseRealTime();
}

void add_limits() {
    add("fill", 4, [](std::span<float> column) { std::memset(column.data(), 0, column.size_bytes()); });
    add("read_modify_write", 8, [](std::span<float> column) {
        for (float& value : column) value += 1.0F;
    });
}

void add_kernels(SimdLevel level) {
    const std::string suffix = "/" + std::string(name_of(level));
    const auto add_initialise = [&](const std::string& name, const AttributeParams& params) {
        add("initialise_" + name + suffix, 4,
            [=](std::span<float> column) { initialise(column, 0, params, key, level); });
    };
    const auto add_mutate = [&](const std::string& name, const AttributeParams& params) {
        add("mutate_" + name + suffix, 8, [=](std::span<float> column) { mutate(column, 0, params, key, level); });
    };
    add_initialise("uniform", with_distribution(Distribution::uniform));
    add_initialise("normal", with_distribution(Distribution::normal));
    add_initialise("values", redrawn(10));

    AttributeParams normal_steps = with_distribution(Distribution::normal);
    normal_steps.perturb_distribution = PerturbDistribution::normal;
    add_mutate("perturb_uniform", with_distribution(Distribution::uniform));
    add_mutate("perturb_normal", normal_steps);
    add_mutate("replace_uniform", only_replaced(Distribution::uniform));
    add_mutate("redraw_10_values", redrawn(10));
    add_mutate("redraw_40_values", redrawn(40));
}

}  // namespace
}  // namespace clade

int main(int argc, char** argv) {
    clade::add_limits();
    for (const auto level : {clade::SimdLevel::baseline, clade::SimdLevel::avx2, clade::SimdLevel::avx512}) {
        if (clade::supported(level) == level) clade::add_kernels(level);
    }
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

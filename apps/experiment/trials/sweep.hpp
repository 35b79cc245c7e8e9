// A sweep: a set of trials for each of several combinations of settings.
//
//   <folder>/sweep.json     what makes a folder a sweep: format version, name, varied keys, each combination's settings
//           /set-<number>/  a set of trials each, numbered from 1
#pragma once

#include <clade/experiment/trials/trials.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// A key and what it takes: the values listed, or any number between two.
struct VariedKey {
    std::string key;
    std::vector<std::string> values{};  ///< in YAML; empty for a range
    double low = 0.0;
    double high = 0.0;
    bool logarithmic = false;  ///< drawn evenly on a logarithmic scale

    [[nodiscard]] bool is_range() const { return values.empty(); }
};

/// "key=a,b,c", "key=low..high" or "key=low..high:log". Throws InputError with what is wrong.
[[nodiscard]] VariedKey parse_varied_key(std::string_view text);

/// All of them. Throws InputError with a line for each mistake, a key given twice among them.
[[nodiscard]] std::vector<VariedKey> parse_varied_keys(const std::vector<std::string>& texts);

/// The value of each varied key, in YAML.
using Combination = std::vector<std::string>;

/// Every combination of the values, the last key fastest. Throws InputError if a key has a range, or for more than
/// `limit` combinations.
[[nodiscard]] std::vector<Combination> grid(const std::vector<VariedKey>& keys, std::size_t limit);

/// `count` combinations, each at most once and drawn with equal chance, each key on its own; fewer if there are no more.
/// `is_whole` says which keys take whole numbers only.
[[nodiscard]] std::vector<Combination> sample(const std::vector<VariedKey>& keys, std::size_t count, std::uint64_t seed,
                                              const std::function<bool(const std::string&)>& is_whole);

struct Sweep {
    std::filesystem::path folder;
    std::string name;
    std::vector<std::string> keys{};
    std::vector<Combination> combinations{};
    std::vector<TrialSet> sets{};  ///< one a combination
};

/// Makes the folder's content and that of every set, which have no folders yet; runs nothing.
void create_sweep(Sweep& sweep);

[[nodiscard]] bool is_sweep(const std::filesystem::path& folder);

/// Throws as open_trials() does.
[[nodiscard]] Sweep open_sweep(const std::filesystem::path& folder, const Vocabulary& vocabulary,
                               const std::vector<std::string>& overrides);

}  // namespace clade

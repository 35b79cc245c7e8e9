#include <clade/experiment/trials/sweep.hpp>

#include <clade/core/random/random.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace clade {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int sweep_format = 1;
constexpr const char* sweep_format_key = "clade_sweep";
constexpr std::string_view between_ends = "..";
constexpr std::string_view logarithmic_mark = ":log";

fs::path sweep_file_of(const fs::path& folder) { return folder / "sweep.json"; }

fs::path set_folder(const fs::path& folder, std::size_t combination) {
    return folder / ("set-" + std::to_string(combination + 1));
}

/// Parts between commas that stand in no bracket and no quotes.
std::vector<std::string> split_values(std::string_view text) {
    std::vector<std::string> values{""};
    int depth = 0;
    char quote = '\0';
    for (const char c : text) {
        if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            --depth;
        }
        if (c == ',' && depth == 0 && quote == '\0') {
            values.emplace_back();
        } else {
            values.back() += c;
        }
    }
    return values;
}

std::optional<double> number_of(std::string_view text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

[[noreturn]] void refuse(std::string_view text, const std::string& rule) {
    throw InputError("--vary " + printable(text, 120) + ": " + rule);
}

/// Reads "low..high" or "low..high:log" into `key`, if the text is one.
bool read_range(std::string_view value, VariedKey& key, std::string_view whole) {
    const std::size_t dots = value.find(between_ends);
    if (dots == std::string_view::npos) return false;
    std::string_view end = value.substr(dots + between_ends.size());
    key.logarithmic = end.ends_with(logarithmic_mark);
    if (key.logarithmic) end.remove_suffix(logarithmic_mark.size());
    const auto low = number_of(value.substr(0, dots));
    const auto high = number_of(end);
    if (!low || !high) refuse(whole, "a range is two numbers, such as 0.1..10 or 0.1..10:log");
    if (*low >= *high) refuse(whole, "the second number of a range must be the larger");
    if (key.logarithmic && *low <= 0.0) refuse(whole, "a logarithmic range must begin above 0");
    key.low = *low;
    key.high = *high;
    return true;
}

/// The combination of this number in the grid, the last key fastest.
Combination combination_of(const std::vector<VariedKey>& keys, std::size_t number) {
    Combination combination(keys.size());
    for (std::size_t i = keys.size(); i-- > 0;) {
        combination[i] = keys[i].values[number % keys[i].values.size()];
        number /= keys[i].values.size();
    }
    return combination;
}

/// Combinations of a grid; `limit` + 1 for more than that. A range counts as endless.
std::size_t grid_size(const std::vector<VariedKey>& keys, std::size_t limit) {
    std::size_t size = 1;
    for (const VariedKey& key : keys) {
        if (key.is_range() || size > limit) return limit + 1;
        size *= key.values.size();
    }
    return std::min(size, limit + 1);
}

/// With six digits: nobody wants to read more of a number that was drawn.
std::string drawn_number(const VariedKey& key, Stream& random, bool whole) {
    const double part = random.uniform();
    const double value =
        key.logarithmic ? key.low * std::pow(key.high / key.low, part) : key.low + part * (key.high - key.low);
    std::array<char, 64> text{};
    const auto end =
        whole ? std::to_chars(text.data(), text.data() + text.size(), std::round(value), std::chars_format::fixed)
              : std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 6);
    return {text.data(), end.ptr};
}

/// The first `count` of a shuffled grid.
std::vector<Combination> some_of_grid(const std::vector<VariedKey>& keys, std::size_t size, std::size_t count,
                                      Stream& random) {
    std::vector<std::size_t> numbers(size);
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    std::vector<Combination> combinations;
    for (std::size_t i = 0; i < count; ++i) {
        std::swap(numbers[i], numbers[i + random.below(static_cast<std::uint32_t>(size - i))]);
        combinations.push_back(combination_of(keys, numbers[i]));
    }
    return combinations;
}

}  // namespace

VariedKey parse_varied_key(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) {
        refuse(text, "must be KEY=VALUES, such as evolution.population_size=100,200");
    }
    VariedKey key{.key = std::string(text.substr(0, equals))};
    const std::string_view value = text.substr(equals + 1);
    if (read_range(value, key, text)) return key;
    key.values = split_values(value);
    for (auto one = key.values.begin(); one != key.values.end(); ++one) {
        if (one->empty()) refuse(text, "a value is missing");
        if (std::find(key.values.begin(), one, *one) != one)
            refuse(text, "'" + printable(*one) + "' stands there twice");
    }
    return key;
}

std::vector<VariedKey> parse_varied_keys(const std::vector<std::string>& texts) {
    std::vector<VariedKey> keys;
    std::string refused;
    for (const std::string& text : texts) {
        try {
            VariedKey key = parse_varied_key(text);
            const bool twice =
                std::any_of(keys.begin(), keys.end(), [&](const VariedKey& other) { return other.key == key.key; });
            if (twice) refuse(text, "this key is varied twice");
            keys.push_back(std::move(key));
        } catch (const InputError& error) {
            refused += (refused.empty() ? "" : "\n") + std::string(error.what());
        }
    }
    if (!refused.empty()) throw InputError(refused);
    return keys;
}

std::vector<Combination> grid(const std::vector<VariedKey>& keys, std::size_t limit) {
    for (const VariedKey& key : keys) {
        if (key.is_range()) throw InputError("--vary " + key.key + ": a range has no grid; draw from it with --random");
    }
    const std::size_t size = grid_size(keys, limit);
    if (size > limit) {
        throw InputError("--vary: more than " + std::to_string(limit) + " combinations; draw some with --random");
    }
    std::vector<Combination> combinations;
    for (std::size_t i = 0; i < size; ++i) combinations.push_back(combination_of(keys, i));
    return combinations;
}

std::vector<Combination> sample(const std::vector<VariedKey>& keys, std::size_t count, std::uint64_t seed,
                                const std::function<bool(const std::string&)>& is_whole) {
    constexpr std::size_t most_shuffled = 1'000'000;
    constexpr std::size_t most_tries = 100;  // for each: a range of whole numbers may hold fewer than are asked for
    Stream random({seed, 0, Purpose::run_seed}, 0);
    const std::size_t size = grid_size(keys, most_shuffled);
    if (size <= most_shuffled) return some_of_grid(keys, size, std::min(count, size), random);
    std::vector<Combination> combinations;
    for (std::size_t tries = 0; combinations.size() < count && tries < most_tries * count; ++tries) {
        Combination combination;
        for (const VariedKey& key : keys) {
            combination.push_back(key.is_range()
                                      ? drawn_number(key, random, is_whole(key.key))
                                      : key.values[random.below(static_cast<std::uint32_t>(key.values.size()))]);
        }
        const bool known = std::find(combinations.begin(), combinations.end(), combination) != combinations.end();
        if (!known) combinations.push_back(std::move(combination));
    }
    return combinations;
}

void create_sweep(Sweep& sweep) {
    for (std::size_t i = 0; i < sweep.sets.size(); ++i) {
        TrialSet& set = sweep.sets[i];
        const fs::path folder = set_folder(sweep.folder, i);
        fs::create_directory(folder);
        set = create_trials(folder, set.config, set.inputs, set.trials);
    }
    const Json json{{sweep_format_key, sweep_format},
                    {"name", sweep.name},
                    {"keys", sweep.keys},
                    {"combinations", sweep.combinations}};
    replace_file(sweep_file_of(sweep.folder), json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

bool is_sweep(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(sweep_file_of(folder), ignored);
}

Sweep open_sweep(const fs::path& folder, const Vocabulary& vocabulary, const std::vector<std::string>& overrides) {
    const fs::path file = sweep_file_of(folder);
    if (!is_sweep(folder)) throw InputError(printable(folder.string(), 200) + ": is no sweep: it has no sweep.json");
    Sweep sweep{.folder = folder, .name = ""};
    try {
        const Json json = Json::parse(read_file(file));
        if (json.at(sweep_format_key) != sweep_format) {
            throw FormatError(file.string() + ": is of another format than this version of Clade knows, " +
                              std::to_string(sweep_format));
        }
        json.at("name").get_to(sweep.name);
        json.at("keys").get_to(sweep.keys);
        json.at("combinations").get_to(sweep.combinations);
    } catch (const Json::exception& error) {
        throw FormatError(file.string() + ": " + error.what());
    }
    for (std::size_t i = 0; i < sweep.combinations.size(); ++i) {
        if (sweep.combinations[i].size() != sweep.keys.size()) {
            throw FormatError(file.string() + ": a combination must have a value for each key");
        }
        sweep.sets.push_back(open_trials(set_folder(folder, i), vocabulary, overrides));
    }
    return sweep;
}

}  // namespace clade

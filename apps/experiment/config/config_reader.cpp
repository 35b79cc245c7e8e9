#include <clade/experiment/config/config_reader.hpp>

#include <clade/experiment/config/field_words.hpp>
#include <clade/experiment/config/yaml_scalar.hpp>

#include <algorithm>
#include <span>
#include <type_traits>
#include <utility>

namespace clade {
namespace {

constexpr std::size_t longest_listing = 12;
constexpr std::size_t longest_misspelling = 64;  // the comparison costs the product of the lengths
constexpr std::size_t most_explained = 200;      // issues; a file with more is not a configuration, and would take long

template <class Number>
ScalarResult<Number> read_scalar(const YamlNode& node) {
    if constexpr (std::is_same_v<Number, int>) return read_int(node);
    if constexpr (std::is_same_v<Number, std::uint64_t>) return read_uint64(node);
    if constexpr (std::is_same_v<Number, double>) return read_double(node);
}

template <class Number>
std::string rule_of(const FieldInfo& info) {
    if constexpr (std::is_same_v<Number, double>) return noun_with_range("a number", info.range);
    Range range = info.range;
    if (std::is_unsigned_v<Number> && range.low < 0.0) range.low = 0.0;
    return noun_with_range("an integer", range);
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
    if (word.size() > longest_misspelling) return "";
    const std::optional<std::string_view> nearest = nearest_name(word, candidates);
    return nearest ? "did you mean '" + std::string(*nearest) + "'?" : "";
}

std::string item_path(const std::string& path, std::size_t index) { return path + '[' + std::to_string(index) + ']'; }

}  // namespace

ConfigReader::ConfigReader(const YamlNode& block, std::vector<ConfigIssue>& issues, std::string path)
    : issues_(issues) {
    open_.push_back({block.kind == YamlKind::map ? &block : nullptr, std::move(path), {}, {}});
    if (block.kind == YamlKind::scalar || block.kind == YamlKind::sequence) {
        refuse(block, open_.back().path, "a block of keys");
    }
}

void ConfigReader::read_with(const std::function<void(FieldVisitor&)>& visit) {
    visit(*this);
    finish();
}

void ConfigReader::accept_other_keys_in(std::string path) { lenient_paths_.push_back(std::move(path)); }

void ConfigReader::finish() {
    closed_.push_back(open_.front());
    for (const Block& block : closed_) report_unknown_keys(block);
    closed_.clear();
}

std::string ConfigReader::path_of(std::string_view name) const { return join_path(open_.back().path, name); }

/// Notes that the name is known, and finds its value.
const YamlNode* ConfigReader::take(std::string_view name) {
    Block& block = open_.back();
    block.names.emplace_back(name);
    known_paths_.push_back(path_of(name));
    const YamlEntry* entry = block.map == nullptr ? nullptr : find_entry(*block.map, name);
    return entry == nullptr ? nullptr : &entry->value;
}

void ConfigReader::refuse(const YamlNode& node, std::string path, const std::string& rule, const std::string& hint) {
    const std::string end = hint.empty() ? "" : "; " + hint;
    issues_.push_back(issue_at(node, std::move(path), "must be " + rule + ", got " + describe(node) + end));
}

template <class Number>
std::optional<Number> ConfigReader::number_of(const YamlNode& node, const FieldInfo& info, const std::string& path,
                                              bool or_null) {
    ScalarResult<Number> result;
    if (node.kind == YamlKind::scalar) result = read_scalar<Number>(node);
    if (result.value && info.range.contains(static_cast<double>(*result.value))) return result.value;
    if (or_null && (node.text == "none" || node.text == "None")) result.hint = "write null";
    refuse(node, path, rule_of<Number>(info) + (or_null ? ", or null" : ""), result.hint);
    return std::nullopt;
}

template <class Number>
void ConfigReader::read_number(const FieldInfo& info, Number& value) {
    const YamlNode* node = take(info.name);
    if (node == nullptr) return;
    value = number_of<Number>(*node, info, path_of(info.name), false).value_or(value);
}

template <class Number>
void ConfigReader::read_optional(const FieldInfo& info, std::optional<Number>& value) {
    const YamlNode* node = take(info.name);
    if (node == nullptr) return;
    if (node->kind == YamlKind::null) {
        value.reset();
    } else if (const std::optional<Number> number = number_of<Number>(*node, info, path_of(info.name), true)) {
        value = number;
    }
}

/// The items of a list, or null after reporting that the node is no list.
const std::vector<YamlNode>* ConfigReader::items_of(const YamlNode& node, std::string_view name,
                                                    const std::string& rule) {
    if (node.kind == YamlKind::sequence) return &node.items;
    const bool scalar = node.kind == YamlKind::scalar;
    const std::string hint = scalar ? "write [" + printable(node.text, 40) + "]" : "an empty list is []";
    refuse(node, path_of(name), rule, node.kind == YamlKind::map ? "" : hint);
    return nullptr;
}

void ConfigReader::visit(const FieldInfo& info, bool& value) {
    const YamlNode* node = take(info.name);
    if (node == nullptr) return;
    ScalarResult<bool> result;
    if (node->kind == YamlKind::scalar) result = read_bool(*node);
    if (!result.value) refuse(*node, path_of(info.name), "true or false", result.hint);
    value = result.value.value_or(value);
}

void ConfigReader::visit(const FieldInfo& info, int& value) { read_number(info, value); }
void ConfigReader::visit(const FieldInfo& info, std::uint64_t& value) { read_number(info, value); }
void ConfigReader::visit(const FieldInfo& info, double& value) { read_number(info, value); }
void ConfigReader::visit(const FieldInfo& info, std::optional<std::uint64_t>& value) { read_optional(info, value); }
void ConfigReader::visit(const FieldInfo& info, std::optional<double>& value) { read_optional(info, value); }

void ConfigReader::visit(const FieldInfo& info, std::string& value) {
    const YamlNode* node = take(info.name);
    if (node == nullptr) return;
    if (node->kind == YamlKind::scalar) {
        value = node->text;
    } else {
        refuse(*node, path_of(info.name), "text", node->kind == YamlKind::null ? "empty text is ''" : "");
    }
}

void ConfigReader::visit(const FieldInfo& info, std::vector<double>& value) {
    const YamlNode* node = take(info.name);
    const std::vector<YamlNode>* items = nullptr;
    if (node != nullptr) items = items_of(*node, info.name, "a list of numbers");
    if (items == nullptr) return;
    std::vector<double> numbers;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const auto number = number_of<double>((*items)[i], info, item_path(path_of(info.name), i), false);
        if (number) numbers.push_back(*number);
    }
    if (numbers.size() == items->size()) value = std::move(numbers);
}

void ConfigReader::visit(const FieldInfo& info, std::vector<std::string>& value) {
    const YamlNode* node = take(info.name);
    const std::vector<YamlNode>* items = nullptr;
    if (node != nullptr) items = items_of(*node, info.name, "a list of texts");
    if (items == nullptr) return;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const YamlNode& item = (*items)[i];
        if (item.kind == YamlKind::scalar) {
            texts.push_back(item.text);
        } else {
            refuse(item, item_path(path_of(info.name), i), "text");
        }
    }
    if (texts.size() == items->size()) value = std::move(texts);
}

void ConfigReader::visit_choice(const FieldInfo& info, int& choice) {
    const YamlNode* node = take(info.name);
    if (node == nullptr) return;
    const auto found = std::find(info.choices.begin(), info.choices.end(), node->text);
    if (node->kind == YamlKind::scalar && found != info.choices.end()) {
        choice = static_cast<int>(found - info.choices.begin());
        return;
    }
    const std::string hint = node->kind == YamlKind::scalar ? suggestion(node->text, info.choices) : "";
    refuse(*node, path_of(info.name), "one of " + quoted_list(info.choices), hint);
}

void ConfigReader::visit_removed(std::string_view name, std::string_view why) {
    const Block& block = open_.back();
    const YamlEntry* entry = block.map == nullptr ? nullptr : find_entry(*block.map, name);
    if (entry == nullptr) return;
    issues_.push_back({entry->origin, entry->line, entry->column, path_of(name), std::string(why)});
    open_.back().removed.emplace_back(name);
}

void ConfigReader::enter(std::string_view name, std::string_view /*meaning*/) {
    const YamlNode* node = take(name);
    const bool is_map = node != nullptr && node->kind == YamlKind::map;
    if (node != nullptr && !is_map && node->kind != YamlKind::null) refuse(*node, path_of(name), "a block of keys");
    open_.push_back({is_map ? node : nullptr, path_of(name), {}, {}});
}

void ConfigReader::leave() {
    closed_.push_back(std::move(open_.back()));
    open_.pop_back();
}

void ConfigReader::report_unknown_keys(const Block& block) {
    const bool lenient = std::find(lenient_paths_.begin(), lenient_paths_.end(), block.path) != lenient_paths_.end();
    if (block.map == nullptr || lenient) return;
    for (const YamlEntry& entry : block.map->entries) {
        const auto is_key = [&](const std::string& name) { return name == entry.key; };
        if (std::ranges::any_of(block.names, is_key) || std::ranges::any_of(block.removed, is_key)) continue;
        issues_.push_back({entry.origin, entry.line, entry.column, join_path(block.path, entry.key),
                           unknown_key_message(block, entry.key)});
    }
}

std::string ConfigReader::unknown_key_message(const Block& block, const std::string& key) const {
    if (issues_.size() > most_explained) return "unknown key";
    std::vector<std::string> elsewhere;
    for (const std::string& path : known_paths_) {
        if (path.ends_with('.' + key) || path == key) elsewhere.push_back(path);
    }
    if (elsewhere.size() == 1) return "unknown key here; did you mean '" + elsewhere.front() + "'?";
    const std::vector<std::string_view> names(block.names.begin(), block.names.end());
    const std::string nearest = suggestion(key, names);
    if (!nearest.empty()) return "unknown key; " + nearest;
    const std::string first = key.substr(0, key.find_first_of(" {["));
    if (std::find(names.begin(), names.end(), first) != names.end()) {
        return "unknown key; a ':' must follow '" + first + "'";
    }
    if (names.empty()) return "unknown key; this block has no keys";
    return names.size() > longest_listing ? "unknown key" : "unknown key; known here are " + quoted_list(names);
}

}  // namespace clade

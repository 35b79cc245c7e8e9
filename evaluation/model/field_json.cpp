#include <clade/evaluation/model/field_json_internal.hpp>

#include <clade/core/text.hpp>

#include <algorithm>
#include <limits>

namespace clade {
namespace {

std::string json_text_of(const FieldJson& value) {
    return printable(value.dump(-1, ' ', false, FieldJson::error_handler_t::replace));
}

}  // namespace

void JsonFieldWriter::refuse_block(std::string_view name) {
    throw LogicError("block '" + std::string(name) + "' has no place in a flat object");
}

JsonFieldReader::JsonFieldReader(const FieldJson& json, std::string path) : json_(json), path_(std::move(path)) {
    if (!json_.is_object()) throw FormatError(path_ + " must be an object, got " + json_text_of(json_));
}

const FieldJson& JsonFieldReader::other(std::string_view key) {
    known_.push_back(key);
    const auto found = json_.find(key);
    if (found == json_.end()) {
        throw FormatError((path_.empty() ? "" : path_ + ": ") + "the key '" + std::string(key) + "' is missing");
    }
    return *found;
}

void JsonFieldReader::finish() const {
    for (const auto& [key, value] : json_.items()) {
        if (std::ranges::find(known_, key) != known_.end()) continue;
        throw FormatError((path_.empty() ? "" : path_ + ": ") + "unknown key '" + printable(key) +
                          "'; a newer version of Clade may have written it: read it with that version");
    }
}

void JsonFieldReader::refuse(std::string_view key, std::string_view rule, const FieldJson& value) const {
    throw FormatError((path_.empty() ? "" : path_ + ".") + std::string(key) + " must be " + std::string(rule) +
                      ", got " + json_text_of(value));
}

double JsonFieldReader::number(const FieldInfo& info, const FieldJson& value) const {
    if (!value.is_number()) refuse(info.name, "a number", value);
    const double number = value.get<double>();
    if (!info.range.contains(number)) refuse(info.name, info.range.describe(), value);
    return number;
}

void JsonFieldReader::visit(const FieldInfo& info, bool& value) {
    const FieldJson& json = other(info.name);
    if (!json.is_boolean()) refuse(info.name, "true or false", json);
    value = json.get<bool>();
}

void JsonFieldReader::visit(const FieldInfo& info, int& value) {
    const FieldJson& json = other(info.name);
    constexpr std::int64_t most = std::numeric_limits<int>::max();
    const bool fits = json.is_number_integer() && number(info, json) <= static_cast<double>(most) &&
                      number(info, json) >= -static_cast<double>(most);
    if (!fits) refuse(info.name, "a whole number of at most " + std::to_string(most), json);
    value = json.get<int>();
}

void JsonFieldReader::visit(const FieldInfo& info, std::uint64_t& value) {
    const FieldJson& json = other(info.name);
    if (!json.is_number_unsigned()) refuse(info.name, "a whole number that is not negative", json);
    value = json.get<std::uint64_t>();
}

void JsonFieldReader::visit(const FieldInfo& info, double& value) { value = number(info, other(info.name)); }

void JsonFieldReader::visit(const FieldInfo& info, std::string& value) {
    const FieldJson& json = other(info.name);
    if (!json.is_string()) refuse(info.name, "a text", json);
    value = json.get<std::string>();
}

void JsonFieldReader::visit(const FieldInfo& info, std::optional<std::uint64_t>& value) {
    value.reset();
    if (other(info.name).is_null()) return;
    value.emplace();
    visit(info, *value);
}

void JsonFieldReader::visit(const FieldInfo& info, std::optional<double>& value) {
    const FieldJson& json = other(info.name);
    value = json.is_null() ? std::nullopt : std::optional(number(info, json));
}

void JsonFieldReader::visit(const FieldInfo& info, std::vector<double>& value) {
    const FieldJson& json = other(info.name);
    if (!json.is_array()) refuse(info.name, "a list of numbers", json);
    value.clear();
    for (const FieldJson& one : json) value.push_back(number(info, one));
}

void JsonFieldReader::visit(const FieldInfo& info, std::vector<std::string>& value) {
    const FieldJson& json = other(info.name);
    const auto is_text = [](const FieldJson& one) { return one.is_string(); };
    if (!json.is_array() || !std::all_of(json.begin(), json.end(), is_text)) refuse(info.name, "a list of texts", json);
    value = json.get<std::vector<std::string>>();
}

void JsonFieldReader::visit_choice(const FieldInfo& info, int& choice) {
    const FieldJson& json = other(info.name);
    const auto found =
        json.is_string() ? std::ranges::find(info.choices, json.get_ref<const std::string&>()) : info.choices.end();
    if (found == info.choices.end()) {
        std::string names;
        for (const std::string_view name : info.choices) names += (names.empty() ? "" : ", ") + std::string(name);
        refuse(info.name, "one of " + names, json);
    }
    choice = static_cast<int>(found - info.choices.begin());
}

void JsonFieldReader::enter(std::string_view name, std::string_view /*meaning*/) {
    throw LogicError("block '" + std::string(name) + "' has no place in a flat object");
}

const FieldJson& require_list(const FieldJson& json, const std::string& path) {
    if (!json.is_array()) throw FormatError(path + " must be a list, got " + json_text_of(json));
    return json;
}

}  // namespace clade

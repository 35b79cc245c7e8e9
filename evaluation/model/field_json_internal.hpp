// Structs of fields as JSON objects, and back: by their visit_fields().
#pragma once

#include <clade/core/error.hpp>
#include <clade/core/fields.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clade {

using FieldJson = nlohmann::ordered_json;

/// Writes fields into an object.
class JsonFieldWriter final : public FieldVisitor {
public:
    [[nodiscard]] FieldJson take() { return std::move(json_); }

protected:
    void visit(const FieldInfo& info, bool& value) override { set(info, value); }
    void visit(const FieldInfo& info, int& value) override { set(info, value); }
    void visit(const FieldInfo& info, std::uint64_t& value) override { set(info, value); }
    void visit(const FieldInfo& info, double& value) override { set(info, value); }
    void visit(const FieldInfo& info, std::string& value) override { set(info, value); }
    void visit(const FieldInfo& info, std::optional<std::uint64_t>& value) override { set_optional(info, value); }
    void visit(const FieldInfo& info, std::optional<double>& value) override { set_optional(info, value); }
    void visit(const FieldInfo& info, std::vector<double>& value) override { set(info, value); }
    void visit(const FieldInfo& info, std::vector<std::string>& value) override { set(info, value); }
    void visit_choice(const FieldInfo& info, int& choice) override {
        set(info, info.choices[static_cast<std::size_t>(choice)]);
    }
    void enter(std::string_view name, std::string_view /*meaning*/) override { refuse_block(name); }
    void leave() override {}

private:
    template <class Value>
    void set(const FieldInfo& info, const Value& value) {
        json_[std::string(info.name)] = value;
    }
    template <class Value>
    void set_optional(const FieldInfo& info, const std::optional<Value>& value) {
        json_[std::string(info.name)] = value ? FieldJson(*value) : FieldJson(nullptr);
    }
    [[noreturn]] static void refuse_block(std::string_view name);

    FieldJson json_ = FieldJson::object();
};

/// Reads fields out of an object. Throws FormatError with the path of the key: "data.columns[2].mean must be ...".
class JsonFieldReader final : public FieldVisitor {
public:
    /// `path` is that of the object, for messages.
    JsonFieldReader(const FieldJson& json, std::string path);

    /// Marks a key that is read elsewhere as known.
    const FieldJson& other(std::string_view key);

    /// Throws FormatError for keys that nothing has read.
    void finish() const;

protected:
    void visit(const FieldInfo& info, bool& value) override;
    void visit(const FieldInfo& info, int& value) override;
    void visit(const FieldInfo& info, std::uint64_t& value) override;
    void visit(const FieldInfo& info, double& value) override;
    void visit(const FieldInfo& info, std::string& value) override;
    void visit(const FieldInfo& info, std::optional<std::uint64_t>& value) override;
    void visit(const FieldInfo& info, std::optional<double>& value) override;
    void visit(const FieldInfo& info, std::vector<double>& value) override;
    void visit(const FieldInfo& info, std::vector<std::string>& value) override;
    void visit_choice(const FieldInfo& info, int& choice) override;
    void enter(std::string_view name, std::string_view meaning) override;
    void leave() override {}

private:
    [[nodiscard]] double number(const FieldInfo& info, const FieldJson& value) const;
    [[noreturn]] void refuse(std::string_view key, std::string_view rule, const FieldJson& value) const;

    const FieldJson& json_;
    std::string path_;
    std::vector<std::string_view> known_;
};

/// Throws FormatError if it is no array. `path` is its place, for messages.
const FieldJson& require_list(const FieldJson& json, const std::string& path);

template <class Fields>
[[nodiscard]] FieldJson fields_to_json(Fields fields) {
    JsonFieldWriter writer;
    visit_fields(fields, writer);
    return writer.take();
}

template <class Fields>
[[nodiscard]] Fields fields_from_json(const FieldJson& json, const std::string& path) {
    Fields fields;
    JsonFieldReader reader(json, path);
    visit_fields(fields, reader);
    reader.finish();
    return fields;
}

template <class Fields>
[[nodiscard]] FieldJson list_to_json(const std::vector<Fields>& list) {
    FieldJson json = FieldJson::array();
    for (const Fields& fields : list) json.push_back(fields_to_json(fields));
    return json;
}

template <class Fields>
[[nodiscard]] std::vector<Fields> list_from_json(const FieldJson& json, const std::string& path) {
    std::vector<Fields> list;
    for (const FieldJson& one : require_list(json, path)) {
        list.push_back(fields_from_json<Fields>(one, path + '[' + std::to_string(list.size()) + ']'));
    }
    return list;
}

}  // namespace clade

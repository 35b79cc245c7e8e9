// Every key of a configuration with type, default, rule and meaning: the rows behind `clade config reference`.
#pragma once

#include <clade/core/fields.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clade {

/// One key in words.
struct ReferenceRow {
    std::string key{};            ///< full path, e.g. "evolution.population_size"
    std::string type{};           ///< "integer", "number or null", "list of texts", "choice", "block", ...
    std::string default_value{};  ///< as it would stand in YAML; empty for a block
    std::string rule{};           ///< "at least 2", "one of 'a', 'b'"; empty where every value of the type is allowed
    std::string meaning{};
    bool changes_results = true;  ///< whether runs that differ in it alone can differ in a result
    std::string needs{};          ///< without what it has no effect, see FieldOptions

    bool operator==(const ReferenceRow&) const = default;
};

/// Collects a row for each field and each block, in the order of visit_fields.
class ConfigReference final : public FieldVisitor {
public:
    /// `path` is the path of the visited struct itself, e.g. "task".
    explicit ConfigReference(std::string path = "");

    [[nodiscard]] const std::vector<ReferenceRow>& rows() const noexcept { return rows_; }

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
    void leave() override;

private:
    void add(const FieldInfo& info, std::string type, std::string default_value);

    std::vector<std::string> path_;  // of the open blocks, innermost last
    std::vector<ReferenceRow> rows_;
};

/// The rows of a struct, with its present values as defaults.
template <class Params>
[[nodiscard]] std::vector<ReferenceRow> config_reference(Params params = {}, std::string path = "") {
    ConfigReference reference(std::move(path));
    visit_fields(params, static_cast<FieldVisitor&>(reference));
    return reference.rows();
}

/// The same where the struct's type is hidden behind a function.
[[nodiscard]] std::vector<ReferenceRow> config_reference_with(const std::function<void(FieldVisitor&)>& visit,
                                                              std::string path = "");

}  // namespace clade

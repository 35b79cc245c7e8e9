// Writes a params struct as YAML that reads back to the identical struct: the resolved configuration of a run.
//
// Every field is written, defaults included, in the order of visit_fields; blocks are indented by two spaces. Numbers
// have as many digits as it takes to read back the same bits; optionals that are not set are `null`.
// Not promised: infinite and NaN doubles are written as .inf and .nan, which the reader refuses.
#pragma once

#include <clade/core/fields.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// Whether each key has its meaning and range in a comment line above it.
enum class ConfigComments { none, meanings };

class ConfigWriter final : public FieldVisitor {
public:
    explicit ConfigWriter(ConfigComments comments = ConfigComments::none) : comments_(comments) {}

    /// All that was visited so far, as YAML; "{}" if that is nothing.
    [[nodiscard]] std::string text() const;

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
    void comment(std::string_view meaning, const std::string& rule);
    void write(const FieldInfo& info, const std::string& value);
    [[nodiscard]] std::string indent() const;

    ConfigComments comments_;
    std::string text_;
    std::vector<std::size_t> block_begin_;  // where the content of each open block begins in text_
};

/// The struct as YAML.
template <class Params>
[[nodiscard]] std::string write_config(Params params, ConfigComments comments = ConfigComments::none) {
    ConfigWriter writer(comments);
    visit_fields(params, static_cast<FieldVisitor&>(writer));
    return writer.text();
}

/// The same where the struct's type is hidden behind a function.
[[nodiscard]] std::string write_config_with(const std::function<void(FieldVisitor&)>& visit,
                                            ConfigComments comments = ConfigComments::none);

}  // namespace clade

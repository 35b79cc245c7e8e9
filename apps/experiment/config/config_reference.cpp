#include <clade/experiment/config/config_reference.hpp>

#include <clade/experiment/config/field_words.hpp>
#include <clade/experiment/config/yaml_value_text.hpp>

namespace clade {
namespace {

std::string kind_of(const FieldInfo& info, const char* usual) {
    return info.kind.empty() ? usual : std::string(info.kind);
}

}  // namespace

ConfigReference::ConfigReference(std::string path) { path_.push_back(std::move(path)); }

void ConfigReference::add(const FieldInfo& info, std::string type, std::string default_value) {
    std::string rule = info.choices.empty() ? info.range.describe() : "one of " + quoted_list(info.choices);
    rows_.push_back({join_path(path_.back(), info.name), std::move(type), std::move(default_value), std::move(rule),
                     std::string(info.meaning), info.changes_results, std::string(info.needs)});
}

void ConfigReference::visit(const FieldInfo& info, bool& value) { add(info, "true or false", yaml_text(value)); }
void ConfigReference::visit(const FieldInfo& info, int& value) { add(info, "integer", yaml_text(value)); }
void ConfigReference::visit(const FieldInfo& info, std::uint64_t& value) { add(info, "integer", yaml_text(value)); }
void ConfigReference::visit(const FieldInfo& info, double& value) { add(info, "number", yaml_text(value)); }

void ConfigReference::visit(const FieldInfo& info, std::string& value) {
    add(info, kind_of(info, "text"), yaml_text(std::string_view(value)));
}

void ConfigReference::visit(const FieldInfo& info, std::optional<std::uint64_t>& value) {
    add(info, "integer or null", yaml_text(value));
}

void ConfigReference::visit(const FieldInfo& info, std::optional<double>& value) {
    add(info, "number or null", yaml_text(value));
}

void ConfigReference::visit(const FieldInfo& info, std::vector<double>& value) {
    add(info, "list of numbers", yaml_text(value));
}

void ConfigReference::visit(const FieldInfo& info, std::vector<std::string>& value) {
    add(info, kind_of(info, "list of texts"), yaml_text(value));
}

void ConfigReference::visit_choice(const FieldInfo& info, int& choice) {
    add(info, "choice", yaml_choice_text(info, choice));
}

void ConfigReference::enter(std::string_view name, std::string_view meaning) {
    path_.push_back(join_path(path_.back(), name));
    rows_.push_back({path_.back(), "block", "", "", std::string(meaning), block_changes_results()});
}

void ConfigReference::leave() { path_.pop_back(); }

std::vector<ReferenceRow> config_reference_with(const std::function<void(FieldVisitor&)>& visit, std::string path) {
    ConfigReference reference(std::move(path));
    visit(reference);
    return reference.rows();
}

}  // namespace clade

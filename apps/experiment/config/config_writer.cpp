#include <clade/experiment/config/config_writer.hpp>

#include <clade/experiment/config/field_words.hpp>
#include <clade/experiment/config/yaml_value_text.hpp>

namespace clade {

std::string ConfigWriter::text() const { return text_.empty() ? "{}\n" : text_; }

std::string ConfigWriter::indent() const {
    std::string spaces(2 * block_begin_.size(), ' ');
    return spaces;
}

void ConfigWriter::comment(std::string_view meaning, const std::string& rule) {
    if (comments_ == ConfigComments::none) return;
    std::string line(meaning);
    if (!rule.empty()) line += " [" + rule + "]";
    for (char& letter : line) letter = letter == '\n' || letter == '\r' ? ' ' : letter;
    text_ += indent() + "# " + line + '\n';
}

void ConfigWriter::write(const FieldInfo& info, const std::string& value) {
    comment(info.meaning, info.choices.empty() ? info.range.describe() : "one of " + quoted_list(info.choices));
    text_ += indent() + std::string(info.name) + ": " + value + '\n';
}

void ConfigWriter::visit(const FieldInfo& info, bool& value) { write(info, yaml_text(value)); }
void ConfigWriter::visit(const FieldInfo& info, int& value) { write(info, yaml_text(value)); }
void ConfigWriter::visit(const FieldInfo& info, std::uint64_t& value) { write(info, yaml_text(value)); }
void ConfigWriter::visit(const FieldInfo& info, double& value) { write(info, yaml_text(value)); }
void ConfigWriter::visit(const FieldInfo& info, std::string& value) { write(info, yaml_text(std::string_view(value))); }
void ConfigWriter::visit(const FieldInfo& info, std::optional<std::uint64_t>& value) { write(info, yaml_text(value)); }
void ConfigWriter::visit(const FieldInfo& info, std::optional<double>& value) { write(info, yaml_text(value)); }
void ConfigWriter::visit(const FieldInfo& info, std::vector<double>& value) { write(info, yaml_text(value)); }
void ConfigWriter::visit(const FieldInfo& info, std::vector<std::string>& value) { write(info, yaml_text(value)); }

void ConfigWriter::visit_choice(const FieldInfo& info, int& choice) { write(info, yaml_choice_text(info, choice)); }

void ConfigWriter::enter(std::string_view name, std::string_view meaning) {
    comment(meaning, "");
    text_ += indent() + std::string(name) + ":\n";
    block_begin_.push_back(text_.size());
}

void ConfigWriter::leave() {
    const bool empty = block_begin_.back() == text_.size();
    if (empty) text_.replace(text_.size() - 1, 1, " {}\n");
    block_begin_.pop_back();
}

std::string write_config_with(const std::function<void(FieldVisitor&)>& visit, ConfigComments comments) {
    ConfigWriter writer(comments);
    visit(writer);
    return writer.text();
}

}  // namespace clade

// Reads a block of YAML into a params struct with its visit_fields(), and reports all mistakes.
//
//   YamlDocument document = read_yaml_file("configs/xor.yaml");
//   apply_override(document, "evolution.population_size=500");
//   ConfigReader reader(document.root, issues);
//   reader.read(config);                      // calls visit_fields(config, reader), then finish()
//   PlacedIssueSink sink(document, issues);
//   check(config, sink);                      // rules across fields
//
// A key that is absent, or whose value is refused, leaves its field as it was. An empty block counts as absent.
// Fields are read in the order visit_fields names them, so a later field may depend on an earlier one: the block
// `task: {name: xor, ...}` reads `name` first and then visits the fields of that task's own parameters.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/experiment/config/config_issue.hpp>
#include <clade/experiment/config/yaml_document.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

class ConfigReader final : public FieldVisitor {
public:
    /// Reads from `block`, a map or null; `path` is the path of the block itself. Adds to `issues`.
    /// Both references must outlive the reader, and the tree must not change meanwhile.
    ConfigReader(const YamlNode& block, std::vector<ConfigIssue>& issues, std::string path = "");

    /// Reads every field of the struct, then reports unknown keys.
    template <class Params>
    void read(Params& params) {
        visit_fields(params, static_cast<FieldVisitor&>(*this));
        finish();
    }

    /// The same where the struct's type is hidden behind a function.
    void read_with(const std::function<void(FieldVisitor&)>& visit);

    /// Keys of the block at `path` that no field names are then not reported, because it is not known what the block
    /// may hold (the parameters of a task that does not exist). Call before finish().
    void accept_other_keys_in(std::string path);

    /// Reports the unknown keys of all blocks. Call once, after all fields were visited.
    void finish();

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
    void visit_removed(std::string_view name, std::string_view why) override;
    void enter(std::string_view name, std::string_view meaning) override;
    void leave() override;

private:
    /// A block being read.
    struct Block {
        const YamlNode* map = nullptr;  // null if the block is absent or no map
        std::string path;
        std::vector<std::string> names;    // of the fields visited in it
        std::vector<std::string> removed;  // names of earlier versions that were reported
    };

    const YamlNode* take(std::string_view name);
    [[nodiscard]] std::string path_of(std::string_view name) const;
    void refuse(const YamlNode& node, std::string path, const std::string& rule, const std::string& hint = "");

    template <class Number>
    std::optional<Number> number_of(const YamlNode& node, const FieldInfo& info, const std::string& path, bool or_null);
    template <class Number>
    void read_number(const FieldInfo& info, Number& value);
    template <class Number>
    void read_optional(const FieldInfo& info, std::optional<Number>& value);
    const std::vector<YamlNode>* items_of(const YamlNode& node, std::string_view name, const std::string& rule);

    void report_unknown_keys(const Block& block);
    [[nodiscard]] std::string unknown_key_message(const Block& block, const std::string& key) const;

    std::vector<ConfigIssue>& issues_;
    std::vector<Block> open_;  // innermost last
    std::vector<Block> closed_;
    std::vector<std::string> known_paths_;  // of every field and block visited
    std::vector<std::string> lenient_paths_;
};

}  // namespace clade

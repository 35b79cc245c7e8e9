// Adds file, line and column to issues that the checks of parameters find.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/experiment/config/config_issue.hpp>
#include <clade/experiment/config/yaml_document.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// Adds each finding to `issues` at the place of its key (of the item for "key[2]"), or of the nearest enclosing key
/// that is present, or at the beginning of the file. A key that had an issue before gets no second one: its field kept its default.
class PlacedIssueSink final : public IssueSink {
public:
    /// `prefix` is the path of the checked struct, e.g. "evolution.speciation". Keeps references to both arguments.
    PlacedIssueSink(const YamlDocument& document, std::vector<ConfigIssue>& issues, std::string prefix = "");

    void add(std::string_view key, std::string message) override;

private:
    const YamlDocument& document_;
    std::vector<ConfigIssue>& issues_;
    std::size_t read_count_;  // issues that were there before this sink
    std::string prefix_;
};

}  // namespace clade

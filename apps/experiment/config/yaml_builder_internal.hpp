// Builds the tree of yaml_document.hpp from the events of a YAML parser. Reports what YAML allows but a configuration
// does not: duplicate keys, keys that are not text, tags, merge keys, loops, exponential aliases. Knows no parser:
// yaml_parser.cpp turns yaml-cpp's events into these calls.
#pragma once

#include <clade/experiment/config/source_text.hpp>
#include <clade/experiment/config/yaml_document.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace clade {

/// Thrown through the parser when reading on is pointless; the issue is already in the document.
struct StopReading {};

/// Where an event happened (0-based, columns in bytes, as the parser counts), and its anchor (0: none).
struct YamlEvent {
    int line = 0;
    int column = 0;
    std::size_t anchor = 0;
};

class YamlBuilder {
public:
    /// Adds issues and the tree to `document`. Both arguments must outlive the builder.
    YamlBuilder(const SourceText& source, YamlDocument& document) : source_(source), document_(document) {}

    void null(const YamlEvent& event);
    void scalar(const YamlEvent& event, std::string_view tag, std::string_view text);
    void alias(const YamlEvent& event);
    void begin(const YamlEvent& event, std::string_view tag, YamlKind kind);  ///< of a sequence or map
    void end();

    /// Adds an issue at the event, with the path of the key being read.
    void report(const YamlEvent& event, std::string message);

private:
    /// A sequence or map that is not complete yet.
    struct Open {
        YamlNode node;
        std::size_t anchor = 0;
        bool has_key = false;   // a key was read and its value is awaited
        bool keep_key = false;  // that key is sound, so the value is kept
        YamlEntry entry;        // the key; its value is still empty
        std::unordered_map<std::string, int> key_lines;
    };

    struct Anchored {
        YamlNode node;
        std::size_t node_count = 0;
        std::size_t byte_count = 0;
    };

    [[nodiscard]] YamlNode make(const YamlEvent& event, YamlKind kind) const;
    [[nodiscard]] std::string path() const;
    void check_tag(const YamlEvent& event, std::string_view tag, bool container);
    void count(const YamlEvent& event, std::size_t nodes, std::size_t bytes);
    void remember(const YamlEvent& event, const YamlNode& node);
    void place(YamlNode node);
    void take_key(Open& map, const YamlNode& node);
    static void take_value(Open& map, YamlNode node);
    void report_at(const YamlNode& node, std::string message);

    const SourceText& source_;
    YamlDocument& document_;
    std::vector<Open> open_;
    std::unordered_map<std::size_t, Anchored> anchored_;
    std::size_t node_count_ = 0;
    std::size_t byte_count_ = 0;
};

}  // namespace clade

#include <clade/experiment/config/yaml_builder_internal.hpp>

#include <utility>

namespace clade {
namespace {

constexpr std::size_t max_scalar_bytes = 16 * max_yaml_bytes;

struct TreeSize {
    std::size_t nodes = 0;
    std::size_t bytes = 0;
};

void measure(const YamlNode& node, TreeSize& size) {
    size.nodes += 1;
    size.bytes += node.text.size();
    for (const YamlNode& item : node.items) measure(item, size);
    for (const YamlEntry& entry : node.entries) {
        size.bytes += entry.key.size();
        measure(entry.value, size);
    }
}

/// "!!python/x" for the parser's "tag:yaml.org,2002:python/x".
std::string tag_as_written(std::string_view tag) {
    constexpr std::string_view standard = "tag:yaml.org,2002:";
    if (tag.starts_with(standard)) return "!!" + printable(tag.substr(standard.size()));
    return printable(tag);
}

}  // namespace

YamlNode YamlBuilder::make(const YamlEvent& event, YamlKind kind) const {
    YamlNode node;
    node.kind = kind;
    node.origin = document_.file;
    const std::size_t offset = source_.behind_anchor(source_.offset(event.line, event.column));
    const TextPosition position = source_.position(offset);
    node.line = position.line;
    node.column = position.column;
    return node;
}

std::string YamlBuilder::path() const {
    std::string path;
    for (const Open& open : open_) {
        if (open.node.kind == YamlKind::sequence) {
            path += '[' + std::to_string(open.node.items.size()) + ']';
        } else if (open.has_key) {
            path += (path.empty() ? "" : ".") + open.entry.key;
        }
    }
    return path;
}

void YamlBuilder::report_at(const YamlNode& node, std::string message) {
    document_.issues.push_back(issue_at(node, path(), std::move(message)));
}

void YamlBuilder::report(const YamlEvent& event, std::string message) {
    report_at(make(event, YamlKind::null), std::move(message));
}

void YamlBuilder::check_tag(const YamlEvent& event, std::string_view tag, bool container) {
    if (tag.empty() || tag == "?" || (tag == "!" && !container)) return;
    report(event, "explicit tags such as '" + tag_as_written(tag) + "' are not supported; remove it");
}

void YamlBuilder::count(const YamlEvent& event, std::size_t nodes, std::size_t bytes) {
    node_count_ += nodes;
    byte_count_ += bytes;
    if (node_count_ > max_yaml_nodes) {
        report(event, "must hold at most " + std::to_string(max_yaml_nodes) + " values, aliases expanded, got more");
        throw StopReading{};
    }
    if (byte_count_ > max_scalar_bytes) {
        report(event, "must hold at most " + std::to_string(max_scalar_bytes) + " bytes, aliases expanded, got more");
        throw StopReading{};
    }
}

// The copy counts as well, so that anchors within anchors cannot use more memory than the limits allow.
void YamlBuilder::remember(const YamlEvent& event, const YamlNode& node) {
    if (event.anchor == 0) return;
    TreeSize size;
    measure(node, size);
    count(event, size.nodes, size.bytes);
    anchored_[event.anchor] = {node, size.nodes, size.bytes};
}

void YamlBuilder::null(const YamlEvent& event) {
    count(event, 1, 0);
    YamlNode node = make(event, YamlKind::null);
    remember(event, node);
    place(std::move(node));
}

void YamlBuilder::scalar(const YamlEvent& event, std::string_view tag, std::string_view text) {
    count(event, 1, text.size());
    check_tag(event, tag, false);
    YamlNode node = make(event, YamlKind::scalar);
    node.text = text;
    node.quoted = tag == "!";
    const std::size_t offset = source_.behind_anchor(source_.offset(event.line, event.column));
    if (node.quoted && !source_.quote_closes(offset)) {
        report_at(node, "the quote that opens here is never closed");
        throw StopReading{};
    }
    remember(event, node);
    place(std::move(node));
}

void YamlBuilder::alias(const YamlEvent& event) {
    const auto found = anchored_.find(event.anchor);
    if (found == anchored_.end()) {
        report(event, "this alias stands inside its own anchor: a loop without end");
        place(make(event, YamlKind::null));
        return;
    }
    count(event, found->second.node_count, found->second.byte_count);
    YamlNode node = found->second.node;
    const YamlNode here = make(event, YamlKind::null);
    node.line = here.line;
    node.column = here.column;
    place(std::move(node));
}

void YamlBuilder::begin(const YamlEvent& event, std::string_view tag, YamlKind kind) {
    count(event, 1, 0);
    check_tag(event, tag, true);
    if (open_.size() >= max_yaml_depth) {
        report(event, "must be nested at most " + std::to_string(max_yaml_depth) + " deep");
        throw StopReading{};
    }
    Open open;
    open.node = make(event, kind);
    open.anchor = event.anchor;
    open_.push_back(std::move(open));
}

void YamlBuilder::end() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    YamlEvent event;
    event.anchor = closed.anchor;
    remember(event, closed.node);
    place(std::move(closed.node));
}

void YamlBuilder::place(YamlNode node) {
    if (open_.empty()) {
        document_.root = std::move(node);
    } else if (open_.back().node.kind == YamlKind::sequence) {
        open_.back().node.items.push_back(std::move(node));
    } else if (!open_.back().has_key) {
        take_key(open_.back(), node);
    } else {
        take_value(open_.back(), std::move(node));
    }
}

void YamlBuilder::take_key(Open& map, const YamlNode& node) {
    std::string fault;
    if (node.kind != YamlKind::scalar) {
        const bool empty = node.kind == YamlKind::null;
        fault = std::string("a key must be plain text, got ") + (empty ? "nothing" : "a list or a block of keys");
    } else if (node.text == "<<" && !node.quoted) {
        fault = "merge keys ('<<') are not supported; write the keys out";
    }
    map.entry = {};
    map.entry.key = node.kind == YamlKind::scalar ? node.text : "?";
    map.entry.origin = node.origin;
    map.entry.line = node.line;
    map.entry.column = node.column;
    map.has_key = true;
    if (fault.empty()) {
        const auto [first, is_new] = map.key_lines.emplace(node.text, node.line);
        if (!is_new) fault = "duplicate key; it was first given in line " + std::to_string(first->second);
    }
    map.keep_key = fault.empty();
    if (!map.keep_key) report_at(node, std::move(fault));
}

void YamlBuilder::take_value(Open& map, YamlNode node) {
    map.has_key = false;
    if (!map.keep_key) return;
    // Of a value that begins below its key the parser knows only where its first part stands, of nothing even less.
    if (node.kind != YamlKind::scalar && node.line != map.entry.line) {
        node.line = map.entry.line;
        node.column = map.entry.column;
    }
    map.entry.value = std::move(node);
    map.node.entries.push_back(std::move(map.entry));
}

}  // namespace clade

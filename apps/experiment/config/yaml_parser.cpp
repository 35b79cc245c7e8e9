// The only file that knows yaml-cpp. Its event interface gives every key and value a place; its Node does not.
#include <clade/experiment/config/yaml_parser.hpp>

#include <clade/evaluation/data/input_file.hpp>
#include <clade/experiment/config/source_text.hpp>
#include <clade/experiment/config/yaml_builder_internal.hpp>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

namespace clade {
namespace {

YamlEvent event_at(const YAML::Mark& mark, YAML::anchor_t anchor = 0) { return {mark.line, mark.column, anchor}; }

/// Hands yaml-cpp's events to the builder.
class EventBridge final : public YAML::EventHandler {
public:
    EventBridge(YamlBuilder& builder, const SourceText& source) : builder_(builder), source_(source) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++document_count_ == 1) return;
        const bool marked = source_.text().compare(source_.offset(mark.line, 0), 3, "---") == 0;
        builder_.report(event_at(mark), marked ? "a second document begins here; a file must hold one"
                                               : "does not belong to what stands above; check the indentation");
        throw StopReading{};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { builder_.null(event_at(mark, anchor)); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override { builder_.alias(event_at(mark, anchor)); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        builder_.scalar(event_at(mark, anchor), tag, value);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        builder_.begin(event_at(mark, anchor), tag, YamlKind::sequence);
    }
    void OnSequenceEnd() override { builder_.end(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        builder_.begin(event_at(mark, anchor), tag, YamlKind::map);
    }
    void OnMapEnd() override { builder_.end(); }

private:
    YamlBuilder& builder_;
    const SourceText& source_;
    int document_count_ = 0;
};

/// yaml-cpp's reasons that say little to somebody who wrote a configuration.
std::string plain_words(const std::string& reason) {
    struct Rewording {
        std::string_view reason;
        std::string_view words;
    };
    static const std::array<Rewording, 13> rewordings{{
        {YAML::ErrorMsg::END_OF_MAP, "this does not fit the block above; check the indentation and the ':'"},
        {YAML::ErrorMsg::END_OF_SEQ, "this does not fit the list above; check the indentation"},
        {YAML::ErrorMsg::END_OF_MAP_FLOW, "a block opened by '{' needs ',' between its keys and '}' at its end"},
        {YAML::ErrorMsg::END_OF_SEQ_FLOW, "a list opened by '[' needs ',' between its values and ']' at its end"},
        {YAML::ErrorMsg::MAP_VALUE, "':' cannot stand here; does the line above lack one, or the indentation differ?"},
        {YAML::ErrorMsg::MAP_KEY, "a key cannot stand here"},
        {YAML::ErrorMsg::BLOCK_ENTRY, "a list item ('- ') cannot stand here"},
        {YAML::ErrorMsg::FLOW_END, "a closing bracket without the opening one"},
        {YAML::ErrorMsg::TAB_IN_INDENTATION, "a tab in the indentation; use spaces"},
        {YAML::ErrorMsg::UNKNOWN_TOKEN, "this character begins no value; put text that starts so in quotes"},
        {YAML::ErrorMsg::EOF_IN_SCALAR, "the text ends inside a quoted value"},
        {YAML::ErrorMsg::DOC_IN_SCALAR, "'---' or '...' inside a quoted value; is a quote not closed?"},
        {YAML::ErrorMsg::BAD_FILE, "cannot be read at all"},
    }};
    for (const auto& [given, words] : rewordings) {
        if (reason == given) return "is not valid YAML: " + std::string(words);
    }
    return "is not valid YAML: " + printable(reason);
}

std::string fault_in_words(const YAML::Exception& fault, const SourceText& source) {
    if (fault.msg != YAML::ErrorMsg::UNKNOWN_ANCHOR) return plain_words(fault.msg);
    const std::string_view rest =
        std::string_view(source.text()).substr(source.offset(fault.mark.line, fault.mark.column));
    const std::string_view name = rest.substr(0, rest.find_first_of(" \t\r\n,]}"));
    return "unknown alias '" + printable(name, 40) + "'; no anchor above has this name";
}

void read_events(const SourceText& source, YamlDocument& document) {
    YamlBuilder builder(source, document);
    EventBridge bridge(builder, source);
    try {
        std::istringstream stream(source.text());
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(bridge)) {
        }
    } catch (const StopReading&) {
        document.complete = false;
    } catch (const YAML::Exception& fault) {
        document.complete = false;
        const YAML::Mark mark = fault.mark.is_null() ? YAML::Mark() : fault.mark;
        const TextPosition place = source.position(source.offset(mark.line, mark.column));
        document.issues.push_back({document.file, place.line, place.column, "", fault_in_words(fault, source)});
    }
}

YamlDocument parse(std::string_view text, std::string file) {
    YamlDocument document;
    document.file = std::move(file);
    if (text.size() > max_yaml_bytes) {
        document.complete = false;
        const std::string rule = "must be at most " + std::to_string(max_yaml_bytes) + " bytes long, got more";
        document.issues.push_back({document.file, 0, 0, "", rule});
        return document;
    }
    const SourceText source(text);
    if (const std::optional<TextFault> fault = source.fault()) {
        document.complete = false;
        const auto [line, column] = fault->position;
        document.issues.push_back({document.file, line, column, "", fault->message});
        return document;
    }
    read_events(source, document);
    if (!document.complete) document.root = {};
    return document;
}

YamlDocument unreadable(std::string file, std::string message) {
    YamlDocument document;
    document.root.kind = YamlKind::map;
    document.complete = false;
    document.issues.push_back({file, 0, 0, "", std::move(message)});
    document.file = std::move(file);
    return document;
}

}  // namespace

YamlDocument parse_yaml(std::string_view text, std::string file) {
    YamlDocument document = parse(text, std::move(file));
    YamlNode& root = document.root;
    if (root.kind == YamlKind::scalar || root.kind == YamlKind::sequence) {
        document.complete = false;
        const bool list = root.kind == YamlKind::sequence;
        const std::string got = list ? "a list" : "'" + printable(root.text, 40) + "'";
        document.issues.push_back(
            issue_at(root, "", "the top level must be keys with values ('key: value'), got " + got));
    }
    if (root.kind != YamlKind::map) root = {};
    root.kind = YamlKind::map;
    root.origin = document.file;
    return document;
}

YamlDocument parse_yaml_value(std::string_view text, std::string file) {
    YamlDocument document = parse(text, std::move(file));
    document.root.origin = document.file;
    return document;
}

YamlDocument read_yaml_file(const std::filesystem::path& path) {
    if (path.empty()) return unreadable("''", "no such file");
    std::error_code error;
    if (std::filesystem::status(path, error).type() == std::filesystem::file_type::not_found) {
        return unreadable(path.string(), "no such file");
    }
    if (const auto kind = kind_of_special_file(path); !kind.empty()) {
        return unreadable(path.string(), "must be a regular file, got " + std::string(kind));
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) return unreadable(path.string(), "cannot be opened for reading");
    std::string text(max_yaml_bytes + 1, '\0');  // one more than allowed
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad()) return unreadable(path.string(), "cannot be read");
    text.resize(static_cast<std::size_t>(file.gcount()));
    return parse_yaml(text, path.string());
}

}  // namespace clade

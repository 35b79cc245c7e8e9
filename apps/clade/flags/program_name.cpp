#include "clade/flags/program_name.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace clade {
namespace {

constexpr std::string_view standard_name = "clade";

bool is_word(char character) { return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_'; }

}  // namespace

ProgramName::ProgramName(const char* path)
    : path_(path == nullptr ? standard_name : path), name_(std::filesystem::path(path_).filename().string()) {
    if (name_.empty()) name_ = standard_name;
}

std::string ProgramName::as_typed() const {
    const std::filesystem::path given = path_;
    if (!given.has_parent_path()) return path_;
    std::error_code ignored;
    const std::filesystem::path near = std::filesystem::proximate(given, ignored);
    if (ignored || near.native().starts_with("..")) return path_;
    return near.has_parent_path() ? near.string() : "./" + near.string();  // a bare name is looked for in PATH
}

void ProgramName::note_typed(const std::string& flag, const std::string& key, const std::string& value) {
    const std::string setting = "--set " + key + "=" + value + ": ";
    const std::string as_typed = flag + " " + value + ": ";
    typed_.emplace_back(setting + key + ": ", as_typed);
    typed_.emplace_back(setting, as_typed);
}

std::string ProgramName::in(const std::string& text) const {
    std::string named = with_name(text);
    for (const auto& [message, words] : typed_) {
        for (std::size_t at = named.find(message); at != std::string::npos; at = named.find(message, at + 1)) {
            if (at == 0 || named[at - 1] == '\n') named.replace(at, message.size(), words);
        }
    }
    return named;
}

std::string ProgramName::with_name(std::string_view text) const {
    std::string named;
    std::size_t done = 0;
    for (std::size_t at = text.find("clade "); at != std::string::npos; at = text.find("clade ", at + 1)) {
        if (at != 0 && is_word(text[at - 1])) continue;
        const std::string_view behind = text.substr(at + standard_name.size() + 1);
        const auto end = static_cast<std::size_t>(
            std::ranges::find_if(behind, [](char c) { return !is_word(c) && c != '-'; }) - behind.begin());
        if (std::ranges::find(commands_, behind.substr(0, end)) == commands_.end()) continue;
        named.append(text.substr(done, at - done)).append(name_);
        done = at + standard_name.size();
    }
    return named.append(text.substr(done));
}

}  // namespace clade

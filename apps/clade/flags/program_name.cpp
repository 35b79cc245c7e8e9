#include "clade/flags/program_name.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string_view>

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
    return ignored || near.native().starts_with("..") ? path_ : near.string();
}

std::string ProgramName::in(const std::string& text) const {
    std::string named;
    std::size_t done = 0;
    for (std::size_t at = text.find("clade "); at != std::string::npos; at = text.find("clade ", at + 1)) {
        if (at != 0 && is_word(text[at - 1])) continue;
        const std::string_view behind = std::string_view(text).substr(at + standard_name.size() + 1);
        const auto end = static_cast<std::size_t>(
            std::ranges::find_if(behind, [](char c) { return !is_word(c) && c != '-'; }) - behind.begin());
        if (std::ranges::find(commands_, behind.substr(0, end)) == commands_.end()) continue;
        named += text.substr(done, at - done) + name_;
        done = at + standard_name.size();
    }
    return named + text.substr(done);
}

}  // namespace clade

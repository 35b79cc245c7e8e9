#include "clade/import/settings.hpp"

#include <algorithm>

namespace clade::imported {
namespace {

using List = std::vector<std::pair<std::string, std::string>>;

std::string block(const List& list, const std::string& indent) {
    std::string text;
    std::vector<std::string> done;
    for (const auto& [key, value] : list) {
        const std::string first = key.substr(0, key.find('.'));
        if (std::ranges::find(done, first) != done.end()) continue;
        done.push_back(first);
        List inner;
        for (const auto& [other, its_value] : list) {
            if (other.starts_with(first + '.')) inner.emplace_back(other.substr(first.size() + 1), its_value);
        }
        text += indent + first + ':' + (inner.empty() ? ' ' + value : "") + '\n' + block(inner, indent + "  ");
    }
    return text;
}

}  // namespace

void Settings::set(std::string_view key, std::string value) {
    const auto same = std::ranges::find(all_, key, &std::pair<std::string, std::string>::first);
    if (same != all_.end()) {
        same->second = std::move(value);
    } else {
        all_.emplace_back(key, std::move(value));
    }
}

std::string Settings::yaml() const { return block(all_, ""); }

}  // namespace clade::imported

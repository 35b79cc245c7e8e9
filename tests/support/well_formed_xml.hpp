// Whether a text is XML that a parser takes: tags nested and closed, attributes in quotes, no raw markup or control
// characters. Enough for what Clade writes; no DTD, no CDATA.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// "" if it is, else what is wrong.
inline std::string xml_problem(std::string_view xml) {
    std::vector<std::string> open;
    for (std::size_t i = 0; i < xml.size();) {
        if (static_cast<unsigned char>(xml[i]) < 0x20 && xml[i] != '\n') return "control character";
        if (xml[i] == '&') {
            const std::size_t end = xml.find(';', i);
            const std::string_view name = xml.substr(i, end - i + 1);
            if (name != "&amp;" && name != "&lt;" && name != "&gt;" && name != "&quot;") return "raw &";
            i = end;
        }
        if (xml[i] != '<') {
            if (open.empty() && xml[i] != '\n' && xml[i] != ';') return "text outside the root";
            ++i;
            continue;
        }
        const std::size_t end = xml.find('>', i);
        if (end == std::string_view::npos) return "a tag does not end";
        const std::string_view tag = xml.substr(i + 1, end - i - 1);
        if (tag.find('<') != std::string_view::npos) return "raw <";
        std::size_t quotes = 0;
        for (const char c : tag) quotes += c == '"' ? 1 : 0;
        if (quotes % 2 != 0) return "odd quotes in " + std::string(tag);
        const std::string name(tag.substr(0, tag.find_first_of(" /?", 1)));
        if (tag.starts_with('/')) {
            if (open.empty() || "/" + open.back() != tag) return "unexpected <" + std::string(tag) + ">";
            open.pop_back();
        } else if (!tag.starts_with('?') && !tag.ends_with('/')) {
            open.push_back(name);
        }
        i = end + 1;
    }
    return open.empty() ? "" : "<" + open.back() + "> is not closed";
}

}  // namespace clade

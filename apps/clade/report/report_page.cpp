#include "clade/report/report_page.hpp"

#include "clade/plot/svg.hpp"
#include "report/viewer_bundle.hpp"

#include <clade/core/text.hpp>

namespace clade::report {
namespace {

using Json = nlohmann::ordered_json;

/// The same with every text on one line and without anything that steers.
Json printable_texts(const Json& json) {
    if (json.is_string()) return escaped(json.get_ref<const std::string&>());
    if (json.is_array()) {
        Json copy = Json::array();
        for (const Json& item : json) copy.push_back(printable_texts(item));
        return copy;
    }
    if (!json.is_object()) return json;
    Json copy = Json::object();
    for (const auto& [key, value] : json.items()) copy[escaped(key)] = printable_texts(value);
    return copy;
}

/// JSON that cannot end the element it stands in, nor begin another.
std::string json_in_html(const Json& json) {
    std::string text;
    for (const char c : printable_texts(json).dump()) {
        if (c == '<') {
            text += "\\u003c";
        } else {
            text += c;
        }
    }
    return text;
}

template <class Parts>
void append(std::string& html, const Parts& parts) {
    for (const std::string_view part : parts) html += part;
}

}  // namespace

std::string report_page(std::string_view title, const Json& data) {
    std::string html =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; "
        "style-src 'unsafe-inline'\">\n<title>";
    html += plot::xml_text(title);
    html += "</title>\n<style>\n";
    append(html, viewer_style);
    html +=
        "</style>\n</head>\n<body>\n<noscript><p>This report draws itself with JavaScript, which is switched off "
        "here.</p></noscript>\n<main id=\"report\"></main>\n<script type=\"application/json\" id=\"data\">";
    html += json_in_html(data);
    html += "</script>\n<script>\n";
    append(html, viewer_script);
    html += "</script>\n</body>\n</html>\n";
    return html;
}

}  // namespace clade::report

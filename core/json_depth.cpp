#include <clade/core/json_depth_internal.hpp>

#include <clade/core/error.hpp>

#include <cstddef>
#include <string>

namespace clade {

void check_json_depth(std::string_view text) {
    constexpr std::size_t most = 64;
    std::size_t depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_text) {
            if (c == '\\') ++i;
            in_text = c != '"';
        } else if (c == '"') {
            in_text = true;
        } else if (c == '[' || c == '{') {
            if (++depth > most) throw FormatError("must be nested at most " + std::to_string(most) + " deep, got more");
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
}

}  // namespace clade

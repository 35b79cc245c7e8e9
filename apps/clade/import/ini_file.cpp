#include "clade/import/ini_file.hpp"

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace clade::imported {
namespace {

constexpr std::string_view blanks = " \t\r\f\v";

std::string trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return "";
    return std::string(text.substr(begin, text.find_last_not_of(blanks) - begin + 1));
}

class IniReader {
public:
    explicit IniReader(std::string file) : file_(std::move(file)) {}

    std::vector<IniEntry> read(std::string_view text) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            ++line_;
            read_line(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        for (IniEntry& entry : entries_) expand(entry);
        if (!problems_.empty()) throw InputError(fmt::format("{}", fmt::join(problems_, "\n")));
        return std::move(entries_);
    }

private:
    void refuse(int line, const std::string& problem) {
        problems_.push_back(fmt::format("{}:{}: {}", printable(file_, 200), line, problem));
    }

    void read_line(std::string_view raw) {
        const std::string line = trimmed(raw);
        if (line.empty() || line.front() == '#' || line.front() == ';') return;
        const std::size_t indent = raw.find_first_not_of(blanks);
        if (in_value_ && indent > indent_) {
            entries_.back().value += '\n' + line;
            return;
        }
        indent_ = indent;
        in_value_ = false;
        if (line.front() == '[' && line.find(']') != std::string::npos) {
            begin_section(line.substr(1, line.find(']') - 1));
        } else {
            read_entry(line);
        }
    }

    void begin_section(const std::string& name) {
        section_ = name;
        if (!sections_.insert(name).second) refuse(line_, "the section [" + printable(name) + "] is given twice");
    }

    void read_entry(const std::string& line) {
        const std::size_t end = line.find_first_of("=:");
        if (sections_.empty() || end == std::string::npos || end == 0) {
            refuse(line_, "must be [section] or key = value, got '" + printable(line, 60) + "'");
            return;
        }
        IniEntry entry{section_, trimmed(line.substr(0, end)), trimmed(line.substr(end + 1)), line_};
        std::ranges::transform(entry.key, entry.key.begin(), [](unsigned char c) { return std::tolower(c); });
        if (!keys_.insert(section_ + '\n' + entry.key).second) {
            refuse(line_, "the key '" + printable(entry.key) + "' is given twice in [" + printable(section_) + "]");
        }
        entries_.push_back(std::move(entry));
        in_value_ = true;
    }

    /// %% is %; references to other keys are used by nobody, and so refused.
    void expand(IniEntry& entry) {
        std::string expanded;
        for (std::size_t i = 0; i < entry.value.size(); ++i) {
            expanded += entry.value[i];
            if (entry.value[i] != '%') continue;
            if (entry.value.substr(i + 1, 1) == "%") {
                ++i;
            } else {
                refuse(entry.line, "a % in the value of '" + printable(entry.key) + "' must be written %%");
            }
        }
        entry.value = expanded;
    }

    std::string file_;
    int line_ = 0;
    std::size_t indent_ = 0;  // of the key that lines may continue
    bool in_value_ = false;
    std::string section_;
    std::set<std::string> sections_;
    std::set<std::string> keys_;
    std::vector<IniEntry> entries_;
    std::vector<std::string> problems_;
};

}  // namespace

std::vector<IniEntry> read_ini(std::string_view text, const std::string& file) { return IniReader(file).read(text); }

}  // namespace clade::imported

// What the program is called: `clade`, or a user's own program with the same commands (app.hpp).
//
// Texts and messages are written for `clade`: "see 'clade tasks'". ProgramName turns them into those of the program.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clade {

class ProgramName {
public:
    /// `path`: argv[0], or null.
    explicit ProgramName(const char* path);

    /// The last part of the path.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// The path as short as one can type it here, "./" included.
    [[nodiscard]] std::string as_typed() const;

    /// The words behind which a text's "clade" stands for the program.
    void set_commands(std::vector<std::string> commands) { commands_ = std::move(commands); }

    /// That `flag` and its value were typed for the setting `key`=`value`: messages then say so, too.
    void note_typed(const std::string& flag, const std::string& key, const std::string& value);

    /// The text with the program's name for `clade` in front of each command, and with flags as they were typed:
    /// "--seed x: " for "--set seed=x: seed: ".
    [[nodiscard]] std::string in(const std::string& text) const;

private:
    [[nodiscard]] std::string with_name(std::string_view text) const;

    std::string path_;
    std::string name_;
    std::vector<std::string> commands_;
    std::vector<std::pair<std::string, std::string>> typed_;  // what a message may say, and what it should
};

}  // namespace clade

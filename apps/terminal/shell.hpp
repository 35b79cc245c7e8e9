// Starts other programs through the shell.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace clade::bench {

/// A text as one word of a shell.
[[nodiscard]] std::string shell_word(std::string_view text);

/// Runs a command and hands over each line that it prints to stdout; whether it exited with 0.
bool run_lines(const std::string& command, const std::function<void(const std::string&)>& on_line);

/// Runs a command unheard; whether it exited with 0.
[[nodiscard]] bool succeeds(const std::string& command);

/// A file of this content until the object is destroyed. Throws Error if it cannot be written.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string_view content);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace clade::bench

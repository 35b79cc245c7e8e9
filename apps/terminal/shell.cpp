#include "terminal/shell.hpp"

#include <clade/core/error.hpp>

#include <sys/wait.h>
#include <unistd.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

namespace clade::bench {

std::string shell_word(std::string_view text) {
    std::string word = "'";
    for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + "'";
}

bool run_lines(const std::string& command, const std::function<void(const std::string&)>& on_line) {
    FILE* const pipe = popen(command.c_str(), "r");  // NOLINT(cert-env33-c): its words are quoted
    if (pipe == nullptr) return false;
    std::string line;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
        if (c != '\n') {
            line += static_cast<char>(c);
            continue;
        }
        on_line(line);
        line.clear();
    }
    const int status = pclose(pipe);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool succeeds(const std::string& command) {
    return run_lines(command + " >/dev/null 2>&1", [](const std::string&) {});
}

TemporaryFile::TemporaryFile(std::string_view content)
    : path_((std::filesystem::temp_directory_path() / "clade-XXXXXX").string()) {
    const int descriptor = mkstemp(path_.data());
    if (descriptor < 0) throw Error(path_ + ": cannot be written");
    const std::unique_ptr<FILE, int (*)(FILE*)> file(fdopen(descriptor, "w"), fclose);
    if (!file || std::fwrite(content.data(), 1, content.size(), file.get()) != content.size()) {
        throw Error(path_ + ": cannot be written");
    }
}

TemporaryFile::~TemporaryFile() { unlink(path_.c_str()); }

}  // namespace clade::bench

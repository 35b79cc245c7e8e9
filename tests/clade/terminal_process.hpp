// A program on a terminal of its own: what is typed reaches it as from a keyboard, and it sees a width.
#pragma once

#include "tests/clade/program_fixture.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <array>
#include <regex>
#include <string_view>

namespace clade {

inline constexpr char control_c = '\x03';

/// What a screen shows without its colours.
inline std::string without_styles(const std::string& screen) {
    static const std::regex style("\x1b\\[(0|1|2|3[123])m");
    return std::regex_replace(screen, style, "");
}

/// Started in `folder` on a terminal of so many columns. Killed if nobody waits for it.
class TerminalProcess {
public:
    TerminalProcess(const fs::path& folder, Words words, unsigned columns)
        : keyboard_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        const bool made = keyboard_ >= 0 && ::grantpt(keyboard_) == 0 && ::unlockpt(keyboard_) == 0;
        EXPECT_TRUE(made) << "no pseudo-terminal can be made here";
        const winsize size{
            .ws_row = 24, .ws_col = static_cast<unsigned short>(columns), .ws_xpixel = 0, .ws_ypixel = 0};
        ::ioctl(keyboard_, TIOCSWINSZ, &size);
        const std::string name = made ? ::ptsname(keyboard_) : "";
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        id_ = ::fork();
        if (id_ != 0) return;
        ::setsid();
        take_signals_as_usual();
        const int screen = ::open(name.c_str(), O_RDWR);  // now the terminal that controls the process
        for (const int end : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(screen, end);
        if (::chdir(folder.c_str()) == 0) ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    ~TerminalProcess() {
        if (id_ > 0) {
            ::kill(id_, SIGKILL);
            ::waitpid(id_, nullptr, 0);
        }
        hang_up();
    }
    TerminalProcess(const TerminalProcess&) = delete;
    TerminalProcess& operator=(const TerminalProcess&) = delete;

    void type(std::string_view keys) const { EXPECT_EQ(::write(keyboard_, keys.data(), keys.size()), keys.size()); }
    void type(char key) const { type(std::string_view(&key, 1)); }

    /// Closes the terminal, as one closes a window.
    void hang_up() {
        if (keyboard_ >= 0) ::close(keyboard_);
        keyboard_ = -1;
    }

    /// Whether `text` comes on the screen after what was seen before, within a minute.
    [[nodiscard]] bool shows(std::string_view text) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        for (;;) {
            const std::size_t at = screen_.find(text, seen_);
            if (at != std::string::npos) {
                seen_ = at + text.size();
                return true;
            }
            if (std::chrono::steady_clock::now() > end || !read_some()) return false;
        }
    }

    /// All that came on the screen so far, line ends as in a file.
    [[nodiscard]] const std::string& screen() const { return screen_; }

    /// Reads to the end. `out` is the whole screen.
    Result wait() {
        while (keyboard_ >= 0 && read_some()) {
        }
        int status = 0;
        ::waitpid(id_, &status, 0);
        id_ = 0;
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), screen_, ""};
    }

private:
    /// False once the program has closed the terminal.
    bool read_some() {
        pollfd input{.fd = keyboard_, .events = POLLIN, .revents = 0};
        if (::poll(&input, 1, 1000) == 0) return true;
        std::array<char, 4096> bytes{};
        const auto count = ::read(keyboard_, bytes.data(), bytes.size());
        if (count <= 0) return false;
        for (const char byte : std::string_view(bytes.data(), static_cast<std::size_t>(count))) {
            if (byte == '\n' && screen_.ends_with('\r')) screen_.pop_back();
            screen_ += byte;
        }
        return true;
    }

    int keyboard_;
    pid_t id_ = 0;
    std::string screen_;
    std::size_t seen_ = 0;
};

}  // namespace clade

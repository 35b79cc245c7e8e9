// What keeps text of files from steering the terminal. All that the program prints goes through here: control characters
// are escaped (core/text.hpp), but for line ends and the sequences that the program itself has made.
#pragma once

#include <cstddef>
#include <mutex>
#include <streambuf>
#include <string>
#include <string_view>

namespace clade {

/// A control sequence of the program's own, marked so that SafeBuffer lets it through. The mark is drawn anew for each
/// process, so no file can hold it.
[[nodiscard]] std::string control_sequence(std::string_view sequence);

/// Bytes of the marked sequence that the text begins with; 0 if it begins with none.
[[nodiscard]] std::size_t control_sequence_length(std::string_view text);

/// The text as it may be printed: lines escaped, marked sequences without their marks.
[[nodiscard]] std::string safe_text(std::string_view text);

/// The text with `\n` for each line end: so text of a file or log cannot look like a line of the program's own. Marked
/// sequences stay.
[[nodiscard]] std::string one_line(std::string_view text);

/// Passes text on to another buffer as safe_text(), line by line or when flushed.
class SafeBuffer final : public std::streambuf {
public:
    explicit SafeBuffer(std::streambuf* to) : to_(to) {}

protected:
    int_type overflow(int_type character) override;
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    int sync() override;

private:
    bool pass_on(std::size_t size);

    std::mutex mutex_;
    std::streambuf* to_;
    std::string waiting_;  // the beginning of a line
};

/// Puts a SafeBuffer before std::cout and std::cerr as long as it lives.
class SafeOutput {
public:
    SafeOutput();
    ~SafeOutput();
    SafeOutput(const SafeOutput&) = delete;
    SafeOutput& operator=(const SafeOutput&) = delete;

private:
    std::streambuf* plain_out_;
    std::streambuf* plain_err_;
    SafeBuffer out_;
    SafeBuffer err_;
};

}  // namespace clade

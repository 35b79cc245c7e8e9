#include "terminal/safe_output.hpp"

#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <random>

namespace clade {
namespace {

constexpr char end_of_sequence = '\x03';

const std::string& mark() {
    static const std::string drawn = [] {
        std::random_device random;
        return fmt::format("\x1b{:08x}{:08x}{:08x}:", random(), random(), random());
    }();
    return drawn;
}

void append_safe_line(std::string_view line, std::string& safe) {
    while (!line.empty()) {
        if (const std::size_t length = control_sequence_length(line); length > 0) {
            safe += line.substr(mark().size(), length - mark().size() - 1);
            line.remove_prefix(length);
        } else {
            const std::size_t end = std::min(line.find(mark(), 1), line.size());
            safe += escaped(line.substr(0, end));
            line.remove_prefix(end);
        }
    }
}

}  // namespace

std::string control_sequence(std::string_view sequence) { return mark() + std::string(sequence) + end_of_sequence; }

std::size_t control_sequence_length(std::string_view text) {
    if (!text.starts_with(mark())) return 0;
    const std::size_t end = text.find(end_of_sequence);
    return end == std::string_view::npos ? 0 : end + 1;
}

std::string safe_text(std::string_view text) {
    std::string safe;
    for (;;) {
        const std::size_t end = text.find('\n');
        append_safe_line(text.substr(0, end), safe);
        if (end == std::string_view::npos) return safe;
        safe += '\n';
        text.remove_prefix(end + 1);
    }
}

std::string one_line(std::string_view text) {
    std::string line;
    for (;;) {
        const std::size_t end = text.find('\n');
        line += text.substr(0, end);
        if (end == std::string_view::npos) return line;
        line += escaped("\n");
        text.remove_prefix(end + 1);
    }
}

/// Passes on the first bytes that wait; whether they could be written.
bool SafeBuffer::pass_on(std::size_t size) {
    const std::string safe = safe_text(std::string_view(waiting_).substr(0, size));
    waiting_.erase(0, size);
    return to_->sputn(safe.data(), static_cast<std::streamsize>(safe.size())) ==
           static_cast<std::streamsize>(safe.size());
}

SafeBuffer::int_type SafeBuffer::overflow(int_type character) {
    if (traits_type::eq_int_type(character, traits_type::eof())) return traits_type::not_eof(character);
    const char one = traits_type::to_char_type(character);
    return xsputn(&one, 1) == 1 ? character : traits_type::eof();
}

std::streamsize SafeBuffer::xsputn(const char* text, std::streamsize size) {
    const std::lock_guard lock(mutex_);
    const std::string_view more(text, static_cast<std::size_t>(size));
    const std::size_t line_end = more.rfind('\n');  // what waits has none
    const std::size_t end = waiting_.size() + line_end + 1;
    waiting_ += more;
    return line_end == std::string_view::npos || pass_on(end) ? size : 0;
}

int SafeBuffer::sync() {
    const std::lock_guard lock(mutex_);
    const bool written = pass_on(waiting_.size());
    return written && to_->pubsync() == 0 ? 0 : -1;
}

SafeOutput::SafeOutput()
    : plain_out_(std::cout.rdbuf()), plain_err_(std::cerr.rdbuf()), out_(plain_out_), err_(plain_err_) {
    std::cout.rdbuf(&out_);
    std::cerr.rdbuf(&err_);
}

SafeOutput::~SafeOutput() {
    out_.pubsync();
    err_.pubsync();
    std::cout.rdbuf(plain_out_);
    std::cerr.rdbuf(plain_err_);
}

}  // namespace clade

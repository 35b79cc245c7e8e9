#include <clade/experiment/log/task_output.hpp>

#include <clade/core/text.hpp>

#include <system_error>

namespace clade {
namespace {

constexpr std::string_view full_line = "(there was more, which is not kept)";

}  // namespace

void TaskOutput::add(std::string_view line) {
    const std::lock_guard lock(mutex_);
    if (full_) return;
    const std::string text = escaped(line);
    full_ = bytes_ + text.size() + 1 > most_bytes;
    write(full_ ? full_line : text);
}

void TaskOutput::keep_in(const std::filesystem::path& file) {
    const std::lock_guard lock(mutex_);
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    file_ = file;
    bytes_ = error ? 0 : static_cast<std::size_t>(size);
    full_ = bytes_ > most_bytes;
    if (!before_.empty()) write(std::string_view(before_).substr(0, before_.size() - 1));
    before_.clear();
}

void TaskOutput::write(std::string_view line) {
    bytes_ += line.size() + 1;
    if (file_.empty()) {
        before_.append(line) += '\n';
        return;
    }
    if (!stream_.is_open()) stream_.open(file_, std::ios::app | std::ios::binary);
    stream_ << line << '\n' << std::flush;
}

}  // namespace clade

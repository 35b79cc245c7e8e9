// A file descriptor that closes itself, and the few calls on it that matter: whole reads, whole writes, to the disk.
//
// Errors become Error with the file and the reason in the system's words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>

namespace clade {

/// Throws Error: "<file>: cannot be <done>: <reason of errno>".
[[noreturn]] void fail_errno(const std::filesystem::path& file, const char* done);

class PosixFile {
public:
    /// `flags` as open(2) has them. What is opened to be read must be a regular file, or a folder with O_DIRECTORY.
    PosixFile(std::filesystem::path file, int flags);
    ~PosixFile();
    PosixFile(PosixFile&& other) noexcept;
    PosixFile& operator=(PosixFile&&) = delete;
    PosixFile(const PosixFile&) = delete;
    PosixFile& operator=(const PosixFile&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return file_; }
    [[nodiscard]] std::uint64_t size() const;

    /// Reads until `to` is full or the file ends. Returns how much.
    [[nodiscard]] std::size_t read(std::span<std::byte> to);
    void write(std::span<const std::byte> from);
    void truncate();

    /// The first `size` bytes, written already, as memory that is shared with the file; null if that cannot be done.
    /// The caller unmaps it.
    [[nodiscard]] std::byte* map(std::size_t size) const noexcept;

    /// Waits until the content is on the disk.
    void sync();

    /// Waits until nobody else holds the lock. It goes when the file is closed.
    void lock() const noexcept;

    /// Takes the lock if nobody else holds it. It goes when the file is closed, also by a kill.
    [[nodiscard]] bool try_lock() const noexcept;

    /// Whether the path still leads to this file.
    [[nodiscard]] bool is_at_its_path() const noexcept;

private:
    std::filesystem::path file_;
    int descriptor_ = -1;
};

/// replace_file() for content in several parts.
void replace_file_by_parts(const std::filesystem::path& file, std::initializer_list<std::span<const std::byte>> parts);

}  // namespace clade

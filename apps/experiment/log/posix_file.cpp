#include <clade/experiment/log/posix_file_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/evaluation/data/input_file.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace clade {
namespace {

/// The temporary file beside `file`, empty and ours alone.
PosixFile claim_temporary(const std::filesystem::path& temporary) {
    while (true) {
        PosixFile file(temporary, O_WRONLY | O_CREAT | O_NOFOLLOW);
        file.lock();
        // Whoever held the lock before may have renamed it into place: then it is not the temporary file any more.
        if (!file.is_at_its_path()) continue;
        file.truncate();
        return file;
    }
}

}  // namespace

void fail_errno(const std::filesystem::path& file, const char* done) {
    const int number = errno;
    throw Error(file.string() + ": cannot be " + done + ": " + std::generic_category().message(number));
}

PosixFile::PosixFile(std::filesystem::path file, int flags) : file_(std::move(file)) {
    if ((flags & (O_WRONLY | O_RDWR | O_DIRECTORY)) == 0) require_regular_file(file_);
    do {
        descriptor_ = ::open(file_.c_str(), flags | O_CLOEXEC, 0666);
    } while (descriptor_ < 0 && errno == EINTR);
    if (descriptor_ >= 0) return;
    if (errno == ELOOP && (flags & O_NOFOLLOW) != 0) {
        throw Error(file_.string() + ": cannot be written: it is a symbolic link, which is not followed; delete it");
    }
    fail_errno(file_, (flags & O_CREAT) != 0 ? "written" : "read");
}

PosixFile::~PosixFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

PosixFile::PosixFile(PosixFile&& other) noexcept
    : file_(std::move(other.file_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

std::uint64_t PosixFile::size() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) fail_errno(file_, "read");
    return static_cast<std::uint64_t>(status.st_size);
}

std::size_t PosixFile::read(std::span<std::byte> to) {
    std::size_t count = 0;
    while (count < to.size()) {
        const ssize_t got = ::read(descriptor_, to.data() + count, to.size() - count);
        if (got == 0) break;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail_errno(file_, "read");
        count += static_cast<std::size_t>(got);
    }
    return count;
}

void PosixFile::write(std::span<const std::byte> from) {
    while (!from.empty()) {
        const ssize_t put = ::write(descriptor_, from.data(), from.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) fail_errno(file_, "written");
        from = from.subspan(static_cast<std::size_t>(put));
    }
}

void PosixFile::truncate() {
    if (::ftruncate(descriptor_, 0) != 0) fail_errno(file_, "written");
}

std::byte* PosixFile::map(std::size_t size) const noexcept {
    void* const memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
    return memory == MAP_FAILED ? nullptr : static_cast<std::byte*>(memory);
}

void PosixFile::sync() {
    // A file system that cannot sync a folder says EINVAL: there is nothing more to do then.
    if (::fsync(descriptor_) != 0 && errno != EINVAL) fail_errno(file_, "written");
}

bool PosixFile::try_lock() const noexcept { return ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0; }

void PosixFile::lock() const noexcept {
    // Where there are no locks, there is at least a file.
    while (::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
    }
}

bool PosixFile::is_at_its_path() const noexcept {
    struct stat own {};
    struct stat at_path {};
    return ::fstat(descriptor_, &own) == 0 && ::lstat(file_.c_str(), &at_path) == 0 && own.st_dev == at_path.st_dev &&
           own.st_ino == at_path.st_ino;
}

void replace_file_by_parts(const std::filesystem::path& file, std::initializer_list<std::span<const std::byte>> parts) {
    std::filesystem::path temporary = file;
    temporary += ".tmp";
    PosixFile content = claim_temporary(temporary);
    try {
        for (const std::span<const std::byte> part : parts) content.write(part);
        content.sync();
        if (::rename(temporary.c_str(), file.c_str()) != 0) fail_errno(file, "replaced");
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
    PosixFile(file.has_parent_path() ? file.parent_path() : ".", O_RDONLY | O_DIRECTORY).sync();
}

}  // namespace clade

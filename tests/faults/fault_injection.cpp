// A library to preload (LD_PRELOAD): lets one call on a file below a folder fail, or kills the process there.
//
//   FAULT_FOLDER   absolute path; calls on files below it are counted from 1
//   FAULT_AT       number of the call; 0: none fails
//   FAULT_KIND     io_error    this call fails with EIO
//                  disk_full   this call and all later ones that need space fail with ENOSPC
//                  kill        SIGKILL, after half of the bytes if the call writes
//   FAULT_COUNT    file that gets the number of calls at the end of the process
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

std::string setting(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

struct Plan {
    std::string folder = setting("FAULT_FOLDER");
    std::string kind = setting("FAULT_KIND");
    std::string count_file = setting("FAULT_COUNT");
    long at = std::atol(setting("FAULT_AT").c_str());
    std::atomic<long> calls{0};
};

/// Never destroyed, as files are written until the very end.
Plan& plan() {
    static auto* const the_plan = new Plan;
    return *the_plan;
}

bool is_below(std::string_view path) {
    const std::string& folder = plan().folder;
    return !folder.empty() && path.starts_with(folder);
}

bool is_below(int descriptor) {
    const int before = errno;
    std::array<char, 4096> path{};
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const ssize_t length = ::readlink(link.c_str(), path.data(), path.size());
    errno = before;
    return length > 0 && is_below(std::string_view(path.data(), static_cast<std::size_t>(length)));
}

enum class Needs { nothing, space };

/// Counts a call; true if it is to fail.
template <class WriteHalf>
bool fails(Needs needs, const WriteHalf& write_half) {
    const long call = ++plan().calls;
    const std::string& kind = plan().kind;
    if (kind == "kill" && call == plan().at) {
        write_half();
        ::kill(::getpid(), SIGKILL);
    }
    const bool io_error = kind == "io_error" && call == plan().at;
    const bool disk_full = kind == "disk_full" && plan().at > 0 && plan().at <= call && needs == Needs::space;
    if (io_error || disk_full) errno = io_error ? EIO : ENOSPC;
    return io_error || disk_full;
}

bool fails(Needs needs) {
    return fails(needs, [] {});
}

template <class Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

int open_next(const char* name, const char* path, int flags, mode_t mode) {
    if (is_below(path) && fails((flags & O_CREAT) != 0 ? Needs::space : Needs::nothing)) return -1;
    return next<int(const char*, int, ...)>(name)(path, flags, mode);
}

ssize_t pwrite_next(const char* name, int descriptor, const void* data, std::size_t size, off_t at) {
    auto* const real = next<ssize_t(int, const void*, std::size_t, off_t)>(name);
    const auto half = [&] { (void)real(descriptor, data, size / 2, at); };
    if (is_below(descriptor) && fails(Needs::space, half)) return -1;
    return real(descriptor, data, size, at);
}

int on_descriptor(const char* name, int descriptor) {
    if (is_below(descriptor) && fails(Needs::nothing)) return -1;
    return next<int(int)>(name)(descriptor);
}

int truncate_next(const char* name, int descriptor, off_t size) {
    if (is_below(descriptor) && fails(Needs::space)) return -1;
    return next<int(int, off_t)>(name)(descriptor, size);
}

int on_two_paths(const char* name, const char* from, const char* to) {
    if (is_below(from) && fails(Needs::space)) return -1;
    return next<int(const char*, const char*)>(name)(from, to);
}

mode_t mode_of(int flags, va_list& arguments) { return (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0; }

[[gnu::destructor]] void write_count() {
    const std::string file = plan().count_file;
    if (file.empty()) return;
    plan().folder.clear();
    if (FILE* to = std::fopen(file.c_str(), "w"); to != nullptr) {
        std::fprintf(to, "%ld", plan().calls.load());
        std::fclose(to);
    }
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_next("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_next("open64", path, flags, mode);
}

ssize_t write(int descriptor, const void* data, std::size_t size) {
    auto* const real = next<ssize_t(int, const void*, std::size_t)>("write");
    const auto half = [&] { (void)real(descriptor, data, size / 2); };
    if (is_below(descriptor) && fails(Needs::space, half)) return -1;
    return real(descriptor, data, size);
}

ssize_t pwrite(int descriptor, const void* data, std::size_t size, off_t at) {
    return pwrite_next("pwrite", descriptor, data, size, at);
}
ssize_t pwrite64(int descriptor, const void* data, std::size_t size, off64_t at) {
    return pwrite_next("pwrite64", descriptor, data, size, at);
}

int fsync(int descriptor) { return on_descriptor("fsync", descriptor); }
int fdatasync(int descriptor) { return on_descriptor("fdatasync", descriptor); }
int ftruncate(int descriptor, off_t size) noexcept { return truncate_next("ftruncate", descriptor, size); }
int ftruncate64(int descriptor, off64_t size) noexcept { return truncate_next("ftruncate64", descriptor, size); }
int rename(const char* from, const char* to) noexcept { return on_two_paths("rename", from, to); }
int link(const char* from, const char* to) noexcept { return on_two_paths("link", from, to); }

int unlink(const char* path) noexcept {
    if (is_below(path) && fails(Needs::nothing)) return -1;
    return next<int(const char*)>("unlink")(path);
}

int mkdir(const char* path, mode_t mode) noexcept {
    if (is_below(path) && fails(Needs::space)) return -1;
    return next<int(const char*, mode_t)>("mkdir")(path, mode);
}
}

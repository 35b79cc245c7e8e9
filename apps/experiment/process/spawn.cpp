#include <clade/experiment/process/spawn_internal.hpp>

#include <clade/core/error.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <system_error>
#include <utility>

namespace clade {
namespace {

constexpr std::array signals_with_defaults{SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXFSZ};

/// A descriptor that closes itself unless it is released.
class PipeEnd {
public:
    explicit PipeEnd(int descriptor) : descriptor_(descriptor) {
        if (descriptor > STDERR_FILENO) return;
        // Where the program has no stdin, say, a pipe may get its number, which the child needs for its own.
        descriptor_ = ::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        ::close(descriptor);
    }
    ~PipeEnd() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    PipeEnd(PipeEnd&& other) noexcept : descriptor_(other.release()) {}
    PipeEnd& operator=(PipeEnd&&) = delete;
    PipeEnd(const PipeEnd&) = delete;
    PipeEnd& operator=(const PipeEnd&) = delete;

    [[nodiscard]] int get() const noexcept { return descriptor_; }
    int release() noexcept { return std::exchange(descriptor_, -1); }
    void never_block() const noexcept { ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) | O_NONBLOCK); }

private:
    int descriptor_;
};

[[noreturn]] void refuse_to_start(const std::string& program, int reason) {
    throw Error("'" + program + "' cannot be started: " + std::generic_category().message(reason));
}

struct Pipe {
    PipeEnd read;
    PipeEnd write;
};

Pipe make_pipe(const std::string& program) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) refuse_to_start(program, errno);
    return {PipeEnd(ends[0]), PipeEnd(ends[1])};
}

/// What posix_spawn() is told, freed at the end.
struct SpawnOptions {
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};

    SpawnOptions() {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawnattr_init(&attributes);
        sigset_t signals;
        ::sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&attributes, &signals);
        for (const int signal : signals_with_defaults) ::sigaddset(&signals, signal);
        ::posix_spawnattr_setsigdefault(&attributes, &signals);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    ~SpawnOptions() {
        ::posix_spawn_file_actions_destroy(&actions);
        ::posix_spawnattr_destroy(&attributes);
    }
    SpawnOptions(const SpawnOptions&) = delete;
    SpawnOptions& operator=(const SpawnOptions&) = delete;
};

}  // namespace

SpawnedProcess spawn(const std::vector<std::string>& command, const std::string& directory) {
    Pipe input = make_pipe(command[0]);
    Pipe output = make_pipe(command[0]);
    Pipe errors = make_pipe(command[0]);
    SpawnOptions options;
    if (!directory.empty()) ::posix_spawn_file_actions_addchdir_np(&options.actions, directory.c_str());
    ::posix_spawn_file_actions_adddup2(&options.actions, input.read.get(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&options.actions, output.write.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&options.actions, errors.write.get(), STDERR_FILENO);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    // Files of libraries that forgot to close theirs, e.g. a lock that would outlive this process.
    ::posix_spawn_file_actions_addclosefrom_np(&options.actions, STDERR_FILENO + 1);
#endif
    std::vector<std::string> words = command;  // C does not promise to leave them as they are
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    SpawnedProcess process;
    const int failure =
        ::posix_spawnp(&process.id, arguments[0], &options.actions, &options.attributes, arguments.data(), environ);
    if (failure != 0) refuse_to_start(command[0], failure);
    for (const PipeEnd* end : {&input.write, &output.read, &errors.read}) end->never_block();
    process.input = input.write.release();
    process.output = output.read.release();
    process.errors = errors.read.release();
    return process;
}

SignalPipeGuard::SignalPipeGuard() noexcept {
    sigset_t pending;
    ::sigpending(&pending);
    was_pending_ = ::sigismember(&pending, SIGPIPE) == 1;
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before_);
}

SignalPipeGuard::~SignalPipeGuard() {
    const int reason = errno;
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    const timespec at_once{};
    if (!was_pending_) {
        while (::sigtimedwait(&pipe, nullptr, &at_once) < 0 && errno == EINTR) {
        }
    }
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    errno = reason;
}

}  // namespace clade

#include "mpi/mpi_link.hpp"

#include "mpi/launched_ranks.hpp"

#include <clade/core/error.hpp>

#include <mpi.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <list>
#include <string>
#include <vector>

namespace clade {
namespace {

constexpr int tag = 1;  // one kind of message: what is in it says more

/// Throws Error with what MPI says.
void require(int code, const std::string& what) {
    if (code == MPI_SUCCESS) return;
    std::array<char, MPI_MAX_ERROR_STRING> text{};
    int length = 0;
    MPI_Error_string(code, text.data(), &length);
    throw Error(what +
                " failed, perhaps as a rank is lost: " + std::string(text.data(), static_cast<std::size_t>(length)));
}

/// "Open MPI v4.1.4", "MPICH Version: 4.0.2".
std::string library_name() {
    std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> text{};
    int length = 0;
    MPI_Get_library_version(text.data(), &length);
    const std::string all(text.data(), static_cast<std::size_t>(length));
    std::string name = all.substr(0, all.find_first_of(",\n"));
    std::ranges::replace(name, '\t', ' ');
    return name;
}

/// A message that is on its way; its bytes stay where they are until it has been sent.
struct Sending {
    std::vector<std::byte> bytes;
    MPI_Request request = MPI_REQUEST_NULL;
};

class MpiLink final : public RankLink {
public:
    /// @pre MPI has begun.
    MpiLink() {
        require(MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
        int rank = 0;
        int size = 0;
        require(MPI_Comm_rank(MPI_COMM_WORLD, &rank), "MPI_Comm_rank");
        require(MPI_Comm_size(MPI_COMM_WORLD, &size), "MPI_Comm_size");
        rank_ = static_cast<std::size_t>(rank);
        size_ = static_cast<std::size_t>(size);
    }

    [[nodiscard]] std::size_t rank() const noexcept override { return rank_; }
    [[nodiscard]] std::size_t size() const noexcept override { return size_; }

    void send(std::size_t to, std::span<const std::byte> bytes) override {
        if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
            throw Error("a message to rank " + std::to_string(to) + " has " + std::to_string(bytes.size()) +
                        " bytes, more than MPI can send at once");
        }
        forget_sent();
        Sending& message = sending_.emplace_back(Sending{{bytes.begin(), bytes.end()}});
        require(MPI_Isend(message.bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, static_cast<int>(to), tag,
                          MPI_COMM_WORLD, &message.request),
                "sending to rank " + std::to_string(to));
    }

    [[nodiscard]] std::optional<RankMessage> receive() override {
        forget_sent();
        int found = 0;
        MPI_Message handle = MPI_MESSAGE_NULL;
        MPI_Status status{};
        require(MPI_Improbe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &found, &handle, &status), "waiting for a message");
        if (found == 0) return std::nullopt;
        int count = 0;
        require(MPI_Get_count(&status, MPI_BYTE, &count), "MPI_Get_count");
        RankMessage message{static_cast<std::size_t>(status.MPI_SOURCE),
                            std::vector<std::byte>(static_cast<std::size_t>(count))};
        require(MPI_Mrecv(message.bytes.data(), count, MPI_BYTE, &handle, &status),
                "receiving from rank " + std::to_string(message.from));
        return message;
    }

    void leave() override {
        for (Sending& message : sending_) require(MPI_Wait(&message.request, MPI_STATUS_IGNORE), "MPI_Wait");
        sending_.clear();
        require(MPI_Finalize(), "MPI_Finalize");
    }

    [[noreturn]] void abort(int exit_code) override {
        MPI_Abort(MPI_COMM_WORLD, exit_code);
        std::_Exit(exit_code);
    }

private:
    /// Without looking, messages would not be sent on by all MPI libraries.
    void forget_sent() {
        for (auto message = sending_.begin(); message != sending_.end();) {
            int sent = 0;
            require(MPI_Test(&message->request, &sent, MPI_STATUS_IGNORE), "sending");
            message = sent != 0 ? sending_.erase(message) : std::next(message);
        }
    }

    std::size_t rank_ = 0;
    std::size_t size_ = 0;
    std::list<Sending> sending_;  // in a list, as MPI knows where they are
};

}  // namespace

std::unique_ptr<RankLink> connect_mpi() {
    const auto launched = launched_ranks();
    if (!launched || launched->size == std::size_t{1}) return nullptr;
    int level = 0;
    require(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &level), "MPI_Init_thread");
    if (level < MPI_THREAD_FUNNELED) throw Error(library_name() + " does not allow threads beside it");
    auto link = std::make_unique<MpiLink>();
    if (link->size() > 1) return link;
    link->leave();
    require_one_world(*launched, 1, library_name());
    return nullptr;
}

}  // namespace clade

// Waiting without burning a core: naps that grow as long as nothing happens.
#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace clade {

/// The length of the next nap. Short at first, as the next message is often near; at the longest it costs about a
/// hundredth of a core to look for one after each.
class Nap {
public:
    /// Something has happened.
    void reset() noexcept { length_ = shortest; }

    [[nodiscard]] std::chrono::microseconds next() noexcept {
        const auto length = length_;
        length_ = std::min(length_ * 2, longest);
        return length;
    }

    void rest() { std::this_thread::sleep_for(next()); }

private:
    static constexpr std::chrono::microseconds shortest{20};
    static constexpr std::chrono::microseconds longest{640};

    std::chrono::microseconds length_ = shortest;
};

}  // namespace clade

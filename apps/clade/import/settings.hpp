// Keys of a configuration and their values, as they are found.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clade::imported {

/// In the order in which they were set first.
class Settings {
public:
    /// `value` is YAML. A key that was set gets the new value.
    void set(std::string_view key, std::string value);

    /// All as nested YAML. Keys of one block stand together, where its first one was set.
    [[nodiscard]] std::string yaml() const;

private:
    std::vector<std::pair<std::string, std::string>> all_;
};

}  // namespace clade::imported

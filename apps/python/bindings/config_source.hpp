// Configurations from Python: a file, or the text of a dict.
#pragma once

#include "python/bindings/python_task.hpp"

#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/run/vocabulary.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clade::python {

/// A configuration as a program gives it.
struct ConfigRequest {
    std::string file{};                    ///< path, or what to call the text in messages
    std::optional<std::string> text{};     ///< of a dict, in YAML
    std::vector<std::string> overrides{};  ///< "key=value"
};

/// The tasks of Clade, and one that the program brings along; null: none.
[[nodiscard]] std::shared_ptr<Vocabulary> make_vocabulary(const TaskSource* task,
                                                          const std::shared_ptr<Interruption>& interruption);

[[nodiscard]] ConfigSource source_of(const ConfigRequest& request, const Vocabulary& vocabulary);

/// Calls `load`; a ConfigError names no lines of a text that is a dict, which has none, and no flags of the command line.
void with_places_of(const ConfigRequest& request, const std::function<void()>& load);

}  // namespace clade::python

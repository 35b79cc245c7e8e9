// The names of outputs that are classes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace clade {

/// The classes of all labels, one label after the other: "yes"; of several labels "relapse=yes". A label is anything with
/// a name and classes.
template <class Label>
std::vector<std::string> class_names(const std::vector<Label>& labels) {
    std::vector<std::string> names;
    for (const Label& label : labels) {
        for (const std::string& name : label.classes)
            names.push_back(labels.size() == 1 ? name : label.name + "=" + name);
    }
    return names;
}

}  // namespace clade

// What a clade_model is.
#pragma once

#include "c_interface/clade_model.h"

#include <clade/evaluation/model/model.hpp>

#include <array>
#include <string>
#include <vector>

struct clade_model {
    clade::Model model;
    std::array<std::vector<std::string>, CLADE_CHOICES + 1> names;  ///< of each clade_list
};

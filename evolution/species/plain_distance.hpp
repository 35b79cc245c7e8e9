// The formula of the compatibility distance that kernels compute.
#pragma once

namespace clade {

/// The formula of the distance where excess and disjoint genes weigh the same, and nodes nothing.
struct PlainDistance {
    double structure_coefficient;
    double weight_coefficient;
    double least_normalised;  ///< connections of the larger genome from which on they divide; infinity: never
};

}  // namespace clade

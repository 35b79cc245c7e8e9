// The numbers of a genome that refinement optimises, as one vector: the weights of its enabled connections, then the
// biases of its nodes, each in the order of its genes.
//
// An attribute that never mutates is left as it is, and so are weights of connections that carry nothing.
#pragma once

#include <clade/core/genome/genome_store.hpp>
#include <clade/evolution/genome/genome_params.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace clade {

class WeightVector {
public:
    /// `params` must outlive this object.
    WeightVector(const GenomeView& genome, const GenomeParams& params);

    /// How many numbers there are; 0 where nothing may change.
    [[nodiscard]] std::size_t size() const noexcept { return connections_.size() + nodes_.size(); }

    /// The numbers as they are in a genome of the structure. [size()]
    [[nodiscard]] std::vector<double> read(const GenomeView& genome) const;

    /// The numbers' part of columns of the structure's biases and weights, into `values` [size()].
    void gather(std::span<const double> bias, std::span<const double> weight, std::span<double> values) const;

    /// Writes the numbers into a genome of the structure, each as the nearest value that its attribute may have.
    void write(std::span<const double> values, const AttributeRows& genome) const;

private:
    const GenomeParams* params_;
    std::vector<std::size_t> connections_;  // rows
    std::vector<std::size_t> nodes_;        // rows
};

}  // namespace clade

// clade.Population: the genomes of a generation as a sequence of networks, and as flat arrays.
#pragma once

#include "python/bindings/network.hpp"

#include <clade/core/generation.hpp>
#include <clade/core/parallel.hpp>

#include <vector>

namespace clade::python {

/// A copy of a generation, which stays as it is while evolution goes on.
class Population {
public:
    Population(const Generation& generation, Parallel parallel);

    [[nodiscard]] std::size_t size() const noexcept { return genomes_.size(); }
    [[nodiscard]] const GenomeStore& genomes() const noexcept { return genomes_; }
    [[nodiscard]] std::uint32_t number() const noexcept { return number_; }
    [[nodiscard]] std::uint64_t seed() const noexcept { return seed_; }

    /// The network of a genome. @pre genome < size().
    [[nodiscard]] PythonNetwork network(std::size_t genome) const;

    /// Every network at once, on all threads and without the GIL. Rows [rows, inputs], the same for all, or
    /// [size(), rows, inputs] give [size(), rows, outputs]. Recurrent networks keep their state from call to call.
    [[nodiscard]] py::array operator()(const Observations& observations);

    /// Forgets the state of all networks.
    void reset();

private:
    void compile();

    GenomeStore genomes_;
    NetworkParams network_;
    std::uint32_t number_;
    std::uint64_t seed_;
    Parallel parallel_;
    std::vector<Network> networks_;  // compiled when first called
};

void bind_population(py::module_& module);

}  // namespace clade::python

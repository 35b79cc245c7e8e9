// clade.Evolver: ask and tell.
#pragma once

#include "python/bindings/population.hpp"

#include <clade/evolution/evolver.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace clade::python {

/// An Evolver that several threads may hold, one at a time.
class PythonEvolver {
public:
    /// `text` is a configuration of which the blocks genome, evolution and evaluation count.
    PythonEvolver(const std::string& text, std::size_t inputs, std::size_t outputs, std::uint64_t seed,
                  const std::string& direction);

    [[nodiscard]] std::shared_ptr<Population> ask();

    /// Takes one fitness per genome and breeds the next generation: a dict of what there is to say of the one told.
    py::dict tell(const py::array_t<double, py::array::c_style | py::array::forcecast>& fitness);

    [[nodiscard]] std::uint32_t generation() const noexcept { return evolver_->generation(); }

    /// The best genome so far; null as long as every genome has failed.
    [[nodiscard]] std::optional<PythonNetwork> best() const;
    [[nodiscard]] double best_fitness() const;

    /// The whole state, and back into an evolver that was made alike.
    [[nodiscard]] py::bytes state() const;
    void restore(const py::bytes& state);

private:
    std::unique_ptr<Evolver> evolver_;
    std::mutex mutex_;
};

void bind_evolver(py::module_& module);

}  // namespace clade::python

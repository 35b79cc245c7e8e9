// clade.Network: a network with its state, callable on arrays.
#pragma once

#include "python/bindings/arrays.hpp"

#include <clade/evaluation/model/model.hpp>
#include <clade/evaluation/network/network.hpp>

#include <memory>
#include <string>
#include <vector>

namespace clade::python {

/// A network that Python has: its own, or for the time of an evaluation the engine's. One that is kept longer becomes a
/// copy (end_loan()).
class PythonNetwork {
public:
    /// With what it was made from, to be saved; null where only its program is known.
    PythonNetwork(Network network, std::shared_ptr<const Model> model);

    /// The engine's. Must outlive its use until end_loan().
    explicit PythonNetwork(Network& lent) : network_(&lent) {}

    /// Lends another one. @pre the loan before has ended.
    void lend(Network& lent) noexcept { network_ = &lent; }

    /// The engine takes its network back; a copy in the state after reset() takes its place if it is `kept`.
    void end_loan(bool kept);

    [[nodiscard]] Network& network() noexcept { return *network_; }
    [[nodiscard]] const Network& network() const noexcept { return *network_; }

    /// One observation, [inputs], gives one action, [outputs]; rows [rows, inputs] give [rows, outputs]. Throws Error for
    /// other shapes.
    [[nodiscard]] py::array operator()(const Observations& observations);

    /// The place of the largest output for one observation, the first of equal ones; an output that is no number counts as
    /// the lowest. Throws Error as the call does.
    [[nodiscard]] std::size_t largest(const Observations& observation);

    /// A network of its own, in the state after reset().
    [[nodiscard]] PythonNetwork copy() const;

    /// Throws Error if only the program is known.
    [[nodiscard]] const Model& model() const;
    [[nodiscard]] bool has_model() const noexcept { return model_ != nullptr; }

private:
    void check_shape(const Observations& observations, py::ssize_t most_dimensions) const;
    [[nodiscard]] py::array act(const Observations& observation);
    [[nodiscard]] py::array act_on_rows(const Observations& rows);

    std::unique_ptr<Network> own_;
    Network* network_;
    std::shared_ptr<const Model> model_;
    std::vector<float> action_;  // of largest()
};

/// The network of a model, which must be direct.
[[nodiscard]] PythonNetwork network_of_model(Model model);

/// "(3, 2)".
[[nodiscard]] std::string shape_text(const py::array& array);

void bind_network(py::module_& module);

}  // namespace clade::python

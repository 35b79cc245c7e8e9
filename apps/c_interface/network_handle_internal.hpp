// What a clade_network is.
#pragma once

#include "c_interface/clade_model.h"

#include <clade/evaluation/model/policy.hpp>
#include <clade/evaluation/model/row_predictor.hpp>
#include <clade/evaluation/network/network.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <cstddef>
#include <variant>

namespace clade::c_interface {

/// Allocates all that calls with up to so many rows need.
void make_room(Network& network, std::size_t most_rows);

/// The network that one of these runs.
inline Network& network_in(Network& network) { return network; }
inline Network& network_in(RowPredictor& predictor) { return predictor.network(); }
inline Network& network_in(Policy& policy) { return policy.network(); }
inline const Network& network_in(const Network& network) { return network; }
inline const Network& network_in(const RowPredictor& predictor) { return predictor.network(); }
inline const Network& network_in(const Policy& policy) { return policy.network(); }

}  // namespace clade::c_interface

struct clade_network {
    /// A network alone, or with what its model has before and behind it.
    std::variant<clade::Network, clade::RowPredictor, clade::Policy> runner;
    std::size_t most_rows = 1;
    clade::NetworkCompiler compiler{};  ///< of networks of an evolver

    [[nodiscard]] clade::Network& network() {
        return std::visit([](auto& in) -> clade::Network& { return clade::c_interface::network_in(in); }, runner);
    }
    [[nodiscard]] const clade::Network& network() const {
        return std::visit([](auto& in) -> const clade::Network& { return clade::c_interface::network_in(in); }, runner);
    }
};

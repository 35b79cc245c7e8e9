// What the programs of this folder have in common: each has one mistake, and says in its first line what the compiler is
// to say. sound.cpp has none.
#pragma once

#include <clade/evaluation/task_registry.hpp>

namespace toy {

/// All of a task but parameters and constructor.
class Base : public clade::Task {
public:
    [[nodiscard]] const clade::TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<clade::Evaluator> make_evaluator() const override { return nullptr; }

private:
    clade::TaskTraits traits_;
};

}  // namespace toy

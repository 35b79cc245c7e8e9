// expected: Params lists its fields
#include "task.hpp"

namespace toy {

struct Toy : Base {
    struct Params {};
    Toy(const Params&, const clade::TaskContext&) {}
};

}  // namespace toy

void add_toy(clade::TaskRegistry& registry) { registry.add<toy::Toy>("toy", "A toy."); }

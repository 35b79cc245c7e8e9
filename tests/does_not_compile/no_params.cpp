// expected: a task type has a public struct Params, empty if it has no parameters
#include "task.hpp"

namespace toy {

struct Toy : Base {};

}  // namespace toy

void add_toy(clade::TaskRegistry& registry) { registry.add<toy::Toy>("toy", "A toy."); }

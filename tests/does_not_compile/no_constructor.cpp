// expected: a task type has a public constructor
#include "task.hpp"

namespace toy {

struct Toy : Base {
    struct Params {};
    explicit Toy(const Params&) {}
};

void visit_fields(Toy::Params&, clade::FieldVisitor&) {}

}  // namespace toy

void add_toy(clade::TaskRegistry& registry) { registry.add<toy::Toy>("toy", "A toy."); }

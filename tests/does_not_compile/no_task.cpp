// expected: a task type derives publicly from clade::Task
#include "task.hpp"

namespace toy {

struct Toy {
    struct Params {};
    Toy(const Params&, const clade::TaskContext&) {}
};

void visit_fields(Toy::Params&, clade::FieldVisitor&) {}

}  // namespace toy

void add_toy(clade::TaskRegistry& registry) { registry.add<toy::Toy>("toy", "A toy."); }

#include <clade/evaluation/model/model_interface.hpp>

namespace clade {

void visit_fields(TargetOutput& target, FieldVisitor& field) {
    field("name", target.name, "Column of the target.");
    field("offset", target.offset, any_number(), "Estimate where the output is 0.");
    field("scale", target.scale, any_number(), "Change of the estimate where the output rises by 1.");
}

void visit_fields(LabelOutput& label, FieldVisitor& field) {
    field("name", label.name, "Column of the classes.");
    field("classes", label.classes, "Classes, in the order of the outputs.");
}

void visit_fields(DataInterface& data, FieldVisitor& field) {
    field("weight", data.weight, "Column of the rows' weights; empty if there is none.");
    field("group", data.group, "Column that tells series apart; empty if there is none.");
    field("lags", data.lags, at_least(0.0), "Inputs of a series: numbers and targets this many rows earlier.");
    field("rolling", data.rolling, at_least(2.0), "Inputs of a series: means over this many rows before the row.");
    field("horizon", data.horizon, at_least(0), "Predictions are for this many rows later.");
    field("sequence_by", data.sequence_by, "Column whose equal values make a sequence; empty if rows are independent.");
    field("sequence_order", data.sequence_order,
          "Column that a sequence is sorted by; empty for the order of the file.");
    field("order_kind", data.order_kind, "What sequence_order holds: number or time.");
    field("sharpness", data.sharpness, greater_than(0.0), "Factor of the outputs before the softmax.");
    field("steps", data.steps, at_least(1), "Steps of a recurrent network per row.");
}

}  // namespace clade

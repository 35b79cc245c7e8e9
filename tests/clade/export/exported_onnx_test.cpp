// Exported ONNX, run by onnxruntime, gives the numbers of the engine: sums exactly, the rest within a tolerance.
#include "clade/export/onnx_model.hpp"
#include "clade/export/protobuf.hpp"
#include "tests/clade/export/exported_code_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace clade {
namespace {

using ExportedOnnx = ExportedCodeTest;

TEST(ProtoMessage, IsWrittenAsTheFormatSays) {
    const exported::ProtoMessage inner = exported::ProtoMessage().add(1, 150);
    EXPECT_EQ(inner.bytes(), "\x08\x96\x01");  // the example of protobuf.dev
    EXPECT_EQ(exported::ProtoMessage().add(3, inner).bytes(), "\x1a\x03\x08\x96\x01");
    EXPECT_EQ(exported::ProtoMessage().add(2, "testing").bytes(), "\x12\x07testing");
    EXPECT_EQ(exported::ProtoMessage().add(20, -1).bytes(), "\xa0\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
}

constexpr std::string_view onnx_driver = R"(
import numpy as np
import onnxruntime

def run(name, taken, numbers, has_state):
    session = onnxruntime.InferenceSession(name + ".onnx")
    names = [one.name for one in session.get_inputs()]
    rows = np.fromfile(name + ".in", numbers).reshape(-1, taken)
    given = []
    if has_state:
        state = np.zeros((1, session.get_inputs()[1].shape[1]), np.float32)
        for row in rows:
            results = session.run(None, {names[0]: row[None], names[1]: state})
            state = results[-1]
            given.append(results[0])
        np.array(given).tofile(name + ".out")
        return
    for begin, end in ((0, 1), (1, 20), (20, len(rows))):  # alone, and in batches of no even size
        given.append(session.run(None, {names[0]: rows[begin:end]})[0])
    np.concatenate(given).tofile(name + ".out")

)";

/// Whether exp, log or sine of the runtime have no part in it.
bool is_exact(const CodeCase& one) { return one.model.name.ends_with("aggregations"); }

bool nearly_same(double a, double b, double tolerance) {
    if (!std::isfinite(a) || !std::isfinite(b)) return same_bits(a, b);
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

TEST_F(ExportedOnnx, GivesTheNumbersOfTheEngineAloneAndInBatches) {
    if (shell("python3 -c 'import numpy, onnxruntime'").code != 0) GTEST_SKIP() << "onnxruntime is not installed";
    std::string program(onnx_driver);
    for (const CodeCase& one : cases_) {
        write(one.model.name + ".onnx", exported::write_onnx(one.model));
        program += driver(
            "run(\"$name$\", $taken$, np.$type$, $state$)\n", one,
            {{"type", one.is_of_doubles() ? "float64" : "float32"}, {"state", one.has_state() ? "True" : "False"}}, {});
    }
    write("program.py", program);
    const Result result = shell("python3 program.py");
    ASSERT_EQ(result.code, 0) << result.err.substr(0, 4000);
    for (const CodeCase& one : cases_) {
        const std::vector<double> given = numbers_given(one);
        ASSERT_EQ(given.size(), one.expected.size()) << one.model.name;
        const double tolerance = one.model.name == "every_activation" ? 3e-7 : 1e-5;  // the page's; networks add up
        for (std::size_t i = 0; i < given.size(); ++i) {
            const bool equal = given[i] == one.expected[i];  // the runtime may lose the sign of 0
            const bool same =
                is_exact(one) && !std::isnan(given[i]) ? equal : nearly_same(given[i], one.expected[i], tolerance);
            ASSERT_TRUE(same) << one.model.name << ": call " << i / one.given << ", number " << i % one.given << ": "
                              << given[i] << " for " << one.expected[i];
        }
    }
}

}  // namespace
}  // namespace clade

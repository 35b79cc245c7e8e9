// Exported C, compiled and run, gives the bits of the engine: with any compiler, as C++ and as WebAssembly.
#include "clade/export/c_code.hpp"
#include "tests/clade/export/exported_code_fixture.hpp"
#include "tests/support/messages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace clade {
namespace {

using ExportedC = ExportedCodeTest;

const TemplateWords state_of_c{{"state", "&state, "}, {"begin", "$name$_state state; $name$_reset(&state);"}};

TemplateWords type_of_c(const CodeCase& one) { return {{"type", one.is_of_doubles() ? "double" : "float"}}; }

constexpr std::string_view c_driver = R"(
#include "$name$.h"

static void run_$name$(void) {
    FILE *in = fopen("$name$.in", "rb");
    FILE *out = fopen("$name$.out", "wb");
    $type$ row[$taken$];
    $type$ given[$given$];
    $begin$
    while (fread(row, sizeof row, 1, in) == 1) {
        $name$_$function$($state$row, given);
        fwrite(given, sizeof given, 1, out);
    }
    fclose(in);
    fclose(out);
}
)";

TEST_F(ExportedC, GivesTheBitsOfTheEngineWithEveryCompilerAndAsCpp) {
    std::string program = "#include <stdio.h>\n";
    std::string calls;
    for (const CodeCase& one : cases_) {
        write(one.model.name + ".h", exported::write_c(one.model));
        program += driver(c_driver, one, type_of_c(one), state_of_c);
        calls += "    run_" + one.model.name + "();\n";
    }
    write("program.c", program + "int main(void) {\n" + calls + "    return 0;\n}\n");
    const std::string strict = " -Wall -Wextra -Wpedantic -Wconversion -Werror program.c -o program && ./program";
    for (const std::string compiler : {"gcc", "clang-16"}) {
        if (shell(compiler + " --version").code != 0) continue;
        for (const std::string flags : {"-std=c99 -O0", "-O3 -march=native", "-x c++ -std=c++17 -O2 -march=native"}) {
            const Result result = shell(compiler + ' ' + flags + strict);
            ASSERT_EQ(result.code, 0) << compiler << ' ' << flags << '\n' << result.err.substr(0, 4000);
            expect_bits_of_the_engine(compiler + ' ' + flags);
        }
    }
}

TEST_F(ExportedC, IsNotCompiledWhereItsArithmeticWouldDiffer) {
    write("program.c", exported::write_c(cases_[0].model) + "int main(void) { return 0; }\n");
    EXPECT_EQ(shell("gcc program.c").code, 0);
    EXPECT_NE(shell("gcc -ffast-math program.c").err.find("without -ffast-math"), std::string::npos);
    EXPECT_NE(shell("gcc -mfpmath=387 program.c").err.find("floats are computed as floats"), std::string::npos);
}

TEST_F(ExportedC, SaysWhereItComesFromAndWhatItsNumbersAreCalled) {
    const auto classes =
        std::ranges::find(cases_, "classification", [](const CodeCase& one) { return one.model.name; });
    const std::string code = exported::write_c(classes->model);
    EXPECT_NE(code.find("run 'test', task supervised, seed 1"), std::string::npos) << code;
    EXPECT_NE(code.find("genome 3 of generation 2, fitness 0.25, digest "), std::string::npos) << code;
    for (const char* names : {"_COLUMN_NAMES {\"age\", \"city\", \"size\", \"member\", \"start\"}",
                              "_CATEGORIES_2 {\"small\", \"medium\", \"large\"}", "_CLASS_NAMES {\"bad\", \"good\"}"}) {
        EXPECT_NE(code.find(names), std::string::npos) << names << '\n' << code;
    }
}

TEST(RequireExpressible, NamesEachFunctionThatIsTheProgramsOwn) {
    FunctionSet functions;
    const Activation wave = functions.activations.add("wave", [](float x) { return x; });
    const Aggregation range = functions.aggregations.add("range", [](std::span<float>) { return 0.0F; });
    exported::ExportedModel one{.model = testing::model_of_all(1, {wave}, {Aggregation::sum, range}),
                                .functions = functions};
    EXPECT_EQ(
        message_of<Error>([&] { exported::require_expressible(one); }),
        "cannot be written as code: activation 'wave' is a function of the program's own; aggregation 'range' is a "
        "function of the program's own; --format json keeps it for that program");
    one.model = testing::model_of_all(1, {Activation::tanh}, {Aggregation::sum});
    EXPECT_NO_THROW(exported::require_expressible(one));
    one.model.is_direct = false;
    EXPECT_THROW(exported::require_expressible(one), Error);
}

TEST_F(ExportedC, ThatDiffersInABitIsFound) {
    cases_.resize(1);
    cases_[0].expected[100] = std::nextafter(static_cast<float>(cases_[0].expected[100]), 1000.0F);
    write("every_activation.h", exported::write_c(cases_[0].model));
    write("program.c", "#include <stdio.h>\n" + driver(c_driver, cases_[0], type_of_c(cases_[0]), state_of_c) +
                           "int main(void) {\n    run_every_activation();\n    return 0;\n}\n");
    ASSERT_EQ(shell("gcc program.c -o program && ./program").code, 0);
    const std::vector<double> given = numbers_given(cases_[0]);
    EXPECT_EQ(given.size(), cases_[0].expected.size());
    EXPECT_FALSE(std::equal(given.begin(), given.end(), cases_[0].expected.begin(), same_bits));
}

constexpr std::string_view wasm_module = R"(
#include "$name$.h"

static $type$ row_$name$[$taken$];
static $type$ given_$name$[$given$];
$begin$
void *row_at_$name$(void) { return row_$name$; }
void *given_at_$name$(void) { return given_$name$; }
void begin_$name$(void) { $reset$ }
void call_$name$(void) { $name$_$function$($state$row_$name$, given_$name$); }
)";

constexpr std::string_view wasm_host = R"(
{
    const rows = new $type$(new Uint8Array(fs.readFileSync("$name$.in")).buffer);
    const row = new $type$(wasm.memory.buffer, wasm.row_at_$name$(), $taken$);
    const given = new $type$(wasm.memory.buffer, wasm.given_at_$name$(), $given$);
    const all = new $type$(rows.length / $taken$ * $given$);
    wasm.begin_$name$();
    for (let i = 0; i < rows.length / $taken$; ++i) {
        row.set(rows.slice(i * $taken$, (i + 1) * $taken$));
        wasm.call_$name$();
        all.set(given, i * $given$);
    }
    fs.writeFileSync("$name$.out", new Uint8Array(all.buffer));
}
)";

TEST_F(ExportedC, AsWebAssemblyGivesTheBitsOfTheEngineWithoutALibrary) {
    if (shell("clang-16 --version && wasm-ld-16 --version && node --version").code != 0) {
        GTEST_SKIP() << "clang-16, lld-16 or Node is not installed";
    }
    std::string module;
    std::string host =
        "import fs from \"node:fs\";\n"
        "const wasm = (await WebAssembly.instantiate(fs.readFileSync(\"program.wasm\"))).instance.exports;\n";
    for (const CodeCase& one : cases_) {
        write(one.model.name + ".h", exported::write_c(one.model));
        module += driver(wasm_module, one, type_of_c(one),
                         {{"state", "&state_$name$, "},
                          {"begin", "static $name$_state state_$name$;"},
                          {"reset", "$name$_reset(&state_$name$);"}});
        host += driver(wasm_host, one, {{"type", one.is_of_doubles() ? "Float64Array" : "Float32Array"}}, {});
    }
    write("program.c", module);
    write("program.mjs", host);
    const Result result = shell(
        "clang-16 --target=wasm32 -ffreestanding -nostdlib -O2 -fvisibility=default -Wl,--no-entry "
        "-Wl,--export-dynamic -o program.wasm program.c && node program.mjs");
    ASSERT_EQ(result.code, 0) << result.err.substr(0, 4000);
    expect_bits_of_the_engine("wasm");
}

}  // namespace
}  // namespace clade

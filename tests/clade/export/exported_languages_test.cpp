// Exported Python, JavaScript and Rust, run, give the bits of the engine.
#include "clade/export/javascript_code.hpp"
#include "clade/export/python_code.hpp"
#include "clade/export/rust_code.hpp"
#include "tests/clade/export/exported_code_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace clade {
namespace {

using ExportedLanguages = ExportedCodeTest;

constexpr std::string_view python_driver = R"(
import $name$
rows = np.fromfile("$name$.in", np.$type$).reshape(-1, $taken$)
)";

constexpr std::string_view python_of_rows = R"(given = $name$.$function$(rows)
for row in range(3):
    alone = $name$.$function$(rows[row])
    assert alone.shape == ($given$,) and alone.tobytes() == given[row].tobytes()
given.tofile("$name$.out")
)";

constexpr std::string_view python_of_a_sequence = R"(state = $name$.initial_state()
given = []
for row in rows:
    numbers, state = $name$.$function$(row, state)
    given.append(numbers)
np.array(given).tofile("$name$.out")
)";

TEST_F(ExportedLanguages, InPythonGiveTheBitsOfTheEngineForRowsTogetherAndAlone) {
    std::string python;
    for (const std::string found : {"python3", "/usr/bin/python3"}) {
        if (python.empty() && shell(found + " -c 'import numpy'").code == 0) python = found;
    }
    if (python.empty()) GTEST_SKIP() << "NumPy is not installed";
    std::string program = "import numpy as np\n";
    for (const CodeCase& one : cases_) {
        write(one.model.name + ".py", exported::write_python(one.model));
        const std::string text =
            std::string(python_driver) + std::string(one.has_state() ? python_of_a_sequence : python_of_rows);
        program += driver(text, one, {{"type", one.is_of_doubles() ? "float64" : "float32"}}, {});
    }
    write("program.py", program);
    const Result result = shell(python + " -W error program.py");
    ASSERT_EQ(result.code, 0) << result.err.substr(0, 4000);
    expect_bits_of_the_engine("python");
}

constexpr std::string_view javascript_driver = R"(
import * as $name$ from "./$name$.mjs";
{
    const rows = new $type$(new Uint8Array(fs.readFileSync("$name$.in")).buffer);
    const all = new $type$(rows.length / $taken$ * $given$);
    $begin$
    for (let i = 0; i < rows.length / $taken$; ++i) {
        all.set($name$.$function$($state$rows.slice(i * $taken$, (i + 1) * $taken$)), i * $given$);
    }
    fs.writeFileSync("$name$.out", new Uint8Array(all.buffer));
}
)";

TEST_F(ExportedLanguages, InJavaScriptGiveTheBitsOfTheEngine) {
    if (shell("node --version").code != 0) GTEST_SKIP() << "Node is not installed";
    std::string program = "import fs from \"node:fs\";\n";
    for (const CodeCase& one : cases_) {
        write(one.model.name + ".mjs", exported::write_javascript(one.model));
        program += driver(javascript_driver, one, {{"type", one.is_of_doubles() ? "Float64Array" : "Float32Array"}},
                          {{"state", "state, "}, {"begin", "const state = $name$.initialState();"}});
    }
    write("program.mjs", program);
    const Result result = shell("node program.mjs");
    ASSERT_EQ(result.code, 0) << result.err.substr(0, 4000);
    expect_bits_of_the_engine("javascript");
}

constexpr std::string_view rust_driver = R"(
fn run_$name$() {
    let bytes = std::fs::read("$name$.in").unwrap();
    let mut given: Vec<u8> = Vec::new();
    $begin$
    for call in bytes.chunks_exact($taken$ * std::mem::size_of::<$type$>()) {
        let mut row = [0.0 as $type$; $taken$];
        for (i, number) in call.chunks_exact(std::mem::size_of::<$type$>()).enumerate() {
            row[i] = $type$::from_ne_bytes(number.try_into().unwrap());
        }
        for number in $name$::$function$($state$&row) {
            given.extend_from_slice(&number.to_ne_bytes());
        }
    }
    std::fs::write("$name$.out", given).unwrap();
}
)";

TEST_F(ExportedLanguages, InRustGiveTheBitsOfTheEngineAndNeedCoreAlone) {
    if (shell("rustc --version").code != 0) GTEST_SKIP() << "Rust is not installed";
    std::string modules;
    std::string program;
    std::string calls;
    for (const CodeCase& one : cases_) {
        write(one.model.name + ".rs", exported::write_rust(one.model));
        modules += "pub mod " + one.model.name + ";\n";
        program += driver(rust_driver, one, {{"type", one.is_of_doubles() ? "f64" : "f32"}},
                          {{"state", "&mut state, "}, {"begin", "let mut state = $name$::State::new();"}});
        calls += "    run_" + one.model.name + "();\n";
    }
    write("library.rs", "#![no_std]\n" + modules);
    write("program.rs", modules + program + "fn main() {\n" + calls + "}\n");
    const std::string strict = " --edition 2021 -D warnings ";
    for (const std::string& build : {"rustc --crate-type lib --emit metadata" + strict + "library.rs",
                                     "rustc -C opt-level=3" + strict + "program.rs && ./program"}) {
        const Result result = shell(build);
        ASSERT_EQ(result.code, 0) << result.err.substr(0, 4000);
    }
    expect_bits_of_the_engine("rust");
}

}  // namespace
}  // namespace clade

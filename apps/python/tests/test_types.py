import ast
import pathlib
import subprocess
import sys

import pytest

import clade
from clade import _clade
from conftest import ROOT

pytest.importorskip("mypy")


def checked(*arguments):
    done = subprocess.run([sys.executable, "-m", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_is_typed(tmp_path):
    checked("mypy", "--strict", "--ignore-missing-imports", "--allow-subclassing-any", f"--cache-dir={tmp_path}",
            "apps/python/clade")


def public(names):
    return {name for name in names if not name.startswith("_") or name in ("__call__", "__len__", "__getitem__")}


def test_the_stub_has_what_the_extension_has():
    stub = ast.parse((pathlib.Path(clade.__file__).parent / "_clade.pyi").read_text())
    classes = {node.name: node for node in stub.body if isinstance(node, ast.ClassDef)}
    assert set(classes) == public(vars(_clade))
    for name, node in classes.items():
        said = {member.name for member in node.body if isinstance(member, ast.FunctionDef)}
        there = vars(getattr(_clade, name)) if not issubclass(getattr(_clade, name), Exception) else ()
        assert public(said) == public(there), name


def test_a_wrong_use_is_told(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import clade\nclade.Evolver(inputs='two', outputs=1)\n")
    with pytest.raises(AssertionError, match='"inputs" to "Evolver" has incompatible type "str"'):
        checked("mypy", f"--cache-dir={tmp_path}", wrong)

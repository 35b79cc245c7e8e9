"""Configurations as the engine reads them: YAML, of which JSON is a part."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Union

from ._clade import TaskSource

Config = Union[str, os.PathLike[str], Mapping[str, Any], None]


def _plain(value: Any) -> Any:
    """What JSON lacks: numbers of NumPy, arrays, paths."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    raise TypeError(f"a configuration holds numbers, texts, lists and dicts, got {type(value).__name__}")


def yaml_of(value: Any) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False)


def source_of(config: Config) -> tuple[str, str | None]:
    """The file, and the text where the configuration is none."""
    if config is None or isinstance(config, Mapping):
        return "config", yaml_of(dict(config or {}))
    return os.fspath(config), None


def overrides_of(settings: Mapping[str, Any] | None, seed: int | None = None,
                 task: TaskSource | None = None) -> list[str]:
    """A list of "KEY=VALUE": the task in the place of the configuration's, the seed, further settings."""
    overrides = []
    if task is not None:
        overrides.append("task=" + yaml_of({"name": task.name}))
    for key, value in {**({} if seed is None else {"seed": seed}), **(settings or {})}.items():
        overrides.append(f"{key}={yaml_of(value)}")
    return overrides

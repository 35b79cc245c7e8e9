"""Configurations as the engine reads them: YAML, of which JSON is a part."""

import json
import os


def _plain(value):
    """What JSON lacks: numbers of NumPy, arrays, paths."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    raise TypeError(f"a configuration holds numbers, texts, lists and dicts, got {type(value).__name__}")


def yaml_of(value):
    return json.dumps(value, default=_plain, ensure_ascii=False)


def source_of(config):
    """The file, and the text where the configuration is none."""
    if config is None or isinstance(config, dict):
        return "config", yaml_of(config or {})
    return os.fspath(config), None


def overrides_of(settings, seed=None, task=None):
    """A list of "KEY=VALUE": the task in the place of the configuration's, the seed, further settings."""
    overrides = []
    if task is not None:
        overrides.append("task=" + yaml_of({"name": task.name}))
    for key, value in {**({} if seed is None else {"seed": seed}), **(settings or {})}.items():
        overrides.append(f"{key}={yaml_of(value)}")
    return overrides
